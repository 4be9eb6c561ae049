import { sql, type SQL } from "drizzle-orm";
import type { StandingRules } from "#server/domain/scoring/leaderboard.ts";
import type { Queryable, Transaction } from "../client.ts";

/** Which boards are brought up to date: those of one show, or all that a fan is on. */
export type Boards = { year: string; artistId: number; tour: string } | "all";

const SUMS = sql`user_id, count(*) AS shows, sum(votes) AS votes, sum(hits) AS hits, sum(points) AS points, sum(share) AS shares, max(last_vote_at) AS last_vote_at`;

/** `summed`: what some fans' standings are by their scores, on some boards. */
function withSums(userIds: readonly number[], boards: Boards, { leastShows }: StandingRules): SQL {
  const only = boards === "all" ? { year: sql`true`, artist: sql`true`, tour: sql`tour <> ''` } : onBoards(boards);
  return sql`WITH own AS MATERIALIZED (
      SELECT f.user_id, s.artist_id, coalesce(s.tour, '') AS tour, substr(s.local_date, 1, 4) AS year, f.votes, f.hits, f.points, f.share, f.last_vote_at
      FROM json_each(${JSON.stringify(userIds)}) AS fan
      JOIN fan_scores f ON f.user_id = fan.value JOIN shows s ON s.id = f.show_id WHERE f.share IS NOT NULL),
    summed AS (
      SELECT 'all' AS board, 0 AS artist_id, '' AS name, ${leastShows.all} AS least, ${SUMS} FROM own GROUP BY user_id
      UNION ALL SELECT 'year', 0, year, ${leastShows.year}, ${SUMS} FROM own WHERE ${only.year} GROUP BY year, user_id
      UNION ALL SELECT 'artist', artist_id, '', ${leastShows.artist}, ${SUMS} FROM own WHERE ${only.artist} GROUP BY artist_id, user_id
      UNION ALL SELECT 'tour', artist_id, tour, ${leastShows.tour}, ${SUMS} FROM own WHERE ${only.tour} GROUP BY artist_id, tour, user_id)`;
}

function onBoards({ year, artistId, tour }: Exclude<Boards, "all">) {
  const artist = sql`artist_id = ${artistId}`;
  return { year: sql`year = ${year}`, artist, tour: sql`tour <> '' AND ${artist} AND tour = ${tour}` };
}

/** The divisor is written out: a bound number divides with a fraction. */
const rowBy = ({ emptyShows }: StandingRules) => sql`board, artist_id, name, user_id, shows, votes, hits, points, shares, last_vote_at, shares * 100 / (shows + ${sql.raw(String(emptyShows))}) AS rating, shows >= least AS listed`;
const PLAIN = sql.raw("board, artist_id, name, user_id, shows, votes, hits, points, shares, last_vote_at, rating, listed");

/** Brings some fans' standings up to what their scores say; how many rows that changed. */
export async function putStandings(tx: Transaction, userIds: readonly number[], boards: Boards, rules: StandingRules): Promise<number> {
  if (userIds.length === 0) return 0;
  const sums = withSums(userIds, boards, rules);
  const put = await tx.run(sql`${sums}
    INSERT INTO standings (${PLAIN}) SELECT ${rowBy(rules)} FROM summed WHERE true
    ON CONFLICT (board, artist_id, name, user_id) DO UPDATE SET shows = excluded.shows, votes = excluded.votes, hits = excluded.hits, points = excluded.points,
      shares = excluded.shares, last_vote_at = excluded.last_vote_at, rating = excluded.rating, listed = excluded.listed
    WHERE (shows, votes, hits, points, shares, last_vote_at, rating, listed) IS NOT
      (excluded.shows, excluded.votes, excluded.hits, excluded.points, excluded.shares, excluded.last_vote_at, excluded.rating, excluded.listed)`);
  if (boards !== "all") return put.rowsAffected;
  const gone = await tx.run(sql`${sums}
    DELETE FROM standings WHERE user_id IN (SELECT value FROM json_each(${JSON.stringify(userIds)}))
      AND (board, artist_id, name, user_id) NOT IN (SELECT board, artist_id, name, user_id FROM summed)`);
  return put.rowsAffected + gone.rowsAffected;
}

/** A standing that is not what the fan's scores say: too many, missing, or with other figures. */
export interface WrongStanding {
  board: "all" | "year" | "artist" | "tour";
  artistId: number;
  name: string;
  userId: number;
}

/** Which standings of some fans don't agree with their scores. */
export function wrongStandings(db: Queryable, userIds: readonly number[], rules: StandingRules): Promise<WrongStanding[]> {
  return db.all<WrongStanding>(sql`${withSums(userIds, "all", rules)},
    said AS MATERIALIZED (SELECT ${PLAIN} FROM standings WHERE user_id IN (SELECT value FROM json_each(${JSON.stringify(userIds)}))),
    meant AS MATERIALIZED (SELECT ${rowBy(rules)} FROM summed)
    SELECT DISTINCT board, artist_id AS artistId, name, user_id AS userId FROM (
      SELECT * FROM (SELECT * FROM said EXCEPT SELECT * FROM meant)
      UNION ALL SELECT * FROM (SELECT * FROM meant EXCEPT SELECT * FROM said))
    ORDER BY userId, board, artistId, name`);
}

/** Fans of this site, and not of the demo, who have scores of the demo's shows. */
export async function fansOfDemoShows(db: Queryable): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`
    SELECT DISTINCT f.user_id AS id FROM shows s CROSS JOIN fan_scores f ON f.show_id = s.id JOIN users u ON u.id = f.user_id AND u.demo = 0 WHERE s.demo = 1`);
  return rows.map(({ id }) => id);
}

/** Fans who have scores or standings; ids after one, so many. */
export async function scoredFans(db: Queryable, after: number, limit: number): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`
    SELECT id FROM users WHERE id > ${after}
      AND (EXISTS (SELECT 1 FROM fan_scores WHERE user_id = users.id) OR EXISTS (SELECT 1 FROM standings WHERE user_id = users.id))
    ORDER BY id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}
