import { isFinal, SETLIST_POLLING } from "../setlist-polling.ts";
import { endOfLocalDay, statusAt, type ShowTime } from "../show-time.ts";
import type { SetlistStatus } from "./accounts.ts";

export interface SetlistFacts extends ShowTime {
  /** How many of the last times in a row its source had the same version; 0 where nobody asks. */
  sameVersion: number;
  /** Entries, tapes left out. */
  songs: number;
  encore: boolean;
}

/**
 * How far a setlist is that nobody has declared final: live while the show goes on, provisional after it, final once
 * its source had the same version twice with an encore in it, and in any case a day after the start (of a show
 * without a start, a day after the end of its local day).
 */
export function setlistStatus(facts: SetlistFacts, now: number): SetlistStatus {
  const startsAt = facts.startsAt ?? endOfLocalDay(facts.localDate, facts.timeZone);
  const sinceStart = now - startsAt;
  if (sinceStart >= SETLIST_POLLING.settledAfter || isFinal(facts, sinceStart)) return "final";
  return statusAt(facts, now) === "ongoing" ? "live" : "provisional";
}
