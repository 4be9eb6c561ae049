import { and, eq, inArray, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { billedArtists, predictedSetlists, shows } from "../schema/index.ts";
import { logOf, type MergePair } from "../merge-sql.ts";

interface NightRow {
  id: number;
  place: string;
  startsAt: number | null;
  /** The providers' events that it is, as "provider id". */
  events: string[];
}

async function nights(db: Queryable, of: "artistId" | "venueId", id: number): Promise<NightRow[]> {
  const other = of === "artistId" ? shows.venueId : shows.artistId;
  const events = sql<string>`(SELECT json_group_array(i.provider || ' ' || i.provider_id) FROM show_identities AS i WHERE i.show_id = ${shows.id})`;
  const rows = await db
    .select({ id: shows.id, place: sql<string>`${other} || ' ' || ${shows.localDate}`, startsAt: shows.startsAt, events })
    .from(shows)
    .where(eq(shows[of], id))
    .orderBy(shows.id);
  return rows.map((row) => ({ ...row, events: JSON.parse(row.events) as string[] }));
}

/** The shows of two artists by venue and local date. */
export async function nightsOfArtist(db: Queryable, { from, into }: Pick<MergePair, "from" | "into">) {
  return { from: await nights(db, "artistId", from), into: await nights(db, "artistId", into) };
}

/** The shows at two venues by artist and local date. */
export async function nightsAtVenue(db: Queryable, { from, into }: Pick<MergePair, "from" | "into">) {
  return { from: await nights(db, "venueId", from), into: await nights(db, "venueId", into) };
}

/** Shows of an artist or at a venue that are not over, whose pages have to hear of a change. */
export async function showsToTell(db: Queryable, of: { artistId: number } | { venueId: number }): Promise<number[]> {
  const owner = "artistId" in of ? eq(shows.artistId, of.artistId) : eq(shows.venueId, of.venueId);
  const rows = await db.select({ id: shows.id }).from(shows).where(and(owner, inArray(shows.status, ["upcoming", "ongoing", "postponed"])));
  return rows.map(({ id }) => id);
}

/** A show with its ballot's window, where it has one. */
export async function showFacts(db: Queryable, id: number) {
  const [row] = await db
    .select({ show: shows, closesAt: predictedSetlists.closesAt, closeMoved: predictedSetlists.closeMoved })
    .from(shows)
    .leftJoin(predictedSetlists, eq(predictedSetlists.showId, shows.id))
    .where(eq(shows.id, id));
  return row ?? null;
}

export async function hasBill(db: Queryable, showId: number): Promise<boolean> {
  const rows = await db.select({ position: billedArtists.position }).from(billedArtists).where(eq(billedArtists.showId, showId)).limit(1);
  return rows.length > 0;
}

/** Moves the close of a ballot (epoch ms), and notes when it was. */
export async function setWindow(tx: Transaction, mergeId: number, { showId, closesAt }: { showId: number; closesAt: number }): Promise<void> {
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT ${mergeId}, 'predicted_setlists', 'changed', json_array(show_id),
      json_object('was', json_object('closes_at', closes_at), 'is', json_object('closes_at', ${closesAt})) FROM predicted_setlists WHERE show_id = ${showId}`);
  await tx.update(predictedSetlists).set({ closesAt }).where(eq(predictedSetlists.showId, showId));
}

/** The other way round, where the close is still as it was moved. */
export async function resetWindow(tx: Transaction, mergeIds: number[]): Promise<void> {
  await tx.run(sql`
    UPDATE predicted_setlists AS ballot SET closes_at = log.row -> 'was' ->> 'closes_at' FROM merge_rows log
    WHERE ${logOf(mergeIds, "predicted_setlists", "changed")} AND ballot.show_id = log.key ->> 0 AND ballot.closes_at = log.row -> 'is' ->> 'closes_at'`);
}
