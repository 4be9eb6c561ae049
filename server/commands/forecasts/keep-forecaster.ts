import { command } from "#db/command.ts";
import { dropForecaster, putForecaster, type SavedRow } from "#db/queries/forecasts.ts";
import { requireLatest, type StudyRun } from "./study-run.ts";

/** Keeps what was learnt of an artist, to go on from; null drops it. Throws `studyOvertaken`. */
export const keepForecaster = command<{ study: StudyRun; saved: Omit<SavedRow, "learntAt"> | null }, void>(async (tx, { input: { study, saved }, now }) => {
  await requireLatest(tx, study);
  const { artistId } = study;
  if (saved === null) await dropForecaster(tx, artistId);
  else await putForecaster(tx, artistId, { ...saved, learntAt: now });
});
