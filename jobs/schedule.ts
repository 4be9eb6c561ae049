import { Cron } from "croner";
import type { Write } from "#server/commands/registry.ts";
import { BACKUP_JOB, queued, scheduled, type ScheduledJob } from "./definitions.ts";

export interface ScheduleOptions {
  write: Write;
  /** Absent where none are made; its times as cron has them, in UTC. */
  backup?: { times: string; task: () => Promise<unknown> };
  /** Epoch ms. */
  now: () => number;
  onError: (error: unknown, job: ScheduledJob | typeof BACKUP_JOB) => void;
}

const MINUTE_MS = 60_000;
const NAMES = Object.keys(scheduled) as ScheduledJob[];

/** Puts every scheduled job into the queue at its times, those that were missed once at the beginning; the result stops that. */
export function startSchedule({ write, backup, now, onError }: ScheduleOptions): () => void {
  const tick = (name: ScheduledJob, at: number) => write("tickSchedule", { job: queued(name, "", {}), at });
  const crons = NAMES.map(
    // A timer may be early or late: of one minute there is one tick, by whichever process.
    (name) => new Cron(scheduled[name], { timezone: "UTC", catch: (error) => onError(error, name) }, async () => void (await tick(name, minuteOf(now())))),
  );
  if (backup) {
    const { times, task } = backup;
    crons.push(new Cron(times, { protect: true, timezone: "UTC", catch: (error) => onError(error, BACKUP_JOB) }, async () => void (await task())));
  }
  for (const name of NAMES) tick(name, lastDue(name, now())).catch((error: unknown) => onError(error, name));
  return () => crons.forEach((cron) => cron.stop());
}

function minuteOf(at: number): number {
  return Math.floor((at + 1_000) / MINUTE_MS) * MINUTE_MS;
}

/** When a schedule last came due (epoch ms). */
function lastDue(name: ScheduledJob, now: number): number {
  const [at] = new Cron(scheduled[name], { paused: true, timezone: "UTC" }).previousRuns(1, new Date(now));
  return at?.getTime() ?? 0;
}
