import type { Logger } from "pino";
import type { RequestFigures } from "#jobs/providers/http-options.ts";
import { Runner } from "#jobs/runner.ts";
import { startSchedule } from "#jobs/schedule.ts";
import type { Sources } from "#jobs/tasks/sources.ts";
import type { BackupJob } from "./backup-job.ts";
import type { Config } from "./config/config.ts";
import type { OpenDatabase } from "./database.ts";
import { jobHandlers } from "./job-handlers.ts";
import { isGone, nameOwner } from "./job-owner.ts";
import { siteLoad, threadUtilization } from "./site-load.ts";
import { createSources } from "./sources.ts";
import { readRunningOwners, readWork } from "./views/jobs.ts";

export interface BackgroundOptions extends Pick<OpenDatabase, "reader" | "write"> {
  config: Pick<Config, "sync" | "providers">;
  log: Logger;
  /** Epoch ms. */
  now: () => number;
  /** Absent where no backups are made. */
  backup?: BackupJob["scheduled"];
  /** Writes of this process that wait for their commit; none unless given. */
  waiting?: () => number;
  /** Hears of each request to a provider. */
  onRequest?: (figures: RequestFigures) => void;
}

export interface Background {
  sources: Sources;
  runner: Runner;
  /** Lets what runs end at its next step. */
  stop(): Promise<void>;
}

/** Runs jobs: puts the scheduled ones into the queue at their times, and takes up what is in it. */
export function startBackground(options: BackgroundOptions): Background {
  const { write, now, log, backup } = options;
  const { sources, runner } = createRunner(options);
  const onError = (error: unknown, job: string) => log.error({ err: error, job }, "What is scheduled could not be done");
  const stopSchedule = startSchedule({ write, now, repeat, onTick: () => runner.poll(), onError, ...(backup && { backup }) });
  runner.start();
  takeFromTheDead(options).then(() => runner.poll(), (error: unknown) => onError(error, "give back"));
  return {
    sources,
    runner,
    async stop() {
      stopSchedule();
      await runner.stop();
    },
  };
}

export interface RunnerChoice extends Omit<BackgroundOptions, "backup"> {
  /** The ids of the jobs that it takes up; absent for any. */
  only?: readonly number[];
}

/** What a process of this machine was at when it was killed need not wait for its lease to end. */
async function takeFromTheDead({ reader, write }: Pick<BackgroundOptions, "reader" | "write">): Promise<void> {
  const owners = (await readRunningOwners(reader)).filter(isGone);
  if (owners.length > 0) await write("giveBackJobsOf", { owners });
}

/** What runs jobs, not yet started. */
export function createRunner(choice: RunnerChoice): Pick<Background, "sources" | "runner"> {
  const { config, reader, write, log, now, only, waiting = () => 0, onRequest = () => {} } = choice;
  const sources = createSources({ config, reader, write, log, now, onRequest });
  const elapsed = () => performance.now();
  // What is asked for by itself is not held back by its own work.
  const isBusy = only ? () => false : siteLoad({ waiting, utilization: threadUtilization(), elapsed });
  const runner = new Runner({
    write,
    look: (wanted, at) => readWork(reader, wanted, at),
    handlers: jobHandlers({ reader, write, sources, now, isBusy }),
    isBusy,
    ...(only && { only }),
    owner: nameOwner(),
    log,
    now,
    elapsed,
    random: Math.random,
    memory: () => process.memoryUsage.rss(),
    repeat,
  });
  return { sources, runner };
}

function repeat(run: () => void, ms: number): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}
