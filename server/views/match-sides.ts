import type { ListedMatch } from "#db/queries/match-lists.ts";
import {
  artistsInFull,
  idsOfArtists,
  idsOfShows,
  idsOfVenues,
  showsInFull,
  songsInFull,
  variantsInFull,
  venuesInFull,
  type ArtistInFull,
  type SongInFull,
  type VenueInFull,
} from "#db/queries/match-sides.ts";
import { iso } from "../domain/instant.ts";
import type { LinkKind } from "../domain/matching/link-file.ts";
import type { ArtistSide as ToldOfArtist } from "../domain/matching/score-artists.ts";
import type { Provider } from "../domain/provider-records.ts";
import { localDateAt } from "../domain/show-time.ts";
import type { Reader } from "./reader.ts";

/** An id at a provider by which one of ours is known. */
export interface KnownId {
  provider: Provider;
  providerId: string;
  /** The page there. */
  url: string | null;
  status: "automatic" | "approved" | "rejected";
  /** What it is called there; null where that was not read. */
  name: string | null;
}

interface Upcoming {
  localDate: string;
  /** The venue of an artist's show, the artist of a venue's. */
  with: string;
  city: string | null;
}

interface Known {
  id: number;
  name: string;
  path: string;
  ids: KnownId[];
  votes: number;
}

export interface ArtistSide extends Known {
  kind: "artist";
  sortName: string | null;
  aliases: string[];
  country: string | null;
  genres: string[];
  disambiguation: string | null;
  songs: number;
  titles: string[];
  shows: number;
  upcoming: Upcoming[];
}

export interface VenueSide extends Known {
  kind: "venue";
  /** What providers call it, where that is another name. */
  aliases: string[];
  city: string | null;
  region: string | null;
  country: string | null;
  latitude: number | null;
  longitude: number | null;
  capacity: number | null;
  timeZone: string;
  shows: number;
  upcoming: Upcoming[];
}

export interface ShowSide extends Known {
  kind: "show";
  artist: { name: string; path: string };
  venue: { name: string; path: string; city: string | null; country: string | null; latitude: number | null; longitude: number | null; timeZone: string };
  localDate: string;
  startsAt: string | null;
  tour: string | null;
  status: "upcoming" | "ongoing" | "completed" | "cancelled" | "postponed";
  tickets: { provider: Provider; url: string }[];
  setlists: number;
}

export interface SongSide extends Known {
  kind: "song";
  artist: { name: string; path: string };
  /** As providers write it. */
  titles: string[];
  albums: string[];
  /** Of its recordings in a studio, the shortest and the longest in ms; null where nobody has said. */
  durations: { shortest: number; longest: number } | null;
  /** Of its releases, the first and the last one. */
  years: { first: string; last: string } | null;
  /** How often setlists have it. */
  played: number;
}

/** A provider's record that is none of ours yet. */
export interface RecordSide {
  kind: "record";
  name: string;
  about: string | null;
  provider: Provider;
  providerId: string;
  url: string | null;
}

export type MatchSide = ArtistSide | VenueSide | ShowSide | SongSide | RecordSide;

/** What is known of some of ours, in the order asked for; those that are gone are left out. */
export async function sidesInFull(reader: Reader, kind: LinkKind, ids: readonly number[], now: number): Promise<MatchSide[]> {
  const found = await SIDES[kind](reader, ids, now);
  return ids.flatMap((id) => found.find((side) => side.id === id) ?? []);
}

export function recordSide({ record, provider, providerId }: ListedMatch): RecordSide {
  return { kind: "record", name: record?.name ?? providerId!, about: record?.about ?? null, provider: provider!, providerId: providerId!, url: record?.url ?? null };
}

type Load = (reader: Reader, ids: readonly number[], now: number) => Promise<Exclude<MatchSide, RecordSide>[]>;

const SIDES: Record<LinkKind, Load> = {
  async artist(reader, ids, now) {
    const known = await idsOfArtists(reader, ids);
    return (await artistsInFull(reader, ids, today(now))).map((row) => artistSide(row, known.filter(({ of }) => of === row.id)));
  },
  async venue(reader, ids, now) {
    const known = await idsOfVenues(reader, ids);
    return (await venuesInFull(reader, ids, today(now))).map((row) => venueSide(row, known.filter(({ of }) => of === row.id)));
  },
  async show(reader, ids) {
    const known = await idsOfShows(reader, ids);
    return (await showsInFull(reader, ids)).map((row) => showSide(row, known.filter(({ of }) => of === row.id)));
  },
  async song(reader, ids) {
    const rows = await songsInFull(reader, ids);
    const variants = new Map<number, Variant[]>();
    for (const id of ids) variants.set(id, await variantsInFull(reader, id, SOME_VARIANTS));
    return rows.map((row) => songSide(row, variants.get(row.id)!));
  },
};

