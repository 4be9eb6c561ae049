import type {
  ArtistRecord,
  Page,
  PlayedSet,
  PlayedSong,
  ProviderId,
  Records,
  Refusal,
  RefusalReason,
  SetlistRecord,
  VenueRecord,
} from "#server/domain/provider-records.ts";
import { webAddress } from "../wire-values.ts";
import { dayFromWire, instantFromWire } from "./dates.ts";
import type { WireArtist, WirePage, WireSet, WireSetlist, WireSong, WireVenue } from "./wire.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What a page holds where the answer does not say. */
const PAGE_SIZE = 20;

function refusal(reason: RefusalReason, id: string | null, detail: string): Refusal {
  return { reason, id, detail };
}

function refuse(reason: RefusalReason, id: string | null, detail: string): Records<never> {
  return { records: [], refused: [refusal(reason, id, detail)] };
}

/** Short enough for a line of the log. */
function quote(value: string | null): string {
  return value === null ? "nothing" : JSON.stringify(value.slice(0, 80));
}

/** The artist's id, which is its id at MusicBrainz. */
function mbidOf(artist: WireArtist): string | null {
  return artist.mbid?.toLowerCase() ?? null;
}

/** setlist.fm's `tmid` is of Ticketmaster's old numbering, which its Discovery API does not know. */
function sameAs(mbid: string): ProviderId[] {
  return UUID.test(mbid) ? [{ provider: "musicbrainz", id: mbid }] : [];
}

/** Refuses an artist without a name (`no_name`) or an MBID (`no_id`). */
export function toArtist(wire: WireArtist | null): Records<ArtistRecord> {
  if (!wire) return refuse("malformed", null, "An artist is no object.");
  const id = mbidOf(wire);
  if (id === null) return refuse("no_id", null, `The artist ${quote(wire.name)} has no MBID.`);
  if (wire.name === null) return refuse("no_name", id, "The artist has no name.");
  const { name, sortName, disambiguation } = wire;
  const unknown = { aliases: [], country: null, genres: [], imageUrl: null };
  const url = webAddress(wire.url);
  return { records: [{ id, name, sortName, disambiguation, url, sameAs: sameAs(id), ...unknown }], refused: [] };
}

function performer(wire: WireArtist | null): SetlistRecord["artist"] | null {
  const id = wire && mbidOf(wire);
  return wire?.name && id ? { id, name: wire.name, sameAs: sameAs(id) } : null;
}

function credited(wire: WireArtist | null): { id: string | null; name: string } | null {
  return wire?.name ? { id: mbidOf(wire), name: wire.name } : null;
}

function within(value: number | null | undefined, limit: number): number | null {
  return typeof value === "number" && Math.abs(value) <= limit ? value : null;
}

/** A venue's place on the map is its city's, usually the centre. */
function toVenue({ id, name, city, url }: WireVenue): VenueRecord | null {
  if (id === null || name === null) return null;
  const country = city?.country?.code?.toUpperCase() ?? "";
  const latitude = within(city?.coords?.lat, 90);
  const longitude = within(city?.coords?.long, 180);
  const known = latitude !== null && longitude !== null;
  return {
    id,
    name,
    city: city?.name ?? null,
    region: city?.state ?? null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    latitude: known ? latitude : null,
    longitude: known ? longitude : null,
    timeZone: null,
    url: webAddress(url),
    cityGeonamesId: city?.id && /^\d+$/.test(city.id) ? city.id : null,
  };
}

function venueRefusal(wire: WireVenue | null, setlistId: string): Refusal[] {
  if (!wire || (wire.id !== null && wire.name !== null)) return [];
  const [reason, what] = wire.id === null ? (["no_id", "id"] as const) : (["no_name", "name"] as const);
  const where = `venue ${quote(wire.name ?? wire.id)} in ${quote(wire.city?.name ?? null)}`;
  return [refusal(reason, setlistId, `The ${where} has no ${what}; the setlist goes without it.`)];
}

