import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { DAY_MS, isReturned } from "../ballot-sql.ts";
import { logOf, type MergePair } from "../merge-sql.ts";
import { goingBack, joinedTwins } from "./merge-votes.ts";

/** Votes by merge, fan and UTC day, from `moved`: votes by merge, fan and when each was cast, with both ballots as `f` and `a`. */
const byDay = (moved: SQL, which: SQL) => sql`
  SELECT moved.merge_id, moved.user_id, moved.cast_at / ${DAY_MS} AS day, count(*) AS n
  FROM (${moved}) AS moved CROSS JOIN merges merge ON merge.id = moved.merge_id
  CROSS JOIN predicted_setlists f ON f.show_id = merge.from_id CROSS JOIN predicted_setlists a ON a.show_id = merge.into_id
  WHERE ${which} GROUP BY 1, 2, 3`;

const cast = sql.raw("moved.cast_at");
/** Of two votes of a day that became one the other was paid for. */
const otherDay = sql`log.row ->> 'kept' / ${DAY_MS} <> log.row ->> 'cast_at' / ${DAY_MS}`;

/**
 * Votes that were returned with a show that goes count at the one that stays, so they count against their days again, up
 * to a day's limit. To be called after `joinVotes`. Days that are trimmed stay so.
 */
export async function chargeReturned(tx: Transaction, { mergeId }: Pick<MergePair, "mergeId">, perDay: number): Promise<void> {
  const moved = sql`
    SELECT log.merge_id, log.key ->> 1 AS user_id, log.row ->> 'cast_at' AS cast_at FROM merge_rows log WHERE ${logOf([mergeId], "votes", "moved")}
    UNION ALL SELECT log.merge_id, log.key ->> 1, log.row ->> 'kept' FROM merge_rows log WHERE ${logOf([mergeId], "votes", "changed")} AND ${otherDay}`;
  await tx.run(sql`
    WITH input AS MATERIALIZED (${byDay(moved, sql`${isReturned("f", cast)} AND NOT ${isReturned("a", cast)}`)})
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT input.merge_id, 'day_allowances', 'changed', json_array(spent.day, spent.user_id),
      json_object('charged', max(0, min(${perDay}, spent.votes + input.n) - spent.votes), 'votes', input.n)
    FROM input CROSS JOIN day_allowances spent ON spent.day = input.day AND spent.user_id = input.user_id`);
  await tx.run(sql`
    UPDATE day_allowances AS spent SET votes = spent.votes + (log.row ->> 'charged') FROM merge_rows log
    WHERE ${logOf([mergeId], "day_allowances", "changed")} AND spent.day = log.key ->> 0 AND spent.user_id = log.key ->> 1`);
}

/**
 * The other way round, to be called before `partVotes`: what was charged for votes that go back is taken off again, and
 * those that were returned since with the show that stayed count again, as theirs was not cancelled.
 */
export async function partDays(tx: Transaction, mergeIds: number[], perDay: number): Promise<void> {
  const moved = sql`
    SELECT log.merge_id, vote.user_id, vote.cast_at FROM ${goingBack} WHERE ${logOf(mergeIds, "votes", "moved")}
    UNION ALL SELECT log.merge_id, vote.user_id, vote.cast_at FROM ${joinedTwins} WHERE ${logOf(mergeIds, "votes", "changed")} AND ${otherDay}`;
  await tx.run(sql`
    WITH input AS MATERIALIZED (${byDay(moved, sql`${isReturned("f", cast)} AND NOT ${isReturned("a", cast)}`)})
    UPDATE day_allowances AS spent SET votes = max(0, spent.votes - max(0, (log.row ->> 'charged') - (log.row ->> 'votes') + input.n))
    FROM merge_rows log CROSS JOIN input ON input.merge_id = log.merge_id AND input.day = log.key ->> 0 AND input.user_id = log.key ->> 1
    WHERE ${logOf(mergeIds, "day_allowances", "changed")} AND spent.day = log.key ->> 0 AND spent.user_id = log.key ->> 1`);
  await tx.run(sql`
    WITH input AS MATERIALIZED (${byDay(moved, sql`NOT ${isReturned("f", cast)} AND ${isReturned("a", cast)} AND a.returned_at >= merge.at`)})
    UPDATE day_allowances AS spent SET votes = min(${perDay}, spent.votes + input.n) FROM input WHERE spent.day = input.day AND spent.user_id = input.user_id`);
}
