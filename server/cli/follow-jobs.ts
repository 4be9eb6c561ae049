import { setTimeout as wait } from "node:timers/promises";
import type { Lane } from "#jobs/definitions.ts";
import type { Runner } from "#jobs/runner.ts";
import { lastTick } from "#db/queries/jobs.ts";
import { heldByOthers, jobsByIds, type WatchedJob } from "#db/queries/job-states.ts";
import type { Reader } from "../views/reader.ts";

/** All are over; or what is left is put off for longer than anybody would wait for it; or a signal came. */
export type FollowEnd = "over" | "put off" | "stopped";

export interface Followed {
  reader: Reader;
  ids: readonly number[];
  /** What does these jobs here, where nobody else does. */
  runner: Pick<Runner, "start" | "stop">;
  /** Resolves when whoever waits has had enough. */
  asked: Promise<unknown>;
  /** Resolves with the reason when nothing can be written any more. */
  ended: Promise<Error>;
  /** Is told how they are, again and again; `at` is epoch ms. */
  show: (jobs: WatchedJob[], at: number) => unknown;
}

/** How often the database is looked at, ms. */
const EVERY_MS = 250;
/** A put-off job is waited for no longer than this, ms. */
export const PATIENCE_MS = 2 * 60_000;
/** Whoever runs jobs looks for them every second, and puts one into the queue each minute. */
const TAKEN_UP_WITHIN_MS = 4_000;
const TICKED_WITHIN_MS = 90_000;
/** Where providers are asked. Two processes would ask twice as fast as is allowed. */
const ASKING: readonly Lane[] = ["asked", "sync"];

/** Follows jobs until they are over, and runs them here where nobody else takes them up. */
export async function followJobs({ reader, ids, runner, asked, ended, show }: Followed): Promise<FollowEnd> {
  const others = new Others(reader, ids);
  let here = false;
  try {
    for (;;) {
      const jobs = await jobsByIds(reader, ids);
      const at = Date.now();
      await show(jobs, at);
      const open = jobs.filter(isOpen);
      if (open.length === 0) return "over";
      if (open.every(({ state, runAt }) => state === "queued" && runAt > at + PATIENCE_MS)) return "put off";
      if (!here && (await others.leaveThem(open, at))) {
        here = true;
        runner.start();
      }
      const stop = await Promise.race([asked, ended, wait(EVERY_MS, null)]);
      if (stop instanceof Error) throw stop;
      if (stop !== null) return "stopped";
    }
  } finally {
    await runner.stop();
  }
}

export function isOpen({ state }: Pick<WatchedJob, "state">): boolean {
  return state === "queued" || state === "running";
}

/** Who else may run jobs of this database. */
class Others {
  readonly #reader: Reader;
  readonly #ids: readonly number[];
  #dueSince: number | null = null;

  constructor(reader: Reader, ids: readonly number[]) {
    this.#reader = reader;
    this.#ids = ids;
  }

  /** Whether jobs are due, or their runner is gone, and nobody else seems to be there for them. */
  async leaveThem(open: WatchedJob[], at: number): Promise<boolean> {
    const isRun = open.some(({ state, leaseUntil }) => state === "running" && (leaseUntil ?? 0) >= at);
    const isDue = open.some(({ state, runAt }) => state === "running" || runAt <= at);
    if (isRun || !isDue || (await heldByOthers(this.#reader, ASKING, this.#ids, at)) > 0) {
      this.#dueSince = null;
      return false;
    }
    this.#dueSince ??= at;
    if (at - this.#dueSince >= TAKEN_UP_WITHIN_MS) return true;
    const ticked = await lastTick(this.#reader, "advance-shows");
    return ticked === null || Math.abs(at - ticked) > TICKED_WITHIN_MS;
  }
}
