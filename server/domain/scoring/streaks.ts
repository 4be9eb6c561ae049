import type { HitCount } from "./accuracy.ts";

/** With fewer votes a show neither adds to a streak nor ends it: one sure song makes none. */
export const STREAK_VOTES = 5;

export interface Streaks {
  /** Shows in a row up to the latest one. */
  current: number;
  longest: number;
}

/**
 * A streak is a number of shows in a row, of those a fan gave five votes or more, at which at least half of the votes
 * hit. `shows` in the order of their dates.
 */
export function streaksOf(shows: readonly HitCount[]): Streaks {
  let current = 0;
  let longest = 0;
  for (const { hits, votes } of shows) {
    if (votes < STREAK_VOTES) continue;
    current = 2 * hits >= votes ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return { current, longest };
}
