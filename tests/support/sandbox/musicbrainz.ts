import { likeness, numberOf, slug, type Answer, type Asked } from "./answer.ts";
import { albumAt, recordingAt, titleOf, type Album, type AlbumForm, type Recording } from "./catalogue.ts";
import { hash } from "./chance.ts";
import type { Place } from "./ids.ts";
import type { Artist, World } from "./world.ts";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const INCS: Record<string, string[]> = {
  artist: ["url-rels", "aliases", "genres", "tags", "ratings", "annotation"],
  recording: ["artist-credits", "artists", "isrcs", "work-rels", "releases", "url-rels"],
  work: ["aliases", "artist-rels", "url-rels"],
  "release-group": ["artist-credits", "artists", "releases", "aliases", "genres"],
  release: ["recordings", "artist-credits", "isrcs", "media", "labels", "release-groups"],
};

const lists = { recording: "recordings", work: "works", "release-group": "release-groups", release: "releases", artist: "artists" } as const;

function refuse(status: number, error: string): Answer {
  return { status, json: { error, help: "For usage, please see: https://musicbrainz.org/development/mmd" } };
}

const notFound = () => refuse(404, "Not Found");

/** WS2: artists, recordings, works, albums and editions. */
export function answerMusicBrainz(world: World, { url, path }: Asked): Answer {
  const [, entity = "", mbid, ...more] = path.split("/");
  if (!Object.hasOwn(lists, entity) || more.length > 0) return refuse(400, "Invalid request");
  const incs = (url.searchParams.get("inc") ?? "").split(/[ +]/).filter(Boolean);
  const wrong = incs.find((inc) => !INCS[entity]!.includes(inc));
  if (wrong !== undefined) return refuse(400, `${wrong} is not a valid inc parameter for the ${entity} resource.`);
  if (mbid !== undefined) return UUID.test(mbid) ? lookUp(world, entity, mbid.toLowerCase(), new Set(incs)) : refuse(400, "Invalid mbid.");
  return url.searchParams.has("query") ? search(world, entity, url) : browse(world, entity as keyof typeof lists, url, new Set(incs));
}

function lookUp(world: World, entity: string, mbid: string, incs: Set<string>): Answer {
  const kind = entity === "release-group" ? "album" : entity;
  const place = world.find("musicbrainz", mbid, kind as Place["kind"]);
  if (!place) return notFound();
  const artist = world.artist(place.artist);
  if (kind === "artist") return { status: 200, json: artistWire(world, artist, incs) };
  if (kind === "recording") return { status: 200, json: recordingWire(world, artist, place.item, incs) };
  if (kind === "work") return { status: 200, json: workWire(world, artist, place.item, incs) };
  if (kind === "album") return { status: 200, json: groupWire(world, albumAt(world, artist, place.item), artist) };
  return { status: 200, json: releaseWire(world, albumAt(world, artist, place.item), artist, incs) };
}

