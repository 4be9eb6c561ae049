import type { ArtistRecord, ShowRecord, VenueRecord } from "#server/domain/provider-records.ts";
import { refuse, shown, webAddress, type Reading } from "../wire-values.ts";
import { genresOf, mayBeMusic, segmentName } from "./classification.ts";
import { sameAs } from "./same-as.ts";
import { showDates, timeZoneOf } from "./show-dates.ts";
import { withAffiliate, type Affiliate } from "./ticket-url.ts";
import { wireAttraction, wireEvent, wireVenue, type WireAttraction, type WireBilled, type WireVenue } from "./wire.ts";

/** An attraction that may be a musician; teams, plays and test records are refused. */
export function readArtist(value: unknown): Reading<ArtistRecord> {
  const read = wireAttraction.safeParse(value);
  if (!read.success) return refuse("malformed", null, "The attraction is not an object.");
  const { id, name, type, test, classifications } = read.data;
  if (id === null) return refuse("no_id", null, "The attraction has no id.");
  if (type !== null && type !== "attraction") return refuse("not_this_kind", id, `It is of type ${type}, not an attraction.`);
  if (name === null) return refuse("no_name", id, "The attraction has no name.");
  if (test) return refuse("not_this_kind", id, "The attraction is one of Ticketmaster's tests.");
  if (!mayBeMusic(classifications)) return refuse("not_this_kind", id, `The attraction is ${segmentName(classifications)}, not music.`);
  return { record: toArtist(id, name, read.data) };
}

function toArtist(id: string, name: string, attraction: WireAttraction): ArtistRecord {
  const aliases = attraction.aliases.map(shown).filter((alias) => alias !== null);
  return {
    id,
    name,
    sortName: null,
    disambiguation: null,
    aliases: [...new Set(aliases)],
    country: null,
    genres: genresOf(attraction.classifications),
    url: webAddress(attraction.url),
    imageUrl: imageOf(attraction),
    sameAs: sameAs(attraction.externalLinks),
  };
}

/** The widest picture; one that stands for a missing one only if there is no other. */
function imageOf({ images }: WireAttraction): string | null {
  const own = images.filter((image) => !image.fallback);
  const widest = (own.length > 0 ? own : images).toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0));
  return widest.map(({ url }) => webAddress(url)).find((url) => url !== null) ?? null;
}

/** A venue that has a name and an id; Ticketmaster lists some without. */
export function readVenue(value: unknown): Reading<VenueRecord> {
  const read = wireVenue.safeParse(value);
  if (!read.success) return refuse("malformed", null, "The venue is not an object.");
  const { id, name, type } = read.data;
  if (id === null) return refuse("no_id", null, "The venue has no id.");
  if (type !== null && type !== "venue") return refuse("not_this_kind", id, `It is of type ${type}, not a venue.`);
  if (name === null) return refuse("no_name", id, "The venue has no name.");
  return { record: toVenue(id, name, read.data) };
}

function toVenue(id: string, name: string, venue: WireVenue): VenueRecord {
  const country = venue.country?.countryCode?.toUpperCase() ?? "";
  return {
    id,
    name,
    city: venue.city?.name ?? null,
    region: venue.state?.name ?? venue.state?.stateCode ?? null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    ...coordinates(venue.location),
    timeZone: timeZoneOf(venue.timezone),
    url: webAddress(venue.url),
  };
}

/** Degrees; 0, 0 stands for "not known". */
function coordinates(location: WireVenue["location"]): Pick<VenueRecord, "latitude" | "longitude"> {
  const { latitude, longitude } = location ?? {};
  const nowhere = { latitude: null, longitude: null };
  if (typeof latitude !== "number" || typeof longitude !== "number") return nowhere;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || (latitude === 0 && longitude === 0)) return nowhere;
  return { latitude, longitude };
}

/** An event that may be music, with or without date, venue and artists; test records are refused. */
export function readShow(value: unknown, affiliate: Affiliate | null = null): Reading<ShowRecord> {
  const read = wireEvent.safeParse(value);
  if (!read.success) return refuse("malformed", null, "The event is not an object.");
  const { id, name, type, url, test, dates, classifications, _embedded: embedded } = read.data;
  if (id === null) return refuse("no_id", null, "The event has no id.");
  if (type !== null && type !== "event") return refuse("not_this_kind", id, `It is of type ${type}, not an event.`);
  if (name === null) return refuse("no_name", id, "The event has no name.");
  if (test) return refuse("not_this_kind", id, "The event is one of Ticketmaster's tests.");
  if (!mayBeMusic(classifications)) return refuse("not_this_kind", id, `The event is ${segmentName(classifications)}, not music.`);
  const venue = venueOf(embedded?.venues ?? []);
  const address = webAddress(url);
  return {
    record: {
      id,
      name,
      artists: (embedded?.attractions ?? []).flatMap(toBilled),
      venue,
      ...showDates(dates, venue?.timeZone ?? venueTimeZone(embedded?.venues ?? [])),
      tour: null,
      ticketUrl: address && withAffiliate(address, affiliate),
      url: address,
    },
  };
}

/** The first venue with a name and an id. */
function venueOf(venues: WireVenue[]): VenueRecord | null {
  const venue = venues.find(({ id, name }) => id !== null && name !== null);
  return venue?.id && venue.name ? toVenue(venue.id, venue.name, venue) : null;
}

/** Where the show is can be known by the clock alone: a venue without a name may have a time zone. */
function venueTimeZone(venues: WireVenue[]): string | null {
  return venues.map(({ timezone }) => timeZoneOf(timezone)).find((zone) => zone !== null) ?? null;
}

/** Ticketmaster names the main attraction first; those that cannot be named or found again are left out. */
function toBilled({ id, name, externalLinks }: WireBilled): ShowRecord["artists"] {
  return id !== null && name !== null ? [{ id, name, sameAs: sameAs(externalLinks) }] : [];
}
