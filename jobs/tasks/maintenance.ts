import type { Write } from "#server/commands/registry.ts";
import { TRIMMED_AT_ONCE } from "#server/commands/trim-events.ts";
import type { ScheduledJob } from "../definitions.ts";

/** The handlers of the jobs that keep things in order. Each may run twice, or late, without harm. */
export function maintenanceTasks(write: Write): Record<Exclude<ScheduledJob, "find-fraud">, () => Promise<unknown>> {
  return {
    "advance-shows": () => write("advanceShows", undefined),
    "delete-expired-sessions": () => write("deleteExpiredSessions", undefined),
    "trim-allowances": () => trimAll(() => write("trimAllowances", undefined)),
    "trim-events": () => trimAll(() => write("trimEvents", undefined)),
  };
}

/** Trims in steps, between which waiting votes are written. */
async function trimAll(trimSome: () => Promise<number>): Promise<void> {
  while ((await trimSome()) === TRIMMED_AT_ONCE);
}
