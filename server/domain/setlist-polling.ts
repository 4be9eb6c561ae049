import { DAY_MS, HOUR_MS, MINUTE_MS } from "./durations.ts";
import type { ShowStatus } from "./voting.ts";
import { endOfLocalDay, type ShowTime } from "./show-time.ts";

/** How a show's setlist is asked for, all ms. */
export const SETLIST_POLLING = {
  /** From the show's start to the first time. */
  firstAfter: 2 * HOUR_MS,
  whileItGrows: 20 * MINUTE_MS,
  whenFinal: DAY_MS,
  /** From the show's start to when nobody is thought to be still writing. */
  settledAfter: DAY_MS,
  /** From the show's start to when we cease: a day, and a week for edits. */
  forgottenAfter: 8 * DAY_MS,
};

export interface PolledShow extends ShowTime {
  status: ShowStatus;
}

/** What asking has brought so far. */
export interface SetlistFacts {
  /** When it was last asked for, epoch ms; null for never. */
  askedAt: number | null;
  /** How many of the last times in a row brought the same version: 0 while there is no setlist, 1 for a new version. */
  sameVersion: number;
  /** Songs in it, tapes left out. */
  songs: number;
  encore: boolean;
}

/**
 * When a show's setlist is to be asked for next (epoch ms; overdue in the past), null for no more. First two hours
 * after the start, or at the end of the local day where no start is known; then every 20 minutes until it is final;
 * then daily for edits, and so too where nobody has written one a day after the start. Eight days after the start it
 * ends: later edits, and setlists of shows that were never asked for by then, come in by "edited since".
 */
export function setlistPolling(show: PolledShow, facts: SetlistFacts, now: number): number | null {
  if (show.status === "cancelled" || show.status === "postponed") return null;
  const { firstAfter, whileItGrows, whenFinal, settledAfter, forgottenAfter } = SETLIST_POLLING;
  const startsAt = show.startsAt ?? endOfLocalDay(show.localDate, show.timeZone);
  const first = show.startsAt === null ? startsAt : startsAt + firstAfter;
  const end = startsAt + forgottenAfter;
  const askedAt = facts.askedAt === null ? null : Math.min(facts.askedAt, now);
  // A show that was put off after it was asked for is one that was not.
  if (askedAt === null || askedAt < first) return now < end ? first : null;
  const waits = facts.sameVersion === 0 && askedAt >= startsAt + settledAfter;
  const due = askedAt + (waits || isFinal(facts, askedAt - startsAt) ? whenFinal : whileItGrows);
  return due < end ? due : null;
}

/**
 * Whether nobody seems to be writing on any more: twice in a row the same version with songs in it, and an encore
 * among them or a day gone by since the start. `sinceStart` in ms, at the last time.
 */
export function isFinal({ sameVersion, songs, encore }: Omit<SetlistFacts, "askedAt">, sinceStart: number): boolean {
  if (sameVersion < 2 || songs === 0) return false;
  return encore || sinceStart >= SETLIST_POLLING.settledAfter;
}
