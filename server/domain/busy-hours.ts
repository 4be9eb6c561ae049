import { HOUR_MS } from "./durations.ts";

export const HOURS_OF_WEEK = 168;

/** Mean requests in each UTC hour of the week, 0 for Sunday 00:00 to 01:00; null for one that has not been seen. */
export type BusyHours = readonly (number | null)[];

/** The weeks whose mean is plain; from then on each new one counts for a fourth. */
const PLAIN_WEEKS = 4;

/** Up to so much above the median an hour is quiet, and so is one of up to a fourth of the busiest one's requests. */
const ABOVE_MEDIAN = 1.25;
const OF_PEAK = 1 / 4;

/** The hour of the week (0 to 167) of an instant (epoch ms). 1970 began on a Thursday. */
export function hourOfWeek(at: number): number {
  const hour = (Math.floor(at / HOUR_MS) + 4 * 24) % HOURS_OF_WEEK;
  return hour < 0 ? hour + HOURS_OF_WEEK : hour;
}

/** How busy the hour of an instant (epoch ms) is, from 0 to 1 for the busiest of the week; 0 where nothing is known. */
export function busyness(hours: BusyHours, at: number): number {
  const peak = Math.max(0, ...known(hours));
  return peak === 0 ? 0 : (hours[hourOfWeek(at)] ?? 0) / peak;
}

/** An hour's mean after one more week with `seen` requests; `weeks` is how many went into `mean` before. */
export function learn(mean: number, seen: number, weeks: number): number {
  return mean + (seen - mean) / Math.min(Math.max(0, weeks) + 1, PLAIN_WEEKS);
}

export interface Deferrable {
  /** Epoch ms. */
  now: number;
  /** How long the work may wait, ms. */
  slackMs: number;
  hours: BusyHours;
}

/**
 * When work that may wait should be done (epoch ms, from `now` to `now + slackMs`): the first instant of a quiet hour,
 * or of the least busy one where none is quiet. Now, where the present hour is quiet or not known.
 */
export function quietTime({ now, slackMs, hours }: Deferrable): number {
  const load = (at: number) => hours[hourOfWeek(at)] ?? null;
  const present = load(now);
  const most = quietest(hours);
  if (present === null || present <= most) return now;
  let best = { at: now, load: present };
  for (const at of hoursWithin(now, slackMs)) {
    const here = load(at);
    if (here === null) continue;
    if (here <= most) return at;
    if (here < best.load) best = { at, load: here };
  }
  return best.at;
}

/** What a quiet hour has at most. */
function quietest(hours: BusyHours): number {
  const sorted = known(hours).toSorted((a, b) => a - b);
  if (sorted.length === 0) return Number.POSITIVE_INFINITY;
  const median = sorted[(sorted.length - 1) >> 1]!;
  return Math.max(median * ABOVE_MEDIAN, sorted.at(-1)! * OF_PEAK);
}

/** The beginnings of the hours after now, a week at most: then they come again. */
function hoursWithin(now: number, slackMs: number): number[] {
  const first = (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
  const count = Math.floor((now + slackMs - first) / HOUR_MS) + 1;
  return Array.from({ length: Math.min(Math.max(0, count), HOURS_OF_WEEK) }, (_, i) => first + i * HOUR_MS);
}

function known(hours: BusyHours): number[] {
  return hours.filter((requests) => requests !== null);
}
