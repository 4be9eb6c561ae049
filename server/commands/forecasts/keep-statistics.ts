import { command } from "#db/command.ts";
import { dropStatistics, putStatistics, type StatisticsRow } from "#db/queries/artist-statistics.ts";
import type { ScopeOf } from "../../domain/statistics/scopes.ts";
import { requireLatest, type StudyRun } from "./study-run.ts";

export interface NewStatistics {
  study: StudyRun;
  /** Those that have changed. */
  changed: StatisticsRow[];
  /** Of which no figures are left. */
  gone: ScopeOf[];
}

/** Keeps an artist's figures. Throws `studyOvertaken`. */
export const keepStatistics = command<NewStatistics, void>(async (tx, { input: { study, changed, gone } }) => {
  await requireLatest(tx, study);
  await putStatistics(tx, study.artistId, changed);
  await dropStatistics(tx, study.artistId, gone);
});
