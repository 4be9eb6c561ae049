import { Option } from "commander";
import { Cron } from "croner";
import { BACKUP_JOB, scheduled, type ScheduledJob } from "#jobs/definitions.ts";
import { countJobs } from "#db/queries/job-states.ts";
import type { JobState } from "#db/queries/jobs.ts";
import { latestBackup } from "../backup/folder.ts";
import { isThere } from "../backup/files.ts";
import type { BackupConfig } from "../config/config.ts";
import { readJobs, readLastRuns, type JobSummary } from "../views/jobs.ts";
import type { Reader } from "../views/reader.ts";
import { wholeNumber } from "./inputs.ts";
import type { Output } from "./output.ts";
import { withDatabase, type Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";

const STATES = ["queued", "running", "failed", "done", "cancelled"] as const satisfies JobState[];
/** What somebody may want to do something about. */
const OPEN: JobState[] = ["running", "queued", "failed"];
const MOST = 50;

interface ListedJob {
  name: ScheduledJob | typeof BACKUP_JOB;
  /** As cron has it, in UTC; null for what is only done by hand. */
  schedule: string | null;
  /** ISO instants; null where there is none, or none is known. */
  next: string | null;
  last: string | null;
  /** How the last run ended; null where none is known. */
  result: string | null;
}

interface Queue {
  counts: Record<JobState, number>;
  queue: JobSummary[];
}

type LastRuns = Awaited<ReturnType<typeof readLastRuns>>;

export function addList(verbs: Verbs): void {
  verbs
    .verb("list", {
      summary: "list the scheduled jobs with their next and last runs, and what runs, waits or has failed",
      examples: [
        ["theset jobs list", "times are UTC, as cron has them"],
        ["theset jobs list --state failed", "what has to be looked at: `theset jobs retry ID` tries it again"],
      ],
    })
    .addOption(new Option("--state <state>", "only jobs of the queue that are so").choices(STATES))
    .option("--limit <n>", "how many of a state at most", wholeNumber, MOST)
    .action(({ state, limit }: { state?: JobState; limit: number }) => verbs.run((program, out) => list(program, out, { states: state ? [state] : null, limit })));
}

async function list(program: Program, out: Output, { states, limit }: { states: JobState[] | null; limit: number }): Promise<number> {
  const { runs, counts, queue } = await read(program, states ?? OPEN, limit);
  const jobs = scheduledJobs(program.config.backup, runs);
  if (states === null) for (const job of jobs) out.say(scheduleLine(job));
  if (states === null) out.say(`${counts.running} running, ${counts.queued} queued, ${counts.failed} failed.`);
  for (const job of queue) out.say(queueLine(job));
  const left = (states ?? OPEN).reduce((sum, state) => sum + counts[state], 0) - queue.length;
  if (left > 0) out.note(`${left} more: --limit shows more of them.`);
  if (states !== null && queue.length === 0) out.note(`No job is ${states.join(" or ")}.`);
  out.result({ jobs, counts, queue });
  return 0;
}

/** Where there is no database yet, nothing has run. */
async function read(program: Program, states: JobState[], limit: number): Promise<Queue & { runs: LastRuns }> {
  if (!isThere(program.config.databasePath)) return { runs: [], queue: [], counts: { queued: 0, running: 0, failed: 0, done: 0, cancelled: 0 } };
  return withDatabase(program, async ({ reader }) => ({ runs: await readLastRuns(reader), ...(await readQueue(reader, states, limit)) }));
}

async function readQueue(reader: Reader, states: JobState[], limit: number): Promise<Queue> {
  const queue: JobSummary[] = [];
  for (const state of states) queue.push(...(await readJobs(reader, [state], limit)));
  return { counts: await countJobs(reader), queue };
}

function scheduledJobs({ schedule, folder }: BackupConfig, runs: LastRuns): ListedJob[] {
  const backup = { name: BACKUP_JOB, schedule, next: schedule && nextRun(schedule), last: latestBackup(folder)?.manifest?.madeAt ?? null, result: null } as const;
  const names = Object.keys(scheduled) as ScheduledJob[];
  const others = names.map((name) => {
    const run = runs.find((one) => one.name === name);
    return { name, schedule: scheduled[name], next: nextRun(scheduled[name]), last: run?.startedAt ?? null, result: run?.result ?? null };
  });
  return [...others, backup];
}

/** When a schedule comes next, as an ISO instant. */
function nextRun(schedule: string): string {
  return new Cron(schedule, { paused: true, timezone: "UTC" }).nextRun()!.toISOString();
}

function scheduleLine({ name, schedule, next, last, result }: ListedJob): string {
  const ran = last === null ? [] : [`last ${last}`, ...(result === null ? [] : [result])];
  return [name, schedule ?? "off", next === null ? "never by itself" : `next ${next}`, ...ran].join("\t");
}

function queueLine({ id, state, name, key, runAt, finishedAt, owner, error, attempts }: JobSummary): string {
  const when = { queued: `due ${runAt}`, running: `by ${owner ?? "nobody"}`, failed: `failed ${finishedAt ?? ""}`, done: `done ${finishedAt ?? ""}`, cancelled: `cancelled ${finishedAt ?? ""}` }[state];
  const tried = attempts > 0 ? [`tried ${attempts} times`] : [];
  return [id, state, key === "" ? name : `${name} ${key}`, when, ...tried, ...(error === null ? [] : [error])].join("\t");
}
