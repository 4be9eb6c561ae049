import { sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";

export interface ReturnedVotes {
  showId: number;
  /** Days since 1970-01-01, UTC, and when it began (epoch ms). */
  day: number;
  from: number;
  now: number;
}

/** Takes a show's votes of a day off its fans' counters of that day; once for a show. Whether it was done now. */
export async function returnVotes(tx: Transaction, { showId, day, from, now }: ReturnedVotes): Promise<boolean> {
  const { rowsAffected } = await tx.run(sql`UPDATE predicted_setlists SET returned_at = ${now} WHERE show_id = ${showId} AND returned_at IS NULL`);
  if (rowsAffected === 0) return false;
  await tx.run(sql`
    UPDATE day_allowances SET votes = max(0, votes - back.n)
    FROM (SELECT user_id, count(*) AS n FROM votes WHERE show_id = ${showId} AND cast_at BETWEEN ${from} AND ${now} GROUP BY user_id) AS back
    WHERE day_allowances.day = ${day} AND day_allowances.user_id = back.user_id`);
  return true;
}
