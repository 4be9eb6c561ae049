import { createHash } from "node:crypto";
import { type Forecaster, learnAt, newForecaster, taughtFrom } from "#server/domain/forecast/forecast.ts";
import { load, save } from "#server/domain/forecast/saved.ts";
import type { PastShow } from "#server/domain/forecast/setting.ts";
import { shippedTrees } from "#server/domain/forecast/shipped.ts";
import { WEIGHTS } from "#server/domain/forecast/weights.ts";

/** Shows hashed before something else may run. */
const HASHED_AT_ONCE = 200;
const DIGEST_LETTERS = 32;

/** A forecaster that has learnt from the first `shows` of an artist's past. */
export interface Learnt {
  forecaster: Forecaster;
  shows: number;
}

/** As it is kept in the database. */
export interface SavedLearnt {
  version: number;
  model: number;
  shows: number;
  digest: string;
  text: string;
}

type Pause = () => Promise<void>;

/** Digests of the first 0, 1, 2 … shows, each chained to the one before, the first one to the weights. */
export async function digestsOf(past: readonly PastShow[], pause: Pause): Promise<string[]> {
  const digests = [digest(WEIGHTS.packed)];
  for (const [i, show] of past.entries()) {
    if (i % HASHED_AT_ONCE === 0) await pause();
    digests.push(digest(digests[i]! + JSON.stringify(show)));
  }
  return digests;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, DIGEST_LETTERS);
}

/** Takes up what was saved if it was learnt from the shows that still come first; null where it has to be learnt anew. */
export function takenUp(saved: SavedLearnt | null, digests: readonly string[]): Learnt | null {
  if (saved === null || saved.model !== WEIGHTS.version || saved.digest !== digests[saved.shows]) return null;
  const forecaster = load(saved);
  return forecaster && { forecaster, shows: saved.shows };
}

/** Learns on up to the first `upTo` shows, from what is known where that is the same as learning from all of them, else anew. */
export async function learnUpTo(known: Learnt | null, past: readonly PastShow[], upTo: number, pause: Pause): Promise<Learnt> {
  const goesOn = known !== null && known.shows <= upTo && taughtFrom(known.shows) === taughtFrom(upTo);
  const { forecaster, shows } = goesOn ? known : { forecaster: newForecaster(), shows: 0 };
  for (let at = shows; at < upTo; at += 1) {
    await pause();
    learnAt(forecaster, past[at]!, { at, of: upTo }, shippedTrees());
  }
  return { forecaster, shows: upTo };
}

export function savedFrom({ forecaster, shows }: Learnt, digests: readonly string[]): SavedLearnt {
  return { ...save(forecaster), model: WEIGHTS.version, shows, digest: digests[shows]! };
}

