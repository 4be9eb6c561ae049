import * as z from "zod";
import type { ProviderErrorKind } from "../http.ts";
import type { Explanation } from "../judge.ts";
import { list, part, text } from "../wire-values.ts";

const DAY_MS = 86_400_000;

const errorBody = z.object({
  /** Of the gateway: keys, quota, pace. */
  fault: part(z.object({ detail: part(z.object({ errorcode: text })) })),
  /** Of the API itself. */
  errors: list(z.object({ code: text, status: text })),
});

/**
 * Why Ticketmaster refused, by the code in its answer; null where there is none. Its own words are left out:
 * those about a used-up quota hold the API key.
 */
export function explain(status: number, body: unknown, headers: Headers): Explanation | null {
  const read = errorBody.safeParse(body);
  if (!read.success) return null;
  const error = read.data.errors[0];
  const code = codeOf(read.data.fault?.detail?.errorcode ?? error?.code ?? null);
  if (code === null) return null;
  const kind = kindOf(status >= 400 ? status : Number(error?.status), code);
  return { kind, message: `its code is ${code}`, retryAfterMs: kind === "quota_exceeded" ? untilRenewed(headers) : null };
}

function codeOf(value: string | null): string | null {
  return value && /^[\w.-]{1,60}$/.test(value) ? value : null;
}

function kindOf(status: number, code: string): ProviderErrorKind {
  if (code.endsWith("QuotaViolation")) return "quota_exceeded";
  if (code.endsWith("SpikeArrestViolation")) return "rate_limited";
  if (/oauth\.|apikey/i.test(code)) return "not_allowed";
  if (status === 401 || status === 403) return "not_allowed";
  if (status === 404) return "not_found";
  if (status === 429) return "rate_limited";
  return status >= 500 ? "unavailable" : status >= 400 ? "bad_request" : "garbled";
}

/** Ms until the quota is renewed, by the answer's own clock; null if it does not say. */
function untilRenewed(headers: Headers): number | null {
  const renewed = Number(headers.get("rate-limit-reset") ?? Number.NaN);
  const wait = renewed - Date.parse(headers.get("date") ?? "");
  return wait > 0 && wait <= 2 * DAY_MS ? wait : null;
}
