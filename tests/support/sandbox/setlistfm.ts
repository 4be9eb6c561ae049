import { likeness, numberOf, plain, slug, type Answer, type Asked } from "./answer.ts";
import { hash } from "./chance.ts";
import { coverName } from "./names.ts";
import { setlistAt, setlistDay, setlistEditedAt, setlistsOf, setlistVenue, type Played, type PlayedSet } from "./setlists.ts";
import type { Venue } from "./venues.ts";
import type { Artist, World } from "./world.ts";

const SETLISTS_OF_A_PAGE = 20;
const ARTISTS_OF_A_PAGE = 30;

function refuse(status: number, said: string, message: string): Answer {
  return { status, json: { code: status, status: said, message, timestamp: "2026-01-01T00:00:00.000+0000" } };
}

const notFound = () => refuse(404, "Not Found", "not found");

/** Version 1.0: artists and setlists. */
export function answerSetlistFm(world: World, { url, path }: Asked): Answer {
  const [, first = "", second = "", third, ...more] = path.split("/").map(decodeURIComponent);
  if (more.length > 0) return notFound();
  if (first === "search" && second === "artists") return searchArtists(world, url);
  if (first === "search" && second === "setlists") return searchSetlists(world, url);
  if (first === "setlist" && second === "version" && third !== undefined) return oneVersion(world, third);
  if (first === "setlist" && third === undefined) return oneSetlist(world, second);
  if (first !== "artist") return notFound();
  const artist = artistOf(world, second);
  if (!artist || (third !== undefined && third !== "setlists")) return notFound();
  if (third === undefined) return { status: 200, json: artistWire(world, artist) };
  return setlistPage(world, setlistsOf(world, artist).map((item) => ({ artist, item })), url);
}

/** setlist.fm knows artists by their MBID. */
function artistOf(world: World, mbid: string): Artist | null {
  const place = world.find("musicbrainz", mbid, "artist");
  return place && world.artist(place.artist);
}

