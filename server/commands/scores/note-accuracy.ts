import { command } from "#db/command.ts";
import { writeSetting } from "#db/queries/journal.ts";
import { ACCURACY_SETTING } from "#db/queries/leaderboards.ts";
import type { AccuracyPrior } from "../../domain/scoring/accuracy.ts";

/** Keeps what is usual among fans, as it was learnt now, for every page that tells of accuracy, with when that was. */
export const noteAccuracy = command<AccuracyPrior, void>((tx, { input: { mean, weight }, now }) => writeSetting(tx, ACCURACY_SETTING, JSON.stringify({ mean, weight, at: now })));
