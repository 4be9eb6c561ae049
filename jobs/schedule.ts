import { Cron } from "croner";
import { BACKUP_JOB, scheduled, type ScheduledJob } from "./definitions.ts";

export interface ScheduleOptions {
  tasks: Record<ScheduledJob, () => Promise<unknown>>;
  /** Absent where none are made; its times as cron has them, in UTC. */
  backup?: { times: string; task: () => Promise<unknown> };
  onError: (error: unknown, job: ScheduledJob | typeof BACKUP_JOB) => void;
}

/** Runs every scheduled job at its times, never twice at once; the result stops them. */
export function startSchedule({ tasks, backup, onError }: ScheduleOptions): () => void {
  const repeat = (name: ScheduledJob | typeof BACKUP_JOB, times: string, task: () => Promise<unknown>) =>
    new Cron(times, { protect: true, timezone: "UTC", catch: (error) => onError(error, name) }, async () => {
      await task();
    });
  const names = Object.keys(scheduled) as ScheduledJob[];
  const crons = names.map((name) => repeat(name, scheduled[name], tasks[name]));
  if (backup) crons.push(repeat(BACKUP_JOB, backup.times, backup.task));
  return () => crons.forEach((cron) => cron.stop());
}
