import { exchange, ExchangeError } from "./exchange.ts";
import type { Credentials, ProviderHttpOptions } from "./http-options.ts";
import type { ProviderRequest } from "./http.ts";
import { judgeError, judgeReply, type Outcome } from "./judge.ts";

const MAX_BYTES = 8 * 1024 * 1024;
const TIMEOUT_MS = 15_000;

/** The address of what is asked for, without credentials. */
export function addressOf({ base, path, query = {} }: ProviderRequest, baseUrl: string): URL {
  const url = new URL(`${base ?? baseUrl}${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  return url;
}

/** What a key does that was pasted with characters of another alphabet or a line break in it. */
const unsendable: Outcome = {
  type: "failed",
  kind: "not_allowed",
  status: null,
  retryAfterMs: null,
  detail: "the key has characters that can't be sent",
  down: false,
};

export interface Attempt {
  url: URL;
  request: ProviderRequest;
  credentials: Credentials;
  /** If-None-Match and the like. */
  validators: Record<string, string>;
}

/** Sends one request and says what came of it; rejects only with the reason of the request's signal. */
export async function sendOnce({ url, request, credentials, validators }: Attempt, options: ProviderHttpOptions): Promise<Outcome> {
  const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, fetch = globalThis.fetch, clock = Date.now, explain } = options;
  const target = new URL(url);
  for (const [name, value] of Object.entries(credentials.query ?? {})) target.searchParams.set(name, value);
  const headers = headersOf({ accept: "application/json", "user-agent": options.userAgent, ...request.headers, ...credentials.headers, ...validators });
  if (headers === null) return unsendable;
  const post = request.form !== undefined;
  const init = post ? { method: "POST", headers, body: new URLSearchParams(request.form) } : { headers };
  try {
    const reply = await exchange(fetch, target, init, { timeoutMs, maxBytes }, request.signal);
    const conditional = Object.keys(validators).length > 0;
    return judgeReply(reply, { url, post, conditional, explain, now: clock() });
  } catch (error) {
    if (error instanceof ExchangeError) return judgeError(error);
    throw error;
  }
}

/** Null where a value can't be sent. */
function headersOf(values: Record<string, string>): Headers | null {
  try {
    return new Headers(values);
  } catch {
    // What is thrown names the value, which is a secret.
    return null;
  }
}
