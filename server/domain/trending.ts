const HOUR_MS = 3_600_000;
/** What a show's votes of so long ago weigh half. */
const HALF_LIFE_MS = 12 * HOUR_MS;
/** Votes an hour below which a show is at rest. */
const REST = 0.01;

export interface Trend {
  /** The show's total when it was looked at. */
  votes: number;
  /** Votes an hour. */
  rate: number;
  /** When it was looked at, epoch ms. */
  at: number;
}

/**
 * A show's trend at an instant (epoch ms) from its total then and the trend before: an exponentially weighted mean
 * of votes an hour with a half-life of 12 hours. Votes that were taken back count as none.
 */
export function trendAfter(before: Trend | null, votes: number, now: number): Trend {
  if (before === null) return { votes, rate: votes / 24, at: now };
  const hours = Math.max(now - before.at, 1) / HOUR_MS;
  const kept = 0.5 ** ((hours * HOUR_MS) / HALF_LIFE_MS);
  const lately = Math.max(0, votes - before.votes) / hours;
  const rate = before.rate * kept + lately * (1 - kept);
  return { votes, rate: rate < REST ? 0 : rate, at: now };
}
