import type { ProviderRequest } from "./http.ts";
import { isSecretName } from "./secrets.ts";

/** What is kept of an answer. */
export interface StoredAnswer {
  status: number;
  /** SHA-256 of the body, hex. */
  digest: string;
  /** JSON as it came; null where there is no way to use it again. */
  body: string | null;
  etag: string | null;
  lastModified: string | null;
  /** When the provider was last asked for it, epoch ms. */
  checkedAt: number;
}

/** Where answers are kept; keys and values hold no secrets. What is not touched for long may be thrown away. */
export interface ResponseCache {
  read(key: string): Promise<StoredAnswer | null>;
  write(key: string, answer: StoredAnswer): Promise<void>;
  /** The stored answer was found to be the same at `checkedAt`. */
  touch(key: string, checkedAt: number): Promise<void>;
}

/** How long the note of when it was last the same may be out of date, ms: most checks write nothing. */
const TOUCH_AFTER_MS = 24 * 60 * 60 * 1000;

/** Names an answer by what was asked, without what was asked with. */
export function cacheKey(url: URL, headers: Record<string, string> = {}): string {
  const open = ([name]: [string, unknown]) => !isSecretName(name);
  const asked = (pairs: [string, string][]) => pairs.filter(open).toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const query = new URLSearchParams(asked([...url.searchParams])).toString();
  const lowered = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const varying = new URLSearchParams(asked(lowered)).toString();
  return `${url.origin}${url.pathname}?${query}${varying && `#${varying}`}`;
}

/** SHA-256, hex. */
export async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(bytes).toString("hex");
}

/** Whether it may be used without asking. One from the future was stored by a clock that was wrong. */
export function isFresh(stored: StoredAnswer, { freshMs = 0 }: ProviderRequest, now: number): boolean {
  const age = now - stored.checkedAt;
  return stored.body !== null && age >= 0 && age < freshMs;
}

/** The headers that let the provider answer "still the same". */
export function validators(stored: StoredAnswer | null): Record<string, string> {
  if (stored === null || stored.body === null) return {};
  return {
    ...(stored.etag !== null && { "if-none-match": stored.etag }),
    ...(stored.lastModified !== null && { "if-modified-since": stored.lastModified }),
  };
}

/** Whether there is nothing new to store of it, but when it was asked for. */
export function isSameStored(fresh: StoredAnswer, stored: StoredAnswer): boolean {
  const sameMarks = fresh.etag === stored.etag && fresh.lastModified === stored.lastModified;
  return fresh.digest === stored.digest && sameMarks && (fresh.body === null) === (stored.body === null);
}

/** Whether to note that it was the same again. */
export function wantsTouch(stored: StoredAnswer, { freshMs = 0 }: ProviderRequest, now: number): boolean {
  return freshMs > 0 || Math.abs(now - stored.checkedAt) >= TOUCH_AFTER_MS;
}

/** What to keep of an answer: its body only where it can be used again. */
export async function toStore(
  { status, headers, text }: { status: number; headers: Headers; text: string },
  { freshMs = 0 }: ProviderRequest,
  checkedAt: number,
): Promise<StoredAnswer> {
  const etag = headers.get("etag");
  const lastModified = headers.get("last-modified");
  const again = freshMs > 0 || etag !== null || lastModified !== null;
  return { status, digest: await digestOf(text), body: again ? text : null, etag, lastModified, checkedAt };
}
