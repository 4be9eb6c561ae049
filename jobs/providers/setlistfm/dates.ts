import { calendarDate } from "../wire-values.ts";

const DAY = /^(\d{2})-(\d{2})-([1-9]\d{3})$/;
const ISO_DAY = /^([1-9]\d{3})-(\d{2})-(\d{2})$/;
/** Java's `yyyy-MM-dd'T'HH:mm:ss.SSSZ`, whose offset has no colon, and its cousins. */
const INSTANT = /^([1-9]\d{3}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:Z|([+-]\d{2}):?(\d{2}))$/;

/** dd-MM-yyyy to yyyy-mm-dd; null for what is no day of the calendar. */
export function dayFromWire(value: string | null): string | null {
  const [, day, month, year] = DAY.exec(value ?? "") ?? [];
  return day === undefined ? null : calendarDate(`${year}-${month}-${day}`);
}

/** yyyy-mm-dd to dd-MM-yyyy; null for what is no day of the calendar. */
export function dayToWire(value: string): string | null {
  const [, year, month, day] = ISO_DAY.exec(value) ?? [];
  return day !== undefined && calendarDate(value) !== null ? `${day}-${month}-${year}` : null;
}

/** Epoch ms; null for what is no instant. */
export function instantFromWire(value: string | null): number | null {
  const [, day, time, fraction = "0", hours = "+00", minutes = "00"] = INSTANT.exec(value ?? "") ?? [];
  if (day === undefined || calendarDate(day) === null) return null;
  const at = Date.parse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, "0")}${hours}:${minutes}`);
  return Number.isFinite(at) ? at : null;
}

/** Epoch ms to yyyyMMddHHmmss in UTC, as searches by the last edit want it; null for what is no instant. */
export function instantToWire(at: number): string | null {
  const instant = new Date(at);
  const known = instant.getUTCFullYear() >= 1000 && instant.getUTCFullYear() <= 9999;
  return known ? instant.toISOString().replace(/\D/g, "").slice(0, 14) : null;
}
