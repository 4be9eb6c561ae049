import type { Write } from "#server/commands/registry.ts";
import { CHANCES_AT_ONCE } from "#server/commands/scores/keep-chances.ts";
import { HOUR_MS } from "#server/domain/durations.ts";
import type { Reader } from "#server/views/reader.ts";
import { keptPrior, learnAccuracy } from "#server/views/usual-accuracy.ts";

export interface SettleDeps {
  reader: Reader;
  write: Write;
  /** Epoch ms. */
  now: () => number;
}

/** What is usual among fans is learnt anew so often at most. */
const LEARN_EVERY_MS = HOUR_MS;

/**
 * Has setlists become final whose time has come, in parts, between which waiting votes are written; before that keeps the
 * chances of shows whose voting is over, some at a time, and once an hour learns what is usual among fans.
 */
export function showSettler({ reader, write, now }: SettleDeps): () => Promise<void> {
  return async () => {
    while ((await write("keepChances", undefined)) === CHANCES_AT_ONCE);
    let after: number | null = 0;
    while (after !== null) after = (await write("settleSetlists", { after })).next;
    const age = now() - (await keptPrior(reader)).at;
    // What was learnt by a clock that was ahead is learnt again.
    if (age < 0 || age >= LEARN_EVERY_MS) await write("noteAccuracy", await learnAccuracy(reader));
  };
}
