import { Temporal } from "temporal-polyfill";

export interface ShowTime {
  /** yyyy-mm-dd in the venue's zone. */
  localDate: string;
  /** Epoch ms, or null while no start is announced. */
  startsAt: number | null;
  /** IANA name of the venue's zone. */
  timeZone: string;
}

/** When voting closes (epoch ms): at the start, or with no start known at the end of the local day. */
export function votingClosesAt(show: ShowTime): number {
  return show.startsAt ?? endOfLocalDay(show.localDate, show.timeZone);
}

/** The first instant (epoch ms) of the day after a local date in a zone. */
export function endOfLocalDay(localDate: string, timeZone: string): number {
  const next = Temporal.PlainDate.from(localDate).add({ days: 1 });
  return next.toZonedDateTime(timeZone).epochMilliseconds;
}

/** The instant (epoch ms) of a wall-clock time "hh:mm" on a local date; a time in a gap moves forward. */
export function localInstant(localDate: string, time: string, timeZone: string): number {
  const date = Temporal.PlainDate.from(localDate);
  return date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
}

/** The local date (yyyy-mm-dd) in a zone at an instant (epoch ms). */
export function localDateAt(now: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** What the clock shows (hh:mm) in a zone at an instant (epoch ms). */
export function localTimeAt(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: "minute" });
}

/** A local date moved by whole days. */
export function addDays(localDate: string, days: number): string {
  return Temporal.PlainDate.from(localDate).add({ days }).toString();
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** How long after its start a show counts as over when nobody has said so, in ms. */
export const SHOW_LENGTH_MS = 5 * 3_600_000;

/** The status an upcoming or ongoing show should have at an instant. */
export function statusAt(show: ShowTime, now: number): "upcoming" | "ongoing" | "completed" {
  if (show.startsAt === null) return now >= endOfLocalDay(show.localDate, show.timeZone) ? "completed" : "upcoming";
  if (now < show.startsAt) return "upcoming";
  return now >= show.startsAt + SHOW_LENGTH_MS ? "completed" : "ongoing";
}
