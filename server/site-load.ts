import { performance } from "node:perf_hooks";

export interface LoadOptions {
  /** Calls that wait for their commit. */
  waiting: () => number;
  /** Of the time since the last call, how much the main thread was at work: 0 to 1. */
  utilization: () => number;
  /** Milliseconds that only go forward. */
  elapsed: () => number;
}

/** So many writes wait only where people vote in crowds: each takes about a tenth of a millisecond. */
const MANY_WAITING = 200;
const MUCH = 0.8;
const LOOK_MS = 1_000;
/** How much a second counts against those before: one at full load is not busy, three are. */
const WEIGHT = 0.45;

/** Whether the site has so much to do that what may wait should. Looks at most once a second, however often it is asked. */
export function siteLoad({ waiting, utilization, elapsed }: LoadOptions): () => boolean {
  let mean = 0;
  let lookedAt = elapsed();
  return () => {
    if (elapsed() - lookedAt >= LOOK_MS) {
      lookedAt = elapsed();
      mean += (utilization() - mean) * WEIGHT;
    }
    return mean > MUCH || waiting() > MANY_WAITING;
  };
}

/** How much the main thread of this process was at work since the last call. It costs no timer. */
export function threadUtilization(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}
