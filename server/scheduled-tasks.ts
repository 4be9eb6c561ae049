import { setImmediate } from "node:timers/promises";
import type { ScheduledJob } from "#jobs/definitions.ts";
import { fraudFinder } from "#jobs/tasks/find-fraud.ts";
import { maintenanceTasks } from "#jobs/tasks/maintenance.ts";
import type { OpenDatabase } from "./database.ts";

/** What each scheduled job does, here. */
export function scheduledTasks({ reader, write }: Pick<OpenDatabase, "reader" | "write">): Record<ScheduledJob, () => Promise<unknown>> {
  const findFraud = fraudFinder({ reader, write, pause: () => setImmediate(), elapsed: () => performance.now() });
  return { ...maintenanceTasks(write), "find-fraud": findFraud };
}
