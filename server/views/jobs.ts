import { anythingDue, daysOfJobs, jobById, lastRuns, listJobs, runningLeases, runningOwners, runsOf, type JobRow, type JobState, type Wanted } from "#db/queries/jobs.ts";
import { iso } from "../domain/instant.ts";
import type { Reader } from "./reader.ts";

/** What a runner looks for again and again: whether a job that it wants is due at an instant (epoch ms), and by which leases all that run are held. */
export async function readWork(reader: Reader, wanted: Wanted, now: number) {
  return { due: await anythingDue(reader, wanted, now), leases: await runningLeases(reader) };
}

/** Who runs jobs now, as the runners call themselves. */
export const readRunningOwners = (reader: Reader) => runningOwners(reader);

export interface JobSummary {
  id: number;
  name: string;
  key: string;
  state: JobState;
  priority: number;
  /** ISO instants. */
  runAt: string;
  createdAt: string;
  finishedAt: string | null;
  attempts: number;
  delays: number;
  /** Why it was put off or failed last. */
  error: string | null;
  /** Who runs it; null for nobody. */
  owner: string | null;
}

/** Jobs in some states, but for those of some names: those to come in their order, those that are over latest first. */
export async function readJobs(reader: Reader, states: JobState[], limit: number, without: string[] = []): Promise<JobSummary[]> {
  return (await listJobs(reader, states, limit, without)).map(summary);
}

export async function readJob(reader: Reader, id: number): Promise<JobSummary | null> {
  const row = await jobById(reader, id);
  return row && summary(row);
}

function summary({ id, name, key, state, priority, runAt, createdAt, finishedAt, attempts, delays, error, owner }: JobRow): JobSummary {
  const times = { runAt: iso(runAt), createdAt: iso(createdAt), finishedAt: finishedAt === null ? null : iso(finishedAt) };
  return { id, name, key, state, priority, ...times, attempts, delays, error, owner };
}

/** The last run of each kind of job; instants are ISO. */
export async function readLastRuns(reader: Reader) {
  const rows = await lastRuns(reader);
  return rows.map(({ startedAt, ...run }) => ({ ...run, startedAt: iso(startedAt) }));
}

/** The latest runs of a kind of job, newest first. */
export async function readRunsOf(reader: Reader, name: string, limit: number) {
  const rows = await runsOf(reader, name, limit);
  return rows.map(({ startedAt, ...run }) => ({ ...run, startedAt: iso(startedAt) }));
}

/** Runs of each kind by day and result, from a day (yyyy-mm-dd) on. */
export const readJobDays = (reader: Reader, since: string) => daysOfJobs(reader, since);
