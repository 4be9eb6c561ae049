import type { Provider } from "#server/domain/provider-records.ts";

export type ProviderErrorKind =
  /** Does not answer, answers 5xx, or the breaker is open: later. */
  | "unavailable"
  /** Too many requests: after `retryAfterMs`. */
  | "rate_limited"
  /** The day's or the app's quota is used up. */
  | "quota_exceeded"
  /** The key is missing, wrong, or may not do this. */
  | "not_allowed"
  /** There is nothing of that id. */
  | "not_found"
  /** The provider does not understand the request. */
  | "bad_request"
  /** The answer is not what the provider answers. */
  | "garbled";

/** A provider could not be asked, or answered with an error. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly provider: Provider;
  readonly kind: ProviderErrorKind;
  /** When to ask again, ms from now; null where that is not known. */
  readonly retryAfterMs: number | null;
  /** Of the answer; null without one. */
  readonly status: number | null;

  constructor(
    provider: Provider,
    kind: ProviderErrorKind,
    message: string,
    { retryAfterMs = null, status = null, cause }: { retryAfterMs?: number | null; status?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.provider = provider;
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
    this.status = status;
  }
}

export interface ProviderRequest {
  /** Below the provider's base, with a leading slash. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  /** How long an answer may be used again without asking, ms; 0 for never. */
  freshMs?: number;
  /** Form fields of a POST; absent for GET. */
  form?: Record<string, string>;
  /** Another base than the provider's own, such as the host that gives out tokens. */
  base?: string;
  signal?: AbortSignal;
}

export interface ProviderAnswer {
  status: number;
  /** The parsed JSON. */
  body: unknown;
  /**
   * Whether it is the same as the last answer, by what the provider says, by its body, or as it comes from the
   * cache. It says nothing about what became of that answer: whoever stopped in the middle has to do it again.
   */
  unchanged: boolean;
}

/**
 * Asks one provider: paced, with time-outs, tried again when that may help, behind a circuit breaker, by
 * the day's quota, and from the cache where it may. 2xx answers resolve; all else rejects with `ProviderError`.
 */
export interface ProviderHttp {
  request(request: ProviderRequest): Promise<ProviderAnswer>;
}
