import type { Write } from "#server/commands/registry.ts";
import type { ScheduledJob } from "../definitions.ts";

/** The handlers of the scheduled jobs. Each may run twice, or late, without harm. */
export function maintenanceTasks(write: Write): Record<ScheduledJob, () => Promise<unknown>> {
  return {
    "advance-shows": () => write("advanceShows", undefined),
    "delete-expired-sessions": () => write("deleteExpiredSessions", undefined),
    "trim-events": () => write("trimEvents", undefined),
  };
}
