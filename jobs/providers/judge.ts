import type { ExchangeError, Reply } from "./exchange.ts";
import type { ProviderErrorKind } from "./http.ts";
import { retryAfterMs } from "./retry-after.ts";

/** What a provider's own way of refusing means. */
export interface Explanation {
  kind: ProviderErrorKind;
  /** In the provider's words; secrets are taken out of it. */
  message?: string;
  /** Where the body says it; else the header does. */
  retryAfterMs?: number | null;
}

/** Looks at each answer, 2xx too, and explains those that mean something else than their status; else null. */
export type Explain = (status: number, body: unknown, headers: Headers) => Explanation | null;

export interface Failure {
  type: "failed";
  kind: ProviderErrorKind;
  status: number | null;
  retryAfterMs: number | null;
  /** What went wrong, in a few words. */
  detail: string;
  /** Whether it speaks against the provider itself, and counts for the breaker. */
  down: boolean;
  cause?: unknown;
}

export type Outcome =
  | { type: "answered"; reply: Reply; body: unknown }
  /** 304: what was stored is still right. */
  | { type: "same"; reply: Reply }
  | { type: "moved"; reply: Reply; to: URL }
  | Failure;

export interface JudgeOptions {
  /** What was asked. */
  url: URL;
  /** A redirect would send a form again. */
  post: boolean;
  /** Whether 304 is an answer to what was asked. */
  conditional: boolean;
  explain: Explain | undefined;
  now: number;
}

const DETAILS = { network: "no connection, or it broke", timeout: "no whole answer in time", too_large: "its answer is too large" };

/** What it means that no whole answer came. */
export function judgeError(error: ExchangeError): Failure {
  const kind = error.problem === "too_large" ? "garbled" : "unavailable";
  return { type: "failed", kind, status: null, retryAfterMs: null, detail: DETAILS[error.problem], down: kind === "unavailable", cause: error.cause };
}

/** What an answer means: by the provider's own explanation, else by its status. */
export function judgeReply(reply: Reply, options: JudgeOptions): Outcome {
  const { status, headers } = reply;
  const body = parsed(reply.text);
  const explained = options.explain?.(status, body ?? reply.text, headers) ?? null;
  const wait = retryAfterMs(headers, options.now);
  if (explained !== null) {
    const { kind, message = `answer ${status}` } = explained;
    return { type: "failed", kind, status, retryAfterMs: explained.retryAfterMs ?? wait, detail: message, down: kind === "unavailable" };
  }
  if (status >= 200 && status < 300) return body === undefined ? garbled(status, "its answer is no JSON") : { type: "answered", reply, body };
  if (status === 304 && options.conditional) return { type: "same", reply };
  if (status >= 300 && status < 400) return judgeRedirect(reply, options);
  const kind = kindOf(status, wait !== null);
  return { type: "failed", kind, status, retryAfterMs: wait, detail: `answer ${status}`, down: status >= 500 };
}

function kindOf(status: number, saysWhen: boolean): ProviderErrorKind {
  if (status === 429 || (status === 503 && saysWhen)) return "rate_limited";
  if (status >= 500) return "unavailable";
  if (status === 401 || status === 403) return "not_allowed";
  return status === 404 ? "not_found" : "bad_request";
}

function judgeRedirect(reply: Reply, { url, post }: JudgeOptions): Outcome {
  const location = reply.headers.get("location");
  const to = location === null ? null : URL.parse(location, url);
  if (to === null || post) return garbled(reply.status, "it redirects to nowhere");
  const safe = to.protocol === url.protocol || to.protocol === "https:";
  if (to.host !== url.host || !safe) return garbled(reply.status, "it redirects to another host");
  return { type: "moved", reply, to };
}

/** An answer that is not what the provider answers. */
export function garbled(status: number, detail: string): Failure {
  return { type: "failed", kind: "garbled", status, retryAfterMs: null, detail, down: false };
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
