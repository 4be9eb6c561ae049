import Bottleneck from "bottleneck";

/** Launches when it is time to, and resolves as what was launched does. */
export type Pace = <T>(launch: () => Promise<T>) => Promise<T>;

/** So long after the last one (ms) a connection may have been closed: the next request has to open one first. */
const COLD_AFTER_MS = 3_000;

/**
 * One launch at a time, and their beginnings at least `minTime` ms apart. A request that has to open a
 * connection may arrive late, and the next one too close behind it: that one counts from its end.
 */
export function createPace(minTime: number, coldAfterMs = COLD_AFTER_MS): Pace {
  if (minTime === 0) return unpaced();
  let limiter = new Bottleneck({ maxConcurrent: 1, minTime });
  let seenAt = Date.now();
  let freeAt = Number.NEGATIVE_INFINITY;
  let endedAt = Number.NEGATIVE_INFINITY;

  // Bottleneck counts from when a launch was due; one that came late would bring the next too near.
  async function untilFree(): Promise<void> {
    for (let early = freeAt - performance.now(); early > 0; early = freeAt - performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(early)));
    }
  }

  async function launchApart<T>(launch: () => Promise<T>): Promise<T> {
    await untilFree();
    const launchedAt = performance.now();
    const cold = launchedAt - endedAt > coldAfterMs;
    try {
      return await launch();
    } finally {
      endedAt = performance.now();
      freeAt = (cold ? endedAt : launchedAt) + minTime;
    }
  }

  return (launch) => {
    // Bottleneck goes by the wall clock: set back by an hour, it would wait for an hour.
    if (Date.now() < seenAt) limiter = new Bottleneck({ maxConcurrent: 1, minTime });
    seenAt = Date.now();
    return limiter.schedule(() => launchApart(launch));
  };
}

/** One launch at a time and no wait between two; Bottleneck would wait several times for a timer of its own. */
function unpaced(): Pace {
  let last: Promise<unknown> = Promise.resolve();
  return (launch) => {
    // An answer that asks for a pause is heeded before the next one is let go.
    const launched = last.then(launch).finally(() => new Promise((resolve) => setImmediate(resolve)));
    // Whoever launched it hears of its failure; the next one only waits for its end.
    last = launched.catch(() => {});
    return launched;
  };
}
