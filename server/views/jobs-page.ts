import { scheduled, type ScheduledJob } from "#jobs/definitions.ts";
import { PROVIDERS, type Provider } from "../domain/provider-records.ts";
import { readJobDays, readJobs, readLastRuns, type JobSummary } from "./jobs.ts";
import { readRequestsOn } from "./provider-traffic.ts";
import type { Reader } from "./reader.ts";

const DAY_MS = 86_400_000;

export interface JobLists {
  running: JobSummary[];
  queued: JobSummary[];
  /** Without imports: a wrong name is no fault of the site. */
  failed: JobSummary[];
}

/** Jobs under way, to come and failed for good; at most `limit` of each. */
export async function jobLists(reader: Reader, limit: number): Promise<JobLists> {
  return {
    running: await readJobs(reader, ["running"], limit),
    queued: await readJobs(reader, ["queued"], limit),
    failed: await readJobs(reader, ["failed"], limit, ["import-artist"]),
  };
}

export type LastRun = Awaited<ReturnType<typeof readLastRuns>>[number];

export interface JobRuns {
  /** What comes due by itself: when (cron, in UTC), and its last run; null before the first. */
  scheduled: { name: ScheduledJob; schedule: string; last: LastRun | null }[];
  /** The last runs of all other jobs. */
  others: LastRun[];
  /** Runs by UTC day, name and result, latest day first. */
  days: Awaited<ReturnType<typeof readJobDays>>;
}

/** How jobs have gone: the last run of each, and the figures of some days up to today. */
export async function jobRuns(reader: Reader, { days, now }: { days: number; now: number }): Promise<JobRuns> {
  const runs = await readLastRuns(reader);
  const byName = new Map(runs.map((run) => [run.name, run]));
  const names = Object.keys(scheduled) as ScheduledJob[];
  return {
    scheduled: names.map((name) => ({ name, schedule: scheduled[name], last: byName.get(name) ?? null })),
    others: runs.filter(({ name }) => !(name in scheduled)),
    days: await readJobDays(reader, new Date(now - (days - 1) * DAY_MS).toISOString().slice(0, 10)),
  };
}

/** How one provider does, as the process that asks it knows. */
export interface AskedProvider {
  provider: Provider;
  /** Open: it fails, and nothing is asked; half open: one request is a trial. */
  breaker: "closed" | "open" | "half_open";
  /** How long nothing is asked, ms; 0 where it is. */
  closedMs: number;
  /** Requests that wait for their turn. */
  waiting: number;
  usedToday: number | null;
  dailyQuota: number | null;
}

export interface ProviderFigures {
  provider: Provider;
  /** Requests that all processes have sent today, in UTC. */
  usedToday: number;
  /** Of how many; null where there is no such limit or this process does not know. */
  dailyQuota: number | null;
  /** Null where this process asks no provider. */
  breaker: AskedProvider["breaker"] | null;
  closedMs: number;
  waiting: number;
}

/**
 * How the providers do: those that this process asks, or with `asked` null, as in a process that runs no jobs, all
 * that were asked today.
 */
export async function providerFigures(reader: Reader, asked: AskedProvider[] | null, now: number): Promise<ProviderFigures[]> {
  const day = new Date(now).toISOString().slice(0, 10);
  const figures: ProviderFigures[] = [];
  for (const provider of PROVIDERS) {
    const state = asked?.find((one) => one.provider === provider);
    const usedToday = await readRequestsOn(reader, provider, day);
    if (asked ? !state : usedToday === 0) continue;
    const { dailyQuota = null, breaker = null, closedMs = 0, waiting = 0 } = state ?? {};
    figures.push({ provider, usedToday, dailyQuota, breaker, closedMs, waiting });
  }
  return figures;
}
