import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { announceImportOf, cancelImportOf, failImportOf, reviveImportOf, saveProgress, type ImportList, type ImportPhase } from "#db/queries/imports.ts";
import {
  changeHeld,
  changeJob,
  claimJobs as claim,
  deleteHeld,
  expiredJobs,
  insertJob,
  jobById,
  liveJobId,
  logRun,
  noteTick,
  renewLeases as renew,
  trimJobs as trim,
  type Claim,
  type Held,
  type JobRow,
  type NewJob,
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

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A job whose runner was gone so often without getting on is not taken up again. */
const MOST_LOST = 30;
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

/** Puts a schedule's job into the queue when it comes due at `at` (epoch ms), once for all processes; whether it did. */
export const tickSchedule = command<{ job: Omit<NewJob, "runAt">; at: number }, boolean>(async (tx, { input: { job, at }, now }) => {
  if (!(await noteTick(tx, job.name, at, HOUR_MS))) return false;
  await insertJob(tx, { ...job, runAt: now }, now);
  return true;
});

/** Takes up due jobs of some lanes, after giving back those whose runner is gone. */
export const claimJobs = command<{ lanes: Omit<Claim, "owner" | "leaseUntil">[]; owner: string; leaseMs: number }, JobRow[]>(
  async (tx, { input: { lanes, owner, leaseMs }, now }) => {
    await giveBackExpired(tx, now);
    const taken: JobRow[] = [];
    for (const lane of lanes) taken.push(...(await claim(tx, { ...lane, owner, leaseUntil: now + leaseMs }, now)));
    for (const { id } of taken) await announceImportOf(tx, id, now);
    return taken;
  },
);

async function giveBackExpired(tx: Transaction, now: number): Promise<void> {
  for (const job of await expiredJobs(tx, now)) {
    const attempts = job.attempts + 1;
    const error = "Its runner is gone.";
    const over = attempts >= MOST_LOST;
    await changeHeld(tx, { jobId: job.id, claim: job.claim }, { ...FREE, attempts, error, ...(over ? { state: "failed", finishedAt: now } : { state: "queued" }) });
    if (over) await failImportOf(tx, job.id, { reason: "lost", message: error }, now);
    await logRun(tx, { jobId: job.id, name: job.name, startedAt: now, durationMs: 0, result: "lost", error });
  }
}

/** Keeps jobs for their runner; the ids of those it still has. */
export const renewLeases = command<{ owner: string; ids: number[]; leaseMs: number }, number[]>((tx, { input, now }) =>
  renew(tx, input.owner, input.ids, now + input.leaseMs),
);

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
  /** Tried again after so long; null for not any more. */
  | { result: "failed"; retryMs: number | null; error: string; reason: string }
  /** Given back as it is. */
  | { result: "released" };

/** Ends a run; false where the job is somebody else's by now. */
export const endRun = command<{ run: RunFigures; end: RunEnd }, boolean>(async (tx, { input: { run, end }, now }) => {
  const { name, startedAt, durationMs, peakBytes, jobId } = run;
  const job = await jobById(tx, jobId);
  if (!job || !(await applyEnd(tx, run, end, job, now))) return false;
  const error = "error" in end ? end.error : null;
  await announceImportOf(tx, jobId, now);
  await logRun(tx, { jobId, name, startedAt, durationMs, peakBytes, result: end.result, error });
  return true;
});

async function applyEnd(tx: Transaction, run: Held, end: RunEnd, job: JobRow, now: number): Promise<boolean> {
  switch (end.result) {
    case "done":
      return end.keep ? changeHeld(tx, run, { ...FREE, state: "done", finishedAt: now, error: null }) : deleteHeld(tx, run);
    case "released":
      return changeHeld(tx, run, { ...FREE, state: "queued" });
    case "delayed":
      return changeHeld(tx, run, { ...FREE, state: "queued", runAt: now + end.delayMs, delays: job.delays + 1, error: end.error });
    case "failed": {
      const { retryMs, error, reason } = end;
      const attempts = job.attempts + 1;
      if (retryMs !== null) return changeHeld(tx, run, { ...FREE, state: "queued", runAt: now + retryMs, attempts, error });
      await failImportOf(tx, job.id, { reason, message: error }, now);
      return changeHeld(tx, run, { ...FREE, state: "failed", finishedAt: now, attempts, error });
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

/** Removes runs older than 30 days, jobs that have been over for 14, and figures older than 400; how many rows at most once. */
export const trimJobs = command<void, number>((tx, { now }) =>
  trim(tx, { runs: now - 30 * DAY_MS, jobs: now - 14 * DAY_MS, days: new Date(now - 400 * DAY_MS).toISOString().slice(0, 10) }, TRIMMED_JOBS_AT_ONCE),
);
