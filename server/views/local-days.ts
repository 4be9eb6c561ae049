import { zonesBetween, type LocalDays } from "#db/queries/show-days.ts";
import { addDays, localDateAt } from "../domain/show-time.ts";
import type { Reader } from "./reader.ts";

/** Which day it is where: each zone's is worked out once, however many shows it has. */
export async function localDays(reader: Reader, now: number): Promise<LocalDays> {
  const today = localDateAt(now, "UTC");
  // No zone is a whole day ahead of UTC or behind it.
  const [yesterday, tomorrow] = [addDays(today, -1), addDays(today, 1)];
  const zones = await zonesBetween(reader, yesterday, tomorrow);
  return { yesterday, today, tomorrow, byZone: Object.fromEntries(zones.map((zone) => [zone, localDateAt(now, zone)])) };
}
