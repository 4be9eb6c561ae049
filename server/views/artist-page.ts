import { artistByKey, songsOfArtist } from "#db/queries/catalogue.ts";
import { artistPagesElsewhere } from "#db/queries/page-sources.ts";
import { ATTRIBUTION } from "../domain/attribution.ts";
import type { Provider } from "../domain/provider-records.ts";
import { missing } from "./missing.ts";
import { pageSources, type Source } from "./page-sources.ts";
import type { Key, Reader } from "./reader.ts";
import { listPast, splitByTime, type PastQuery, type PastShows, type ShowSplit } from "./show-split.ts";
import type { ArtistDetails } from "./show-summary.ts";

/** The most songs that an artist's page lists; a search finds the others. */
const SONGS = 500;

export interface ArtistPage extends ShowSplit {
  artist: ArtistDetails;
  /** Likeliest first, at most 500. */
  songs: { id: number; title: string }[];
  /** The artist's pages at providers. */
  links: { provider: Provider; url: string; text: string }[];
  /** Whose data it is. */
  sources: Source[];
}

/** An artist with shows and songs. Throws `not_found` or `gone`. */
export async function artistPage(reader: Reader, key: Key, now: number): Promise<ArtistPage> {
  const artist = await found(reader, key);
  const split = await splitByTime(reader, { artistId: artist.id }, now);
  const songs = await songsOfArtist(reader, artist.id, SONGS);
  const links = await artistPagesElsewhere(reader, artist.id);
  const sources = await pageSources(reader, {
    artists: [artist.id],
    shows: [...split.upcoming, ...split.past].map((show) => show.id),
    songsOf: artist.id,
    genre: artist.genre !== null,
  });
  return { artist, ...split, songs, links: links.map((link) => ({ ...link, text: ATTRIBUTION[link.provider].artistLinkText })), sources };
}

export interface PastShowsOfArtist extends PastShows {
  artist: ArtistDetails;
  /** Whose data it is. */
  sources: Source[];
}

/** One page of an artist's shows that are over. Throws `not_found`, `gone`, or `invalid` for a made-up cursor. */
export async function pastShowsOf(reader: Reader, { artist: key, ...query }: PastQuery & { artist: Key }, now: number): Promise<PastShowsOfArtist> {
  const artist = await found(reader, key);
  const past = await listPast(reader, { artistId: artist.id }, query, now);
  const shows = past.items.map((show) => show.id);
  return { artist, ...past, sources: await pageSources(reader, { artists: [artist.id], shows, genre: artist.genre !== null }) };
}

async function found(reader: Reader, key: Key): Promise<ArtistDetails> {
  const artist = await artistByKey(reader, key);
  if (!artist) throw await missing(reader, "artist", key);
  return artist;
}
