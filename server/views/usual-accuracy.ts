import { readSetting } from "#db/queries/journal.ts";
import { ACCURACY_SETTING, accuracySums } from "#db/queries/leaderboards.ts";
import { FIRST_PRIOR, type AccuracyPrior, priorFromSums } from "../domain/scoring/accuracy.ts";
import type { Reader } from "./reader.ts";

/** The prior as it was learnt last, and when (epoch ms). */
export interface KeptPrior extends AccuracyPrior {
  at: number;
}

/** What is thought of a fan before the first vote, as it was learnt from all fans last. */
export async function usualAccuracy(reader: Reader): Promise<AccuracyPrior> {
  const { mean, weight } = await keptPrior(reader);
  return { mean, weight };
}

export async function keptPrior(reader: Reader): Promise<KeptPrior> {
  const text = await readSetting(reader, ACCURACY_SETTING);
  return text === null ? { ...FIRST_PRIOR, at: 0 } : (JSON.parse(text) as KeptPrior);
}

/** Learns it from all fans anew: one pass over the leaderboard of all time. */
export async function learnAccuracy(reader: Reader): Promise<AccuracyPrior> {
  return priorFromSums(await accuracySums(reader));
}
