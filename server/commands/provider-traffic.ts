import { command } from "#db/command.ts";
import { addTraffic as add, trimTraffic } from "#db/queries/marks.ts";
import { deleteOldImports } from "#db/queries/imports.ts";
import { countRequest, putAnswer, touchAnswer as touch, trimAnswers as trim, trimDays, type AnswerRow } from "#db/queries/provider-traffic.ts";
import type { Provider } from "../domain/provider-records.ts";

const DAY_MS = 86_400_000;
/** Longer than the time after which every list is read to its end again. */
const ANSWERS_KEPT_MS = 40 * DAY_MS;
const TRAFFIC_KEPT_MS = 56 * DAY_MS;
const IMPORTS_KEPT_MS = 180 * DAY_MS;

/** Keeps a provider's answer. */
export const keepAnswer = command<AnswerRow, void>((tx, { input }) => putAnswer(tx, input));

/** Notes that a kept answer was found to be the same at an instant (epoch ms). */
export const touchAnswer = command<{ key: string; checkedAt: number }, void>((tx, { input }) => touch(tx, input.key, input.checkedAt));

/** Counts a request of a provider on a UTC day (yyyy-mm-dd); how many there are with it. */
export const countProviderRequest = command<{ provider: Provider; day: string }, number>((tx, { input }) => countRequest(tx, input.provider, input.day));

/** Adds visitors' requests to the hour that began at `at` (epoch ms). */
export const addTraffic = command<{ at: number; requests: number }, void>((tx, { input }) => add(tx, input.at, input.requests));

export const TRIMMED_ANSWERS_AT_ONCE = 200;

/** Removes answers, counts of requests, traffic and imports that are of no more use; how many answers at most once. */
export const trimAnswers = command<void, number>(async (tx, { now }) => {
  await trimDays(tx, new Date(now - 60 * DAY_MS).toISOString().slice(0, 10));
  await trimTraffic(tx, now - TRAFFIC_KEPT_MS);
  await deleteOldImports(tx, now - IMPORTS_KEPT_MS, TRIMMED_ANSWERS_AT_ONCE);
  return trim(tx, now - ANSWERS_KEPT_MS, TRIMMED_ANSWERS_AT_ONCE);
});