function toSong(wire: WireSong, title: string): PlayedSong {
  const { cover, with: guest, tape, info } = wire;
  return { title, coverOf: credited(cover), guest: credited(guest), tape, note: info };
}

function songRefusal(wire: WireSong | null, place: string, setlistId: string): Refusal[] {
  if (!wire) return [refusal("malformed", setlistId, `${place} is no object.`)];
  if (wire.name !== null) return [];
  return [refusal("no_name", setlistId, `${place} has no name; its note: ${quote(wire.info)}.`)];
}

function toSet(wire: WireSet): PlayedSet {
  const songs = wire.song.flatMap((song) => (song?.name ? [toSong(song, song.name)] : []));
  return { name: wire.name, encore: wire.encore || null, songs };
}

/** The sets from the one of the two places where they are. */
function setsOf({ sets, set }: WireSetlist): (WireSet | null)[] {
  return set.length > 0 && !sets.some((one) => one && one.song.length > 0) ? set : sets;
}

/** Songs that nobody could name are left out and told of; a set of which nothing is left is none. */
function toSets(wire: (WireSet | null)[], setlistId: string): Records<PlayedSet> {
  const refused = wire.flatMap((set, i) =>
    set
      ? set.song.flatMap((song, j) => songRefusal(song, `Song ${j + 1} of set ${i + 1}`, setlistId))
      : [refusal("malformed", setlistId, `Set ${i + 1} is no object.`)],
  );
  const records = wire.flatMap((set) => (set ? [toSet(set)] : []));
  return { records: records.filter(({ songs }) => songs.length > 0), refused };
}

/**
 * One setlist, or why not: without an id, a version, a named artist, a day of the calendar, or the link that
 * the terms require. Songs and venues without a name are left out of it, and `refused` says so beside the record.
 */
export function toSetlist(wire: WireSetlist | null): Records<SetlistRecord> {
  if (!wire) return refuse("malformed", null, "A setlist is no object.");
  const { id, versionId: version, tour, info: note } = wire;
  if (id === null) return refuse("no_id", null, `A setlist of ${quote(wire.eventDate)} has no id.`);
  if (version === null) return refuse("no_id", id, "The setlist has no version.");
  const artist = performer(wire.artist);
  if (!artist) return refuse("no_artist", id, "The setlist's artist has no name or no MBID.");
  const localDate = dayFromWire(wire.eventDate);
  if (!localDate) return refuse("no_date", id, `The setlist's date is ${quote(wire.eventDate)}.`);
  const url = webAddress(wire.url);
  if (!url) return refuse("malformed", id, `The setlist's link is ${quote(wire.url)}.`);
  const venue = wire.venue && toVenue(wire.venue);
  const sets = toSets(setsOf(wire), id);
  const editedAt = instantFromWire(wire.lastUpdated);
  return {
    records: [{ id, version, artist, localDate, venue, tour, sets: sets.records, note, editedAt, url }],
    refused: [...venueRefusal(wire.venue, id), ...sets.refused],
  };
}

/** What an answer holds, entry by entry, and whether there is more behind page `page` (from 1). */
export function toPage<W, T>(
  { items, total, itemsPerPage }: WirePage<W>,
  page: number,
  convert: (item: W | null) => Records<T>,
): Page<T> {
  const each = items.map(convert);
  const records = each.flatMap((one) => one.records);
  const refused = each.flatMap((one) => one.refused);
  const size = itemsPerPage || PAGE_SIZE;
  const more = total === null ? items.length >= size : page * size < total;
  // A total that is never reached must not be asked for page after page.
  const cutShort = more && items.length === 0;
  if (cutShort) refused.push(refusal("malformed", null, `Page ${page} of ${total} entries is empty.`));
  return { records, refused, total, next: more && !cutShort ? String(page + 1) : null };
}
