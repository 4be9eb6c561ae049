import { and, eq, isNull, or, sql } from "drizzle-orm";
import { takesVotes } from "../ballot-sql.ts";
import type { Queryable, Transaction } from "../client.ts";
import { actualSetlists, artists, billedArtists, predictedSetlists, setlistSongs, showIdentities, shows, venues } from "../schema/index.ts";

/** What a show's times and status are, with its ballot's close; null where there is no such show. */
export async function standingShow(db: Queryable, id: number) {
  const [row] = await db
    .select({
      venueId: shows.venueId,
      tour: shows.tour,
      localDate: shows.localDate,
      startsAt: shows.startsAt,
      status: shows.status,
      closesAt: predictedSetlists.closesAt,
      closeMoved: predictedSetlists.closeMoved,
    })
    .from(shows)
    .innerJoin(predictedSetlists, eq(predictedSetlists.showId, shows.id))
    .where(eq(shows.id, id));
  return row ?? null;
}

export type ShowRowFields = Pick<typeof shows.$inferInsert, "venueId" | "tour" | "localDate" | "startsAt" | "status"> & { closesAt: number };

/** A show with its ballot, on which there is nothing yet; its id. */
export async function insertShow(tx: Transaction, show: ShowRowFields & { slug: string; artistId: number }, now: number): Promise<number> {
  const { closesAt, ...row } = show;
  const [inserted] = await tx.insert(shows).values(row).returning({ id: shows.id });
  await tx.insert(predictedSetlists).values({ showId: inserted!.id, closesAt, createdAt: now });
  return inserted!.id;
}

export async function updateShow(tx: Transaction, id: number, change: ShowRowFields): Promise<void> {
  const { closesAt, ...row } = change;
  await tx.update(shows).set(row).where(eq(shows.id, id));
  await tx.update(predictedSetlists).set({ closesAt }).where(eq(predictedSetlists.showId, id));
}

export type Billed = Pick<typeof billedArtists.$inferInsert, "name" | "provider" | "providerId">;

/** Writes down who is on a show's bill, in order; false where it says so already. */
export async function putBill(tx: Transaction, showId: number, bill: Billed[]): Promise<boolean> {
  const { name, provider, providerId } = billedArtists;
  const before = await tx.select({ name, provider, providerId }).from(billedArtists).where(eq(billedArtists.showId, showId)).orderBy(billedArtists.position);
  if (JSON.stringify(before) === JSON.stringify(bill)) return false;
  await tx.delete(billedArtists).where(eq(billedArtists.showId, showId));
  if (bill.length > 0) await tx.insert(billedArtists).values(bill.map((artist, i) => ({ ...artist, showId, position: i + 1 })));
  return true;
}

/** An artist's shows of one local date, the first to begin first, with where they are, and whether events or setlists of providers are there; `setlists` counts what was written down here too. */
export function showsOnDate(db: Queryable, artistId: number, localDate: string) {
  return db
    .select({
      id: shows.id,
      venueId: shows.venueId,
      city: venues.city,
      latitude: venues.latitude,
      longitude: venues.longitude,
      demo: shows.demo,
      setlistId: sql<number | null>`(SELECT min(id) FROM ${actualSetlists} WHERE show_id = ${shows.id} AND provider IS NOT NULL)`,
      setlists: sql<number>`(SELECT count(*) FROM ${actualSetlists} WHERE show_id = ${shows.id})`,
      events: sql<number>`(SELECT count(*) FROM ${showIdentities} WHERE show_id = ${shows.id})`,
    })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(eq(shows.artistId, artistId), eq(shows.localDate, localDate)))
    .orderBy(sql`${shows.startsAt} IS NULL`, shows.startsAt, shows.id);
}

/** What a show is known from, and what would go with it. */
export interface ShowOrigins {
  artistId: number;
  slug: string;
  /** Epoch ms; of a show that only a setlist has made null. */
  startsAt: number | null;
  /** How many setlists it is, those that were written down here too; providers' events; and votes of fans. */
  setlists: number;
  events: number;
  votes: number;
}

/** Null for a show of the demo too. */
export async function showOrigins(db: Queryable, id: number): Promise<ShowOrigins | null> {
  const [row] = await db.all<ShowOrigins>(sql`
    SELECT artist_id AS artistId, slug, starts_at AS startsAt, (SELECT count(*) FROM actual_setlists a WHERE a.show_id = s.id) AS setlists,
      (SELECT count(*) FROM show_identities i WHERE i.show_id = s.id) AS events, (SELECT count(*) FROM votes v WHERE v.show_id = s.id) AS votes
    FROM shows s WHERE id = ${id} AND demo = 0`);
  return row ?? null;
}

/** Removes a show on which nobody has voted; its address answers that it is gone. */
export async function deleteShow(tx: Transaction, { id, slug }: { id: number; slug: string }, now: number): Promise<void> {
  await tx.run(sql`INSERT INTO removed_pages (kind, slug, removed_at) VALUES ('show', ${slug}, ${now}) ON CONFLICT DO UPDATE SET removed_at = excluded.removed_at`);
  await tx.delete(shows).where(eq(shows.id, id));
}

/** Shows of an artist whose ballots can still change at an instant (epoch ms): those that take votes, and those put off that are not locked. */
export function openBallots(db: Queryable, artistId: number, now: number): Promise<{ showId: number }[]> {
  return db
    .select({ showId: shows.id })
    .from(shows)
    .innerJoin(predictedSetlists, eq(predictedSetlists.showId, shows.id))
    .where(
      and(
        eq(shows.artistId, artistId),
        eq(shows.demo, false),
        // A postponed one will have another close.
        or(takesVotes("shows", "predicted_setlists", now), and(eq(shows.status, "postponed"), isNull(predictedSetlists.lockedAt))),
      ),
    )
    .orderBy(shows.id);
}

/** The songs on some ballots. */
export function songsOnBallots(db: Queryable, showIds: number[]): Promise<{ showId: number; songId: number }[]> {
  return db
    .select({ showId: setlistSongs.showId, songId: setlistSongs.songId })
    .from(setlistSongs)
    .where(sql`${setlistSongs.showId} IN (SELECT value FROM json_each(${JSON.stringify(showIds)}))`);
}

export async function artistName(db: Queryable, id: number): Promise<string | null> {
  const [row] = await db.select({ name: artists.name }).from(artists).where(eq(artists.id, id));
  return row?.name ?? null;
}

/** Puts songs at the end of a ballot, in order, as one change of its tally. */
export async function addToBallot(tx: Transaction, showId: number, songIds: number[]): Promise<void> {
  await tx.run(sql`
    INSERT INTO setlist_songs (show_id, song_id, position)
    SELECT ${showId}, value, (SELECT coalesce(max(position), 0) FROM setlist_songs WHERE show_id = ${showId}) + key + 1
    FROM json_each(${JSON.stringify(songIds)}) ORDER BY key`);
  await tx.update(shows).set({ tallyVersion: sql`${shows.tallyVersion} + 1` }).where(eq(shows.id, showId));
}
