import * as z from "zod";
import { count, flag, list, part, text } from "../wire-values.ts";

/*
 * What the Web API really sends. Apps get fewer fields each year: nothing here relies on `popularity`,
 * `followers`, `genres`, `available_markets` or `external_ids`.
 */

const externalUrls = part(z.object({ spotify: text }));

const image = z.object({ url: text, width: count });

export const wireArtist = z.object({
  id: text,
  name: text,
  type: text,
  genres: list(z.string()),
  images: list(image),
  external_urls: externalUrls,
});
export type WireArtist = z.output<typeof wireArtist>;

export const wireAlbum = z.object({
  id: text,
  name: text,
  type: text,
  album_type: text,
  total_tracks: count,
  /** yyyy, yyyy-mm or yyyy-mm-dd; "0000" where it is not known. */
  release_date: text,
  release_date_precision: text,
  images: list(image),
  external_urls: externalUrls,
});
export type WireAlbum = z.output<typeof wireAlbum>;

export const wireTrack = z.object({
  id: text,
  name: text,
  type: text,
  is_local: flag,
  artists: list(z.object({ id: text, name: text })),
  /** Absent in an album's own list. */
  album: part(wireAlbum),
  disc_number: count,
  track_number: count,
  duration_ms: count,
  external_ids: part(z.object({ isrc: text })),
  external_urls: externalUrls,
});
export type WireTrack = z.output<typeof wireTrack>;

const page = z.object({
  items: z.array(z.unknown()),
  total: count,
  next: text,
});

export interface WirePage {
  items: unknown[];
  total: number | null;
  /** Whether Spotify names a next page; it is asked for by number, its address is not followed. */
  more: boolean;
}

/** A page of a list; null if it is none. */
export function readWirePage(body: unknown): WirePage | null {
  const read = page.safeParse(body);
  if (!read.success) return null;
  return { items: read.data.items, total: read.data.total, more: read.data.next !== null };
}

/** The page of artists in a search's answer; null if there is none. */
export function readWireSearch(body: unknown): WirePage | null {
  const read = z.object({ artists: z.unknown() }).safeParse(body);
  return read.success ? readWirePage(read.data.artists) : null;
}

/** What the accounts service gives out: a token and the seconds that it is valid for. */
export const wireToken = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
