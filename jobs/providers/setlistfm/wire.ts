import * as z from "zod";
import { decimal, part, shown } from "../wire-values.ts";

/** Null for what is missing, is no text or shows nothing; ids have come as numbers too. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null)
  .transform(shown);

/** A whole number from 0, also one written as text. */
const count = z
  .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)])
  .pipe(z.int().nonnegative())
  .nullable()
  .catch(null);

const flag = z.union([z.boolean(), z.literal("true").transform(() => true)]).catch(false);

/** One object where a list is expected is a list of one; null, nothing and "" are none. */
function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined || value === "" ? [] : [value];
}

/** Null stands for an entry that is not what the list is of. */
function listOf<T extends z.ZodType>(item: T) {
  return z.unknown().optional().transform(asList).pipe(z.array(item.nullable().catch(null)));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const artist = z.object({ mbid: text, name: text, sortName: text, disambiguation: text, url: text });

const city = z.object({
  id: text,
  name: text,
  state: text,
  coords: part(z.object({ lat: decimal, long: decimal })),
  country: part(z.object({ code: text })),
});

const venue = z.object({ id: text, name: text, city: part(city), url: text });

const song = z.object({ name: text, cover: part(artist), with: part(artist), info: text, tape: flag });

const set = z.object({ name: text, encore: count, song: listOf(song) });

/** `{ set: [...] }` as it is sent, or the sets themselves. */
const sets = z
  .unknown()
  .optional()
  .transform((value) => (isObject(value) && Object.hasOwn(value, "set") ? value.set : value))
  .pipe(listOf(set));

/** `{ name }` as it is sent, or the name itself. */
const tour = z.union([z.object({ name: text }).transform(({ name }) => name), text]);

const setlist = z.object({
  id: text,
  versionId: text,
  eventDate: text,
  lastUpdated: text,
  artist: part(artist),
  venue: part(venue),
  tour,
  sets,
  /** Where the documentation has the sets. */
  set: listOf(set),
  info: text,
  url: text,
});

const counts = { itemsPerPage: count, total: count };
const setlistPage = z.object({ ...counts, setlist: listOf(setlist) });
const artistPage = z.object({ ...counts, artist: listOf(artist) });

export type WireArtist = z.infer<typeof artist>;
export type WireVenue = z.infer<typeof venue>;
export type WireSong = z.infer<typeof song>;
export type WireSet = z.infer<typeof set>;
export type WireSetlist = z.infer<typeof setlist>;

export interface WirePage<T> {
  itemsPerPage: number | null;
  total: number | null;
  /** Null for an entry that is no object. */
  items: (T | null)[];
}

/** An answer of one setlist; null when it is something else. */
export function readSetlist(body: unknown): WireSetlist | null {
  const known = isObject(body) && (Object.hasOwn(body, "versionId") || Object.hasOwn(body, "eventDate"));
  return known ? setlist.parse(body) : null;
}

/** An answer of one artist; null when it is something else. */
export function readArtist(body: unknown): WireArtist | null {
  return isObject(body) && Object.hasOwn(body, "mbid") ? artist.parse(body) : null;
}

/** An answer with a page of setlists; null when it is something else. */
export function readSetlistPage(body: unknown): WirePage<WireSetlist> | null {
  if (!isPage(body, "setlist")) return null;
  const { setlist: items, ...rest } = setlistPage.parse(body);
  return { ...rest, items };
}

/** An answer with a page of artists; null when it is something else. */
export function readArtistPage(body: unknown): WirePage<WireArtist> | null {
  if (!isPage(body, "artist")) return null;
  const { artist: items, ...rest } = artistPage.parse(body);
  return { ...rest, items };
}

/** A page says its kind ("setlists"), or has the list itself and, unlike a setlist with its artist, no id. */
function isPage(body: unknown, list: "setlist" | "artist"): boolean {
  if (!isObject(body)) return false;
  if (typeof body.type === "string") return body.type === `${list}s`;
  return Object.hasOwn(body, list) && !Object.hasOwn(body, "id");
}
