import type { RunEnd } from "#server/commands/job-queue.ts";
import { AppError } from "#server/domain/errors.ts";
import type { Definition } from "./definitions.ts";
import { ProviderError } from "./providers/http.ts";
import { GiveUp, PutOff } from "./tasks/job.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

export interface Tries {
  /** Failures before this one. */
  attempts: number;
  /** How often it was put off since it last got on. */
  delays: number;
}

/** What becomes of a run that threw; null where the job is somebody else's by now. `random` is 0 to below 1. */
export function endOf(error: unknown, { attempts: most }: Pick<Definition, "attempts">, tries: Tries, random: number): RunEnd | null {
  if (error instanceof AppError && error.reason === "lease_lost") return null;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof GiveUp) return { result: "failed", retryMs: null, error: message, reason: error.reason };
  const delayMs = delayOf(error, tries.delays, random);
  if (delayMs !== null) return { result: "delayed", delayMs, error: message };
  const again = tries.attempts + 1 < most;
  const retryMs = again ? doubled(10 * SECOND_MS, tries.attempts, 30 * MINUTE_MS, random) : null;
  return { result: "failed", retryMs, error: message, reason: error instanceof AppError ? error.reason : "failed" };
}

/** How long a job that could not go on is put off; null where it failed by itself. */
function delayOf(error: unknown, delays: number, random: number): number | null {
  const patience = () => doubled(15 * SECOND_MS, delays, 15 * MINUTE_MS, random);
  if (error instanceof PutOff) return error.delayMs ?? patience();
  if (error instanceof AppError && error.kind === "busy") return patience();
  if (!(error instanceof ProviderError)) return null;
  const passes = error.kind === "unavailable" || error.kind === "rate_limited" || error.kind === "quota_exceeded";
  return passes ? Math.max(error.retryAfterMs ?? 0, patience()) : null;
}

/** Twice as long each time, up to a most; spread over the upper half so that not all come back at once. */
function doubled(firstMs: number, times: number, mostMs: number, random: number): number {
  return Math.round(Math.min(mostMs, firstMs * 2 ** Math.min(times, 20)) * (0.5 + random / 2));
}
