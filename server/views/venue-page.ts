import { venueByKey } from "#db/queries/catalogue.ts";
import { showsAtVenue } from "#db/queries/shows.ts";
import { missing } from "./missing.ts";
import type { Key, Reader } from "./reader.ts";
import { splitByTime } from "./show-split.ts";
import type { ShowSummary, VenueRef } from "./show-summary.ts";

export interface VenuePage {
  venue: VenueRef & { latitude: number; longitude: number; capacity: number | null };
  upcoming: ShowSummary[];
  /** Latest first. */
  past: ShowSummary[];
}

/** A venue with its shows. Throws `not_found` or `gone`. */
export async function venuePage(reader: Reader, key: Key, now: number): Promise<VenuePage> {
  const venue = await venueByKey(reader, key);
  if (!venue) throw await missing(reader, "venue", key);
  return { venue, ...splitByTime(await showsAtVenue(reader, venue.id), now) };
}
