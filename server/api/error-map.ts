import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError, type ErrorKind } from "../domain/errors.ts";
import { HashingBusyError } from "../auth/passwords.ts";

type Code = TRPCError["code"];

const CODES: Record<ErrorKind, Code> = {
  not_found: "NOT_FOUND",
  gone: "NOT_FOUND",
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  refused: "CONFLICT",
  conflict: "CONFLICT",
  too_many: "TOO_MANY_REQUESTS",
  busy: "SERVICE_UNAVAILABLE",
};

/** What a client learns of an error beyond its message. */
export interface ErrorFacts {
  reason: string;
  fields?: Record<string, string>;
  /** Seconds. */
  retryAfter?: number;
}

/**
 * Any error as the TRPCError that may leave the server. A foreseen one has its AppError as cause;
 * any other loses its message.
 */
export function toTrpcError(error: unknown): TRPCError {
  const app = foreseen(error);
  if (!app) return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "Something went wrong on our side." });
  const notThere = app.kind === "refused" && app.reason === "not_found";
  const code = notThere ? "NOT_FOUND" : (passedOn(error) ?? CODES[app.kind]);
  return new TRPCError({ code, message: app.message, cause: app });
}

/** tRPC's own refusals keep their code. */
function passedOn(error: unknown): Code | null {
  return error instanceof TRPCError && foreseen(error.cause) === null ? error.code : null;
}

/** Whether an error was foreseen; the others go to the log and leave without their message. */
export function isForeseen(error: unknown): boolean {
  return foreseen(error) !== null;
}

function foreseen(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return fromZod(error);
  if (error instanceof HashingBusyError) {
    const message = "Too many people are signing in right now. Try again in a moment.";
    return new AppError({ kind: "busy", reason: "busy", message, retryAfter: 5 });
  }
  if (error instanceof TRPCError) return foreseen(error.cause) ?? fromTrpc(error);
  return null;
}

function fromZod(error: ZodError): AppError {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".") || "input"] ??= issue.message;
  return new AppError({ kind: "invalid", reason: "invalid", message: "Some of this is not valid.", fields });
}

/** tRPC's own refusals: malformed bodies, wrong methods and the like. */
function fromTrpc(error: TRPCError): AppError | null {
  if (error.code === "INTERNAL_SERVER_ERROR") return null;
  return new AppError({ kind: "invalid", reason: error.code.toLowerCase(), message: error.message });
}

/** The facts of an error for the wire. */
export function errorFacts(error: TRPCError): ErrorFacts {
  const app = foreseen(error);
  if (!app) return { reason: "internal" };
  return {
    reason: app.reason,
    ...(app.fields && { fields: app.fields }),
    ...(app.retryAfter !== undefined && { retryAfter: app.retryAfter }),
  };
}

/** Seconds after which trying again makes sense for all of some refusals; 0 where none says. */
export function retryAfterOf(errors: readonly TRPCError[]): number {
  return Math.max(0, ...errors.map((error) => errorFacts(error).retryAfter ?? 0));
}
