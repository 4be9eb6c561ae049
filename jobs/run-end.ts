import * as z from "zod";
import type { RunEnd } from "#server/commands/job-queue.ts";
import { AppError } from "#server/domain/errors.ts";
import { definitions, type Definition, type JobName } from "./definitions.ts";
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

/** Of an error's message, so many characters are kept. */
const MOST_TOLD = 1_000;

const OUR_FAULT = "Something went wrong on our side. What has come in so far is kept, and it can be tried again.";

/** A job's payload as its definition has it. Throws `GiveUp` for one that does not fit, such as of another version of the program. */
export function payloadOf(name: JobName, payload: unknown): unknown {
  const parsed = definitions[name].payload.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new GiveUp("payload", `This program does not understand what the job "${name}" is about: ${z.prettifyError(parsed.error)}`);
}

/** What becomes of a run that threw. `random` is 0 to below 1. */
export function endOf(thrown: unknown, { attempts: most }: Pick<Definition, "attempts">, tries: Tries, random: number): RunEnd {
  if (thrown instanceof AppError && thrown.reason === "lease_lost") return { result: "lost" };
  const error = (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, MOST_TOLD);
  if (thrown instanceof GiveUp) return { result: "failed", retryMs: null, error, reason: thrown.reason, message: error };
  const delayMs = delayOf(thrown, tries.delays, random);
  if (delayMs !== null) return { result: "delayed", delayMs, error };
  const again = tries.attempts + 1 < most;
  const retryMs = again ? doubled(10 * SECOND_MS, tries.attempts, 30 * MINUTE_MS, random) : null;
  const reason = thrown instanceof AppError ? thrown.reason : "failed";
  const isMeantForPeople = thrown instanceof AppError || thrown instanceof ProviderError;
  return { result: "failed", retryMs, error, reason, message: isMeantForPeople ? error : OUR_FAULT };
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
