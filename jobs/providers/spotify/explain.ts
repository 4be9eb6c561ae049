import * as z from "zod";
import type { ProviderErrorKind } from "../http.ts";
import type { Explanation } from "../judge.ts";
import { text } from "../wire-values.ts";

const detail = z.object({ message: text, reason: text, code: text, type: text, description: text });
const errorBody = z.object({ error: z.unknown().optional(), error_description: text, message: text, reason: text, code: text });

const LONGEST = 200;

/**
 * Why Spotify refused: a used-up quota of the app, which it tells by 429 or 403 as it does other things, apart
 * from too many requests at once. Null where its answer says nothing beyond the status. How long to wait is
 * in Retry-After alone.
 */
export function explain(status: number, body: unknown): Explanation | null {
  const words = status >= 400 && status < 500 ? wordsOf(body) : [];
  if (words.length === 0) return null;
  const say = (pattern: RegExp) => words.some((word) => pattern.test(word));
  if (say(/quota[\s_-]*exceeded/i)) return { kind: "quota_exceeded", message: `answer ${status}, QUOTA_EXCEEDED` };
  if (say(/\b(invalid|unauthorized)_client\b/i)) return { kind: "not_allowed", message: "it does not know the client id or its secret" };
  if (status === 403 && say(/\bpremium\b/i)) return { kind: "not_allowed", message: "the app's owner needs Spotify Premium" };
  return { kind: kindOf(status), message: `answer ${status}, ${words[0]?.slice(0, LONGEST)}` };
}

/** All that an error may say, wherever it stands. */
function wordsOf(body: unknown): string[] {
  const read = errorBody.safeParse(typeof body === "string" ? { message: body } : body);
  if (!read.success) return [];
  const { error, ...around } = read.data;
  const inner = typeof error === "string" ? { message: error } : detail.safeParse(error).data;
  return [...Object.values(inner ?? {}), ...Object.values(around)].filter((word) => typeof word === "string");
}

function kindOf(status: number): ProviderErrorKind {
  if (status === 401 || status === 403) return "not_allowed";
  if (status === 429) return "rate_limited";
  return status === 404 ? "not_found" : "bad_request";
}
