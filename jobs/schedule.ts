import { Cron } from "croner";
import { scheduled, type ScheduledJob } from "./definitions.ts";

export interface ScheduleOptions {
  tasks: Record<ScheduledJob, () => Promise<unknown>>;
  onError: (error: unknown, job: ScheduledJob) => void;
}

/** Runs every scheduled job at its times, never twice at once; the result stops them. */
export function startSchedule({ tasks, onError }: ScheduleOptions): () => void {
  const names = Object.keys(scheduled) as ScheduledJob[];
  const crons = names.map(
    (name) =>
      new Cron(
        scheduled[name],
        { protect: true, timezone: "UTC", catch: (error) => onError(error, name) },
        async () => {
          await tasks[name]();
        },
      ),
  );
  return () => crons.forEach((cron) => cron.stop());
}
