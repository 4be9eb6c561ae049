import { zonesBetween, type LocalDays, type ShowsOf } from "#db/queries/show-days.ts";
import { addDays, localDateAt } from "../domain/show-time.ts";
import type { Reader } from "./reader.ts";

/** Which day it is where all shows, or someone's, are: worked out once a zone, however many shows it has. */
export async function localDays(reader: Reader, now: number, of?: ShowsOf): Promise<LocalDays> {
  const today = localDateAt(now, "UTC");
  // No zone's date is further from UTC's than these.
  const [yesterday, tomorrow] = [addDays(today, -1), addDays(today, 1)];
  const zones = await zonesBetween(reader, yesterday, tomorrow, of);
  return { yesterday, today, tomorrow, byZone: Object.fromEntries(zones.map((zone) => [zone, localDateAt(now, zone)])) };
}
