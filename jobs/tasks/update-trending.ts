import type { Write } from "#server/commands/registry.ts";
import { trendAfter } from "#server/domain/trending.ts";
import { readMovedTotals } from "#server/views/sync-plan.ts";
import type { Reader } from "#server/views/reader.ts";

/** Shows written in one transaction. */
const AT_ONCE = 500;

/** Brings shows' trends up to date: those whose votes have moved, and those that come to rest. */
export function trendUpdater({ reader, write, now }: { reader: Reader; write: Write; now: () => number }): () => Promise<void> {
  return async () => {
    const at = now();
    const trends = (await readMovedTotals(reader)).map(({ showId, votes, before, rate, at: then }) => {
      const known = before === null || rate === null || then === null ? null : { votes: before, rate, at: then };
      return { showId, ...trendAfter(known, votes, at) };
    });
    for (let i = 0; i < trends.length; i += AT_ONCE) await write("noteTrends", trends.slice(i, i + AT_ONCE));
  };
}
