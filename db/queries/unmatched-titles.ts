import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { artists, songs, unmatchedTitles, users } from "../schema/index.ts";

export type TitleStatus = (typeof unmatchedTitles.$inferSelect)["status"];
export type UnmatchedRow = typeof unmatchedTitles.$inferSelect;

const among = (titleKeys: readonly string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(titleKeys)}))`;

/** Titles that an artist has played, not from tape, and that are none of its songs, with at how many shows and when last: all, or some by their keys. */
export function playedUnmatched(db: Queryable, artistId: number, titleKeys: readonly string[] | null): Promise<{ titleKey: string; title: string; coverOf: string | null; times: number; lastPlayedOn: string }[]> {
  return db.all(sql`
    SELECT p.title_key AS titleKey, min(p.title) AS title, min(p.cover_of) AS coverOf, count(DISTINCT s.id) AS times, max(s.local_date) AS lastPlayedOn
    FROM shows s JOIN actual_setlists a ON a.show_id = s.id JOIN played_songs p ON p.setlist_id = a.id
    WHERE s.artist_id = ${artistId} AND p.song_id IS NULL AND p.tape = 0 ${titleKeys === null ? sql`` : sql`AND p.title_key IN ${among(titleKeys)}`}
    GROUP BY p.title_key ORDER BY p.title_key`);
}

/** What is noted of an artist's unmatched titles, of all or of some, decided ones too. */
export function unmatchedOfArtist(db: Queryable, artistId: number, titleKeys: readonly string[] | null): Promise<UnmatchedRow[]> {
  const asked = titleKeys === null ? undefined : sql`${unmatchedTitles.titleKey} IN ${among(titleKeys)}`;
  return db.select().from(unmatchedTitles).where(and(eq(unmatchedTitles.artistId, artistId), asked));
}

export async function unmatchedTitle(db: Queryable, artistId: number, titleKey: string): Promise<UnmatchedRow | null> {
  const [row] = await db
    .select()
    .from(unmatchedTitles)
    .where(and(eq(unmatchedTitles.artistId, artistId), eq(unmatchedTitles.titleKey, titleKey)));
  return row ?? null;
}

export type NewUnmatched = Pick<UnmatchedRow, "titleKey" | "title" | "coverOf" | "times" | "lastPlayedOn" | "suggestedSongId" | "confidence">;

/** Notes titles, or brings what is noted of them up to date; what was decided of them stays. */
export async function putUnmatched(tx: Transaction, artistId: number, rows: NewUnmatched[]): Promise<void> {
  if (rows.length === 0) return;
  const input = JSON.stringify(rows.map((r) => [r.titleKey, r.title, r.coverOf, r.times, r.lastPlayedOn, r.suggestedSongId, r.confidence]));
  await tx.run(sql`
    INSERT INTO unmatched_titles (artist_id, title_key, title, cover_of, times, last_played_on, suggested_song_id, confidence)
    SELECT ${artistId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM json_each(${input}) WHERE true
    ON CONFLICT (artist_id, title_key) DO UPDATE SET title = excluded.title, cover_of = excluded.cover_of, times = excluded.times,
      last_played_on = excluded.last_played_on, suggested_song_id = excluded.suggested_song_id, confidence = excluded.confidence`);
}

/** Takes titles that are songs now, or that nobody plays any more, off the list. */
export async function dropUnmatched(tx: Transaction, artistId: number, titleKeys: string[]): Promise<void> {
  if (titleKeys.length === 0) return;
  await tx.run(sql`DELETE FROM unmatched_titles WHERE artist_id = ${artistId} AND title_key IN (SELECT value FROM json_each(${JSON.stringify(titleKeys)}))`);
}

export async function decideUnmatched(tx: Transaction, { artistId, titleKey }: Pick<UnmatchedRow, "artistId" | "titleKey">, decision: Pick<UnmatchedRow, "status" | "decidedBy" | "decidedAt">): Promise<void> {
  await tx
    .update(unmatchedTitles)
    .set(decision)
    .where(and(eq(unmatchedTitles.artistId, artistId), eq(unmatchedTitles.titleKey, titleKey)));
}

/** Where a page of the list begins: behind this one. */
export interface TitlePlace {
  times: number;
  artistId: number;
  titleKey: string;
}

/** One page of titles in one state, the most played first. */
export function listUnmatched(db: Queryable, { status, after, limit }: { status: TitleStatus; after?: TitlePlace | undefined; limit: number }) {
  return db
    .select({
      artist: { id: artists.id, slug: artists.slug, name: artists.name },
      titleKey: unmatchedTitles.titleKey,
      title: unmatchedTitles.title,
      coverOf: unmatchedTitles.coverOf,
      times: unmatchedTitles.times,
      lastPlayedOn: unmatchedTitles.lastPlayedOn,
      suggestion: { songId: songs.id, title: songs.title },
      confidence: unmatchedTitles.confidence,
      decidedBy: users.displayName,
      decidedAt: unmatchedTitles.decidedAt,
    })
    .from(unmatchedTitles)
    .innerJoin(artists, eq(artists.id, unmatchedTitles.artistId))
    .leftJoin(songs, eq(songs.id, unmatchedTitles.suggestedSongId))
    .leftJoin(users, eq(users.id, unmatchedTitles.decidedBy))
    .where(
      and(
        eq(unmatchedTitles.status, status),
        after && sql`${unmatchedTitles.times} <= ${after.times}`,
        after && sql`(-${unmatchedTitles.times}, ${unmatchedTitles.artistId}, ${unmatchedTitles.titleKey}) > (${-after.times}, ${after.artistId}, ${after.titleKey})`,
      ),
    )
    .orderBy(desc(unmatchedTitles.times), asc(unmatchedTitles.artistId), asc(unmatchedTitles.titleKey))
    .limit(limit);
}

/** How many titles are in each state. */
export async function countUnmatched(db: Queryable): Promise<Record<TitleStatus, number>> {
  const count = (status: TitleStatus) => sql`(SELECT count(*) FROM unmatched_titles WHERE status = ${status})`;
  const [row] = await db.all<Record<TitleStatus, number>>(sql`SELECT ${count("open")} AS open, ${count("not_a_song")} AS not_a_song`);
  return row!;
}

/** Shows of an artist with a title among what was played, with whether that account is final. */
export function showsWithTitle(db: Queryable, artistId: number, titleKeys: string[]): Promise<{ showId: number; final: boolean }[]> {
  return showsPlaying(db, artistId, sql`p.title_key IN (SELECT value FROM json_each(${JSON.stringify(titleKeys)}))`);
}

async function showsPlaying(db: Queryable, artistId: number, which: ReturnType<typeof sql>): Promise<{ showId: number; final: boolean }[]> {
  const rows = await db.all<{ showId: number; final: number }>(sql`
    SELECT s.id AS showId, max(a.status = 'final') AS final
    FROM shows s JOIN actual_setlists a ON a.show_id = s.id JOIN played_songs p ON p.setlist_id = a.id
    WHERE s.artist_id = ${artistId} AND ${which} GROUP BY s.id ORDER BY s.id`);
  return rows.map(({ showId, final }) => ({ showId, final: final === 1 }));
}

/** Says that a title of an artist is one of its songs, for what comes in later too. */
export async function linkTitle(tx: Transaction, { artistId, titleKey, intoKey }: { artistId: number; titleKey: string; intoKey: string }): Promise<void> {
  await tx.run(sql`
    INSERT INTO song_links (artist_id, title_key, into_key) VALUES (${artistId}, ${titleKey}, ${intoKey})
    ON CONFLICT (artist_id, title_key) DO UPDATE SET into_key = excluded.into_key`);
}

/** Takes back that a title is another song's; whether it was. */
export async function unlinkTitle(tx: Transaction, artistId: number, titleKey: string): Promise<boolean> {
  const { rowsAffected } = await tx.run(sql`DELETE FROM song_links WHERE artist_id = ${artistId} AND title_key = ${titleKey}`);
  return rowsAffected > 0;
}

/** What was played under a title is none of an artist's songs any more. */
export async function unlinkPlayed(tx: Transaction, artistId: number, titleKey: string): Promise<void> {
  await tx.run(sql`
    UPDATE played_songs SET song_id = NULL
    WHERE title_key = ${titleKey} AND song_id IS NOT NULL
      AND setlist_id IN (SELECT a.id FROM actual_setlists a JOIN shows s ON s.id = a.show_id WHERE s.artist_id = ${artistId})`);
}
