import { addDays, endOfLocalDay, localInstant, type ShowTime } from "../show-time.ts";

export interface ArrivingAt {
  /** yyyy-mm-dd in the venue's zone. */
  localDate: string;
  /** IANA name. */
  timeZone: string;
  votingOpen: boolean;
}

/**
 * What a setlist with songs does to the ballot of its show. `lock`: it came before the close, and whoever votes on
 * would know the answer. `early`: the show's day has not come anywhere near the venue, so it can't be what was
 * played; a provider's is kept and told of once the day has come.
 */
export type Arrival = "keep" | "lock" | "early";

export function arrivalOf({ localDate, timeZone, votingOpen }: ArrivingAt, now: number): Arrival {
  if (now < endOfLocalDay(addDays(localDate, -1), timeZone)) return "early";
  return votingOpen ? "lock" : "keep";
}

/** No show whose start nobody knows is thought to begin before this, on its local day. */
const EARLIEST_START = "12:00";

/** Whether a show may have begun at an instant: from its start on, or from noon of its local day where no start is known. */
export function mayHaveBegun({ localDate, startsAt, timeZone }: ShowTime, now: number): boolean {
  return now >= (startsAt ?? localInstant(localDate, EARLIEST_START, timeZone));
}
