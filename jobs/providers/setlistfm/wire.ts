import * as z from "zod";

/** Spaces, control and format characters, fillers: a text of nothing else shows nothing. */
const INVISIBLE = /^[\p{Z}\p{Cc}\p{Cf}\p{DI}\u2800]*$/u;
/** Control characters other than line breaks and tabs. */
const CONTROL = /[^\P{Cc}\n\t]/gu;

function legible(value: string): string | null {
  const clean = value.toWellFormed().replace(CONTROL, "").trim();
  return INVISIBLE.test(clean) ? null : clean;
}

/** Null for what is missing, is no text or shows nothing; ids have come as numbers too. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .transform(legible)
  .nullable()
  .catch(null);

const decimal = z
  .union([z.number(), z.string().trim().regex(/^-?\d+(\.\d+)?$/).transform(Number)])
  .nullable()
  .catch(null);

const count = z
  .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)])
  .pipe(z.int().min(0))
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
const anArtist = artist.nullable().catch(null);

const country = z.object({ code: text }).nullable().catch(null);
const coords = z.object({ lat: decimal, long: decimal }).nullable().catch(null);
const city = z.object({ id: text, name: text, state: text, coords, country });

const venue = z.object({ id: text, name: text, city: city.nullable().catch(null), url: text });

const song = z.object({ name: text, cover: anArtist, with: anArtist, info: text, tape: flag });

const set = z.object({ name: text, encore: count, song: listOf(song) });

/** `{ set: [...] }` as it is sent, or the sets themselves. */
const sets = z
  .unknown()
  .optional()
  .transform((value) => (isObject(value) && Object.hasOwn(value, "set") ? value.set : value))
  .pipe(listOf(set));

const tour = z
  .union([z.object({ name: text }).transform(({ name }) => name), text])
  .nullable()
  .catch(null);

const setlist = z.object({
  id: text,
  versionId: text,
  eventDate: text,
  lastUpdated: text,
  artist: anArtist,
  venue: venue.nullable().catch(null),
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
  return isObject(body) && Object.hasOwn(body, "eventDate") ? setlist.parse(body) : null;
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
