import { command } from "#db/command.ts";
import { dropStatistics, putStatistics, type StatisticsRow } from "#db/queries/artist-statistics.ts";
import type { ScopeOf } from "../../domain/statistics/scopes.ts";

export interface NewStatistics {
  artistId: number;
  /** Those that have changed. */
  changed: StatisticsRow[];
  /** Of which no figures are left. */
  gone: ScopeOf[];
}

/** Keeps an artist's figures. */
export const keepStatistics = command<NewStatistics, void>(async (tx, { input: { artistId, changed, gone } }) => {
  await putStatistics(tx, artistId, changed);
  await dropStatistics(tx, artistId, gone);
});
