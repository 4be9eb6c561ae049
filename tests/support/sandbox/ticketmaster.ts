import { likeness, numberOf, plain, slug, type Answer, type Asked } from "./answer.ts";
import { supportName } from "./names.ts";
import { allShows, billedName, showAt, showsOf, type Billed, type Show } from "./shows.ts";
import type { Venue } from "./venues.ts";
import type { World } from "./world.ts";

/** The most of a list that is given out. */
const REACH = 1_000;
const MOST_OF_A_PAGE = 200;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const MUSIC = { id: "KZFzniwnSyZfZ7v7nJ", name: "Music" };
const EARTH_KM = 6_371;

function refuse(status: number, code: string, detail: string): Answer {
  const about = { href: `/discovery/v2/errors.html#${code}` };
  return { status, json: { errors: [{ code, detail, status: String(status), _links: { about } }] } };
}

/** Discovery v2: attractions, events and venues. */
export function answerTicketmaster(world: World, { url, path }: Asked): Answer {
  const [, api, version, list = "", single, ...more] = path.replace(/\.json$/, "").split("/");
  if (api !== "discovery" || version !== "v2" || more.length > 0) return { status: 404, json: { fault: { faultstring: "Unable to identify proxy", detail: { errorcode: "messaging.adaptors.http.flow.ApplicationNotFound" } } } };
  if (single === undefined && list === "events") return events(world, url);
  if (single === undefined && list === "attractions") return attractions(world, url);
  const found = single === undefined ? null : lookUp(world, list, single);
  return found ? { status: 200, json: found } : refuse(404, "DIS1004", `Resource not found with provided criteria (locale=${url.searchParams.get("locale")}, id=${single})`);
}

function lookUp(world: World, list: string, id: string): object | null {
  if (list === "events") {
    const place = world.find("ticketmaster", id, "show", "festival");
    return place && eventWire(world, showAt(world, place));
  }
  if (list === "venues") {
    const place = world.find("ticketmaster", id, "venue");
    return place && venueWire(world, world.venue(place.item));
  }
  const place = list === "attractions" ? world.find("ticketmaster", id, "artist", "support") : null;
  return place && attractionWire(world, place.kind === "artist" ? { artist: place.artist } : { support: place.item }, place.item);
}

function attractions(world: World, url: URL): Answer {
  const keyword = url.searchParams.get("keyword") ?? "";
  const found = world.artists
    .flatMap(({ index }) => world.pagesAt("ticketmaster", index).map(({ item }) => ({ billed: { artist: index }, item, score: likeness(keyword, world.nameAt("ticketmaster", index)) })))
    .filter(({ score }) => keyword === "" || score > 0)
    .sort((a, b) => b.score - a.score);
  return page(found, url, "attractions", ({ billed, item }) => attractionWire(world, billed, item));
}

function events(world: World, url: URL): Answer {
  const query = url.searchParams;
  const wrong = ["startDateTime", "endDateTime"].find((name) => query.has(name) && !INSTANT.test(query.get(name)!));
  if (wrong) return refuse(400, "DIS1015", `Query param with date must be of valid format YYYY-MM-DDTHH:mm:ssZ {example: 2020-08-01T14:00:00Z }: ${wrong}`);
  return page(sought(world, query).filter((show) => isAsked(show, query)), url, "events", (show) => eventWire(world, show));
}

function sought(world: World, query: URLSearchParams): readonly Show[] {
  const id = query.get("attractionId");
  if (id !== null) {
    const place = world.find("ticketmaster", id, "artist");
    if (!place) return [];
    return showsOf(world, world.artist(place.artist)).filter((show) => world.pageOf("ticketmaster", place.artist, show.place.item).item === place.item);
  }
  return allShows(world).filter((show) => isAt(world.venue(show.venue), query));
}

function isAt({ city, latitude, longitude }: Venue, query: URLSearchParams): boolean {
  const same = (name: string, value: string | null) => !query.has(name) || plain(query.get(name)!) === plain(value ?? "");
  if (!same("city", city.name) || !same("countryCode", city.countryCode) || !same("stateCode", city.regionCode)) return false;
  const [lat, long] = (query.get("latlong") ?? "").split(",").map(Number);
  if (lat === undefined || long === undefined) return true;
  const km = Number(query.get("radius") ?? 100) * (query.get("unit") === "km" ? 1 : 1.609);
  return distance([lat, long], [latitude, longitude]) <= km;
}

function distance(a: [number, number], b: [number, number]): number {
  const rad = Math.PI / 180;
  const [p, q] = [a[0] * rad, b[0] * rad];
  const h = Math.sin((q - p) / 2) ** 2 + Math.cos(p) * Math.cos(q) * Math.sin(((b[1] - a[1]) * rad) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(h));
}

/** Without dates in the query what has none is among them, TBA and TBD by request. */
function isAsked({ startsAt, undated }: Show, query: URLSearchParams): boolean {
  if (undated === "TBA" && query.get("includeTBA") !== "yes") return false;
  if (undated === "TBD" && query.get("includeTBD") !== "yes") return false;
  const [from, to] = ["startDateTime", "endDateTime"].map((name) => (query.has(name) ? Date.parse(query.get(name)!) : null));
  if (from === null && to === null) return true;
  return startsAt !== null && startsAt >= (from ?? -Infinity) && startsAt <= (to ?? Infinity);
}

