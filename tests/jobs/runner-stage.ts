import { queued, type JobName, type JobPayload } from "#jobs/definitions.ts";
import { Runner, type Handlers, type RunnerOptions } from "#jobs/runner.ts";
import type { RunnerLog } from "#jobs/runner-log.ts";
import type { RunningJob } from "#jobs/tasks/job.ts";
import type { Write } from "#server/commands/registry.ts";
import { readWork } from "#server/views/jobs.ts";
import type { TestClock } from "#tests/support/clock.ts";
import { startDirectWriter } from "#tests/support/direct-writer.ts";
import type { TestDatabase } from "#tests/support/test-database.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

type Line = [level: keyof RunnerLog, message: string, fields: Record<string, unknown>];

export interface RunnerStage extends AsyncDisposable {
  database: TestDatabase;
  clock: TestClock;
  write: Write;
  /** What all runners have logged. */
  lines: Line[];
  /** A runner as of a process of its own, whose clocks and timers the test moves. */
  runner(handlers: Handlers, options?: Partial<RunnerOptions>): StagedRunner;
  /** Puts a job into the queue; its id. */
  add<N extends JobName>(name: N, key: string, payload: JobPayload<N>, more?: { priority?: number; runAt?: number }): Promise<number>;
  /** The row of a job, or undefined. */
  job(id: number): Promise<Record<string, unknown> | undefined>;
}

export interface StagedRunner {
  runner: Runner;
  /** Looks for work, and resolves when all of it is done. */
  work: () => Promise<void>;
  /** Lets time pass by the clock that only goes forward, and looks for work each second without waiting for what runs. */
  watch: (ms: number) => Promise<void>;
}

/** A database with its commands, for runners whose handlers the test gives. */
export async function startRunnerStage(): Promise<RunnerStage> {
  const direct = await startDirectWriter();
  const { database, clock } = direct;
  const write: Write = (name, input) => direct.run(name, input);
  const lines: Line[] = [];
  const told = (level: keyof RunnerLog) => (fields: object, message: string) => void lines.push([level, message, fields as Record<string, unknown>]);
  const log: RunnerLog = { debug: told("debug"), info: told("info"), warn: told("warn"), error: told("error") };
  let owners = 0;
  return {
    database,
    clock,
    write,
    lines,
    runner(handlers, options = {}) {
      let elapsed = 0;
      const runner = new Runner({
        write,
        look: (wanted, now) => readWork(database.reader, wanted, now),
        handlers,
        owner: `runner ${++owners}`,
        log,
        now: clock.now,
        elapsed: () => elapsed,
        random: () => 0.5,
        memory: () => 64 << 20,
        repeat: () => () => {},
        ...options,
      });
      return {
        runner,
        async work() {
          runner.poll();
          await runner.idle();
        },
        async watch(ms) {
          for (let left = ms; left > 0; left -= SECOND) {
            elapsed += Math.min(left, SECOND);
            runner.poll();
            await settled();
          }
        },
      };
    },
    async add(name, key, payload, { priority, runAt = clock.now() } = {}) {
      const [id] = await write("enqueueJobs", [{ ...queued(name, key, payload, priority), runAt }]);
      return id!;
    },
    async job(id) {
      const [row] = await database.rows("SELECT * FROM jobs WHERE id = ?", id);
      return row;
    },
    [Symbol.asyncDispose]: () => direct[Symbol.asyncDispose](),
  };
}

/** Resolves when what runs on this thread by itself has come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A handler that goes on when the test says so. */
export function gate() {
  const begun: RunningJob[] = [];
  const doors: PromiseWithResolvers<void>[] = [];
  return {
    begun,
    handler: async (job: RunningJob) => {
      begun.push(job);
      const door = Promise.withResolvers<void>();
      doors.push(door);
      job.signal.addEventListener("abort", () => door.reject(job.signal.reason as Error), { once: true });
      await door.promise;
    },
    open: () => doors.forEach((door) => door.resolve()),
  };
}

export const fetchOf = (showId: number) => ["fetch-setlist", String(showId), { showId }] as const;
