/** What went wrong, in the terms an adapter needs to choose a status code. */
export type ErrorKind =
  | "not_found"
  | "gone"
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "refused"
  | "conflict"
  | "too_many"
  | "busy";

export interface AppErrorDetails {
  kind: ErrorKind;
  /** Machine-readable code, stable across releases. */
  reason: string;
  /** A sentence that may be shown to anyone. */
  message: string;
  /** Problems by input field. */
  fields?: Record<string, string>;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
}

/** The only error that commands and views throw on purpose; its message is safe to show. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly kind: ErrorKind;
  readonly reason: string;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfter: number | undefined;

  constructor(details: AppErrorDetails) {
    super(details.message);
    this.kind = details.kind;
    this.reason = details.reason;
    this.fields = details.fields;
    this.retryAfter = details.retryAfter;
  }

  /** Plain data for crossing a thread; the constructor takes it back. */
  toDetails(): AppErrorDetails {
    const { kind, reason, message, fields, retryAfter } = this;
    return { kind, reason, message, fields, retryAfter };
  }
}

export function notFound(noun: string): AppError {
  return new AppError({ kind: "not_found", reason: "not_found", message: `There is no such ${noun}.` });
}

export function invalid(field: string, problem: string): AppError {
  return new AppError({ kind: "invalid", reason: "invalid", message: problem, fields: { [field]: problem } });
}
