import * as z from "zod";
import { decimal, flag, list, part, text } from "../wire-values.ts";

/** What MusicBrainz answers. Only a record that is no object is wrong: a field that is, counts as absent. */

/** From 0; also one written as text, as older answers have it. */
const whole = decimal.transform((value) => (value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null));
const strings = list(z.string());

const aliases = list(z.object({ name: text }));
const relations = list(
  z.object({
    type: text,
    ended: flag,
    attributes: strings,
    url: part(z.object({ resource: text })),
    work: part(z.object({ id: text })),
  }),
);

export const wireArtist = z.object({
  id: text,
  name: text,
  "sort-name": text,
  disambiguation: text,
  country: text,
  area: part(z.object({ "iso-3166-1-codes": strings, "iso-3166-2-codes": strings })),
  aliases,
  /** `count` is how many more people are for a genre than against it. */
  genres: list(z.object({ name: text, count: decimal })),
  relations,
});

export const wireRecording = z.object({
  id: text,
  title: text,
  disambiguation: text,
  /** Milliseconds. */
  length: whole,
  video: flag,
  "first-release-date": text,
  isrcs: strings,
  "artist-credit": list(z.object({ name: text, artist: part(z.object({ id: text, name: text })) })),
  relations,
});

export const wireWork = z.object({ id: text, title: text, disambiguation: text, aliases });

export const wireReleaseGroup = z.object({
  id: text,
  title: text,
  "primary-type": text,
  "secondary-types": strings,
  "first-release-date": text,
});

export const wireTrack = z.object({ position: whole, length: whole, recording: part(z.unknown()) });

/** One edition of an album. */
export const wireRelease = z.object({
  media: list(z.object({ position: whole, pregap: part(z.unknown()), tracks: list(z.unknown()) })),
});

export type WireArtist = z.output<typeof wireArtist>;
export type WireRecording = z.output<typeof wireRecording>;
export type WireWork = z.output<typeof wireWork>;
export type WireReleaseGroup = z.output<typeof wireReleaseGroup>;
export type WireRelation = WireArtist["relations"][number];

/** The kinds of records that are asked for, as paths and lists name them. */
export const LISTS = {
  artist: "artists",
  recording: "recordings",
  work: "works",
  "release-group": "release-groups",
  release: "releases",
} as const;
export type Entity = keyof typeof LISTS;

export interface WireList {
  items: unknown[];
  /** How many there are in all; null where the answer does not say. */
  total: number | null;
}

/** The items of a page, not yet looked at; null where the answer is no such list. */
export function readList(body: unknown, entity: Entity): WireList | null {
  const read = z.record(z.string(), z.unknown()).safeParse(body);
  const items = read.data?.[LISTS[entity]];
  if (!Array.isArray(items)) return null;
  // Searches count in `count`, lists of what belongs to an artist in `recording-count` and the like.
  const counted = [read.data?.[`${entity}-count`], read.data?.["count"]].map((value) => whole.parse(value));
  return { items: items as unknown[], total: counted.find((value) => value !== null) ?? null };
}
