import { command } from "#db/command.ts";
import { dropForecaster, putForecaster, type SavedRow } from "#db/queries/forecasts.ts";

/** Keeps what was learnt of an artist, to go on from; null drops it. */
export const keepForecaster = command<{ artistId: number; saved: Omit<SavedRow, "learntAt"> | null }, void>(async (tx, { input: { artistId, saved }, now }) => {
  if (saved === null) await dropForecaster(tx, artistId);
  else await putForecaster(tx, artistId, { ...saved, learntAt: now });
});
