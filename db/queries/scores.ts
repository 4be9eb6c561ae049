import { eq, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { type fanScores, showScores } from "../schema/index.ts";
import { SHOWS_BEFORE } from "./outcomes.ts";

export type ShowScoreRow = typeof showScores.$inferSelect;
export type FanScoreRow = typeof fanScores.$inferSelect;

/** A show as scores see it. */
export interface ScoringShow {
  showId: number;
  artistId: number;
  localDate: string;
  /** "" where it is of none. */
  tour: string;
  /** Whether anybody's votes stand, held ones included. */
  votes: boolean;
  /** Whether somebody has written down what was played. */
  written: boolean;
  /** Whether there is a final setlist. */
  settled: boolean;
  /** Whether scores of it are stored. */
  scored: boolean;
}

/** What says of some shows whether they are to be scored, and for which boards. */
export async function scoringShows(db: Queryable, showIds: readonly number[]): Promise<ScoringShow[]> {
  const rows = await db.all<Record<"votes" | "written" | "settled" | "scored", number> & Omit<ScoringShow, "votes" | "written" | "settled" | "scored">>(sql`
    SELECT id AS showId, artist_id AS artistId, local_date AS localDate, coalesce(tour, '') AS tour,
      EXISTS (SELECT 1 FROM show_allowances a WHERE a.show_id = s.id AND a.votes > 0) AS votes,
      EXISTS (SELECT 1 FROM actual_setlists a WHERE a.show_id = s.id) AS written,
      EXISTS (SELECT 1 FROM actual_setlists a WHERE a.show_id = s.id AND a.status = 'final') AS settled,
      EXISTS (SELECT 1 FROM show_scores a WHERE a.show_id = s.id) AS scored
    FROM shows s WHERE s.id IN (SELECT value FROM json_each(${JSON.stringify(showIds)}))`);
  return rows.map((row) => ({ ...row, votes: row.votes === 1, written: row.written === 1, settled: row.settled === 1, scored: row.scored === 1 }));
}

/** The same of one show; null where there is none. */
export async function scoringShow(db: Queryable, showId: number): Promise<ScoringShow | null> {
  const [show] = await scoringShows(db, [showId]);
  return show ?? null;
}

/** When a show of an artist was, or is. */
export interface Night {
  artistId: number;
  showId: number;
  /** yyyy-mm-dd at the venue. */
  localDate: string;
}

/**
 * Shows with scores that have one of some nights among their artist's last shows, or had it before it changed: later ones
 * up to the date of the tenth show after that night at which one of our songs was played, in the order in which
 * `setlistsBefore` reads them.
 */
export async function scoredWithAny(db: Queryable, nights: readonly Night[]): Promise<number[]> {
  const input = JSON.stringify(nights.map(({ artistId, showId, localDate }) => [artistId, localDate, showId]));
  const rows = await db.all<{ id: number }>(sql`
    SELECT DISTINCT f.id FROM json_each(${input}) AS input
    CROSS JOIN shows f ON f.artist_id = input.value ->> 0 AND f.local_date > input.value ->> 1 AND f.local_date <= coalesce((
      SELECT g.local_date FROM shows g
      WHERE g.artist_id = input.value ->> 0 AND (g.local_date, g.id) > (input.value ->> 1, input.value ->> 2)
        AND EXISTS (SELECT 1 FROM actual_setlists a JOIN played_songs p ON p.setlist_id = a.id WHERE a.show_id = g.id AND p.song_id IS NOT NULL AND p.tape = 0)
      ORDER BY g.local_date, g.id LIMIT 1 OFFSET ${SHOWS_BEFORE - 1}), '9999-12-31')
    WHERE EXISTS (SELECT 1 FROM show_scores WHERE show_id = f.id) ORDER BY f.id`);
  return rows.map(({ id }) => id);
}

/** A fan's votes at a show by setlist song with when each was cast (epoch ms), and the setlist songs called. */
export interface FanBallot {
  userId: number;
  /** Whether votes stand that are not held. */
  counts: boolean;
  votes: [setlistSongId: number, castAt: number][];
  calls: [role: "opener" | "closer" | "encore", setlistSongId: number][];
}

/** The ballots at a show of fans after one (by id), so many, with those that don't count. */
export async function fanBallots(db: Queryable, { showId, after, limit }: { showId: number; after: number; limit: number }): Promise<FanBallot[]> {
  const rows = await db.all<{ userId: number; counts: number; votes: string; calls: string }>(sql`
    SELECT a.user_id AS userId, a.votes > 0 AND a.quarantined_at IS NULL AS counts,
      (SELECT json_group_array(json_array(setlist_song_id, cast_at)) FROM votes v WHERE v.show_id = a.show_id AND v.user_id = a.user_id) AS votes,
      (SELECT json_group_array(json_array(role, setlist_song_id)) FROM calls c WHERE c.show_id = a.show_id AND c.user_id = a.user_id) AS calls
    FROM show_allowances a
    WHERE a.show_id = ${showId} AND a.user_id > ${after}
    ORDER BY a.user_id LIMIT ${limit}`);
  return rows.map(({ userId, counts, votes, calls }) => ({
    userId, counts: counts === 1, votes: JSON.parse(votes) as FanBallot["votes"], calls: JSON.parse(calls) as FanBallot["calls"],
  }));
}

/** The song of each setlist song of a show. */
export async function songsOfBallot(db: Queryable, showId: number): Promise<Map<number, number>> {
  const rows = await db.all<{ id: number; songId: number }>(sql`SELECT id, song_id AS songId FROM setlist_songs WHERE show_id = ${showId}`);
  return new Map(rows.map(({ id, songId }) => [id, songId]));
}

/** Scores of fans of a show, all there are of those after `after` up to `upTo` (ids, both may be open). */
export interface FanScores {
  showId: number;
  after: number;
  upTo: number | null;
  rows: Omit<FanScoreRow, "showId">[];
}

/** Stores the scores of some fans and drops those of whoever has none any more; the fans for whom that changed anything. */
export async function putFanScores(tx: Transaction, { showId, after, upTo, rows }: FanScores): Promise<number[]> {
  const input = JSON.stringify(rows.map((r) => [r.userId, r.votes, r.hits, r.points, r.callHits, r.callPoints, r.share, r.lastVoteAt]));
  const gone = await tx.all<{ userId: number }>(sql`
    DELETE FROM fan_scores WHERE show_id = ${showId} AND user_id > ${after} AND user_id <= ${upTo ?? Number.MAX_SAFE_INTEGER}
      AND user_id NOT IN (SELECT value ->> 0 FROM json_each(${input})) RETURNING user_id AS userId`);
  const put = await tx.all<{ userId: number }>(sql`
    INSERT INTO fan_scores (show_id, user_id, votes, hits, points, call_hits, call_points, share, last_vote_at)
    SELECT ${showId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7 FROM json_each(${input}) WHERE true
    ON CONFLICT (show_id, user_id) DO UPDATE SET votes = excluded.votes, hits = excluded.hits, points = excluded.points,
      call_hits = excluded.call_hits, call_points = excluded.call_points, share = excluded.share, last_vote_at = excluded.last_vote_at
    WHERE (votes, hits, points, call_hits, call_points, share, last_vote_at) IS NOT
      (excluded.votes, excluded.hits, excluded.points, excluded.call_hits, excluded.call_points, excluded.share, excluded.last_vote_at)
    RETURNING user_id AS userId`);
  return [...gone, ...put].map(({ userId }) => userId);
}

/** Stores what a show came to; whether that was another thing than before. */
export async function putShowScore(tx: Transaction, row: ShowScoreRow): Promise<boolean> {
  const { scoredAt: _, showId: __, ...compared } = showScores;
  const told = sql.join(COMPARED.map((column) => sql`${compared[column]}`), sql`, `);
  const excluded = sql.raw(COMPARED.map((column) => `excluded."${compared[column].name}"`).join(", "));
  const { rowsAffected } = await tx
    .insert(showScores)
    .values(row)
    .onConflictDoUpdate({ target: showScores.showId, set: row, setWhere: sql`(${told}) IS NOT (${excluded})` });
  return rowsAffected > 0;
}

const COMPARED = ["setlistId", "setlistVersion", "played", "unknown", "fans", "possible", "ranked", "crowdHits", "forecastHits", "lastShowsHits", "lists"] as const;

/** Whether there was one. */
export async function dropShowScore(tx: Transaction, showId: number): Promise<boolean> {
  const { rowsAffected } = await tx.delete(showScores).where(eq(showScores.showId, showId));
  return rowsAffected > 0;
}

/** Shows of which scores are stored or may be: those with a final setlist and votes; ids after one, so many. */
export async function showsToScore(db: Queryable, after: number, limit: number): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`
    SELECT id FROM (
      SELECT show_id AS id FROM show_scores WHERE show_id > ${after}
      UNION SELECT DISTINCT a.show_id FROM actual_setlists a WHERE a.show_id > ${after} AND a.status = 'final'
        AND EXISTS (SELECT 1 FROM show_allowances f WHERE f.show_id = a.show_id AND f.votes > 0)
      UNION SELECT DISTINCT show_id FROM fan_scores WHERE show_id > ${after})
    ORDER BY id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}
