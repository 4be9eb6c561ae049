import type { Write } from "#server/commands/registry.ts";
import { TRIMMED_JOBS_AT_ONCE } from "#server/commands/job-queue.ts";
import { TRIMMED_ANSWERS_AT_ONCE } from "#server/commands/provider-traffic.ts";
import { TRIMMED_AT_ONCE } from "#server/commands/trim-events.ts";
import type { ScheduledJob } from "../definitions.ts";

/** The handlers of the jobs that keep things in order. Each may run twice, or late, without harm. */
export function maintenanceTasks(write: Write) {
  return {
    "advance-shows": () => write("advanceShows", undefined),
    "delete-expired-sessions": () => write("deleteExpiredSessions", undefined),
    "trim-allowances": () => trimAll(() => write("trimAllowances", undefined), TRIMMED_AT_ONCE),
    "trim-events": () => trimAll(() => write("trimEvents", undefined), TRIMMED_AT_ONCE),
    "trim-jobs": () => trimAll(() => write("trimJobs", undefined), TRIMMED_JOBS_AT_ONCE),
    "trim-answers": () => trimAll(() => write("trimAnswers", undefined), TRIMMED_ANSWERS_AT_ONCE),
    "trim-link-files": async () => {
      while (await write("dropStaleLinkFile", undefined));
    },
  } satisfies Partial<Record<ScheduledJob, () => Promise<unknown>>>;
}

/** Trims in steps, between which waiting votes are written. */
async function trimAll(trimSome: () => Promise<number>, atOnce: number): Promise<void> {
  while ((await trimSome()) >= atOnce);
}
