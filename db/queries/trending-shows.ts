import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import { predictedSetlists, showTrends, shows } from "../schema/index.ts";
import { showsByIds } from "./shows.ts";

/** Shows that one can vote for now (epoch ms) and whose votes came in fastest when they were last looked at. */
export function fastestShows(db: Queryable, now: number, limit: number) {
  const ids = db
    .select({ id: showTrends.showId })
    .from(showTrends)
    // A cross join keeps its order: down the index of rates until there are enough.
    .crossJoin(shows)
    .crossJoin(predictedSetlists)
    .where(
      and(
        gt(showTrends.rate, 0),
        eq(shows.id, showTrends.showId),
        eq(shows.status, "upcoming"),
        eq(predictedSetlists.showId, shows.id),
        gt(predictedSetlists.closesAt, now),
        isNull(predictedSetlists.lockedAt),
      ),
    )
    .orderBy(desc(showTrends.rate))
    .limit(limit);
  return showsByIds(db, ids);
}

/** How fast votes came in for some shows when they were last looked at. */
export function trendsOf(db: Queryable, showIds: number[]) {
  return db
    .select({ showId: showTrends.showId, votes: showTrends.votes, rate: showTrends.rate, at: showTrends.at })
    .from(showTrends)
    .where(sql`${showTrends.showId} IN (SELECT value FROM json_each(${JSON.stringify(showIds)}))`);
}
