import { artistByKey, listArtists, venueByKey } from "#db/queries/catalogue.ts";
import { mergesInto, searchVenues } from "#db/queries/merge-lists.ts";
import { idsOfArtists, idsOfVenues } from "#db/queries/match-sides.ts";
import { fold } from "../domain/fold.ts";
import { blockKeys } from "../domain/matching/block-keys.ts";
import { explainIdentity, type Said } from "../domain/matching/words.ts";
import { joined } from "./match-names.ts";
import type { KnownId } from "./match-sides.ts";
import { mergeSummaries, type MergeSummary } from "./merges.ts";
import { missing } from "./missing.ts";
import type { Reader } from "./reader.ts";

type Kind = "artist" | "venue";

/** An id at a provider with why it is believed, or not. */
export interface ExplainedId extends KnownId {
  /** 0 to 1; 0 for one that its provider has given up. */
  confidence: number;
  why: Said[];
}

export interface RecordLinks {
  kind: Kind;
  id: number;
  slug: string;
  name: string;
  /** What tells it from others; empty where nothing is known. */
  about: string;
  /** Also those that were rejected for it. */
  ids: ExplainedId[];
  /** What has become it. */
  merged: MergeSummary[];
}

/** What an artist or a venue is known by, and what was merged into it. Throws `not_found` or `gone`. */
export async function recordLinks(reader: Reader, { kind, id }: { kind: Kind; id: number }): Promise<RecordLinks> {
  const known = await (kind === "artist" ? artistFacts(reader, id) : venueFacts(reader, id));
  if (!known) throw await missing(reader, kind, id);
  const rows = await (kind === "artist" ? idsOfArtists(reader, [id]) : idsOfVenues(reader, [id]));
  const ids = rows.map(({ provider, providerId, url, status, confidence, evidence, record }) => ({
    provider,
    providerId,
    url,
    status,
    confidence,
    name: record?.name ?? null,
    why: explainIdentity(evidence, kind),
  }));
  return { kind, id, ...known, ids, merged: await mergeSummaries(reader, await mergesInto(reader, kind, id)) };
}

type Facts = Pick<RecordLinks, "slug" | "name" | "about"> | null;

async function artistFacts(reader: Reader, id: number): Promise<Facts> {
  const artist = await artistByKey(reader, id);
  return artist && { slug: artist.slug, name: artist.name, about: joined(artist.disambiguation, artist.genre, artist.country) };
}

async function venueFacts(reader: Reader, id: number): Promise<Facts> {
  const venue = await venueByKey(reader, id);
  return venue && { slug: venue.slug, name: venue.name, about: joined(venue.city, venue.region, venue.country) };
}

export interface FoundRecord {
  id: number;
  name: string;
  about: string;
}

const MOST_FOUND = 12;

/** Artists or venues by part of the name, such as one that another could be merged with. */
export async function searchRecords(reader: Reader, { kind, query }: { kind: Kind; query: string }): Promise<{ items: FoundRecord[] }> {
  if (kind === "artist") {
    const rows = await listArtists(reader, { folded: fold(query), limit: MOST_FOUND });
    return { items: rows.map(({ id, name, disambiguation, genre, country }) => ({ id, name, about: joined(disambiguation, genre, country) })) };
  }
  const rows = await searchVenues(reader, { part: query, keys: blockKeys(query), limit: MOST_FOUND });
  return { items: rows.map(({ id, name, city, country }) => ({ id, name, about: joined(city, country) })) };
}
