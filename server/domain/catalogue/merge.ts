import { aliasKeys } from "./aliases.ts";
import { ballotWorthy, type BallotReason } from "./ballot.ts";
import { readTitle } from "./titles.ts";
import { byCodePoint, plainest, variantId, type StoredVariant, type Variant } from "./variants.ts";

/** What the catalogue says of a song: all of it follows from the song's variants. */
export interface CatalogueSong {
  /** One song of the artist has it. */
  key: string;
  title: string;
  /** The earliest release of any variant: yyyy, yyyy-mm or yyyy-mm-dd. */
  releasedOn: string | null;
  ballot: boolean;
  why: BallotReason;
  /** Further keys that may name it, sorted; another song can have the same ones. */
  aliasKeys: string[];
}

export interface StoredSong extends CatalogueSong {
  id: number;
}

/** What is stored of one artist and a page can touch: see `worksToRead` and `keysToRead`. */
export interface Catalogue {
  /** Those of the page's ids, those of the works to read, and all variants of `songs`; repeats do no harm. */
  variants: StoredVariant[];
  /** Those of the keys to read, with variants or none yet. */
  songs: StoredSong[];
  /** Which titles of the artist are one song whatever they are called; none where it is not given. */
  links?: TitleLinks;
}

/** Keys of titles with the key of the song that each is, which is itself linked to nothing. */
export type TitleLinks = ReadonlyMap<string, string>;

/** What to write, in this order; empty lists where all is stored already. */
export interface MergePlan {
  newSongs: CatalogueSong[];
  /** Whole songs under ids that stay; a changed key is free when this is written. */
  changedSongs: StoredSong[];
  /** To insert, or to update by provider and id; `songKey` names a song by the key it has after the two lists above. */
  variants: (Variant & { songKey: string })[];
  /** Songs whose variants have all gone to another one, which takes over what points to them. */
  absorbed: { id: number; intoKey: string }[];
}

/** The works whose variants have to be read for a page: those of its records, and those its stored variants had before. */
export function worksToRead(page: Variant[], storedOfPage: Variant[]): string[] {
  return [...new Set([...page, ...storedOfPage].flatMap(({ workId }) => workId ?? []))].sort();
}

/** The keys whose songs, with all their variants, have to be read: of the page, of its stored variants and of those of the works, and what they are linked to. */
export function keysToRead(links: TitleLinks, ...variants: Variant[][]): string[] {
  const keys = variants.flat().map(({ key }) => key);
  return [...new Set(keys.flatMap((key) => [key, links.get(key) ?? key]))].sort();
}

function grouped<K, T>(items: T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The key of each variant but for links: that of the plainest variant of its work, or else its own. */
function plainKeys(variants: Variant[]): (variant: Variant) => string {
  const works = grouped(variants.filter(({ workId }) => workId !== null), ({ workId }) => workId!);
  const keys = new Map([...works].map(([work, ofWork]) => [work, plainest(ofWork)!.key]));
  return ({ workId, key }) => (workId === null ? key : keys.get(workId)!);
}

function earliest(variants: Variant[]): string | null {
  return variants.flatMap(({ releasedOn }) => releasedOn ?? []).sort(byCodePoint)[0] ?? null;
}

/** All that a song is, from its variants: the plainest of those that are not linked to it has the song's key. `others` lead to it by a link. */
function songOf(key: string, variants: Variant[], named: Variant[], others: string[]): CatalogueSong {
  const { title } = readTitle(plainest(named.length > 0 ? named : variants)!.title);
  const titles = new Set(variants.map((variant) => variant.title));
  const aliases = new Set([...titles].flatMap(aliasKeys).concat(variants.map((variant) => variant.key), others));
  aliases.delete(key);
  return { key, title, releasedOn: earliest(variants), ...ballotWorthy(title, variants), aliasKeys: [...aliases].sort() };
}

function sameSong(a: CatalogueSong, b: CatalogueSong): boolean {
  const same = a.key === b.key && a.title === b.title && a.releasedOn === b.releasedOn && a.why === b.why && a.ballot === b.ballot;
  return same && a.aliasKeys.join("\n") === b.aliasKeys.join("\n");
}

const FACTS = ["title", "note", "workId", "key", "kind", "live", "video", "durationMs", "releasedOn"] as const;

function sameVariant(a: Variant, b: Variant | undefined): boolean {
  return b !== undefined && FACTS.every((fact) => a[fact] === b[fact]);
}

/** What the ids of songs become: a song without variants left takes a key that has no song yet, or goes into the one that has. */
function settle(songs: StoredSong[], had: Map<number, StoredVariant[]>, has: Map<string, Variant[]>, keyOf: (v: Variant) => string) {
  const ids = new Map(songs.map(({ key, id }) => [key, id]));
  const absorbed: MergePlan["absorbed"] = [];
  for (const { id, key } of songs.toSorted((a, b) => byCodePoint(a.key, b.key))) {
    const before = had.get(id);
    if (!before || has.has(key)) continue;
    const now = keyOf(plainest(before)!);
    if (ids.has(now)) absorbed.push({ id, intoKey: now });
    else ids.set(now, id);
  }
  return { ids, absorbed };
}

/**
 * Groups a page of variants with what is stored. Recordings of one work are one song, whatever they are called, under the key of the
 * plainest of them; all others are one song by key, and so are works of one key. What a link says of a key holds for all of it. As that
 * follows from the links and the set of variants alone, pages may come in any order and any number of times: all but the ids of songs
 * ends the same.
 */
export function mergeSongs(page: Variant[], stored: Catalogue): MergePlan {
  const before = new Map(stored.variants.map((variant) => [variantId(variant), variant]));
  const after = new Map<string, Variant>([...before, ...page.map((variant) => [variantId(variant), variant] as const)]);
  const variants = [...after.values()];
  const links = stored.links ?? new Map<string, string>();
  const plainKeyOf = plainKeys(variants);
  const keyOf = (variant: Variant) => links.get(plainKeyOf(variant)) ?? plainKeyOf(variant);
  const linked = grouped([...links], ([, into]) => into);
  const has = grouped(variants, keyOf);
  const had = grouped([...before.values()], ({ songId }) => songId);
  // Where a variant stood before, in today's words: a re-titled one points to where it has gone.
  const keyNow = (variant: Variant) => keyOf(after.get(variantId(variant))!);
  const { ids, absorbed } = settle(stored.songs, had, has, keyNow);
  const known = new Map(stored.songs.map((song) => [song.id, song]));
  const songs = [...has]
    .map(([key, ofSong]) => songOf(key, ofSong, ofSong.filter((variant) => plainKeyOf(variant) === key), (linked.get(key) ?? []).map(([other]) => other)))
    .sort((a, b) => byCodePoint(a.key, b.key));
  return {
    newSongs: songs.filter(({ key }) => !ids.has(key)),
    changedSongs: songs.flatMap((song) => {
      const id = ids.get(song.key);
      return id === undefined || sameSong(song, known.get(id)!) ? [] : [{ id, ...song }];
    }),
    variants: variants.flatMap((variant) => {
      const old = before.get(variantId(variant));
      const songKey = keyOf(variant);
      return old && sameVariant(variant, old) && old.songId === ids.get(songKey) ? [] : [{ ...plainVariant(variant), songKey }];
    }),
    absorbed,
  };
}

function plainVariant(variant: Variant): Variant {
  const { provider, id, title, note, workId, key, kind, live, video, durationMs, releasedOn } = variant;
  return { provider, id, title, note, workId, key, kind, live, video, durationMs, releasedOn };
}