/** By name and aliases, in the order of likeness. */
function search(world: World, entity: string, url: URL): Answer {
  if (entity !== "artist") return refuse(400, "Searches here are for artists.");
  const sought = url.searchParams.get("query")!.replace(/\\(.)/g, "$1");
  const found = world.artists
    .filter(({ index }) => world.has({ kind: "artist", artist: index, item: 0 }))
    .map((artist) => ({ artist, score: Math.max(...[world.artistName(artist.index), ...artist.aliases].map((name) => likeness(sought, name))) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const offset = numberOf(url, "offset", 0);
  const page = found.slice(offset, offset + numberOf(url, "limit", 25, 1, 100));
  const artists = page.map(({ artist, score }) => ({ ...artistWire(world, artist, new Set(["aliases"])), score }));
  return { status: 200, json: { created: new Date(world.now).toISOString(), count: found.length, offset, artists } };
}

function browse(world: World, entity: keyof typeof lists, url: URL, incs: Set<string>): Answer {
  if (entity === "release") return editions(world, url, incs);
  const linked = url.searchParams.get("artist");
  if (linked === null || entity === "artist") return refuse(400, "Must include an entity for browse requests.");
  if (!UUID.test(linked)) return refuse(400, "Invalid mbid.");
  const place = world.find("musicbrainz", linked.toLowerCase(), "artist");
  if (!place) return notFound();
  const artist = world.artist(place.artist);
  const items = listOf(world, artist, entity);
  const offset = numberOf(url, "offset", 0);
  const page = items.slice(offset, offset + numberOf(url, "limit", 25, 1, 100)).map((item) => wireOf(world, artist, entity, item, incs));
  return { status: 200, json: { [lists[entity]]: page, [`${entity}-count`]: items.length, [`${entity}-offset`]: offset } };
}

/** Numbers of what MusicBrainz lists under the artist: a deluxe edition is no album of its own there. */
export function listOf(world: World, artist: Artist, entity: "recording" | "work" | "release-group"): readonly number[] {
  const kind = entity === "release-group" ? "album" : entity;
  const place = (item: number): Place => ({ kind, artist: artist.index, item });
  const only = entity === "release-group" ? (items: number[]) => items.filter((item) => albumAt(world, artist, item).form !== "deluxe") : undefined;
  return world.list(`${entity} ${artist.index}`, artist.counts[kind], place, only);
}

function wireOf(world: World, artist: Artist, entity: "recording" | "work" | "release-group", item: number, incs: Set<string>) {
  if (entity === "recording") return recordingWire(world, artist, item, incs);
  return entity === "work" ? workWire(world, artist, item, incs) : groupWire(world, albumAt(world, artist, item), artist);
}

/** One official edition of each album. */
function editions(world: World, url: URL, incs: Set<string>): Answer {
  const mbid = url.searchParams.get("release-group");
  if (mbid === null || !UUID.test(mbid)) return refuse(400, "Must include an entity for browse requests.");
  const place = world.find("musicbrainz", mbid.toLowerCase(), "album");
  if (!place) return notFound();
  const artist = world.artist(place.artist);
  const offset = numberOf(url, "offset", 0);
  const releases = offset === 0 ? [releaseWire(world, albumAt(world, artist, place.item), artist, incs)] : [];
  return { status: 200, json: { releases, "release-count": 1, "release-offset": offset } };
}

function artistWire(world: World, artist: Artist, incs: Set<string>) {
  const name = world.artistName(artist.index);
  const place: Place = { kind: "artist", artist: artist.index, item: 0 };
  return {
    id: world.id("musicbrainz", place),
    name,
    "sort-name": sortName(name),
    disambiguation: artist.disambiguation,
    type: artist.index % 3 === 2 ? "Person" : "Group",
    country: artist.country,
    area: { id: world.ids.of("musicbrainz", { kind: "city", artist: 0, item: artist.index, generation: 0 }), name: artist.country, "sort-name": artist.country, "iso-3166-1-codes": [artist.country] },
    "life-span": { begin: String(artist.since - 2), end: null, ended: false },
    ...(incs.has("aliases") && { aliases: artist.aliases.map((alias) => ({ name: alias, "sort-name": alias, locale: null, type: null, primary: null })) }),
    ...(incs.has("genres") && { genres: [{ id: world.ids.of("musicbrainz", { kind: "city", artist: 1, item: 0, generation: 0 }), name: artist.genre.toLowerCase(), count: 5, disambiguation: "" }] }),
    ...(incs.has("url-rels") && { relations: linksOf(world, artist, name, place) }),
  };
}

function sortName(name: string): string {
  return name.startsWith("The ") ? `${name.slice(4)}, The` : name;
}

function linksOf(world: World, artist: Artist, name: string, place: Place) {
  const number = 10_000_000 + (hash(world.seed, artist.index, "setlist page") % 90_000_000);
  const links: [string, string, boolean][] = [
    ["official homepage", `https://${slug(name)}.example/`, false],
    ...(artist.links.includes("musicbrainz") ? [["free streaming", `https://open.spotify.com/artist/${world.id("spotify", place)}`, false] satisfies [string, string, boolean]] : []),
    ["setlistfm", `https://www.setlist.fm/setlists/${slug(name)}-${number.toString(16)}.html`, false],
    ["purchase for download", `https://www.ticketmaster.com/artist/${1_000_000 + artist.index}`, true],
  ];
  return links.map(([type, resource, ended]) => ({
    ...{ type, ended, direction: "forward", attributes: [], begin: null, end: null, "target-type": "url" },
    url: { resource },
  }));
}

function creditWire(world: World, artist: Artist, guest: string | null) {
  const name = world.artistName(artist.index);
  const id = world.id("musicbrainz", { kind: "artist", artist: artist.index, item: 0 });
  const own = { name, joinphrase: guest === null ? "" : " feat. ", artist: { id, name, "sort-name": sortName(name), disambiguation: artist.disambiguation } };
  if (guest === null) return [own];
  const guestId = world.ids.of("musicbrainz", { kind: "support", artist: 1, item: hash(guest) % 2 ** 24, generation: 0 });
  return [own, { name: guest, joinphrase: "", artist: { id: guestId, name: guest, "sort-name": sortName(guest), disambiguation: "" } }];
}

function recordingWire(world: World, artist: Artist, item: number, incs: Set<string>) {
  const recording = recordingAt(world, artist, item);
  return {
    id: world.id("musicbrainz", { kind: "recording", artist: artist.index, item }),
    title: `${recording.title}${recording.suffix}`,
    disambiguation: recording.note,
    length: recording.durationMs,
    video: recording.version === "video",
    "first-release-date": recording.releasedOn,
    ...(incs.has("isrcs") && { isrcs: recording.isrcs }),
    ...(incs.has("artist-credits") && { "artist-credit": creditWire(world, artist, recording.guest) }),
    ...(incs.has("work-rels") && { relations: performanceOf(world, artist, recording) }),
  };
}

/** A remix says at times of which work it is none. */
function performanceOf(world: World, artist: Artist, { song, version, item }: Recording) {
  const unsaid = version === "remix" && hash(world.seed, artist.index, item, "no work") % 2 === 0;
  if (song === null || unsaid || !world.has({ kind: "work", artist: artist.index, item: song })) return [];
  const marks = ["live", "instrumental", "demo"].filter((mark) => mark === version);
  const work = { id: world.id("musicbrainz", { kind: "work", artist: artist.index, item: song }), title: titleOf(world, artist.index, song), disambiguation: "" };
  return [{ type: "performance", direction: "forward", "target-type": "work", ended: false, attributes: marks, begin: null, end: null, work }];
}

function workWire(world: World, artist: Artist, item: number, incs: Set<string>) {
  const title = titleOf(world, artist.index, item);
  const aliased = hash(world.seed, artist.index, item, "alias") % 20 === 0;
  return {
    id: world.id("musicbrainz", { kind: "work", artist: artist.index, item }),
    title,
    disambiguation: "",
    type: "Song",
    language: "eng",
    languages: ["eng"],
    iswcs: [],
    attributes: [],
    ...(incs.has("aliases") && { aliases: aliased ? [{ name: `${title} (Part 1)`, "sort-name": title, locale: null, type: null, primary: null }] : [] }),
  };
}

const TYPES: Record<AlbumForm, [string, string[]]> = {
  album: ["Album", []],
  deluxe: ["Album", []],
  single: ["Single", []],
  ep: ["EP", []],
  live: ["Album", ["Live"]],
  compilation: ["Album", ["Compilation"]],
};

function groupWire(world: World, { item, title, form, releasedOn }: Album, artist: Artist) {
  const [primary, secondary] = TYPES[form];
  return {
    id: world.id("musicbrainz", { kind: "album", artist: artist.index, item }),
    ...{ title, disambiguation: "", "first-release-date": releasedOn, "primary-type": primary, "secondary-types": secondary },
  };
}

function releaseWire(world: World, album: Album, artist: Artist, incs: Set<string>) {
  const place = { kind: "release", artist: artist.index, item: album.item } as const;
  const id = world.id("musicbrainz", place);
  const there = album.tracks.flatMap((item) => {
    const change = world.changeOf({ kind: "recording", artist: artist.index, item });
    return change?.deleted ? [] : [change?.mergedInto?.item ?? item];
  });
  const tracks = there.map((item, i) => {
    const recording = recordingWire(world, artist, item, incs);
    const trackId = world.ids.of("musicbrainz", { kind: "track", artist: artist.index, item: album.item * 256 + i, generation: 0 });
    return { id: trackId, number: String(i + 1), position: i + 1, title: recording.title, length: recording.length, recording };
  });
  const media = [{ position: 1, format: "CD", title: "", "track-offset": 0, "track-count": tracks.length, ...(incs.has("recordings") && { tracks }) }];
  return { id, title: album.title, status: "Official", date: album.releasedOn, country: artist.country, disambiguation: "", media };
}
