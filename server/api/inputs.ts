import * as z from "zod";

const ID_WANTED = "Give an id: a whole number above 0.";

/** An id of ours. */
export const id = z.number(ID_WANTED).int(ID_WANTED).positive(ID_WANTED).max(Number.MAX_SAFE_INTEGER, ID_WANTED);

const slug = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[a-z0-9-]+$/, "An address part has only small letters, digits and hyphens.");

/** A show, artist or venue by id or slug. */
export const key = z.union([id, slug], "Give an id or a slug.");

/** One line of text as people write it: no control or invisible direction characters, trimmed. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .refine((text) => !/[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text), "Control characters are not allowed.")
    .refine((text) => text.isWellFormed(), "This is not valid text.");
}

/** Text of several lines, otherwise as a line. */
export function text(max: number) {
  return z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .refine((written) => !/[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(written.replace(/\r?\n/g, " ")), "Control characters are not allowed.")
    .refine((written) => written.isWellFormed(), "This is not valid text.");
}

export const localDate = z.iso.date("A date looks like 2026-12-31.");
export const instant = z.iso.datetime({ offset: true, error: "An instant looks like 2026-12-31T19:00:00Z." });
export const cursor = z.string().max(500);
export const note = line(500).default("");

export function limit(normal: number) {
  const wanted = "Give a number from 1 to 100.";
  return z.number(wanted).int(wanted).min(1, wanted).max(100, wanted).default(normal);
}

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "At most 254 characters.")
  .pipe(z.email("This is not an e-mail address."))
  // RFC 2606 keeps .invalid from ever having mail; the demo fans live there.
  .refine((address) => !address.endsWith(".invalid"), "This is not an e-mail address.");

export const password = z
  .string()
  .min(10, "A password has at least 10 characters.")
  .max(200, "At most 200 characters.");

export const displayName = line(60).refine(isVisible, "Tell us what to call you.");

/** Whether text has something to see in it. */
export function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}
