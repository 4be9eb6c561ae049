import { accuracyOf, type AccuracyPrior } from "./accuracy.ts";
import { precisionOf } from "./fan-score.ts";
import type { FanResult } from "./leaderboard.ts";
import { type Streaks, streaksOf } from "./streaks.ts";

/** One show in a fan's history. */
export interface HistoryPoint {
  showId: number;
  localDate: string;
  votes: number;
  hits: number;
  points: number;
  /** Out of the best ten possible, in hundredths of a percent; null where the show is not rated. */
  share: number | null;
  /** Of this show alone, 0 to 1. */
  precision: number | null;
  /** Over all shows up to this one, drawn towards what is usual, 0 to 1. */
  accuracy: number;
}

export interface FanHistory {
  shows: HistoryPoint[];
  /** Over all shows; what is usual where there is none. */
  accuracy: number;
  streaks: Streaks;
}

/** A fan's shows by date (then by id), with how the accuracy went. Shows without a vote are left out. */
export function historyOf(results: readonly FanResult[], prior: AccuracyPrior): FanHistory {
  const sofar = { hits: 0, votes: 0 };
  const inOrder = results.filter(({ votes }) => votes > 0).toSorted(byDate);
  const shows = inOrder.map((result) => {
    sofar.hits += result.hits;
    sofar.votes += result.votes;
    const { showId, localDate, votes, hits, points, share } = result;
    return { showId, localDate, votes, hits, points, share, precision: precisionOf(result), accuracy: accuracyOf(prior, sofar) };
  });
  return { shows, accuracy: accuracyOf(prior, sofar), streaks: streaksOf(inOrder) };
}

function byDate(a: FanResult, b: FanResult): number {
  if (a.localDate !== b.localDate) return a.localDate < b.localDate ? -1 : 1;
  return a.showId - b.showId;
}
