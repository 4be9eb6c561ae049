import * as z from "zod";

/** What MusicBrainz answers. Only the shape of a whole record can be wrong: a field that is, counts as absent. */

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullable()
  .catch(null);
const flag = z.boolean().nullable().catch(null);
const count = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .pipe(z.number().int().nonnegative())
  .nullable()
  .catch(null);

/** Items that are not what they should be are left out, the others stay. */
function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(item.nullable().catch(null))
    .catch([])
    .transform((items) => items.filter((it) => it !== null));
}

function part<T extends z.ZodRawShape>(shape: T) {
  return z.object(shape).nullable().catch(null);
}

const alias = z.object({ name: text });
/** `count` is how many more people are for it than against. */
const genre = z.object({ name: text, count: z.number().nullable().catch(null) });
const area = part({
  "iso-3166-1-codes": listOf(z.string()),
  "iso-3166-2-codes": listOf(z.string()),
});
const relation = z.object({
  type: text,
  ended: flag,
  attributes: listOf(z.string()),
  url: part({ resource: text }),
  work: part({ id: text }),
});
const credit = z.object({ name: text, artist: part({ id: text, name: text }) });

export const wireArtist = z.object({
  id: text,
  name: text,
  "sort-name": text,
  disambiguation: text,
  country: text,
  area,
  aliases: listOf(alias),
  genres: listOf(genre),
  relations: listOf(relation),
});

export const wireRecording = z.object({
  id: text,
  title: text,
  disambiguation: text,
  /** Milliseconds. */
  length: count,
  video: flag,
  "first-release-date": text,
  isrcs: listOf(z.string()),
  "artist-credit": listOf(credit),
  relations: listOf(relation),
});

export const wireWork = z.object({
  id: text,
  title: text,
  disambiguation: text,
  aliases: listOf(alias),
});

export const wireReleaseGroup = z.object({
  id: text,
  title: text,
  "primary-type": text,
  "secondary-types": listOf(z.string()),
  "first-release-date": text,
});

export type WireArtist = z.output<typeof wireArtist>;
export type WireRecording = z.output<typeof wireRecording>;
export type WireWork = z.output<typeof wireWork>;
export type WireReleaseGroup = z.output<typeof wireReleaseGroup>;
export type WireRelation = z.output<typeof relation>;
export type WireCredit = z.output<typeof credit>;

/** The kinds of records that are asked for, as paths and lists name them. */
export const LISTS = {
  artist: "artists",
  recording: "recordings",
  work: "works",
  "release-group": "release-groups",
} as const;
export type Entity = keyof typeof LISTS;

export interface WireList {
  items: unknown[];
  /** How many there are in all; null where the answer does not say. */
  total: number | null;
}

/** The items of a page, not yet looked at; null where the answer is no such list. */
export function readList(body: unknown, entity: Entity): WireList | null {
  const shape = z.object({
    // Searches count in `count`, lists of what belongs to an artist in `recording-count` and the like.
    count,
    [`${entity}-count`]: count,
    [LISTS[entity]]: z.array(z.unknown()),
  });
  const parsed = shape.safeParse(body);
  if (!parsed.success) return null;
  const answer = parsed.data as Record<string, unknown>;
  return {
    items: answer[LISTS[entity]] as unknown[],
    total: (answer[`${entity}-count`] ?? answer["count"] ?? null) as number | null,
  };
}
