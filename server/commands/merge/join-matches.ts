import type { Transaction } from "#db/client.ts";
import type { MergePair } from "#db/merge-sql.ts";
import { changeRows, dropRecords, type RowChange } from "#db/queries/merge-log.ts";
import { matchesOf, type MatchRow } from "#db/queries/merge-matches.ts";
import { matches } from "#db/schema/index.ts";
import type { LinkKind } from "../../domain/matching/link-file.ts";

/** Gives the matches of what goes to what stays. The match of the two with each other is settled by the merge. */
export async function joinMatches(tx: Transaction, kind: LinkKind, pairs: MergePair[], { by, now }: { by: number | null; now: number }): Promise<void> {
  const rows = await matchesOf(tx, kind, pairs.flatMap(({ from, into }) => [from, into]));
  const { changed, dropped } = planMatches(rows, pairs, { by, now });
  await dropRecords(tx, matches, dropped.map(({ id, mergeId }) => ({ mergeId, from: id, into: id })));
  await changeRows(tx, matches, changed);
}

/** Which matches change, and which go because what stays has one with the same other side. */
function planMatches(rows: MatchRow[], pairs: MergePair[], { by, now }: { by: number | null; now: number }) {
  const merged = new Map(pairs.map((pair) => [pair.from, pair]));
  const changed: RowChange[] = [];
  const dropped: { id: number; mergeId: number }[] = [];
  const moved = rows.map((row) => {
    const merge = merged.get(row.subjectId) ?? (row.otherId === null ? undefined : merged.get(row.otherId));
    const sides = [row.subjectId, ...(row.otherId === null ? [] : [row.otherId])].map((id) => merged.get(id)?.into ?? id).sort((a, b) => a - b);
    return { row, mergeId: merge?.mergeId ?? null, sides };
  });
  const isItself = ({ sides }: (typeof moved)[number]) => sides.length === 2 && sides[0] === sides[1];
  for (const { row, mergeId } of moved.filter(isItself)) {
    changed.push({ mergeId: mergeId!, id: row.id, is: { status: by === null ? "automatic" : "approved", decided_at: now, decided_by: by } });
  }
  const others = moved.filter((one) => !isItself(one));
  for (const same of Map.groupBy(others, ({ row, sides }) => JSON.stringify([sides, row.provider, row.providerId])).values()) {
    const mergeId = same.find((one) => one.mergeId !== null)?.mergeId;
    if (mergeId === undefined || mergeId === null) continue;
    const [kept, ...rest] = same.toSorted((a, b) => byWeight(a.row, b.row));
    for (const { row } of rest) dropped.push({ id: row.id, mergeId });
    if (kept!.mergeId !== null) changed.push({ mergeId, id: kept!.row.id, is: { subject_id: kept!.sides[0]!, ...(kept!.sides[1] !== undefined && { other_id: kept!.sides[1] }) } });
  }
  return { changed, dropped };
}

/** What somebody has rejected stays so; then the more confident. */
function byWeight(a: MatchRow, b: MatchRow): number {
  return Number(b.status === "rejected") - Number(a.status === "rejected") || b.confidence - a.confidence || a.id - b.id;
}
