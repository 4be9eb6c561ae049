import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { chancesOf, dropForecast, forecastOf, putForecast, refillBallot, untouchedBallot, windowOf } from "#db/queries/forecasts.ts";
import type { KeptForecast } from "../../domain/forecast/kept.ts";
import { votingAt } from "../../domain/voting.ts";
import { requireLatest, type StudyRun } from "./study-run.ts";

export interface NewForecast {
  study: StudyRun;
  showId: number;
  /** Version of the weights. */
  model: number;
  /** Null where nothing is known that it could be made of. */
  forecast: KeptForecast | null;
}

/** `frozen`: voting is closed, so what was said stays. */
export type Keeping = "kept" | "same" | "frozen";

/**
 * Keeps the forecast of a show while its voting is open; after the close nothing changes it. What is kept already is not
 * written again. Throws `studyOvertaken`.
 */
export const keepForecast = command<NewForecast, Keeping>(async (tx, { input, now }) => {
  const { study, showId, forecast, model } = input;
  await requireLatest(tx, study);
  if (!(await isOpen(tx, showId, now))) return "frozen";
  return (await replace(tx, showId, forecast, model, now)) ? "kept" : "same";
});

async function isOpen(tx: Transaction, showId: number, now: number): Promise<boolean> {
  const window = await windowOf(tx, showId);
  return window !== null && votingAt(window, now).open;
}

async function replace(tx: Transaction, showId: number, forecast: KeptForecast | null, model: number, now: number): Promise<boolean> {
  const before = await forecastOf(tx, showId);
  if (forecast === null) {
    if (before !== null) await dropForecast(tx, showId);
    return before !== null;
  }
  const { shows, length, songs } = forecast;
  const same = before?.kind === "forecast" && before.model === model && before.shows === shows && before.length === length;
  if (same && JSON.stringify(await chancesOf(tx, showId)) === JSON.stringify(songs)) return false;
  await putForecast(tx, showId, { kind: "forecast", model, shows, length, madeAt: now }, songs);
  return true;
}

/**
 * Lets an open ballot that was made, and that fans have done nothing with yet, begin anew with these songs, likeliest
 * first. Any other stays as it is, and so does one that has them already. Throws `studyOvertaken`.
 */
export const renewBallot = command<{ study: StudyRun; showId: number; songs: readonly number[] }, void>(async (tx, { input: { study, showId, songs }, now }) => {
  await requireLatest(tx, study);
  if (!(await isOpen(tx, showId, now))) return;
  const before = await untouchedBallot(tx, showId);
  if (before === null || before.length === 0 || before.map(({ songId }) => songId).join() === songs.join()) return;
  await refillBallot(tx, showId, songs);
  await appendEvents(tx, now, [{ kind: "ballot.changed", showId, payload: {} }]);
});