function searchArtists(world: World, url: URL): Answer {
  const name = url.searchParams.get("artistName") ?? "";
  const mbid = url.searchParams.get("artistMbid");
  const found = world.artists
    .filter(({ index }) => world.has({ kind: "artist", artist: index, item: 0 }))
    .map((artist) => ({ artist, score: mbid === null ? likeness(name, world.artistName(artist.index)) : Number(artistOf(world, mbid) === artist) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const page = numberOf(url, "p", 1, 1);
  const items = found.slice((page - 1) * ARTISTS_OF_A_PAGE, page * ARTISTS_OF_A_PAGE);
  if (items.length === 0) return notFound();
  const artist = items.map((one) => artistWire(world, one.artist));
  return { status: 200, json: { type: "artists", itemsPerPage: ARTISTS_OF_A_PAGE, page, total: found.length, artist } };
}

interface Found {
  artist: Artist;
  item: number;
}

function searchSetlists(world: World, url: URL): Answer {
  const query = url.searchParams;
  const mbid = query.get("artistMbid");
  const named = query.get("artistName");
  if (mbid === null && named === null && query.get("date") === null) return refuse(400, "Bad Request", "Bad Request");
  const one = mbid === null ? null : artistOf(world, mbid);
  const artists = mbid !== null ? (one ? [one] : []) : world.artists.filter(({ index }) => named === null || plain(world.artistName(index)) === plain(named));
  const found = artists
    .filter(({ index }) => world.has({ kind: "artist", artist: index, item: 0 }))
    .flatMap((artist) => setlistsOf(world, artist).filter((item) => fits(world, { artist, item }, query)).map((item) => ({ artist, item })));
  return setlistPage(world, found, url);
}

function fits(world: World, { artist, item }: Found, query: URLSearchParams): boolean {
  const day = setlistDay(world, artist, item);
  const date = query.get("date");
  if (date !== null && dayToWire(day) !== date) return false;
  const year = query.get("year");
  if (year !== null && !day.startsWith(year)) return false;
  const since = query.get("lastUpdated");
  if (since !== null && compact(setlistEditedAt(world, artist, item)) < since) return false;
  return fitsPlace(world.venue(setlistVenue(world, artist, item)), query, (venue) => venueId(world, venue));
}

function fitsPlace(venue: Venue, query: URLSearchParams, idOf: (venue: Venue) => string): boolean {
  const wanted: [string, string][] = [
    ["venueId", idOf(venue)],
    ["venueName", venue.name],
    ["cityId", String(1_000_000 + venue.city.index)],
    ["cityName", venue.city.name],
    ["countryCode", venue.city.countryCode],
  ];
  return wanted.every(([name, value]) => !query.has(name) || plain(query.get(name)!) === plain(value));
}

function setlistPage(world: World, found: Found[], url: URL): Answer {
  const page = numberOf(url, "p", 1, 1);
  const items = found.slice((page - 1) * SETLISTS_OF_A_PAGE, page * SETLISTS_OF_A_PAGE);
  if (items.length === 0) return notFound();
  const setlist = items.map(({ artist, item }) => setlistWire(world, artist, item));
  return { status: 200, json: { type: "setlists", itemsPerPage: SETLISTS_OF_A_PAGE, page, total: found.length, setlist } };
}

function oneSetlist(world: World, id: string): Answer {
  const place = world.find("setlistfm", id, "setlist");
  return place ? { status: 200, json: setlistWire(world, world.artist(place.artist), place.item) } : notFound();
}

function oneVersion(world: World, id: string): Answer {
  const found = world.ids.findVersion(id);
  const artist = found && world.artists[found.artist];
  if (!artist || found.item >= artist.counts.setlist) return notFound();
  const newest = setlistAt(world, artist, found.item).version;
  return found.version <= newest ? { status: 200, json: setlistWire(world, artist, found.item, found.version) } : notFound();
}

function artistWire(world: World, artist: Artist) {
  const name = world.artistName(artist.index);
  return {
    mbid: world.id("musicbrainz", { kind: "artist", artist: artist.index, item: 0 }),
    ...{ name, sortName: name.startsWith("The ") ? `${name.slice(4)}, The` : name, disambiguation: artist.disambiguation },
    url: `https://www.setlist.fm/setlists/${slug(name)}-${hash(world.seed, artist.index).toString(16)}.html`,
  };
}

/** Somebody who is in setlists only. */
function other(world: World, name: string, item: number) {
  const mbid = world.ids.of("musicbrainz", { kind: "cover", artist: 0, item, generation: 0 });
  return { mbid, name, sortName: name, disambiguation: "", url: `https://www.setlist.fm/setlists/${slug(name)}-${mbid.slice(0, 8)}.html` };
}

function setlistWire(world: World, artist: Artist, item: number, version?: number) {
  const setlist = setlistAt(world, artist, item, version);
  const venue = world.venue(setlist.venue);
  const id = world.id("setlistfm", { kind: "setlist", artist: artist.index, item });
  const where = `${slug(venue.name)}-${slug(venue.city.name)}-${slug(venue.city.country)}`;
  return {
    id,
    versionId: world.ids.version(artist.index, item, setlist.version),
    eventDate: dayToWire(setlist.localDate),
    lastUpdated: new Date(setlist.editedAt).toISOString().replace("Z", "+0000"),
    artist: artistWire(world, artist),
    venue: venueWire(world, venue),
    ...(setlist.tour !== null && { tour: { name: setlist.tour } }),
    sets: { set: setlist.sets.map((set) => setWire(world, set)) },
    ...(setlist.info !== null && { info: setlist.info }),
    url: `https://www.setlist.fm/setlist/${slug(world.artistName(artist.index))}/${setlist.localDate.slice(0, 4)}/${where}-${id}.html`,
  };
}

function setWire(world: World, { name, encore, songs }: PlayedSet) {
  return { ...(name !== null && { name }), ...(encore !== null && { encore }), song: songs.map((song) => songWire(world, song)) };
}

function songWire(world: World, { name, cover, guest, tape, info }: Played) {
  return {
    name,
    ...(guest !== null && { with: other(world, guest, 1_000 + (hash(guest) % 1_000)) }),
    ...(cover !== null && { cover: other(world, coverName(cover), cover) }),
    ...(info !== null && { info }),
    ...(tape && { tape: true }),
  };
}

function venueId(world: World, venue: Venue): string {
  return world.id("setlistfm", { kind: "venue", artist: 0, item: venue.index });
}

function venueWire(world: World, venue: Venue) {
  const { city } = venue;
  const id = venueId(world, venue);
  return {
    id,
    name: venue.without === "name" ? "" : venue.name,
    city: {
      id: String(1_000_000 + city.index),
      name: city.name,
      ...(city.region !== null && { state: city.region, stateCode: city.regionCode }),
      coords: { lat: city.latitude, long: city.longitude },
      country: { code: city.countryCode, name: city.country },
    },
    url: `https://www.setlist.fm/venue/${slug(venue.name)}-${slug(city.name)}-${id}.html`,
  };
}

function dayToWire(day: string): string {
  return day.split("-").reverse().join("-");
}

function compact(at: number): string {
  return new Date(at).toISOString().replace(/\D/g, "").slice(0, 14);
}
