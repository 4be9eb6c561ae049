import type { AppLoadContext, TypedResponse } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { pathOf } from "./return-path.ts";

/** Why a form was refused, in words a fan can read. */
export interface FormError {
  reason: string;
  message: string;
  fields: Record<string, string>;
}

/** What a loader or an action was asked, as Remix hands it over. */
export interface Asked {
  request: Request;
  context: AppLoadContext;
}

interface SafeError extends FormError {
  kind: string;
  retryAfter: number | undefined;
}

const STATUS: Record<string, number> = {
  not_found: 404,
  gone: 410,
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  refused: 409,
  conflict: 409,
  too_many: 429,
  busy: 503,
};

/** The Response a loader throws for a failed call; an unknown error is thrown on as it is. */
export function toErrorResponse(error: unknown, asked: Asked): Response {
  const safe = safeErrorOf(error);
  if (!safe) throw error;
  if (safe.kind === "unauthenticated") return toSignIn(asked);
  if (isNoAddress(safe)) return Response.json({ reason: "not_found" }, { status: 404 });
  const headers = new Headers();
  if (safe.retryAfter !== undefined) headers.set("Retry-After", String(safe.retryAfter));
  return Response.json(
    { reason: safe.reason, message: safe.message },
    { status: statusOf(safe.kind), headers },
  );
}

/** What a form shows for a failed call; an unknown error is thrown on as it is. */
export function toFormError(error: unknown): FormError & { status: number } {
  const safe = safeErrorOf(error);
  if (!safe) throw error;
  const { reason, message, fields } = safe;
  return { reason, message, fields, status: statusOf(safe.kind) };
}

export function isSignedOut(error: unknown): boolean {
  return safeErrorOf(error)?.kind === "unauthenticated";
}

/** Sends an anonymous visitor to sign in and, after that, back to where they were. */
export function toSignIn({ request, context }: Asked, hash = ""): TypedResponse<never> {
  return redirect(`/sign-in?next=${encodeURIComponent(pathOf(request, context.basePath) + hash)}`, 303);
}

/** Whether what cannot be read is the page's own key: nothing can be at such an address. */
function isNoAddress({ kind, fields }: SafeError): boolean {
  return kind === "invalid" && ["show", "artist", "venue"].some((key) => key in fields);
}

function statusOf(kind: string): number {
  return STATUS[kind] ?? 500;
}

function safeErrorOf(error: unknown): SafeError | null {
  // By name: in production the class of the bundled server is not the one that pages would import.
  const isTrpc = error instanceof Error && error.name === "TRPCError";
  return isTrpc && isAppError(error.cause) ? withDefaults(error.cause) : null;
}

type AppErrorLike = Pick<SafeError, "kind" | "reason" | "message"> & Partial<SafeError>;

function isAppError(cause: unknown): cause is AppErrorLike {
  return typeof cause === "object" && cause !== null && "kind" in cause && "reason" in cause;
}

function withDefaults(cause: AppErrorLike): SafeError {
  const { kind, reason, message, fields, retryAfter } = cause;
  return { kind, reason, message, fields: fields ?? {}, retryAfter };
}
