import { Argument } from "commander";
import pino from "pino";
import { BACKUP_JOB, scheduled, type ScheduledJob } from "#jobs/definitions.ts";
import { scheduledTasks } from "../job-handlers.ts";
import { createSources } from "../sources.ts";
import { backUpNow } from "./backup.ts";
import type { Output } from "./output.ts";
import { withDatabase, type Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";

const NAMES = Object.keys(scheduled) as ScheduledJob[];

export function addRun(verbs: Verbs): void {
  verbs
    .verb("run", {
      summary: "run one of the scheduled jobs now, once",
      examples: [
        ["theset jobs run trim-events", "harmless beside a running server: a job may run twice"],
        ["theset jobs run backup", "as `theset backup` does, whatever BACKUP_SCHEDULE says"],
      ],
    })
    .addArgument(new Argument("<name>", "the job").choices([...NAMES, BACKUP_JOB]))
    .action((name: ScheduledJob | typeof BACKUP_JOB) => verbs.run((program, out) => runJob(program, out, name)));
}

async function runJob(program: Program, out: Output, name: ScheduledJob | typeof BACKUP_JOB): Promise<number> {
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
