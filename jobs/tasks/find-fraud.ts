import type { Write } from "#server/commands/registry.ts";
import { findFraud } from "#server/domain/fraud.ts";
import { readShowFacts, readShowsToCheck, type CheckedShow } from "#server/views/quarantine-facts.ts";
import type { Reader } from "#server/views/reader.ts";

export interface FindFraudDeps {
  reader: Reader;
  write: Write;
  /** Lets what waits run, such as requests; called between slices of reading. */
  pause: () => Promise<void>;
  /** Milliseconds that only go forward. */
  elapsed: () => number;
}

/** Main-thread time after which a run looks at no further show, in ms. */
const BUDGET_MS = 50;
const SHOWS_AT_ONCE = 50;

/**
 * Looks for fraud in shows whose tally has moved since they were last looked at: each run goes on where
 * the last one stopped, around all shows, until its time is used. `forgetNetworks` takes its step too.
 * Running twice changes nothing.
 */
export function fraudFinder(deps: FindFraudDeps): () => Promise<void> {
  let after = 0;
  return async () => {
    const clock = new WorkClock(deps);
    for (const show of await nextShows(deps.reader, after)) {
      if (clock.spent > BUDGET_MS) break;
      await checkShow(deps, show, clock);
      after = show.id;
    }
    await deps.write("forgetNetworks", undefined);
  };
}

/** The shows after the last one looked at, then those from the start. */
async function nextShows(reader: Reader, after: number): Promise<CheckedShow[]> {
  const next = await readShowsToCheck(reader, after, SHOWS_AT_ONCE);
  if (next.length === SHOWS_AT_ONCE || after === 0) return next;
  const first = await readShowsToCheck(reader, 0, SHOWS_AT_ONCE - next.length);
  return [...next, ...first.filter((show) => show.id <= after)];
}

async function checkShow({ reader, write }: FindFraudDeps, show: CheckedShow, clock: WorkClock): Promise<void> {
  const { suspects, crowd } = await readShowFacts(reader, show.id, () => clock.pause());
  const findings = findFraud(suspects, crowd);
  await clock.pause();
  await write("recordFindings", { showId: show.id, tallyVersion: show.tallyVersion, findings });
  clock.resume();
}

/** Counts the time of work and not that of waiting. */
class WorkClock {
  readonly #deps: FindFraudDeps;
  #since: number;
  spent = 0;

  constructor(deps: FindFraudDeps) {
    this.#deps = deps;
    this.#since = deps.elapsed();
  }

  async pause(): Promise<void> {
    this.spent += this.#deps.elapsed() - this.#since;
    await this.#deps.pause();
    this.resume();
  }

  resume(): void {
    this.#since = this.#deps.elapsed();
  }
}
