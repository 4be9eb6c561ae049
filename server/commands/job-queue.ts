import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { announceImportOf, cancelImportOf, failImportOf, reviveImportOf, saveProgress, type ImportList, type ImportPhase } from "#db/queries/imports.ts";
import {
  changeHeld,
  changeJob,
  claimJobs as claim,
  deleteHeld,
  dropEarlierFailures,
  insertJob,
  jobById,
  jobsOfOwners,
  liveJobId,
  logRun,
  noteTick,
  trimJobs as trim,
  type Claim,
  type Held,
  type JobRow,
  type NewJob,
  type RunResult,
} from "#db/queries/jobs.ts";
import { audit } from "#db/queries/journal.ts";
import type { Authorized } from "../auth/actor.ts";
import { AppError, notFound } from "../domain/errors.ts";

/** What a step says of the import that it belongs to. */
export interface StepProgress {
  phase?: ImportPhase;
  /** Records that came in, of which list, and how many more than was known there are in all. */
  came?: { list: ImportList; read: number; more: number };
  /** Records that could not be used, by reason. */
  refused?: Record<string, number>;
}

/** Where a job stands, saved with what it has just written. */
export interface JobStep extends Held {
  cursor: unknown;
  progress?: StepProgress;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A job whose runner was gone so often without getting on is not taken up again. */
const MOST_LOST = 30;
const LOST_TOO_OFTEN = "The program ended again and again while this was done. It can be tried again.";
const FREE = { owner: null, leaseUntil: null };

/** What a job's runner learns when another has taken it over, or it was cancelled. */
export function leaseLost(): AppError {
  return new AppError({ kind: "conflict", reason: "lease_lost", message: "Another runner has this job now, or it was cancelled." });
}

/** Saves where a job goes on, in the transaction of what it writes. Throws `leaseLost` for whoever has lost it. */
export async function saveStep(tx: Transaction, { jobId, claim: number, cursor, progress }: JobStep, now: number): Promise<void> {
  const held = await changeHeld(tx, { jobId, claim: number }, { cursor, attempts: 0, delays: 0, error: null });
  if (!held) throw leaseLost();
  if (progress) await saveProgress(tx, jobId, progress, now);
}

/** Saves where a job goes on, where there was nothing else to write. */
export const saveJobStep = command<{ step: JobStep }, void>((tx, { input: { step }, now }) => saveStep(tx, step, now));

/** Puts jobs into the queue; their ids. Those of a name and key that are there become more urgent. */
export const enqueueJobs = command<NewJob[], number[]>(async (tx, { input, now }) => {
  const ids: number[] = [];
  for (const job of input) ids.push(await insertJob(tx, job, now));
  return ids;
});

/** A schedule that came due. */
export interface Tick {
  job: Omit<NewJob, "runAt">;
  /** Epoch ms. */
  at: number;
}

/** Puts the jobs of schedules that came due into the queue, each once for all processes; the names of those that this call put there. */
export const tickSchedules = command<Tick[], string[]>(async (tx, { input, now }) => {
  const ticked: string[] = [];
  for (const { job, at } of input) {
    if (!(await noteTick(tx, job.name, at, now + MINUTE_MS))) continue;
    await insertJob(tx, { ...job, runAt: now }, now);
    ticked.push(job.name);
  }
  return ticked;
});

/** A job that is given back because its runner is gone, by the lease that was not renewed. */
export interface Abandoned {
  id: number;
  claim: number;
  leaseUntil: number;
}

export interface Claiming {
  lanes: Omit<Claim, "owner" | "leaseUntil">[];
  owner: string;
  leaseMs: number;
  /** Whose lease has been renewed meanwhile keeps it. */
  gone: Abandoned[];
}

/** Takes up due jobs of some lanes, after giving back those whose runner is gone. */
export const claimJobs = command<Claiming, JobRow[]>(async (tx, { input: { lanes, owner, leaseMs, gone }, now }) => {
  for (const one of gone) await giveBack(tx, one, now);
  const taken: JobRow[] = [];
  for (const lane of lanes) taken.push(...(await claim(tx, { ...lane, owner, leaseUntil: now + leaseMs }, now)));
  for (const { id } of taken) await announceImportOf(tx, id, now);
  return taken;
});

async function giveBack(tx: Transaction, { id, claim: number, leaseUntil }: Abandoned, now: number): Promise<void> {
  const job = await jobById(tx, id);
  if (job?.state !== "running" || job.claim !== number || job.leaseUntil !== leaseUntil) return;
  const attempts = job.attempts + 1;
  const error = "Its runner is gone.";
  const over = attempts >= MOST_LOST;
  await changeHeld(tx, { jobId: id, claim: number }, { ...FREE, attempts, error, ...(over ? { state: "failed", finishedAt: now } : atOnce(job, now)) });
  if (over) await failImportOf(tx, id, { reason: "lost", message: LOST_TOO_OFTEN }, now);
  await logRun(tx, { jobId: id, name: job.name, startedAt: now, durationMs: 0, result: "lost", error });
}

/** Not before it was due, but without waiting for a clock that has been set back. */
function atOnce({ runAt }: JobRow, now: number) {
  return { state: "queued", runAt: Math.min(runAt, now) } as const;
}

/** Gives back the jobs of runners that are known to be gone, before their leases run out. */
export const giveBackJobsOf = command<{ owners: string[] }, void>(async (tx, { input: { owners }, now }) => {
  for (const { id, claim: number, leaseUntil } of await jobsOfOwners(tx, owners)) await giveBack(tx, { id, claim: number, leaseUntil: leaseUntil ?? 0 }, now);
});

/** Keeps jobs for their runner; those that it has lost. */
export const renewLeases = command<{ held: Held[]; leaseMs: number }, Held[]>(async (tx, { input: { held, leaseMs }, now }) => {
  const lost: Held[] = [];
  for (const one of held) if (!(await changeHeld(tx, one, { leaseUntil: now + leaseMs }))) lost.push(one);
  return lost;
});

/** How a run went. */
export interface RunFigures extends Held {
  name: string;
  /** Epoch ms. */
  startedAt: number;
  durationMs: number;
  peakBytes: number | null;
}

export type RunEnd =
  /** `keep`: whether the job stays to be seen. */
  | { result: "done"; keep: boolean }
  /** Put off by so long, without costing an attempt. */
  | { result: "delayed"; delayMs: number; error: string }
  /** Tried again after so long; null for not any more. `message` is for whoever asked, `error` for who runs the program. */
  | { result: "failed"; retryMs: number | null; error: string; reason: string; message: string }
  /** Given back as it is. */
  | { result: "released" }
  /** Another has it, or it was cancelled. */
  | { result: "lost" };

/** Ends a run; what is logged of it, which is null where the job is somebody else's by now. */
export const endRun = command<{ run: RunFigures; end: RunEnd }, RunResult | null>(async (tx, { input: { run, end }, now }) => {
  const { name, startedAt, durationMs, peakBytes, jobId, claim: number } = run;
  const job = await jobById(tx, jobId);
  if (!job) return null;
  const held = end.result !== "lost" && (await applyEnd(tx, run, end, job, now));
  const result = held ? end.result : job.state === "cancelled" && job.claim === number ? "cancelled" : null;
  if (result === null) return null;
  await announceImportOf(tx, jobId, now);
  await logRun(tx, { jobId, name, startedAt, durationMs, peakBytes, result, error: held && "error" in end ? end.error : null });
  return result;
});

async function applyEnd(tx: Transaction, run: Held, end: Exclude<RunEnd, { result: "lost" }>, job: JobRow, now: number): Promise<boolean> {
  switch (end.result) {
    case "done":
      return end.keep ? changeHeld(tx, run, { ...FREE, state: "done", finishedAt: now, error: null }) : deleteHeld(tx, run);
    case "released":
      return changeHeld(tx, run, { ...FREE, ...atOnce(job, now) });
    case "delayed":
      return changeHeld(tx, run, { ...FREE, state: "queued", runAt: now + end.delayMs, delays: job.delays + 1, error: end.error });
    case "failed": {
      const { retryMs, error, reason, message } = end;
      const attempts = job.attempts + 1;
      if (retryMs !== null) return changeHeld(tx, run, { ...FREE, state: "queued", runAt: now + retryMs, attempts, error });
      if (!(await changeHeld(tx, run, { ...FREE, state: "failed", finishedAt: now, attempts, error }))) return false;
      await failImportOf(tx, job.id, { reason, message }, now);
      await dropEarlierFailures(tx, job);
      return true;
    }
  }
}

/** A job that somebody wants to go on or to stop. */
export interface JobChange {
  id: number;
  /** Null from the operator's command line. */
  by: Authorized<"manage-catalogue"> | null;
}

/** Puts a job that has failed, was cancelled or put off back into the queue, from where it stopped. */
export const retryJob = command<JobChange, void>((tx, { input: { id, by }, now }) => retry(tx, id, by, now));

/** Takes a job out of the queue, or stops it after the step that it is at. */
export const cancelJob = command<JobChange, void>((tx, { input: { id, by }, now }) => cancel(tx, id, by, now));

/** Throws `not_found`, and `not_to_be_retried` where it is not over or has been put into the queue again since. */
export async function retry(tx: Transaction, id: number, by: { userId: number } | null, now: number): Promise<void> {
  const job = await jobById(tx, id);
  if (!job) throw notFound("job");
  const other = await liveJobId(tx, job.name, job.key);
  if (other !== null && other !== id) throw notToBeRetried(`Job ${id} has been put into the queue again since, as job ${other}.`);
  const change = { state: "queued", runAt: now, attempts: 0, delays: 0, error: null, finishedAt: null } as const;
  if (!(await changeJob(tx, id, ["failed", "cancelled", "queued"], change))) {
    throw notToBeRetried(`Job ${id} is ${job.state}: there is nothing to try again.`);
  }
  await reviveImportOf(tx, id, now);
  await announceImportOf(tx, id, now);
  await noteChange(tx, { action: "job.retry", job, by, now });
}

/** Throws `not_found`, and `over` where there is nothing to stop. */
export async function cancel(tx: Transaction, id: number, by: { userId: number } | null, now: number): Promise<void> {
  const job = await jobById(tx, id);
  if (!job) throw notFound("job");
  if (!(await changeJob(tx, id, ["queued", "running"], { ...FREE, state: "cancelled", finishedAt: now }))) {
    throw new AppError({ kind: "conflict", reason: "over", message: `Job ${id} is ${job.state} already.` });
  }
  await cancelImportOf(tx, id, now);
  await noteChange(tx, { action: "job.cancel", job, by, now });
}

function notToBeRetried(message: string): AppError {
  return new AppError({ kind: "conflict", reason: "not_to_be_retried", message });
}

function noteChange(tx: Transaction, { action, job, by, now }: { action: string; job: JobRow; by: { userId: number } | null; now: number }): Promise<void> {
  const details = { name: job.name, key: job.key, state: job.state };
  return audit(tx, { at: now, actorId: by?.userId ?? null, action, subject: "job", subjectId: job.id, details });
}

export const TRIMMED_JOBS_AT_ONCE = 500;

/** Removes runs older than 30 days, jobs that have been over for 14 or failed 90 ago, and figures older than 400; how many rows at most once. */
export const trimJobs = command<void, number>((tx, { now }) =>
  trim(tx, { runs: now - 30 * DAY_MS, jobs: now - 14 * DAY_MS, failed: now - 90 * DAY_MS, days: new Date(now - 400 * DAY_MS).toISOString().slice(0, 10) }, TRIMMED_JOBS_AT_ONCE),
);
