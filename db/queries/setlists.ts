import { and, asc, eq, sql } from "drizzle-orm";
import type { Provider } from "#server/domain/provider-records.ts";
import type { SetlistAccount } from "#server/domain/setlists/accounts.ts";
import type { Queryable, Transaction } from "../client.ts";
import { preparedQuery } from "../prepared-query.ts";
import { actualSetlists, actualSets, playedSongs, shows, venues } from "../schema/index.ts";

/** Which versions of a provider's setlists are stored, for which shows, and when these are. */
export function storedSetlists(db: Queryable, provider: Provider, providerIds: string[]) {
  return db
    .select({
      id: actualSetlists.id,
      providerId: actualSetlists.providerId,
      version: actualSetlists.version,
      showId: actualSetlists.showId,
      artistId: shows.artistId,
      localDate: shows.localDate,
      startsAt: shows.startsAt,
      timeZone: venues.timeZone,
    })
    .from(actualSetlists)
    .innerJoin(shows, eq(shows.id, actualSetlists.showId))
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(eq(actualSetlists.provider, provider), sql`${actualSetlists.providerId} IN (SELECT value FROM json_each(${JSON.stringify(providerIds)}))`));
}

export type StoredSetlist = Awaited<ReturnType<typeof storedSetlists>>[number];

export type NewSetlist = Omit<typeof actualSetlists.$inferInsert, "id">;
export type NewSet = Omit<typeof actualSets.$inferInsert, "setlistId">;
export type NewPlayed = Omit<typeof playedSongs.$inferInsert, "setlistId">;

/** Stores a setlist, or another version of it, whole; its id. */
export async function putSetlist(tx: Transaction, setlist: NewSetlist, sets: NewSet[], songs: NewPlayed[]): Promise<number> {
  const { provider: _, providerId: __, ...changed } = setlist;
  const [row] = await tx
    .insert(actualSetlists)
    .values(setlist)
    .onConflictDoUpdate({ target: [actualSetlists.provider, actualSetlists.providerId], set: changed })
    .returning({ id: actualSetlists.id });
  await fillSetlist(tx, row!.id, sets, songs);
  return row!.id;
}

/** Gives a setlist its sets and songs, in place of those that it had. */
export async function fillSetlist(tx: Transaction, setlistId: number, sets: NewSet[], songs: NewPlayed[]): Promise<void> {
  await tx.delete(actualSets).where(eq(actualSets.setlistId, setlistId));
  await tx.delete(playedSongs).where(eq(playedSongs.setlistId, setlistId));
  if (sets.length > 0) await tx.insert(actualSets).values(sets.map((set) => ({ ...set, setlistId })));
  if (songs.length > 0) await insertPlayed(tx, setlistId, songs);
}

/** One text for any number of songs, so that the statement stays prepared. */
async function insertPlayed(tx: Transaction, setlistId: number, songs: NewPlayed[]): Promise<void> {
  const rows = JSON.stringify(songs.map((s) => [s.position, s.setNumber, s.title, s.titleKey, s.songId, s.coverOf, s.coverOfId, s.guest, s.tape ? 1 : 0, s.note, s.segue ? 1 : 0, s.medley]));
  await tx.run(sql`
    INSERT INTO played_songs (setlist_id, position, set_number, title, title_key, song_id, cover_of, cover_of_id, guest, tape, note, segue, medley)
    SELECT ${setlistId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11
    FROM json_each(${rows})`);
}

