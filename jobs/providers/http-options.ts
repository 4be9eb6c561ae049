import type { Provider } from "#server/domain/provider-records.ts";
import type { BackoffOptions } from "./backoff.ts";
import type { BreakerOptions, BreakerState } from "./breaker.ts";
import type { ProviderErrorKind, ProviderHttp } from "./http.ts";
import type { Explain } from "./judge.ts";
import type { QuotaCounter } from "./quota.ts";
import type { ResponseCache } from "./response-cache.ts";

/** Goes with each request to the provider's own base, and nowhere else. All of it is secret. */
export interface Credentials {
  headers?: Record<string, string>;
  query?: Record<string, string>;
}

/** One request as it went, for the figures. */
export interface RequestFigures {
  provider: Provider;
  /** Cached: nothing was sent. */
  result: "answered" | "unchanged" | "cached" | "moved" | ProviderErrorKind;
  status: number | null;
  /** From the sending to the whole answer, ms. */
  durationMs: number;
  /** 1 for the first. */
  attempt: number;
}

/** As pino has it. */
export interface ProviderLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface ProviderHttpOptions {
  provider: Provider;
  /** Such as https://api.setlist.fm/rest/1.0, without a slash at the end. */
  baseUrl: string;
  userAgent: string;
  /** Between the beginnings of two requests, ms. */
  minTimeMs: number;
  log: ProviderLog;
  /** Asked before each attempt; may itself make a request to another base, such as for a token. */
  credentials?: () => Credentials | Promise<Credentials>;
  explain?: Explain;
  /** Requests a UTC day; needs `quota`. */
  dailyQuota?: number;
  quota?: QuotaCounter;
  cache?: ResponseCache;
  /** For a whole answer; 15,000 ms. */
  timeoutMs?: number;
  /** Of a body, unpacked; 8 MB. */
  maxBytes?: number;
  /** How often one request is tried in all; 4. */
  attempts?: number;
  /** How long a Retry-After is waited for here; a longer one rejects at once. 30,000 ms. */
  patienceMs?: number;
  backoff?: BackoffOptions;
  breaker?: BreakerOptions;
  onRequest?: (figures: RequestFigures) => void;
  clock?: () => number;
  /** 0 to below 1. */
  random?: () => number;
  /** Rejects with the signal's reason where that aborts. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  fetch?: typeof globalThis.fetch;
}

/** How a provider is doing, for figures and the admin's page. */
export interface ProviderState {
  provider: Provider;
  breaker: BreakerState;
  /** How long nothing is asked, ms; 0 where it is. */
  closedMs: number;
  /** Requests that wait for their turn. */
  waiting: number;
  /** Requests counted today; null where none are. */
  usedToday: number | null;
  dailyQuota: number | null;
}

export interface PacedProviderHttp extends ProviderHttp {
  state(): Promise<ProviderState>;
}

/** Waits; rejects with the signal's reason where that aborts. */
export function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (signal?.aborted) return Promise.reject(signal.reason as Error);
  const leave = () => {
    clearTimeout(timer);
    reject(signal!.reason as Error);
  };
  const timer = setTimeout(() => {
    signal?.removeEventListener("abort", leave);
    resolve();
  }, ms);
  signal?.addEventListener("abort", leave, { once: true });
  return promise;
}
