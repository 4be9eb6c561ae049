import type { RunEnd } from "#server/commands/job-queue.ts";

/** As pino has it. */
export interface RunnerLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Ended {
  end: RunEnd;
  /** What was written of it; null where the job is another runner's by now. */
  noted: string | null;
  /** What it threw. */
  cause: unknown;
}

/** Tells how a run ended. */
export function tellEnd(log: RunnerLog, fields: object, { end, noted, cause }: Ended, { often }: { often?: boolean }): void {
  if (noted === "cancelled") log.info(fields, "A job was cancelled while it ran");
  else if (noted === null) log.warn(fields, "A job was taken over by another runner");
  else if (end.result === "delayed") log.info({ ...fields, delayMs: end.delayMs, error: end.error }, "A job was put off");
  else if (end.result === "failed") log.error({ ...fields, retryMs: end.retryMs, reason: end.reason, err: cause }, "A job failed");
  else log[often ? "debug" : "info"]({ ...fields, result: end.result }, "A job ran");
}
