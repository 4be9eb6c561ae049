import type { JobStep } from "#server/commands/job-queue.ts";

/** A job as its handler has it while it runs. */
export interface RunningJob<P = unknown> {
  id: number;
  payload: P;
  /** As it was saved last, by whichever runner; null at the beginning. */
  cursor: unknown;
  /** Who asked for it; null for a schedule. */
  requestedBy: number | null;
  /** Aborts when the program stops or the job is no longer this runner's: what has begun ends at the next step. */
  signal: AbortSignal;
  /** Where it goes on, to be saved by the command that writes what was done until there. */
  step(cursor: unknown): JobStep;
}

export type Handler<P = unknown> = (job: RunningJob<P>) => Promise<void>;

/** Thrown by a handler: go on later from the last step, which costs no attempt. */
export class PutOff extends Error {
  override readonly name = "PutOff";
  readonly delayMs: number | null;

  constructor(message: string, delayMs: number | null) {
    super(message);
    this.delayMs = delayMs;
  }
}

/** Thrown by a handler: trying again won't help; `reason` is for programs, the message for people. */
export class GiveUp extends Error {
  override readonly name = "GiveUp";
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}