function page<T>(found: readonly T[], url: URL, of: string, wire: (item: T) => object): Answer {
  const size = numberOf(url, "size", 20, 1, MOST_OF_A_PAGE);
  const number = numberOf(url, "page", 0);
  if (number * size >= REACH) return refuse(400, "DIS1035", "API Limits Exceeded: Max paging depth exceeded. (page * size) must be less than 1,000");
  const items = found.slice(number * size, Math.min(REACH, (number + 1) * size)).map(wire);
  const totals = { size, totalElements: found.length, totalPages: Math.ceil(found.length / size), number };
  return { status: 200, json: { ...(items.length > 0 && { _embedded: { [of]: items } }), _links: { self: { href: url.pathname } }, page: totals } };
}

function genreOf(world: World, billed: Billed): string {
  return "artist" in billed ? world.artist(billed.artist).genre : "Undefined";
}

function classified(genre: string) {
  return [{ primary: true, segment: MUSIC, genre: { id: "KnvZfZ7vAeA", name: genre }, subGenre: { id: "KZazBEonSMnZfZ7v6dt", name: "Undefined" }, family: false }];
}

function attractionWire(world: World, billed: Billed, page: number) {
  const name = "artist" in billed ? billedName(world, billed) : supportName(billed.support);
  const place = "artist" in billed ? ({ kind: "artist", artist: billed.artist, item: page } as const) : ({ kind: "support", artist: 0, item: billed.support } as const);
  const id = world.id("ticketmaster", place);
  return {
    ...{ name, type: "attraction", id, test: false, locale: "en-us" },
    url: `https://www.ticketmaster.com/${slug(name)}-tickets/artist/${id}`,
    ...("artist" in billed && { externalLinks: linksOf(world, billed.artist, name, page), aliases: world.artist(billed.artist).aliases.map((alias) => alias.toLowerCase()) }),
    images: [640, 2048].map((width) => ({ ratio: "16_9", url: `https://s1.ticketm.net/dam/${id}_${width}.jpg`, width, height: (width * 9) / 16, fallback: false })),
    classifications: classified(genreOf(world, billed)),
  };
}

function linksOf(world: World, artist: number, name: string, page: number) {
  const homepage = [{ url: `https://${slug(name)}.example/` }];
  // Pages that were made twice are those that nobody has linked.
  if (page > 0 || !world.artist(artist).links.includes("ticketmaster")) return { homepage };
  const place = { kind: "artist", artist, item: 0 } as const;
  const mbid = world.id("musicbrainz", place);
  return {
    musicbrainz: [{ id: mbid, url: `https://musicbrainz.org/artist/${mbid}` }],
    spotify: [{ url: `https://open.spotify.com/artist/${world.id("spotify", place)}?autoplay=true` }],
    homepage,
  };
}

function venueWire(world: World, { index, name, city, latitude, longitude, without }: Venue) {
  const id = world.id("ticketmaster", { kind: "venue", artist: 0, item: index });
  return {
    ...(without !== "name" && { name }),
    ...{ type: "venue", id, test: false, url: `https://www.ticketmaster.com/${slug(name)}-tickets/venue/${id}`, locale: "en-us" },
    ...(without !== "time zone" && { timezone: city.timeZone }),
    city: { name: city.name },
    ...(city.region !== null && { state: { name: city.region, stateCode: city.regionCode } }),
    country: { name: city.country, countryCode: city.countryCode },
    address: { line1: `${index + 1} Lantern Street` },
    ...(without !== "coordinates" && { location: { longitude: longitude.toFixed(6), latitude: latitude.toFixed(6) } }),
  };
}

function eventWire(world: World, show: Show) {
  const id = world.id("ticketmaster", show.place);
  const main = show.bill[0]!;
  return {
    ...{ name: show.name, type: "event", id, test: false, locale: "en-us" },
    url: `https://www.ticketmaster.com/${slug(show.name)}-tickets/event/${id}`,
    images: [],
    dates: datesWire(world, show),
    classifications: classified(genreOf(world, main)),
    _links: { self: { href: `/discovery/v2/events/${id}?locale=en-us` } },
    _embedded: { venues: [venueWire(world, world.venue(show.venue))], attractions: show.bill.map((billed) => attractionWire(world, billed, "artist" in billed ? world.pageOf("ticketmaster", billed.artist, show.place.item).item : 0)) },
  };
}

function datesWire(world: World, { localDate, localTime, startsAt, undated, status, formerDate, venue }: Show) {
  const { city, without } = world.venue(venue);
  const flags = { dateTBD: undated === "TBD", dateTBA: undated === "TBA", timeTBA: startsAt === null, noSpecificTime: false };
  const dated = startsAt === null ? { ...(formerDate !== null && { localDate: formerDate }) } : { localDate, localTime, dateTime: `${new Date(startsAt).toISOString().slice(0, 19)}Z` };
  return {
    start: { ...dated, ...flags },
    ...(formerDate !== null && { initialStartDate: { localDate: formerDate } }),
    ...(without !== "time zone" && { timezone: city.timeZone }),
    status: { code: status },
    spanMultipleDays: false,
  };
}
