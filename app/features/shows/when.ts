import type { ShowStatus } from "../../http/answers.ts";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;

interface WallClock {
  /** yyyy-mm-dd */
  date: string;
  /** hh:mm on the 24-hour clock */
  time: string;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const [numeric, twoDigit] = ["numeric", "2-digit"] as const;
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: numeric,
    month: twoDigit,
    day: twoDigit,
    hour: twoDigit,
    minute: twoDigit,
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** What the clock on a wall in that zone shows. Built from parts, so server and browser agree. */
export function wallClock(instant: number | string, timeZone: string): WallClock {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? "";
  return {
    date: `${part("year")}-${part("month")}-${part("day")}`,
    time: `${part("hour")}:${part("minute")}`,
  };
}

function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** "Sat 28 Nov", with the year when it is not the present one. */
export function dateWords(date: string, today: string): string {
  const [year, month, day] = date.split("-");
  const weekday = WEEKDAYS[(dayNumber(date) + 4) % 7]?.slice(0, 3);
  const words = `${weekday} ${Number(day)} ${MONTHS[Number(month) - 1]}`;
  return today.startsWith(`${year}-`) ? words : `${words} ${year}`;
}

/** "Today", "Tomorrow", "Friday" within the week, otherwise the date. */
export function dayWords(date: string, today: string): string {
  const ahead = dayNumber(date) - dayNumber(today);
  if (ahead === 0) return "Today";
  if (ahead === 1) return "Tomorrow";
  if (ahead === -1) return "Yesterday";
  if (ahead > 1 && ahead < 7) return WEEKDAYS[(dayNumber(date) + 4) % 7] ?? date;
  return dateWords(date, today);
}

interface Dated {
  localDate: string;
  startsAt: string | null;
  status: ShowStatus;
  venue: { timeZone: string };
}

/** "Tonight 20:00", "Friday 19:30", "Sat 28 Nov", all by the venue's clock; "was Sat 28 Nov" of a date taken back. */
export function showWhen(show: Dated, now: string | number): string {
  const { timeZone } = show.venue;
  const today = wallClock(now, timeZone).date;
  if (show.status === "postponed") return `was ${dateWords(show.localDate, today)}`;
  const day = dayWords(show.localDate, today);
  if (!show.startsAt) return day;
  const { time } = wallClock(show.startsAt, timeZone);
  return day === "Today" && time >= "17:00" ? `Tonight ${time}` : `${day} ${time}`;
}

/** "Today 20:00", "Friday 09:30": an instant on the clock of one zone. */
export function instantWords(instant: string, timeZone: string, now: number | string): string {
  const { date, time } = wallClock(instant, timeZone);
  return `${dayWords(date, wallClock(now, timeZone).date)} ${time}`;
}

/** Day and month of a date, for a calendar leaf. */
export function leafOf(date: string): { day: string; month: string } {
  const [, month, day] = date.split("-");
  return { day: String(Number(day)), month: MONTHS[Number(month) - 1] ?? "" };
}

/** "2 d 4 h", "4 h 12 min", "12 min 09 s"; nothing is left at or below zero. */
export function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [d, h, min, s] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  if (d > 0) return `${d} d ${h} h`;
  if (h > 0) return `${h} h ${min} min`;
  return `${min} min ${String(s).padStart(2, "0")} s`;
}
