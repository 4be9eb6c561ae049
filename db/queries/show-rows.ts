import { and, eq, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { actualSetlists, artists, billedArtists, predictedSetlists, setlistSongs, shows, songs, venues } from "../schema/index.ts";

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

/** Writes down who is on a show's bill, in order. */
export async function putBill(tx: Transaction, showId: number, bill: Billed[]): Promise<void> {
  await tx.delete(billedArtists).where(eq(billedArtists.showId, showId));
  if (bill.length === 0) return;
  await tx.insert(billedArtists).values(bill.map((artist, i) => ({ ...artist, showId, position: i + 1 })));
}

/** An artist's shows of one local date with where they are, and whether a provider's setlist is there. */
export function showsOnDate(db: Queryable, artistId: number, localDate: string) {
  return db
    .select({
      id: shows.id,
      venueId: shows.venueId,
      city: venues.city,
      latitude: venues.latitude,
      longitude: venues.longitude,
      demo: shows.demo,
      setlistId: sql<number | null>`(SELECT min(id) FROM ${actualSetlists} WHERE show_id = ${shows.id})`,
    })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(eq(shows.artistId, artistId), eq(shows.localDate, localDate)));
}

/** Shows of an artist that are still to come and what is on their ballots. */
export async function comingBallots(db: Queryable, artistId: number) {
  return db
    .select({
      showId: shows.id,
      songs: sql<number>`(SELECT count(*) FROM ${setlistSongs} WHERE show_id = ${shows.id})`,
    })
    .from(shows)
    .where(and(eq(shows.artistId, artistId), sql`${shows.status} IN ('upcoming', 'postponed')`, eq(shows.demo, false)));
}

export async function artistName(db: Queryable, id: number): Promise<string | null> {
  const [row] = await db.select({ name: artists.name }).from(artists).where(eq(artists.id, id));
  return row?.name ?? null;
}

/** Plays after which what there is only live belongs on a ballot. */
const PLAYS = 2;

/** Puts songs that are not there yet at the end of a ballot, likeliest first, as a change of its tally; how many. */
export async function fillBallot(tx: Transaction, showId: number, artistId: number, most: number): Promise<number> {
  const { rowsAffected } = await tx.run(sql`
    INSERT INTO setlist_songs (show_id, song_id, position)
    SELECT ${showId}, s.id, (SELECT coalesce(max(position), 0) FROM setlist_songs WHERE show_id = ${showId}) + row_number() OVER (ORDER BY s.likelihood_rank, s.id)
    FROM (SELECT * FROM ${songs} WHERE artist_id = ${artistId} AND (ballot_worthy = 1
      OR (ballot_reason = 'live_only' AND (SELECT count(*) FROM played_songs p WHERE p.song_id = songs.id AND p.tape = 0) >= ${PLAYS})) ORDER BY likelihood_rank, id LIMIT ${most}) s
    WHERE NOT EXISTS (SELECT 1 FROM setlist_songs b WHERE b.show_id = ${showId} AND b.song_id = s.id)
    ORDER BY s.likelihood_rank, s.id`);
  if (rowsAffected > 0) await tx.update(shows).set({ tallyVersion: sql`${shows.tallyVersion} + 1` }).where(eq(shows.id, showId));
  return rowsAffected;
}
