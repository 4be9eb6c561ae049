import { isFinal, SETLIST_POLLING } from "../setlist-polling.ts";
import { endOfLocalDay, localDateAt, statusAt, type ShowTime } from "../show-time.ts";
import type { SetlistStatus } from "./accounts.ts";
import { songsIn } from "./songs-in.ts";
import type { SetLines } from "./written-down.ts";

export interface SetlistFacts extends ShowTime {
  /** How many of the last times in a row its source had the same version; 0 where nobody asks. */
  sameVersion: number;
  /** Entries, tapes left out. */
  songs: number;
  encore: boolean;
}

/**
 * How far a setlist is that nobody has declared final: live while the show goes on, provisional after it, final once
 * its source had the same version twice with an encore in it, and in any case a day after the start. A show without a
 * start goes on until its local day ends, and its day after the start begins there.
 */
export function setlistStatus(facts: SetlistFacts, now: number): SetlistStatus {
  const startsAt = facts.startsAt ?? endOfLocalDay(facts.localDate, facts.timeZone);
  const sinceStart = now - startsAt;
  if (sinceStart >= SETLIST_POLLING.settledAfter || isFinal(facts, sinceStart)) return "final";
  return goesOn(facts, now) ? "live" : "provisional";
}

function goesOn(time: ShowTime, now: number): boolean {
  return time.startsAt === null ? localDateAt(now, time.timeZone) === time.localDate : statusAt(time, now) === "ongoing";
}

/** How far a setlist is that has just come in as another one than before. */
export function freshStatus({ localDate, startsAt, timeZone }: ShowTime, sets: readonly SetLines[], now: number): SetlistStatus {
  const encore = sets.some((set) => set.encore !== null);
  return setlistStatus({ localDate, startsAt, timeZone, sameVersion: 0, songs: songsIn(sets), encore }, now);
}
