import { sql, type SQL } from "drizzle-orm";

/** Milliseconds of a UTC day, written out: a bound number would divide with a fraction. */
export const DAY_MS = sql.raw("86400000");

/**
 * Whether a vote cast at an instant (epoch ms) was returned with its show's ballot, by the ballot's alias: the show was
 * cancelled later on that UTC day, and the vote does not count against the day's limit.
 */
export function isReturned(ballot: string, castAt: SQL): SQL {
  const returnedAt = sql.raw(`${ballot}.returned_at`);
  return sql`(${returnedAt} IS NOT NULL AND ${castAt} <= ${returnedAt} AND ${castAt} / ${DAY_MS} = ${returnedAt} / ${DAY_MS})`;
}

/** `votingAt(…).open` in SQL: whether a ballot takes votes at an instant (epoch ms), by the aliases of its show and itself. */
export function takesVotes(show: string, ballot: string, now: number): SQL {
  return sql`(${sql.raw(`${show}.status`)} NOT IN ('cancelled', 'postponed', 'completed') AND ${sql.raw(`${ballot}.closes_at`)} > ${now} AND ${sql.raw(`${ballot}.locked_at`)} IS NULL)`;
}
