import { venueByKey } from "#db/queries/catalogue.ts";
import { missing } from "./missing.ts";
import type { Key, Reader } from "./reader.ts";
import { splitByTime, type ShowSplit } from "./show-split.ts";
import type { VenueDetails } from "./show-summary.ts";

export interface VenuePage extends ShowSplit {
  venue: VenueDetails;
}

/** A venue with its shows. Throws `not_found` or `gone`. */
export async function venuePage(reader: Reader, key: Key, now: number): Promise<VenuePage> {
  const venue = await venueByKey(reader, key);
  if (!venue) throw await missing(reader, "venue", key);
  return { venue, ...(await splitByTime(reader, { venueId: venue.id }, now)) };
}
