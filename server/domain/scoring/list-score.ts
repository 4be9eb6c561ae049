import { brierOf, calibrationErrorOf, type CalibrationSums, calibrationOf } from "./calibration.ts";
import type { ExpectedList } from "./expectations.ts";
import type { Played } from "./played.ts";

/** How a list for a show went, whosever it is. */
export interface ListScore {
  /** Songs that were played among the list's first N. */
  hits: number;
  /** N: how many songs were played. */
  of: number;
  /** hits / N, 0 to 1. */
  overlap: number;
  /** Average precision at N, 0 to 1: 1 where the first N were all played. */
  rankQuality: number;
  /** Mean squared error of the probabilities over the songs of the ballot, 0 to 1; null for an empty ballot. */
  brier: number | null;
  /** Expected calibration error over the songs of the ballot, 0 to 1; of one show alone it is mostly chance. */
  calibrationError: number | null;
  /** For calibration over many shows. */
  sums: CalibrationSums;
}

/** Scores a list against what was played; `ballot` holds the song ids that could be voted for. */
export function scoreList({ songIds, probabilities }: ExpectedList, played: Played, ballot: readonly number[]): ListScore {
  const top = [...new Set(songIds)].slice(0, played.count);
  const hits = top.filter((id) => played.songIds.has(id)).length;
  const said = [...new Set(ballot)].map((id) => ({ probability: probabilities.get(id) ?? 0, came: played.songIds.has(id) }));
  const sums = calibrationOf(said);
  return {
    hits, of: played.count, overlap: hits / played.count, rankQuality: averagePrecision(top, played),
    brier: brierOf(sums), calibrationError: calibrationErrorOf(sums), sums,
  };
}

/**
 * Average precision at N, normalised by N (Craswell, Robertson 2009, "Average Precision at n", Encyclopedia of
 * Database Systems): the precision at each hit's rank, summed, over N = all songs that were played.
 */
function averagePrecision(top: readonly number[], played: Played): number {
  let hits = 0;
  let sum = 0;
  top.forEach((id, i) => {
    if (!played.songIds.has(id)) return;
    hits += 1;
    sum += hits / (i + 1);
  });
  return sum / played.count;
}
