import * as z from "zod";
import { count, decimal, flag, items, list, part, text } from "../wire-values.ts";

/* What the Discovery API v2 really sends: nearly every field is missing somewhere. */

const named = part(z.object({ id: text, name: text }));

const classification = z.object({ primary: flag, segment: named, genre: named, subGenre: named });
export type WireClassification = z.output<typeof classification>;

const image = z.object({ url: text, width: count, fallback: flag });

const externalLink = z.object({ id: text, url: text });

/** What an event says of those on its bill, as far as it is needed there. */
const billed = z.object({
  id: text,
  name: text,
  externalLinks: part(z.object({ musicbrainz: list(externalLink), spotify: list(externalLink) })),
});
export type WireBilled = z.output<typeof billed>;

export const wireAttraction = billed.extend({
  type: text,
  url: text,
  test: flag,
  aliases: list(z.string()),
  images: list(image),
  classifications: list(classification),
});
export type WireAttraction = z.output<typeof wireAttraction>;

export const wireVenue = z.object({
  id: text,
  name: text,
  type: text,
  url: text,
  timezone: text,
  city: part(z.object({ name: text })),
  state: part(z.object({ name: text, stateCode: text })),
  country: part(z.object({ countryCode: text })),
  location: part(z.object({ latitude: decimal, longitude: decimal })),
});
export type WireVenue = z.output<typeof wireVenue>;

const start = z.object({
  localDate: text,
  localTime: text,
  dateTime: text,
  dateTBD: flag,
  dateTBA: flag,
  timeTBA: flag,
  noSpecificTime: flag,
});

const dates = z.object({
  start: part(start),
  /** When it was first planned for, once that has changed. */
  initialStartDate: part(z.object({ localDate: text })),
  timezone: text,
  status: part(z.object({ code: text })),
});
export type WireDates = z.output<typeof dates>;

export const wireEvent = z.object({
  id: text,
  name: text,
  type: text,
  url: text,
  test: flag,
  dates: part(dates),
  classifications: list(classification),
  _embedded: part(z.object({ venues: list(wireVenue), attractions: list(billed) })),
});
export type WireEvent = z.output<typeof wireEvent>;

const pageOfItems = z.object({
  page: part(z.object({ size: count, totalElements: count })),
  _embedded: part(z.object({ events: items, attractions: items })),
});

export interface WirePage {
  items: unknown[];
  /** How many a page holds, as the provider says. */
  size: number | null;
  total: number | null;
}

/** A page of events or attractions; null if it is none. `_embedded` is absent when there is nothing. */
export function readWirePage(body: unknown, of: "events" | "attractions"): WirePage | null {
  const read = pageOfItems.safeParse(body);
  if (!read.success || (!read.data.page && !read.data._embedded)) return null;
  const { page, _embedded: embedded } = read.data;
  return { items: embedded?.[of] ?? [], size: page?.size ?? null, total: page?.totalElements ?? null };
}
