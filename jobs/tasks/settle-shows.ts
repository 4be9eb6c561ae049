import type { Write } from "#server/commands/registry.ts";
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
 * chances of shows whose voting is over, and now and then learns what is usual among fans.
 */
export function showSettler({ reader, write, now }: SettleDeps): () => Promise<void> {
  return async () => {
    await write("keepChances", undefined);
    let after: number | null = 0;
    while (after !== null) after = (await write("settleSetlists", { after })).next;
    const { at, mean, weight } = await keptPrior(reader);
    if (now() - at < LEARN_EVERY_MS) return;
    const usual = await learnAccuracy(reader);
    if (usual.mean !== mean || usual.weight !== weight) await write("noteAccuracy", usual);
  };
}
