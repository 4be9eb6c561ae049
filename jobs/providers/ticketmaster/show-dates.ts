import type { ShowRecord, ShowRecordStatus } from "#server/domain/provider-records.ts";
import { calendarDate } from "../wire-values.ts";
import type { WireDates } from "./wire.ts";

/** `onsale` and `offsale` speak of tickets only: the show is on in both. */
const STATUSES: Record<string, ShowRecordStatus> = {
  cancelled: "cancelled",
  canceled: "cancelled",
  postponed: "postponed",
  rescheduled: "rescheduled",
};

type ShowDates = Pick<ShowRecord, "localDate" | "localTime" | "timeZone" | "startsAt" | "status">;

/** When it is, and whether. Without a date there is no time and no start either. */
export function showDates(dates: WireDates | null, venueTimeZone: string | null): ShowDates {
  const status = STATUSES[dates?.status?.code?.toLowerCase() ?? ""] ?? "scheduled";
  const timeZone = timeZoneOf(dates?.timezone ?? null) ?? venueTimeZone;
  const localDate = dates ? localDateOf(dates, status) : null;
  const timed = localDate !== null && !dates?.start?.timeTBA && !dates?.start?.noSpecificTime;
  return {
    localDate,
    localTime: timed ? clockTime(dates?.start?.localTime ?? null) : null,
    timeZone,
    startsAt: timed ? instant(dates?.start?.dateTime ?? null) : null,
    status,
  };
}

/** A postponed show keeps its old date at times: that is no new one. */
function localDateOf({ start, initialStartDate }: WireDates, status: ShowRecordStatus): string | null {
  if (!start || start.dateTBA || start.dateTBD) return null;
  const date = calendarDate(start.localDate);
  if (status !== "postponed") return date;
  const initial = initialStartDate?.localDate ?? null;
  return initial !== null && initial !== date ? date : null;
}

/** hh:mm of hh:mm:ss. */
function clockTime(value: string | null): string | null {
  return value && /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(value) ? value.slice(0, 5) : null;
}

/** Epoch ms of an instant in UTC. */
function instant(value: string | null): number | null {
  if (!value || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/.test(value)) return null;
  const parsed = Date.parse(value);
  return Number.isFinite(parsed) ? parsed : null;
}

const IANA_NAME = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/;
/** Asking the runtime takes longer than reading a whole event. */
const known = new Set<string>();
const MOST_KNOWN = 1_000;

/** An IANA name that the runtime knows. */
export function timeZoneOf(value: string | null): string | null {
  if (value === null || known.has(value)) return value;
  if (!IANA_NAME.test(value) || !isKnown(value)) return null;
  if (known.size < MOST_KNOWN) known.add(value);
  return value;
}

function isKnown(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
