import type { StudyRun } from "#server/commands/forecasts/study-run.ts";
import type { Write } from "#server/commands/registry.ts";
import { LEAST_TOUR_SHOWS, scopesOf, type ScopeOf } from "#server/domain/statistics/scopes.ts";
import { addTo, figuresOf, newTally, type Tally } from "#server/domain/statistics/tally.ts";
import type { PastShow } from "#server/domain/forecast/setting.ts";
import type { Reader } from "#server/views/reader.ts";
import { readKeptStatistics } from "#server/views/study-facts.ts";

/** Shows counted before something else may run. */
const AT_ONCE = 50;

export interface ToCount {
  study: StudyRun;
  /** Oldest first. */
  past: readonly PastShow[];
  pause: () => Promise<void>;
}

type Kept = Awaited<ReturnType<typeof readKeptStatistics>>[number];

/** Counts what an artist has played, all of it, by year and by tour, and has kept what differs from what is. */
export async function countPast({ reader, write }: { reader: Reader; write: Write }, { study, past, pause }: ToCount): Promise<void> {
  const scopes = await tallies(past, pause);
  await pause();
  const before = new Map((await readKeptStatistics(reader, study.artistId)).map((row) => [keyOf(row), row]));
  const changed: Kept[] = [];
  for (const [key, { scope, name, tally }] of scopes) {
    await pause();
    const statistics = figuresOf(tally);
    if (statistics === null || (scope === "tour" && statistics.shows < LEAST_TOUR_SHOWS)) continue;
    const known = before.get(key);
    before.delete(key);
    if (JSON.stringify(known?.statistics) !== JSON.stringify(statistics)) changed.push({ scope, name, lastOn: statistics.lastOn, statistics });
  }
  const gone = [...before.values()].map(({ scope, name }) => ({ scope, name }));
  if (changed.length + gone.length > 0) await write("keepStatistics", { study, changed, gone });
}

async function tallies(past: readonly PastShow[], pause: () => Promise<void>): Promise<Map<string, ScopeOf & { tally: Tally }>> {
  const scopes = new Map<string, ScopeOf & { tally: Tally }>();
  for (const [i, show] of past.entries()) {
    if (i % AT_ONCE === 0) await pause();
    for (const one of scopesOf(show)) {
      const known = scopes.get(keyOf(one)) ?? { ...one, tally: newTally() };
      addTo(known.tally, show);
      scopes.set(keyOf(one), known);
    }
  }
  return scopes;
}

function keyOf({ scope, name }: ScopeOf): string {
  return `${scope} ${name}`;
}