const SOME_VARIANTS = 60;

function today(now: number): string {
  return localDateAt(now, "UTC");
}

function artistSide({ slug, genre, upcoming, ...row }: ArtistInFull, known: Awaited<ReturnType<typeof idsOfArtists>>): ArtistSide {
  const told = known.flatMap(({ record, status }): ToldOfArtist[] => (record && status !== "rejected" ? [record] : []));
  const aliases = unique(told.flatMap(({ name, aliases: also = [] }) => [name, ...also])).filter((name) => name !== row.name);
  const genres = unique([...(genre ? [genre] : []), ...told.flatMap((each) => each.genres ?? [])]);
  const sortName = told.find((each) => each.sortName)?.sortName ?? null;
  return { kind: "artist", ...row, path: `/artists/${slug}`, ids: known.map(knownId), sortName, aliases, genres, upcoming: upcoming.map(toUpcoming) };
}

function venueSide({ slug, upcoming, ...row }: VenueInFull, known: Awaited<ReturnType<typeof idsOfVenues>>): VenueSide {
  const aliases = unique(known.flatMap(({ record, status }) => (record && status !== "rejected" ? record.name : []))).filter((name) => name !== row.name);
  return { kind: "venue", ...row, path: `/venues/${slug}`, ids: known.map(knownId), aliases, upcoming: upcoming.map(toUpcoming) };
}

function showSide(row: Awaited<ReturnType<typeof showsInFull>>[number], known: Awaited<ReturnType<typeof idsOfShows>>): ShowSide {
  const { id, slug, artist, artistSlug, venue: { slug: venueSlug, ...venue }, startsAt, ...facts } = row;
  return {
    kind: "show",
    id,
    name: `${artist}, ${row.localDate}`,
    path: `/shows/${slug}`,
    ...facts,
    artist: { name: artist, path: `/artists/${artistSlug}` },
    venue: { ...venue, path: `/venues/${venueSlug}` },
    startsAt: startsAt === null ? null : iso(startsAt),
    tickets: known.flatMap(({ provider, ticketUrl, status }) => (ticketUrl && status !== "rejected" ? [{ provider, url: ticketUrl }] : [])),
    ids: known.map((link) => knownId({ ...link, record: null })),
  };
}

type Variant = Awaited<ReturnType<typeof variantsInFull>>[number];

function songSide({ title, artist, artistSlug, id, votes, played, releasedOn }: SongInFull, variants: Variant[]): SongSide {
  const lengths = variants.flatMap(({ live, durationMs }) => (live || durationMs === null ? [] : durationMs));
  const years = unique([releasedOn, ...variants.map((each) => each.releasedOn)].flatMap((date) => date?.slice(0, 4) ?? [])).sort();
  return {
    kind: "song",
    id,
    name: title,
    path: `/artists/${artistSlug}`,
    artist: { name: artist, path: `/artists/${artistSlug}` },
    titles: unique(variants.map((each) => each.title)),
    albums: unique(variants.flatMap(({ album }) => album ?? [])),
    durations: lengths.length > 0 ? { shortest: Math.min(...lengths), longest: Math.max(...lengths) } : null,
    years: years.length > 0 ? { first: years[0]!, last: years.at(-1)! } : null,
    played,
    votes,
    ids: variants.map(({ provider, providerId, url, title: name }) => ({ provider, providerId, url, status: "automatic", name })),
  };
}

function knownId({ provider, providerId, url, status, record }: Pick<KnownId, "provider" | "providerId" | "url" | "status"> & { record: { name: string } | null }): KnownId {
  return { provider, providerId, url, status, name: record?.name ?? null };
}

function toUpcoming([localDate, name, city]: [string, string, string | null]): Upcoming {
  return { localDate, with: name, city };
}

/** Each once, whatever its case, as it is written first. */
function unique(texts: string[]): string[] {
  return [...Map.groupBy(texts, (text) => text.toLowerCase()).values()].map(([first]) => first!);
}
