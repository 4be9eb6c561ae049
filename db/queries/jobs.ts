import { and, asc, desc, eq, inArray, lt, lte, notInArray, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { jobDays, jobRuns, jobs, scheduleTicks } from "../schema/index.ts";

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

/** Puts a job into the queue, or makes the one of its name and key that is not over more urgent; its id. */
export async function insertJob(tx: Transaction, job: NewJob, now: number): Promise<number> {
  const { requestedBy = null, ...rest } = job;
  const [row] = await tx
    .insert(jobs)
    .values({ ...rest, requestedBy, state: "queued", createdAt: now })
    .onConflictDoUpdate({
      target: [jobs.name, jobs.key],
      targetWhere: LIVE,
      set: {
        priority: sql`min(${jobs.priority}, excluded.priority)`,
        lane: sql`CASE WHEN excluded.priority < ${jobs.priority} THEN excluded.lane ELSE ${jobs.lane} END`,
        // One that a provider has put off stays put off.
        runAt: sql`CASE WHEN ${jobs.delays} > 0 THEN ${jobs.runAt} ELSE min(${jobs.runAt}, excluded.run_at) END`,
        requestedBy: sql`coalesce(${jobs.requestedBy}, excluded.requested_by)`,
      },
    })
    .returning({ id: jobs.id });
  return row!.id;
}

/** Notes that a schedule came due at `at` (epoch ms); false where somebody has noted that already. */
export async function noteTick(tx: Transaction, name: string, at: number, farAhead: number): Promise<boolean> {
  const { rowsAffected } = await tx
    .insert(scheduleTicks)
    .values({ name, at })
    .onConflictDoUpdate({
      target: scheduleTicks.name,
      set: { at },
      // A time far ahead was noted by a clock that was wrong.
      setWhere: sql`${scheduleTicks.at} < ${at} OR ${scheduleTicks.at} > ${at + farAhead}`,
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
  limit: number;
  owner: string;
  /** Epoch ms. */
  leaseUntil: number;
}

/** Takes up the most urgent jobs of a lane that are due; nobody else gets them while the lease holds. */
export function claimJobs(tx: Transaction, { lane, names, limit, owner, leaseUntil }: Claim, now: number): Promise<JobRow[]> {
  const due = tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.state, "queued"), eq(jobs.lane, lane), lte(jobs.runAt, now), inArray(jobs.name, names)))
    .orderBy(asc(jobs.priority), asc(jobs.runAt), asc(jobs.id))
    .limit(limit);
  return tx
    .update(jobs)
    .set({ state: "running", owner, leaseUntil, claim: sql`${jobs.claim} + 1` })
    .where(inArray(jobs.id, due))
    .returning();
}

/** Jobs whose runner has not renewed its lease. */
export function expiredJobs(tx: Transaction, now: number): Promise<JobRow[]> {
  return tx.select().from(jobs).where(and(eq(jobs.state, "running"), lt(jobs.leaseUntil, now)));
}

/** Renews what is still held by the owner; the ids of those. */
export async function renewLeases(tx: Transaction, owner: string, ids: number[], leaseUntil: number): Promise<number[]> {
  const rows = await tx
    .update(jobs)
    .set({ leaseUntil })
    .where(and(inArray(jobs.id, ids), eq(jobs.owner, owner), eq(jobs.state, "running")))
    .returning({ id: jobs.id });
  return rows.map((row) => row.id);
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

/** Whether anything waits to be taken up, or its lease has run out. */
export async function anythingDue(db: Queryable, now: number): Promise<boolean> {
  const rows = await db.all(sql`
    SELECT 1 WHERE EXISTS (SELECT 1 FROM jobs WHERE state = 'queued' AND run_at <= ${now})
      OR EXISTS (SELECT 1 FROM jobs WHERE state = 'running' AND lease_until < ${now})`);
  return rows.length > 0;
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
export async function trimJobs(tx: Transaction, before: { runs: number; jobs: number; days: string }, limit: number): Promise<number> {
  const oldRuns = tx.select({ id: jobRuns.id }).from(jobRuns).where(lt(jobRuns.startedAt, before.runs)).limit(limit);
  const oldJobs = tx.select({ id: jobs.id }).from(jobs).where(and(lt(jobs.finishedAt, before.jobs), inArray(jobs.state, ["done", "cancelled"]))).limit(limit);
  const runs = await tx.delete(jobRuns).where(inArray(jobRuns.id, oldRuns));
  const over = await tx.delete(jobs).where(inArray(jobs.id, oldJobs));
  const days = await tx.delete(jobDays).where(lt(jobDays.day, before.days));
  return runs.rowsAffected + over.rowsAffected + days.rowsAffected;
}
