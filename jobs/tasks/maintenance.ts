import type { Write } from "#server/commands/registry.ts";
import { TRIMMED_AT_ONCE } from "#server/commands/trim-events.ts";
import type { ScheduledJob } from "../definitions.ts";

/** The handlers of the scheduled jobs. Each may run twice, or late, without harm. */
export function maintenanceTasks(write: Write): Record<ScheduledJob, () => Promise<unknown>> {
  return {
    "advance-shows": () => write("advanceShows", undefined),
    "delete-expired-sessions": () => write("deleteExpiredSessions", undefined),
    "trim-events": () => trimAll(write),
  };
}

/** Trims in steps, between which waiting votes are written. */
async function trimAll(write: Write): Promise<void> {
  while ((await write("trimEvents", undefined)) === TRIMMED_AT_ONCE);
}
