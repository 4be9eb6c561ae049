import { and, asc, desc, eq, gt, inArray, lt, lte, notInArray, or, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { imports, jobDays, jobRuns, jobs, scheduleTicks } from "../schema/index.ts";

export type JobRow = typeof jobs.$inferSelect;
export type JobState = JobRow["state"];
export type RunResult = (typeof jobRuns.$inferSelect)["result"];

export interface NewJob {
  name: string;
  /** What it is about: one job of this name and key at a time. */
  key: string;
  payload: Record<string, unknown>;
  lane: string;
  /** Lower goes first. */
  priority: number;
  /** Epoch ms; not before. */
  runAt: number;
  requestedBy?: number | null;
}

const LIVE = sql`state IN ('queued', 'running')`;

/** What a job that is there already takes from another one of its name and key. */
const moreUrgent = {
  priority: sql`min(${jobs.priority}, excluded.priority)`,
  lane: sql`CASE WHEN excluded.priority < ${jobs.priority} THEN excluded.lane ELSE ${jobs.lane} END`,
  // One that a provider has put off stays put off.
  runAt: sql`CASE WHEN ${jobs.delays} > 0 THEN ${jobs.runAt} ELSE min(${jobs.runAt}, excluded.run_at) END`,
  requestedBy: sql`coalesce(${jobs.requestedBy}, excluded.requested_by)`,
};

/** Puts a job into the queue, or makes the one of its name and key that is not over more urgent; its id. */
export async function insertJob(tx: Transaction, job: NewJob, now: number): Promise<number> {
  const { requestedBy = null, ...rest } = job;
  const [row] = await tx
    .insert(jobs)
    .values({ ...rest, requestedBy, state: "queued", createdAt: now })
    .onConflictDoUpdate({ target: [jobs.name, jobs.key], targetWhere: LIVE, set: moreUrgent })
    .returning({ id: jobs.id });
  return row!.id;
}

/** Puts any number of jobs into the queue that nobody has asked for, as `insertJob` does, by one statement. */
export async function insertJobs(tx: Transaction, added: readonly Omit<NewJob, "requestedBy">[], now: number): Promise<void> {
  if (added.length === 0) return;
  const input = JSON.stringify(added.map(({ name, key, payload, lane, priority, runAt }) => [name, key, payload, lane, priority, runAt]));
  await tx.run(sql`
    INSERT INTO jobs (name, key, payload, lane, priority, run_at, state, created_at)
    SELECT value ->> 0, value ->> 1, value -> 2, value ->> 3, value ->> 4, value ->> 5, 'queued', ${now} FROM json_each(${input}) WHERE true
    ON CONFLICT (name, key) WHERE ${LIVE} DO UPDATE SET priority = ${moreUrgent.priority}, lane = ${moreUrgent.lane}, run_at = ${moreUrgent.runAt}`);
}

/** Has a job that waits for a later time taken up now. */
export async function hastenJob(tx: Transaction, name: string, key: string, now: number): Promise<void> {
  await tx.update(jobs).set({ runAt: now }).where(and(eq(jobs.name, name), eq(jobs.key, key), eq(jobs.state, "queued"), gt(jobs.runAt, now)));
}

/** Which of some jobs, by name and key, run just now. */
export function runningAmong(db: Queryable, sought: readonly Pick<NewJob, "name" | "key">[]): Promise<{ id: number; name: string; key: string }[]> {
  return db.all(sql`
    SELECT j.id, j.name, j.key FROM json_each(${JSON.stringify(sought.map(({ name, key }) => [name, key]))}) AS input
    CROSS JOIN jobs j ON j.name = input.value ->> 0 AND j.key = input.value ->> 1 WHERE ${LIVE} AND j.state = 'running'`);
}

/** Notes that a schedule came due at `at` (epoch ms); false where somebody has noted that already. What was noted of a time after `latest` is not believed. */
export async function noteTick(tx: Transaction, name: string, at: number, latest: number): Promise<boolean> {
  const { rowsAffected } = await tx
    .insert(scheduleTicks)
    .values({ name, at })
    .onConflictDoUpdate({
      target: scheduleTicks.name,
      set: { at },
      // A time to come was noted by a clock that was wrong.
      setWhere: sql`${scheduleTicks.at} < ${at} OR ${scheduleTicks.at} > ${latest}`,
    });
  return rowsAffected > 0;
}

export async function lastTick(db: Queryable, name: string): Promise<number | null> {
  const [row] = await db.select({ at: scheduleTicks.at }).from(scheduleTicks).where(eq(scheduleTicks.name, name));
  return row?.at ?? null;
}

export interface Claim {
  lane: string;
  /** What this runner can do. */
  names: string[];
  /** Only these; absent for any. */
  ids?: readonly number[];
  limit: number;
  owner: string;
  /** Epoch ms. */
  leaseUntil: number;
}

/** What waits for its time, which has come; also what a clock that was ahead has put into the queue, unless it was put off since. */
function isDue(now: number) {
  const fromTheFuture = and(gt(jobs.createdAt, now), eq(jobs.delays, 0), eq(jobs.attempts, 0));
  return and(eq(jobs.state, "queued"), or(lte(jobs.runAt, now), fromTheFuture));
}

/** Takes up the most urgent jobs of a lane that are due; nobody else gets them while the lease holds. */
export function claimJobs(tx: Transaction, { lane, names, ids, limit, owner, leaseUntil }: Claim, now: number): Promise<JobRow[]> {
  const wanted = ids && sql`${jobs.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const due = tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(isDue(now), eq(jobs.lane, lane), inArray(jobs.name, names), wanted))
    .orderBy(asc(jobs.priority), asc(jobs.runAt), asc(jobs.id))
    .limit(limit);
  return tx
    .update(jobs)
    .set({ state: "running", owner, leaseUntil, claim: sql`${jobs.claim} + 1` })
    .where(inArray(jobs.id, due))
    .returning();
}

/** Who runs jobs now. */
export async function runningOwners(db: Queryable): Promise<string[]> {
  const rows = await db.selectDistinct({ owner: jobs.owner }).from(jobs).where(eq(jobs.state, "running"));
  return rows.flatMap(({ owner }) => owner ?? []);
}

/** Jobs that some runners hold. */
export function jobsOfOwners(tx: Transaction, owners: string[]): Promise<JobRow[]> {
  return tx.select().from(jobs).where(and(eq(jobs.state, "running"), inArray(jobs.owner, owners)));
}

/** Who holds a job, by the number of its taking-up. */
export interface Held {
  jobId: number;
  claim: number;
}

type JobChange = Partial<Pick<JobRow, "state" | "runAt" | "attempts" | "delays" | "cursor" | "error" | "finishedAt" | "owner" | "leaseUntil">>;

/** Changes a running job for whoever holds it; false where somebody else does, or it was cancelled. */
export async function changeHeld(tx: Transaction, { jobId, claim }: Held, change: JobChange): Promise<boolean> {
  const { rowsAffected } = await tx
    .update(jobs)
    .set(change)
    .where(and(eq(jobs.id, jobId), eq(jobs.claim, claim), eq(jobs.state, "running")));
  return rowsAffected > 0;
}

/** Changes a job in one of some states; false where it is in none of them. */
export async function changeJob(tx: Transaction, id: number, from: JobState[], change: JobChange): Promise<boolean> {
  const { rowsAffected } = await tx.update(jobs).set(change).where(and(eq(jobs.id, id), inArray(jobs.state, from)));
  return rowsAffected > 0;
}

export async function deleteHeld(tx: Transaction, { jobId, claim }: Held): Promise<boolean> {
  const { rowsAffected } = await tx.delete(jobs).where(and(eq(jobs.id, jobId), eq(jobs.claim, claim), eq(jobs.state, "running")));
  return rowsAffected > 0;
}

/** The job of a name and key that is not over; null where there is none. */
export async function liveJobId(db: Queryable, name: string, key: string): Promise<number | null> {
  const [row] = await db.select({ id: jobs.id }).from(jobs).where(and(eq(jobs.name, name), eq(jobs.key, key), LIVE));
  return row?.id ?? null;
}

export async function jobById(db: Queryable, id: number): Promise<JobRow | null> {
  const [row] = await db.select().from(jobs).where(eq(jobs.id, id));
  return row ?? null;
}

/** Which of what waits is looked for: jobs of these names in these lanes. */
export interface Wanted {
  lanes: string[];
  names: string[];
}

/** Whether one of them is due at an instant (epoch ms). */
export async function anythingDue(db: Queryable, { lanes, names }: Wanted, now: number): Promise<boolean> {
  const due = and(isDue(now), inArray(jobs.lane, lanes), inArray(jobs.name, names));
  const rows = await db.select({ id: jobs.id }).from(jobs).where(due).limit(1);
  return rows.length > 0;
}

/** The leases of all jobs that run. */
export async function runningLeases(db: Queryable): Promise<{ id: number; claim: number; leaseUntil: number }[]> {
  const rows = await db.select({ id: jobs.id, claim: jobs.claim, leaseUntil: jobs.leaseUntil }).from(jobs).where(eq(jobs.state, "running"));
  return rows.map(({ leaseUntil, ...row }) => ({ ...row, leaseUntil: leaseUntil ?? 0 }));
}

/** Removes jobs of the same name and key that failed before this one; those that are imports stay to be seen. */
export async function dropEarlierFailures(tx: Transaction, { id, name, key }: Pick<JobRow, "id" | "name" | "key">): Promise<void> {
  const ofImports = tx.select({ id: imports.jobId }).from(imports);
  await tx.delete(jobs).where(and(eq(jobs.state, "failed"), lt(jobs.id, id), eq(jobs.name, name), eq(jobs.key, key), notInArray(jobs.id, ofImports)));
}

/** Jobs of a state but for those of some names, those to come in their order and those that are over latest first. */
export function listJobs(db: Queryable, states: JobState[], limit: number, without: string[] = []) {
  const over = states.every((state) => state !== "queued" && state !== "running");
  return db
    .select()
    .from(jobs)
    .where(and(inArray(jobs.state, states), notInArray(jobs.name, without)))
    .orderBy(...(over ? [desc(jobs.id)] : [asc(jobs.priority), asc(jobs.runAt), asc(jobs.id)]))
    .limit(limit);
}

export type NewRun = Omit<typeof jobRuns.$inferInsert, "id">;

/** Logs a run and adds it to its day's figures. */
export async function logRun(tx: Transaction, run: NewRun): Promise<void> {
  await tx.insert(jobRuns).values(run);
  const { name, result, durationMs, peakBytes = null } = run;
  const day = new Date(run.startedAt).toISOString().slice(0, 10);
  await tx
    .insert(jobDays)
    .values({ day, name, result, runs: 1, totalMs: durationMs, longestMs: durationMs, peakBytes })
    .onConflictDoUpdate({
      target: [jobDays.day, jobDays.name, jobDays.result],
      set: {
        runs: sql`${jobDays.runs} + 1`,
        totalMs: sql`${jobDays.totalMs} + ${durationMs}`,
        longestMs: sql`max(${jobDays.longestMs}, ${durationMs})`,
        peakBytes: sql`max(coalesce(${jobDays.peakBytes}, 0), coalesce(${peakBytes}, 0))`,
      },
    });
}

/** The latest runs of a kind of job, newest first. */
export function runsOf(db: Queryable, name: string, limit: number) {
  return db.select().from(jobRuns).where(eq(jobRuns.name, name)).orderBy(desc(jobRuns.startedAt)).limit(limit);
}

/** The last run of each kind of job. */
export function lastRuns(db: Queryable): Promise<{ name: string; startedAt: number; result: RunResult; durationMs: number }[]> {
  return db.all(sql`
    SELECT name, started_at AS startedAt, result, duration_ms AS durationMs FROM job_runs
    WHERE id IN (SELECT max(id) FROM job_runs GROUP BY name) ORDER BY name`);
}

/** The figures of some days, from `since` (yyyy-mm-dd) on. */
export function daysOfJobs(db: Queryable, since: string) {
  return db.select().from(jobDays).where(sql`${jobDays.day} >= ${since}`).orderBy(desc(jobDays.day), asc(jobDays.name));
}

/** Removes at most `limit` old runs and jobs that are over; how many. */
export async function trimJobs(tx: Transaction, before: { runs: number; jobs: number; failed: number; days: string }, limit: number): Promise<number> {
  const oldRuns = tx.select({ id: jobRuns.id }).from(jobRuns).where(lt(jobRuns.startedAt, before.runs)).limit(limit);
  const old = or(and(lt(jobs.finishedAt, before.jobs), inArray(jobs.state, ["done", "cancelled"])), and(lt(jobs.finishedAt, before.failed), eq(jobs.state, "failed")));
  const oldJobs = tx.select({ id: jobs.id }).from(jobs).where(old).limit(limit);
  const runs = await tx.delete(jobRuns).where(inArray(jobRuns.id, oldRuns));
  const over = await tx.delete(jobs).where(inArray(jobs.id, oldJobs));
  const days = await tx.delete(jobDays).where(lt(jobDays.day, before.days));
  return runs.rowsAffected + over.rowsAffected + days.rowsAffected;
}
