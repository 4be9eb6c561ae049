import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { chancesOf, dropForecast, forecastOf, putForecast, refillBallot, untouchedBallot, windowOf } from "#db/queries/forecasts.ts";
import type { KeptForecast } from "../../domain/forecast/kept.ts";
import { votingAt } from "../../domain/voting.ts";

export interface NewForecast {
  showId: number;
  /** Version of the weights. */
  model: number;
  /** Null where nothing is known that it could be made of. */
  forecast: KeptForecast | null;
  /** The songs that a ballot should begin with, likeliest first. */
  ballot: readonly number[];
}

/** `frozen`: voting is closed, so what was said stays. */
export type Keeping = "kept" | "same" | "frozen";

/**
 * Keeps the forecast of a show while its voting is open; after the close nothing changes it. A ballot with which
 * fans have done nothing yet begins anew with the likeliest songs. What is kept already is not written again.
 */
export const keepForecast = command<NewForecast, Keeping>(async (tx, { input, now }) => {
  const { showId, forecast, model, ballot } = input;
  const window = await windowOf(tx, showId);
  if (window === null || !votingAt(window, now).open) return "frozen";
  const changed = await replace(tx, showId, forecast, model, now);
  const refilled = forecast !== null && ballot.length > 0 && (await refill(tx, showId, ballot, now));
  return changed || refilled ? "kept" : "same";
});

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

async function refill(tx: Transaction, showId: number, songs: readonly number[], now: number): Promise<boolean> {
  const before = await untouchedBallot(tx, showId);
  if (before === null || before.map(({ songId }) => songId).join() === songs.join()) return false;
  await refillBallot(tx, showId, songs);
  await appendEvents(tx, now, [{ kind: "ballot.changed", showId, payload: {} }]);
  return true;
}
