import { likeness, numberOf, type Answer, type Asked } from "./answer.ts";
import { albumAt, recordingAt, type Album, type AlbumForm } from "./catalogue.ts";
import { hash } from "./chance.ts";
import type { Place } from "./ids.ts";
import type { Artist, World } from "./world.ts";

/** What a new app gets of a search at most. */
const SEARCH_REACH = 1_000;
const MOST = { search: 10, albums: 10, tracks: 50 };
/** Tracks of one album that have a number: the id has no more room. */
const MOST_TRACKS = 256;

function refuse(status: number, message: string): Answer {
  return { status, json: { error: { status, message } } };
}

/** The Web API as a new app of 2026 finds it. */
export function answerSpotify(world: World, { url, path }: Asked): Answer {
  const [, list = "", id = "", part] = path.split("/");
  if (list === "search") return search(world, url);
  const kind = list === "artists" ? "artist" : list === "albums" ? "album" : null;
  if (!kind || id === "") return refuse(404, "Service not found");
  if (!/^[\dA-Za-z]{22}$/.test(id)) return refuse(400, "Invalid base62 id");
  const place = world.find("spotify", id, kind);
  if (!place || !world.has({ kind: "artist", artist: place.artist, item: 0 })) return refuse(404, "Resource not found");
  const artist = world.artist(place.artist);
  if (kind === "artist" && part === undefined) return { status: 200, json: artistWire(world, artist, place.item) };
  if (kind === "artist" && part === "albums") return page(albumsOf(world, artist).filter((item) => world.pageOf("spotify", artist.index, item).item === place.item), url, MOST.albums, (item) => albumWire(world, artist, albumAt(world, artist, item)));
  const album = kind === "album" ? albumAt(world, artist, place.item) : null;
  if (album && part === undefined) return { status: 200, json: albumWire(world, artist, album) };
  if (album && part === "tracks") return page(tracksOf(world, artist, album), url, MOST.tracks, (track) => trackWire(world, artist, album, track));
  return refuse(404, "Service not found");
}

function search(world: World, url: URL): Answer {
  const q = url.searchParams.get("q");
  if (!q) return refuse(400, "No search query");
  if (url.searchParams.get("type") !== "artist") return refuse(400, "Bad search type field");
  const found = world.artists
    .flatMap((artist) => world.pagesAt("spotify", artist.index).map(({ item }) => ({ artist, item, score: likeness(q, world.nameAt("spotify", artist.index)) })))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, SEARCH_REACH);
  const answer = page(found, url, MOST.search, ({ artist, item }) => artistWire(world, artist, item));
  return answer.status === 200 ? { status: 200, json: { artists: answer.json } } : answer;
}

/** More than is allowed on a page is refused, not cut. */
function page<T>(found: readonly T[], url: URL, most: number, wire: (item: T) => object): Answer {
  const limit = numberOf(url, "limit", Math.min(20, most));
  const offset = numberOf(url, "offset", 0);
  if (limit < 1 || limit > most) return refuse(400, "Invalid limit");
  const at = (start: number) => {
    const next = new URL(`https://api.spotify.com${url.pathname}${url.search}`);
    next.searchParams.set("offset", String(start));
    return next.href;
  };
  const next = offset + limit < found.length ? at(offset + limit) : null;
  const previous = offset > 0 ? at(Math.max(0, offset - limit)) : null;
  return { status: 200, json: { href: at(offset), limit, next, offset, previous, total: found.length, items: found.slice(offset, offset + limit).map(wire) } };
}

/** Numbers of all albums, the newest first. */
export function albumsOf(world: World, artist: Artist): readonly number[] {
  const place = (item: number): Place => ({ kind: "album", artist: artist.index, item });
  return world.list(`spotify albums ${artist.index}`, artist.counts.album, place, (items) => items.reverse());
}

/** Without videos, which Spotify does not list here, and without what was taken away. */
export function tracksOf(world: World, artist: Artist, album: Album): { item: number; at: number }[] {
  return album.tracks
    .slice(0, MOST_TRACKS)
    .map((item, at) => ({ item, at }))
    .filter(({ at }) => world.has({ kind: "track", artist: artist.index, item: album.item * MOST_TRACKS + at }));
}

function linked(kind: string, id: string) {
  const href = `https://api.spotify.com/v1/${kind}s/${id}`;
  return { id, type: kind, uri: `spotify:${kind}:${id}`, href, external_urls: { spotify: `https://open.spotify.com/${kind}/${id}` } };
}

function images(id: string) {
  return [640, 300, 64].map((width) => ({ width, height: width, url: `https://i.scdn.co/image/${id}${width}` }));
}

function artistWire(world: World, { index, genre }: Artist, item: number) {
  const id = world.id("spotify", { kind: "artist", artist: index, item });
  return { ...linked("artist", id), name: world.nameAt("spotify", index), genres: index % 2 === 0 ? [genre.toLowerCase()] : [], images: images(id) };
}

function credited(world: World, index: number, album: number, guest: string | null) {
  const own = { ...linked("artist", world.id("spotify", world.pageOf("spotify", index, album))), name: world.nameAt("spotify", index) };
  if (guest === null) return [own];
  const id = world.ids.of("spotify", { kind: "support", artist: 1, item: hash(guest) % 2 ** 24, generation: 0 });
  return [own, { ...linked("artist", id), name: guest }];
}

const TYPES: Record<AlbumForm, string> = { album: "album", deluxe: "album", live: "album", single: "single", ep: "single", compilation: "compilation" };

function albumWire(world: World, artist: Artist, album: Album) {
  const id = world.id("spotify", { kind: "album", artist: artist.index, item: album.item });
  const precision = ["year", "month", "day"][album.releasedOn.split("-").length - 1];
  return {
    ...linked("album", id),
    name: album.title,
    album_type: TYPES[album.form],
    total_tracks: tracksOf(world, artist, album).length,
    ...{ release_date: album.releasedOn, release_date_precision: precision },
    ...{ images: images(id), artists: credited(world, artist.index, album.item, null) },
  };
}

function trackWire(world: World, artist: Artist, album: Album, { item, at }: { item: number; at: number }) {
  const recording = recordingAt(world, artist, item);
  const id = world.id("spotify", { kind: "track", artist: artist.index, item: album.item * MOST_TRACKS + at });
  const feat = recording.guest === null ? "" : ` (feat. ${recording.guest})`;
  return {
    ...linked("track", id),
    name: `${recording.title}${feat}${recording.behind}`,
    artists: credited(world, artist.index, album.item, recording.guest),
    ...{ disc_number: 1, track_number: at + 1, duration_ms: recording.durationMs ?? 180_000, explicit: false, is_local: false },
    ...(recording.isrcs.length > 0 && at % 2 === 0 && { external_ids: { isrc: recording.isrcs[0] } }),
  };
}
