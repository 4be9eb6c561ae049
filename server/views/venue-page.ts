import { venueByKey } from "#db/queries/catalogue.ts";
import { missing } from "./missing.ts";
import { pageSources, type Source } from "./page-sources.ts";
import type { Key, Reader } from "./reader.ts";
import { listPast, splitByTime, type PastQuery, type PastShows, type ShowSplit } from "./show-split.ts";
import type { ShowSummary, VenueDetails } from "./show-summary.ts";

export interface VenuePage extends ShowSplit {
  venue: VenueDetails;
  /** Whose data it is. */
  sources: Source[];
}

/** A venue with its shows. Throws `not_found` or `gone`. */
export async function venuePage(reader: Reader, key: Key, now: number): Promise<VenuePage> {
  const venue = await found(reader, key);
  const split = await splitByTime(reader, { venueId: venue.id }, now);
  return { venue, ...split, sources: await sourcesAt(reader, venue, [...split.upcoming, ...split.past]) };
}

export interface PastShowsAtVenue extends PastShows {
  venue: VenueDetails;
  /** Whose data it is. */
  sources: Source[];
}

/** One page of a venue's shows that are over. Throws `not_found`, `gone`, or `invalid` for a made-up cursor. */
export async function pastShowsAt(reader: Reader, { venue: key, ...query }: PastQuery & { venue: Key }, now: number): Promise<PastShowsAtVenue> {
  const venue = await found(reader, key);
  const past = await listPast(reader, { venueId: venue.id }, query, now);
  return { venue, ...past, sources: await sourcesAt(reader, venue, past.items) };
}

function sourcesAt(reader: Reader, venue: VenueDetails, shows: ShowSummary[]): Promise<Source[]> {
  const artists = [...new Set(shows.map((show) => show.artist.id))];
  const genre = shows.some((show) => show.artist.genre !== null);
  return pageSources(reader, { venues: [venue.id], shows: shows.map((show) => show.id), artists, genre });
}

async function found(reader: Reader, key: Key): Promise<VenueDetails> {
  const venue = await venueByKey(reader, key);
  if (!venue) throw await missing(reader, "venue", key);
  return venue;
}
