import { artistNames, mergesOf, showNames, songNames, venueNames, type ListedMatch } from "#db/queries/match-lists.ts";
import type { LinkKind } from "../domain/matching/link-file.ts";
import type { Provider } from "../domain/provider-records.ts";
import type { Reader } from "./reader.ts";

/** One side of a match in a line. */
export interface MatchName {
  /** Null for a provider's record. */
  id: number | null;
  name: string;
  /** What tells it from others; empty where nothing is known. */
  about: string;
  /** Its page here; null for a provider's record, and where it is gone. */
  path: string | null;
  provider: Provider | null;
  providerId: string | null;
  /** Its page at the provider. */
  url: string | null;
}

type Side = { kind: LinkKind; id: number };

/** The names of both sides of some matches, by the match's id; those merged away by the name they had. */
export async function namesOfMatches(reader: Reader, rows: readonly ListedMatch[]): Promise<Map<number, [MatchName, MatchName]>> {
  const sides = rows.flatMap(({ kind, subjectId, otherId }): Side[] => [{ kind, id: subjectId }, ...(otherId === null ? [] : [{ kind, id: otherId }])]);
  const names = await namesOf(reader, sides);
  const nameOf = (kind: LinkKind, id: number) => names.get(keyOf({ kind, id })) ?? gone(id);
  return new Map(rows.map((row) => [row.id, [nameOf(row.kind, row.subjectId), row.otherId === null ? recordName(row) : nameOf(row.kind, row.otherId)]]));
}

function keyOf({ kind, id }: Side): string {
  return `${kind} ${id}`;
}

async function namesOf(reader: Reader, sides: readonly Side[]): Promise<Map<string, MatchName>> {
  const among = (kind: LinkKind) => [...new Set(sides.flatMap((side) => (side.kind === kind ? side.id : [])))];
  const found = [
    ...(await artistNames(reader, among("artist"))).map((row) => [keyOf({ kind: "artist", id: row.id }), artistName(row)] as const),
    ...(await venueNames(reader, among("venue"))).map((row) => [keyOf({ kind: "venue", id: row.id }), ours(row.id, row.name, joined(row.city, row.region, row.country), `/venues/${row.slug}`)] as const),
    ...(await showNames(reader, among("show"))).map((row) => [keyOf({ kind: "show", id: row.id }), ours(row.id, `${row.artist}, ${row.localDate}`, joined(row.venue, row.city), `/shows/${row.slug}`)] as const),
    ...(await songNames(reader, among("song"))).map((row) => [keyOf({ kind: "song", id: row.id }), ours(row.id, row.title, joined(row.artist, row.releasedOn?.slice(0, 4)), `/artists/${row.artistSlug}`)] as const),
  ];
  return new Map([...(await mergedNames(reader, sides)), ...found]);
}

function artistName({ id, slug, name, disambiguation, genre, country }: Awaited<ReturnType<typeof artistNames>>[number]): MatchName {
  return ours(id, name, joined(disambiguation, genre, country), `/artists/${slug}`);
}

function ours(id: number, name: string, about: string, path: string): MatchName {
  return { id, name, about, path, provider: null, providerId: null, url: null };
}

/** What is known, in order. */
export function joined(...facts: (string | null | undefined)[]): string {
  return facts.filter(Boolean).join(" · ");
}

async function mergedNames(reader: Reader, sides: readonly Side[]): Promise<[string, MatchName][]> {
  const merges = (await mergesOf(reader, sides)).toReversed();
  return merges.map(({ kind, fromId, fromName, intoName }) => [keyOf({ kind, id: fromId }), { ...gone(fromId), name: fromName, about: `merged into ${intoName}` }]);
}

function gone(id: number): MatchName {
  return { id, name: "Gone", about: `number ${id}`, path: null, provider: null, providerId: null, url: null };
}

function recordName({ provider, providerId, record }: ListedMatch): MatchName {
  return { id: null, name: record?.name ?? providerId ?? "", about: record?.about ?? "", path: null, provider, providerId, url: record?.url ?? null };
}
