import { TICKETMASTER } from "./terms.ts";

/*
 * Ticketmaster gives out the first 1,000 of a list only. Longer lists are asked for in slices of time:
 * one that holds more is halved, down to a minute. A step is one request; its cursor says all there is
 * to know, so that a run goes on where another died.
 */

export const PAGE_SIZE = 200;
/** Pages of a list that can be asked for. */
const PAGES = TICKETMASTER.reach / PAGE_SIZE;

const MINUTE = 60_000;

/** Instants from the first, included, to the last, left out; epoch ms. */
export interface Range {
  from: number;
  to: number;
}

export interface Step {
  /** Null asks without dates, which also brings what has none. */
  slice: Range | null;
  page: number;
  /** Where the last slice ends, epoch ms; null with no slice. */
  end: number | null;
}

export const UNSLICED: Step = { slice: null, page: 0, end: null };

/** The whole range as one slice, in whole minutes. */
export function firstSlice({ from, to }: Range): Step {
  const end = Math.ceil(to / MINUTE) * MINUTE;
  return { slice: { from: Math.floor(from / MINUTE) * MINUTE, to: end }, page: 0, end };
}

/**
 * The dates to ask for. Nothing begins half-way through a minute: slices that meet there share no event
 * and lose none, whether the provider counts its bounds in or out.
 */
export function sliceQuery({ slice }: Step): { startDateTime?: string; endDateTime?: string } {
  if (!slice) return {};
  return { startDateTime: utc(slice.from - MINUTE / 2), endDateTime: utc(slice.to - MINUTE / 2 - 1000) };
}

/** How many items of a list can be reached, in pages of the size that the provider really sends. */
export function reachOf(size: number): number {
  return PAGES * Math.min(size, PAGE_SIZE);
}

/** What to ask instead when a list is too long; null if it cannot be cut further. */
export function narrower(step: Step, range: Range): Step | null {
  if (!step.slice || step.end === null) return firstSlice(range);
  const { from, to } = step.slice;
  const middle = from + Math.floor((to - from) / 2 / MINUTE) * MINUTE;
  return middle > from ? { ...step, slice: { from, to: middle }, page: 0 } : null;
}

/** What to ask next: the next page, then the next slice, wider where there was little; null at the end. */
export function following(step: Step, { total, size }: { total: number; size: number }): Step | null {
  const reach = reachOf(size);
  if ((step.page + 1) * size < Math.min(total, reach)) return { ...step, page: step.page + 1 };
  if (!step.slice || step.end === null || step.slice.to >= step.end) return null;
  const width = (step.slice.to - step.slice.from) * (total <= reach / 4 ? 4 : 1);
  return { ...step, slice: { from: step.slice.to, to: Math.min(step.slice.to + width, step.end) }, page: 0 };
}

/** yyyy-mm-ddThh:mm:ssZ, the only form that Ticketmaster takes. */
function utc(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** As `page` or `from~to~end~page`. */
export function toCursor({ slice, page, end }: Step): string {
  return slice && end !== null ? [slice.from, slice.to, end].map(utc).concat(String(page)).join("~") : String(page);
}

/** The step of a cursor; null if it is none. */
export function fromCursor(cursor: string): Step | null {
  const parts = cursor.split("~");
  const page = /^\d$/.test(parts.at(-1) ?? "") ? Number(parts.at(-1)) : null;
  if (page === null || page >= PAGES) return null;
  if (parts.length === 1) return { slice: null, page, end: null };
  const [from, to, end] = parts.slice(0, -1).map((instant) => Date.parse(instant));
  if (parts.length !== 4 || from === undefined || to === undefined || end === undefined) return null;
  return from < to && to <= end ? { slice: { from, to }, page, end } : null;
}
