import * as z from "zod";
import type { ProviderErrorKind } from "../http.ts";
import type { Explanation } from "../judge.ts";
import { text } from "../wire-values.ts";

const errorBody = z.object({ error: text });
const LONGEST = 200;

/**
 * Why MusicBrainz refused, in its words. It tells that it is asked too often by 503, not always with a
 * Retry-After. Null where its answer says nothing beyond the status.
 */
export function explain(status: number, body: unknown): Explanation | null {
  const said = errorBody.safeParse(body).data?.error?.slice(0, LONGEST) ?? null;
  if (said === null) return null;
  const message = `answer ${status}, ${said.toWellFormed()}`;
  if (/rate limit/i.test(said)) return { kind: "rate_limited", message };
  const kind = kindOf(status, said);
  return kind && { kind, message };
}

/** Null where the status alone says it better: 503 is told apart by its headers, and 2xx is an answer. */
function kindOf(status: number, said: string): ProviderErrorKind | null {
  if (status === 404) return "not_found";
  if (status === 403 || /user-?agent/i.test(said)) return "not_allowed";
  return status >= 400 && status < 500 && status !== 401 && status !== 429 ? "bad_request" : null;
}
