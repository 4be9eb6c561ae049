import Bottleneck from "bottleneck";

/** Launches when it is time to, and resolves as what was launched does. */
export type Pace = <T>(launch: () => Promise<T>) => Promise<T>;

/** One launch at a time, and their beginnings at least `minTime` ms apart. */
export function createPace(minTime: number): Pace {
  let limiter = new Bottleneck({ maxConcurrent: 1, minTime });
  let seenAt = Date.now();
  let launchedAt = Number.NEGATIVE_INFINITY;

  // Bottleneck counts from when a launch was due; one that came late would bring the next too near.
  async function untilApart(): Promise<void> {
    for (let early = minTime; early > 0; ) {
      early = launchedAt + minTime - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, Math.ceil(early)));
    }
  }

  return (launch) => {
    // Bottleneck goes by the wall clock: set back by an hour, it would wait for an hour.
    if (Date.now() < seenAt) limiter = new Bottleneck({ maxConcurrent: 1, minTime });
    seenAt = Date.now();
    return limiter.schedule(async () => {
      await untilApart();
      launchedAt = performance.now();
      return launch();
    });
  };
}