const playedRows = preparedQuery((db) =>
  db
    .select({
      setlistId: actualSetlists.id,
      provider: actualSetlists.provider,
      url: actualSetlists.url,
      setlistNote: actualSetlists.note,
      version: actualSetlists.version,
      status: actualSetlists.status,
      set: { number: actualSets.number, name: actualSets.name, encore: actualSets.encore },
      song: {
        position: playedSongs.position,
        title: playedSongs.title,
        songId: playedSongs.songId,
        coverOf: playedSongs.coverOf,
        guest: playedSongs.guest,
        tape: playedSongs.tape,
        note: playedSongs.note,
        segue: playedSongs.segue,
        medley: playedSongs.medley,
      },
    })
    .from(actualSetlists)
    .leftJoin(actualSets, eq(actualSets.setlistId, actualSetlists.id))
    .leftJoin(playedSongs, and(eq(playedSongs.setlistId, actualSetlists.id), eq(playedSongs.setNumber, actualSets.number)))
    .where(eq(actualSetlists.showId, sql.placeholder("showId")))
    .orderBy(asc(actualSetlists.id), asc(actualSets.number), asc(playedSongs.position))
    .prepare(),
);

/** What was played at a show as it is stored, in order; one setlist after another. */
export function playedAt(db: Queryable, showId: number) {
  return playedRows(db).all({ showId });
}

/** One account of what was played at a show. */
export interface AccountOfShow extends SetlistAccount {
  showId: number;
}

/** All accounts of an artist's latest shows at which a song was played, newest show first. */
export function latestAccounts(db: Queryable, artistId: number, limit: number): Promise<AccountOfShow[]> {
  return db.all(sql`
    SELECT a.id, a.show_id AS showId, a.provider, (SELECT count(*) FROM played_songs p WHERE p.setlist_id = a.id AND p.tape = 0) AS songs
    FROM shows s JOIN actual_setlists a ON a.show_id = s.id
    WHERE s.id IN (
      SELECT l.id FROM shows l
      WHERE l.artist_id = ${artistId} AND EXISTS (SELECT 1 FROM actual_setlists o JOIN played_songs p ON p.setlist_id = o.id WHERE o.show_id = l.id AND p.tape = 0)
      ORDER BY l.local_date DESC, l.id DESC LIMIT ${limit})
    ORDER BY s.local_date DESC, s.id DESC, a.id`);
}

/** The songs of some setlists, tapes left out. */
export function songsPlayed(db: Queryable, setlistIds: number[]) {
  return db
    .select({ setlistId: playedSongs.setlistId, songId: playedSongs.songId })
    .from(playedSongs)
    .where(and(sql`${playedSongs.setlistId} IN (SELECT value FROM json_each(${JSON.stringify(setlistIds)}))`, eq(playedSongs.tape, false)));
}

/** Titles that an artist has played and that are none of its songs yet, with at how many shows not from tape; those left out that a moderator says are none. */
export function unknownTitles(db: Queryable, artistId: number): Promise<{ titleKey: string; title: string; coverOf: string | null; live: number }[]> {
  return db.all(sql`
    SELECT p.title_key AS titleKey, min(p.title) AS title, min(p.cover_of) AS coverOf, count(DISTINCT CASE WHEN p.tape = 0 THEN s.id END) AS live
    FROM shows s JOIN actual_setlists a ON a.show_id = s.id JOIN played_songs p ON p.setlist_id = a.id
    WHERE s.artist_id = ${artistId} AND p.song_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM unmatched_titles u WHERE u.artist_id = s.artist_id AND u.title_key = p.title_key AND u.status = 'not_a_song')
    GROUP BY p.title_key ORDER BY p.title_key`);
}

/** Says which song some played titles of an artist are; how many rows that was. */
export async function linkPlayed(tx: Transaction, artistId: number, songs: { titleKey: string; songId: number }[]): Promise<number> {
  if (songs.length === 0) return 0;
  const pairs = JSON.stringify(songs.map(({ titleKey, songId }) => [titleKey, songId]));
  const { rowsAffected } = await tx.run(sql`
    UPDATE played_songs SET song_id = found.song_id
    FROM (SELECT value ->> 0 AS title_key, value ->> 1 AS song_id FROM json_each(${pairs})) AS found
    WHERE played_songs.song_id IS NULL AND played_songs.title_key = found.title_key
      AND played_songs.setlist_id IN (SELECT a.id FROM actual_setlists a JOIN shows s ON s.id = a.show_id WHERE s.artist_id = ${artistId})`);
  return rowsAffected;
}

