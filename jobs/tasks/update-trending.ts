import { trendAfter } from "#server/domain/trending.ts";
import { readMovedTotals } from "#server/views/sync-plan.ts";
import { noteHistory, type HistoryDeps } from "./note-history.ts";

/** Shows written in one transaction. */
const AT_ONCE = 500;

/**
 * Brings shows' trends up to date: those whose votes have moved, and those that come to rest. Their tallies are kept
 * as they stand, and how fast each song's votes come.
 */
export function trendUpdater(deps: HistoryDeps): () => Promise<void> {
  const { reader, write, now } = deps;
  return async () => {
    const at = now();
    const moved = await readMovedTotals(reader);
    const trends = moved.map(({ showId, votes, before, rate, at: then }) => {
      const known = before === null || rate === null || then === null ? null : { votes: before, rate, at: then };
      return { showId, ...trendAfter(known, votes, at) };
    });
    for (let i = 0; i < trends.length; i += AT_ONCE) await write("noteTrends", trends.slice(i, i + AT_ONCE));
    await noteHistory(deps, moved);
  };
}
