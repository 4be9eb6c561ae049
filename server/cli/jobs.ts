import { Argument } from "commander";
import { Cron } from "croner";
import { scheduled, type ScheduledJob } from "#jobs/definitions.ts";
import { scheduledTasks } from "../scheduled-tasks.ts";
import { withDatabase } from "./program.ts";
import type { Verbs } from "./verbs.ts";

const NAMES = Object.keys(scheduled) as ScheduledJob[];

export function addJobs(verbs: Verbs): void {
  const jobs = verbs.noun("jobs", "see and run what is done again and again");
  addList(jobs);
  addRun(jobs);
}

function addList(verbs: Verbs): void {
  verbs
    .verb("list", {
      summary: "list the scheduled jobs, and when each runs next",
      examples: [["theset jobs list", "times are UTC, as cron has them"]],
    })
    .action(() =>
      verbs.runBare((_carried, out) => {
        const jobs = NAMES.map((name) => ({ name, schedule: scheduled[name], next: nextRun(scheduled[name]) }));
        for (const { name, schedule, next } of jobs) out.say([name, schedule, `next ${next}`].join("\t"));
        out.result({ jobs });
        return 0;
      }),
    );
}

/** When a schedule comes next, as an ISO instant. */
function nextRun(schedule: string): string {
  return new Cron(schedule, { paused: true, timezone: "UTC" }).nextRun()!.toISOString();
}

function addRun(verbs: Verbs): void {
  verbs
    .verb("run", {
      summary: "run one of the scheduled jobs now, once",
      examples: [["theset jobs run trim-events", "harmless beside a running server: a job may run twice"]],
    })
    .addArgument(new Argument("<name>", "the job").choices(NAMES))
    .action((name: ScheduledJob) =>
      verbs.run((program, out) =>
        withDatabase(program, async (database) => {
          const start = performance.now();
          await scheduledTasks(database)[name]();
          const seconds = Number(((performance.now() - start) / 1000).toFixed(3));
          out.say(`${name} has run, in ${seconds} s.`);
          out.result({ job: name, seconds });
          return 0;
        }),
      ),
    );
}
