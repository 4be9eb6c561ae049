import { sql } from "drizzle-orm";
import type { FanResult } from "#server/domain/scoring/leaderboard.ts";
import type { Queryable } from "../client.ts";

/** All scores of a fan with the shows that they are of, in no order. */
export function resultsOfFan(db: Queryable, userId: number): Promise<FanResult[]> {
  return db.all<FanResult>(sql`
    SELECT f.show_id AS showId, s.artist_id AS artistId, s.tour, s.local_date AS localDate, f.votes, f.hits, f.points,
      f.call_hits AS callHits, f.call_points AS callPoints, f.share, f.last_vote_at AS lastVoteAt
    FROM fan_scores f JOIN shows s ON s.id = f.show_id WHERE f.user_id = ${userId}`);
}

/** A fan's rank among the fans of some shows, from 1, and how many these are. */
export function ranksAtShows(db: Queryable, userId: number, showIds: readonly number[]): Promise<{ showId: number; rank: number; fans: number }[]> {
  return db.all(sql`
    SELECT f.show_id AS showId, shown.fans, 1 + (
      SELECT count(*) FROM fan_scores o WHERE o.show_id = f.show_id AND o.points >= f.points AND (o.points > f.points OR o.hits > f.hits
        OR (o.hits = f.hits AND (o.last_vote_at, o.user_id) < (f.last_vote_at, f.user_id)))) AS rank
    FROM json_each(${JSON.stringify(showIds)}) AS input
    CROSS JOIN fan_scores f ON f.show_id = input.value AND f.user_id = ${userId}
    JOIN show_scores shown ON shown.show_id = f.show_id`);
}
