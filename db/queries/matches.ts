import { and, desc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Evidence } from "#server/domain/matching/evidence.ts";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import type { Provider, ProviderId } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { matches, merges } from "../schema/index.ts";
import type { MatchedRecord } from "../schema/matching.ts";

export type MatchRow = typeof matches.$inferSelect;

/** One of ours with another one of ours, or with a provider's record. */
export type OtherSide = { otherId: number } | (ProviderId & { record: MatchedRecord });

export interface FoundMatch {
  kind: LinkKind;
  subjectId: number;
  other: OtherSide;
  /** 0 to 1. */
  confidence: number;
  evidence: Evidence[];
  status: "review" | "automatic";
}

/**
 * Notes that two may be the same, or were joined, or brings what is noted up to date. What a moderator has decided
 * stays as it is, and what is noted just so already is not written.
 */
export async function putMatch(tx: Transaction, { kind, subjectId, other, confidence, evidence, status }: FoundMatch, now: number): Promise<void> {
  const said = { confidence, evidence: { list: evidence }, status, record: "otherId" in other ? null : other.record };
  const row = { kind, ...sidesOf(subjectId, other), ...said, foundAt: now };
  const open = sql`${matches.status} IN ('review', 'automatic')`;
  const changed = sql`(${matches.confidence}, ${matches.evidence}, ${matches.status}, ${matches.record}) IS NOT (excluded.confidence, excluded.evidence, excluded.status, excluded.record)`;
  const pair = { target: [matches.kind, matches.subjectId, matches.otherId], targetWhere: sql`${matches.otherId} IS NOT NULL` };
  const record = { target: [matches.kind, matches.provider, matches.providerId, matches.subjectId], targetWhere: sql`${matches.provider} IS NOT NULL` };
  const told = { confidence, evidence: said.evidence, status, record: said.record };
  await tx.insert(matches).values(row).onConflictDoUpdate({ ...("otherId" in other ? pair : record), set: told, setWhere: sql`${open} AND ${changed}` });
}

function sidesOf(subjectId: number, other: OtherSide): Pick<MatchRow, "subjectId"> & Partial<MatchRow> {
  if (!("otherId" in other)) return { subjectId, provider: other.provider, providerId: other.id };
  if (subjectId === other.otherId) throw new Error(`${subjectId} is no match of itself`);
  return { subjectId: Math.min(subjectId, other.otherId), otherId: Math.max(subjectId, other.otherId) };
}

/** All that is noted of one of ours, decided or not, on either side of a pair. */
export function matchesOf(db: Queryable, kind: LinkKind, id: number): Promise<MatchRow[]> {
  return db
    .select()
    .from(matches)
    .where(and(eq(matches.kind, kind), or(eq(matches.subjectId, id), eq(matches.otherId, id))))
    .orderBy(matches.id);
}

/** What is noted between the rows of one list, both sides of which are in it. */
export function matchesAmong(db: Queryable, kind: LinkKind, ids: number[]): Promise<MatchRow[]> {
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  return db
    .select()
    .from(matches)
    .where(and(eq(matches.kind, kind), sql`${matches.subjectId} IN ${listed}`, sql`${matches.otherId} IN ${listed}`));
}

/** What is noted of a provider's record, with whichever of ours. */
export function matchesOfRecord(db: Queryable, kind: LinkKind, { provider, id }: ProviderId): Promise<MatchRow[]> {
  return db.select().from(matches).where(and(eq(matches.kind, kind), eq(matches.provider, provider), eq(matches.providerId, id)));
}

/** Ids of ours of which a moderator has said that they are not this one. */
export async function rejectedPairsOf(db: Queryable, kind: LinkKind, id: number): Promise<Set<number>> {
  const rows = await matchesOf(db, kind, id);
  return new Set(rows.flatMap(({ status, subjectId, otherId }) => (status === "rejected" && otherId !== null ? [otherId === id ? subjectId : otherId] : [])));
}

/** Ids at a provider of which a moderator has said that they are not this one of ours. */
export async function rejectedRecordsOf(db: Queryable, kind: LinkKind, id: number, provider: Provider): Promise<Set<string>> {
  const rows = await db
    .select({ providerId: matches.providerId })
    .from(matches)
    .where(and(eq(matches.kind, kind), eq(matches.subjectId, id), eq(matches.provider, provider), eq(matches.status, "rejected")));
  return new Set(rows.map(({ providerId }) => providerId!));
}

/** Takes back what nobody has decided. */
export async function dropOpenMatches(tx: Transaction, ids: number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.delete(matches).where(and(inArray(matches.status, ["review", "automatic"]), sql`${matches.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`));
}

/** What was noted of a provider's record is of one of ours from now on, who has that record: decisions stay. Where the pair is noted already that stands. */
export async function turnIntoPair(tx: Transaction, { id, subjectId }: Pick<MatchRow, "id" | "subjectId">, otherId: number): Promise<void> {
  const [a, b] = [Math.min(subjectId, otherId), Math.max(subjectId, otherId)];
  await tx.run(sql`UPDATE OR IGNORE matches SET subject_id = ${a}, other_id = ${b}, provider = NULL, provider_id = NULL, record = NULL WHERE id = ${id}`);
  await tx.run(sql`DELETE FROM matches WHERE id = ${id} AND other_id IS NULL`);
}

/** Notes that two of ours are not the same, as somebody has said by what is known of an id. */
export async function rejectPair(tx: Transaction, kind: LinkKind, a: number, b: number, now: number): Promise<void> {
  const sides = sidesOf(a, { otherId: b });
  await tx
    .insert(matches)
    .values({ kind, ...sides, confidence: 0, evidence: { list: [] }, status: "rejected", foundAt: now, decidedAt: now })
    .onConflictDoUpdate({
      target: [matches.kind, matches.subjectId, matches.otherId],
      targetWhere: sql`${matches.otherId} IS NOT NULL`,
      set: { status: "rejected", decidedAt: now },
      setWhere: inArray(matches.status, ["review", "automatic"]),
    });
}

/** Whether a moderator has said that two of ours are not the same, by rejecting the match or by undoing their merge. */
export async function areKeptApart(db: Queryable, kind: LinkKind, a: number, b: number): Promise<boolean> {
  const [rejected] = await db
    .select({ id: matches.id })
    .from(matches)
    .where(and(eq(matches.kind, kind), eq(matches.subjectId, Math.min(a, b)), eq(matches.otherId, Math.max(a, b)), eq(matches.status, "rejected")));
  if (rejected) return true;
  const [undone] = await db
    .select({ id: merges.id })
    .from(merges)
    .where(and(eq(merges.kind, kind), inArray(merges.fromId, [a, b]), inArray(merges.intoId, [a, b]), isNotNull(merges.undoneAt)));
  return undone !== undefined;
}

/** The one of ours that one has become by merges; itself where it is there. */
export async function standingId(db: Queryable, kind: LinkKind, id: number): Promise<number> {
  const [row] = await db
    .select({ into: merges.intoId })
    .from(merges)
    .where(and(eq(merges.kind, kind), eq(merges.fromId, id), isNull(merges.undoneAt)))
    .orderBy(desc(merges.id))
    .limit(1);
  return row === undefined || row.into === id ? id : standingId(db, kind, row.into);
}
