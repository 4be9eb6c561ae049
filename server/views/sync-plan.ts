import { trafficSince } from "#db/queries/marks.ts";
import * as plan from "#db/queries/sync-plan.ts";
import { HOURS_OF_WEEK, hourOfWeek, learn, type BusyHours } from "../domain/busy-hours.ts";
import { addDays, localDateAt } from "../domain/show-time.ts";
import type { Provider } from "../domain/provider-records.ts";
import type { Reader } from "./reader.ts";

export type { PolledRow } from "#db/queries/sync-plan.ts";

export const readDueArtists = (reader: Reader, kind: "artist" | "shows" | "setlists", providers: Provider[], now: number, limit: number) =>
  plan.dueArtists(reader, kind, providers, now, limit);

/** Shows of the last nine days that are over or under way. */
export function readShowsToPoll(reader: Reader, now: number): Promise<plan.PolledRow[]> {
  const today = localDateAt(now, "UTC");
  return plan.showsToPoll(reader, addDays(today, -9), addDays(today, 1));
}

export const readDueVenues = (reader: Reader, now: number, limit: number) => plan.dueVenues(reader, now, limit);
export const readVenueToRefresh = (reader: Reader, venueId: number, now: number) => plan.venueToRefresh(reader, venueId, now);
export const readSoughtShow = (reader: Reader, showId: number) => plan.soughtShow(reader, showId);
export const readSetlistVersions = (reader: Reader, showId: number) => plan.setlistVersions(reader, showId);
export const readMovedTotals = (reader: Reader) => plan.movedTotals(reader);

const WEEKS_MS = 8 * 7 * 86_400_000;

/** How busy the site has been in each hour of the week, of the last eight weeks. */
export async function readBusyHours(reader: Reader, now: number): Promise<BusyHours> {
  const hours: (number | null)[] = Array.from({ length: HOURS_OF_WEEK }, () => null);
  const weeks = new Array<number>(HOURS_OF_WEEK).fill(0);
  for (const { at, requests } of await trafficSince(reader, now - WEEKS_MS)) {
    const hour = hourOfWeek(at);
    hours[hour] = learn(hours[hour] ?? 0, requests, weeks[hour]!);
    weeks[hour]! += 1;
  }
  return hours;
}
