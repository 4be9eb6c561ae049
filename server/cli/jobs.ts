import { Argument } from "commander";
import { Cron } from "croner";
import { BACKUP_JOB, scheduled, type ScheduledJob } from "#jobs/definitions.ts";
import { latestBackup } from "../backup/folder.ts";
import type { BackupConfig } from "../config/config.ts";
import pino from "pino";
import { scheduledTasks } from "../job-handlers.ts";
import { createSources } from "../sources.ts";
import { backUpNow } from "./backup.ts";
import type { Output } from "./output.ts";
import { withDatabase, type Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";

type Job = ScheduledJob | typeof BACKUP_JOB;

interface ListedJob {
  name: Job;
  /** As cron has it, in UTC; null for what is only done by hand. */
  schedule: string | null;
  /** ISO instants; null where there is none, or none is known. */
  next: string | null;
  last: string | null;
}

const NAMES = Object.keys(scheduled) as ScheduledJob[];

export function addJobs(verbs: Verbs): void {
  const jobs = verbs.noun("jobs", "see and run what is done again and again");
  addList(jobs);
  addRun(jobs);
}

function addList(verbs: Verbs): void {
  verbs
    .verb("list", {
      summary: "list the scheduled jobs, when each runs next, and when the backup last did",
      examples: [["theset jobs list", "times are UTC, as cron has them; only backups leave a trace of when they ran last"]],
    })
    .action(() =>
      verbs.run(async ({ config }, out) => {
        const jobs = listJobs(config.backup);
        for (const { name, schedule, next, last } of jobs) {
          out.say([name, schedule ?? "off", next === null ? "never by itself" : `next ${next}`, ...(last === null ? [] : [`last ${last}`])].join("\t"));
        }
        out.result({ jobs });
        return 0;
      }),
    );
}

function listJobs({ schedule, folder }: BackupConfig): ListedJob[] {
  const backup = { name: BACKUP_JOB, schedule, next: schedule && nextRun(schedule), last: latestBackup(folder)?.manifest?.madeAt ?? null } as const;
  return [...NAMES.map((name) => ({ name, schedule: scheduled[name], next: nextRun(scheduled[name]), last: null })), backup];
}

/** When a schedule comes next, as an ISO instant. */
function nextRun(schedule: string): string {
  return new Cron(schedule, { paused: true, timezone: "UTC" }).nextRun()!.toISOString();
}

function addRun(verbs: Verbs): void {
  verbs
    .verb("run", {
      summary: "run one of the scheduled jobs now, once",
      examples: [
        ["theset jobs run trim-events", "harmless beside a running server: a job may run twice"],
        ["theset jobs run backup", "as `theset backup` does, whatever BACKUP_SCHEDULE says"],
      ],
    })
    .addArgument(new Argument("<name>", "the job").choices([...NAMES, BACKUP_JOB]))
    .action((name: Job) => verbs.run((program, out) => runJob(program, out, name)));
}

async function runJob(program: Program, out: Output, name: Job): Promise<number> {
  const start = performance.now();
  const made = name === BACKUP_JOB ? await backUpNow(program, out) : null;
  if (name !== BACKUP_JOB) await withDatabase(program, ({ reader, write }) => {
    const deps = { reader, write, now: Date.now };
    const log = pino({ level: program.config.logLevel }, pino.destination({ dest: 2, sync: true }));
    const sources = createSources({ ...deps, config: program.config, log, onRequest: () => {} });
    return scheduledTasks({ ...deps, sources })[name]();
  });
  const seconds = Number(((performance.now() - start) / 1000).toFixed(3));
  out.say(`${name} has run, in ${seconds} s.`);
  out.result({ job: name, seconds, ...made });
  return 0;
}
