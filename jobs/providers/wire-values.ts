import * as z from "zod";
import type { Records, Refusal } from "#server/domain/provider-records.ts";

/*
 * Parts of wire formats that take whatever arrives: what is missing, null or of another type
 * becomes null, false or empty, so that one odd field costs neither its record nor its page.
 */

/** Text as it can be shown: well-formed, one space between words; null if nothing of it can be seen. */
export function shown(value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const clean = value.toWellFormed().replace(/[\s\p{Cc}]+/gu, " ").trim();
  return /[^\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u.test(clean) ? clean : null;
}

export const text = z.string().nullish().catch(null).transform(shown);

export const flag = z.boolean().nullish().catch(null).transform((value) => value === true);

/** A whole number from 0. */
export const count = z.int().nonnegative().nullish().catch(null).transform((value) => value ?? null);

/** A number, also one written as text. */
export const decimal = z.union([z.number(), z.string()]).nullish().catch(null).transform(toNumber);

function toNumber(value: number | string | null | undefined): number | null {
  if (typeof value === "string" && value.trim() === "") return null;
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) ? number : null;
}

/** A part that may be missing. */
export function part<T extends z.ZodType>(schema: T) {
  return schema.nullish().catch(null).transform((value): z.output<T> | null => value ?? null);
}

/** Those of a list that are as they should be. */
export function list<T extends z.ZodType>(schema: T) {
  return items.transform((values) => values.flatMap((value) => readOne(schema, value)));
}

function readOne<T extends z.ZodType>(schema: T, value: unknown): z.output<T>[] {
  const read = schema.safeParse(value);
  return read.success ? [read.data] : [];
}

/** A list whose items are read one by one. */
export const items = z.array(z.unknown()).nullish().catch(null).transform((value) => value ?? []);

/** An http or https address, as browsers write it; null for everything else, such as `javascript:`. */
export function webAddress(value: string | null): string | null {
  const url = value === null ? null : URL.parse(value);
  return url?.protocol === "https:" || url?.protocol === "http:" ? url.href : null;
}

/** A day that the calendar has, yyyy-mm-dd. */
export function calendarDate(value: string | null): string | null {
  if (value === null || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const instant = Date.parse(`${value}T00:00:00Z`);
  return Number.isFinite(instant) && new Date(instant).toISOString().startsWith(value) ? value : null;
}

export type Reading<T> = { record: T } | { refusal: Refusal };

export function refuse(reason: Refusal["reason"], id: string | null, detail: string): { refusal: Refusal } {
  return { refusal: { reason, id, detail } };
}

/** Reads each item by itself: a bad one is refused, the others stay. */
export function readEach<T>(values: unknown[], read: (value: unknown) => Reading<T>): Records<T> {
  const records: Records<T> = { records: [], refused: [] };
  for (const value of values) {
    const reading = read(value);
    if ("record" in reading) records.records.push(reading.record);
    else records.refused.push(reading.refusal);
  }
  return records;
}
