import { countWaiting, idsByConfidence, matchesByIds, mergesOf, type ListedMatch } from "#db/queries/match-lists.ts";
import { sharedTitles } from "#db/queries/match-sides.ts";
import { notFound } from "../domain/errors.ts";
import type { LinkKind } from "../domain/matching/link-file.ts";
import { distanceKm } from "../domain/same-night.ts";
import { KINDS_IN_ORDER, summariesOf, type MatchSummary } from "./matches.ts";
import { recordSide, sidesInFull, type MatchSide } from "./match-sides.ts";
import type { Reader } from "./reader.ts";

export interface MatchPage extends MatchSummary {
  /** One of ours first; fewer than two where a side is gone. */
  sides: MatchSide[];
  /** Titles that two artists have in common, at most 12. */
  sharedTitles: string[];
  /** Between two venues, or those of two shows; null where it is not known. */
  distanceKm: number | null;
  /** The merge by which the two became one; null where there was none, or it was undone. */
  mergeId: number | null;
  /** What waits after it, from the start again at the end; null where nothing else does. */
  next: number | null;
  /** How many wait, this one among them if it does. */
  left: number;
}

/** What is reviewed: one kind, or one kind after the other. */
export interface Queue {
  kind?: LinkKind | undefined;
}

const SOME_TITLES = 12;

/** One match with both sides in full. Throws `not_found`. */
export async function matchPage(reader: Reader, { id, kind }: Queue & { id: number }, now: number): Promise<MatchPage> {
  const [row] = await matchesByIds(reader, [id]);
  if (!row) throw notFound("match");
  return pageOf(reader, row, kinds(kind), now);
}

/** The match that waits after one, or the first of all; null where none waits. */
export async function nextMatch(reader: Reader, { kind, after }: Queue & { after?: number | undefined }, now: number): Promise<MatchPage | null> {
  const [before] = after === undefined ? [] : await matchesByIds(reader, [after]);
  const id = await nextId(reader, kinds(kind), before);
  return id === null ? null : matchPage(reader, { id, kind }, now);
}

function kinds(kind: LinkKind | undefined): readonly LinkKind[] {
  return kind === undefined ? KINDS_IN_ORDER : [kind];
}

async function pageOf(reader: Reader, row: ListedMatch, among: readonly LinkKind[], now: number): Promise<MatchPage> {
  const { kind, subjectId, otherId } = row;
  const [summary] = await summariesOf(reader, [row]);
  const ours = await sidesInFull(reader, kind, otherId === null ? [subjectId] : [subjectId, otherId], now);
  const sides = otherId === null ? [...ours, recordSide(row)] : ours;
  return {
    ...summary!,
    sides,
    sharedTitles: kind === "artist" && otherId !== null ? await sharedTitles(reader, subjectId, otherId, SOME_TITLES) : [],
    distanceKm: distanceBetween(sides),
    mergeId: await mergeOf(reader, row),
    next: await nextId(reader, among, row),
    left: await countWaiting(reader, among),
  };
}

async function mergeOf(reader: Reader, { kind, subjectId, otherId }: ListedMatch): Promise<number | null> {
  if (otherId === null) return null;
  const merges = await mergesOf(reader, [{ kind, id: subjectId }, { kind, id: otherId }]);
  return merges[0]?.id ?? null;
}

/** After a match in the queue, or from its start. */
async function nextId(reader: Reader, among: readonly LinkKind[], after: ListedMatch | undefined): Promise<number | null> {
  const query = { status: "review", kinds: among, limit: 1 } as const;
  const [next] = after && among.includes(after.kind) ? await idsByConfidence(reader, { ...query, after }) : [];
  if (next !== undefined) return next;
  const first = await idsByConfidence(reader, { ...query, limit: 2 });
  return first.find((id) => id !== after?.id) ?? null;
}

function distanceBetween([a, b]: MatchSide[]): number | null {
  const [here, there] = [placeOf(a), placeOf(b)];
  return here && there && distanceKm(here, there);
}

function placeOf(side: MatchSide | undefined): { latitude: number | null; longitude: number | null } | null {
  if (side?.kind === "venue") return side;
  return side?.kind === "show" ? side.venue : null;
}
