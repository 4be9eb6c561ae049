import { addDays, endOfLocalDay } from "../show-time.ts";

/** So many days after a show's date what was played counts as known. */
export const SPOILER_DAYS = 7;

/** Whether what was played at a show would still spoil it for somebody: it is running, or over for less than 7 days. */
export function isFresh({ localDate, timeZone }: { localDate: string; timeZone: string }, now: number): boolean {
  return now < endOfLocalDay(addDays(localDate, SPOILER_DAYS), timeZone);
}
