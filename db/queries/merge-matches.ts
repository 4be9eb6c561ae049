import { sql } from "drizzle-orm";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import type { Queryable, Transaction } from "../client.ts";
import { matches } from "../schema/index.ts";

export type MatchRow = Pick<typeof matches.$inferSelect, "id" | "subjectId" | "otherId" | "provider" | "providerId" | "confidence" | "status">;

/** The matches in which some records of a kind are a side, the first found first. */
export async function matchesOf(db: Queryable, kind: LinkKind, ids: number[]): Promise<MatchRow[]> {
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const side = (column: "subject_id" | "other_id") => sql`
    SELECT id, subject_id AS subjectId, other_id AS otherId, provider, provider_id AS providerId, confidence, status
    FROM matches WHERE kind = ${kind} AND ${sql.raw(column)} IN ${listed}`;
  const rows = [...(await db.all<MatchRow>(side("subject_id"))), ...(await db.all<MatchRow>(side("other_id")))];
  return [...new Map(rows.map((row) => [row.id, row])).values()].sort((a, b) => a.id - b.id);
}

/** Says for good that two of ours are not the same. */
export async function rejectPair(tx: Transaction, { kind, a, b, by }: { kind: LinkKind; a: number; b: number; by: number | null }, now: number): Promise<void> {
  const decided = { status: "rejected", decidedAt: now, decidedBy: by } as const;
  await tx
    .insert(matches)
    .values({ kind, subjectId: Math.min(a, b), otherId: Math.max(a, b), confidence: 0, evidence: { list: [] }, foundAt: now, ...decided })
    .onConflictDoUpdate({ target: [matches.kind, matches.subjectId, matches.otherId], targetWhere: sql`${matches.otherId} IS NOT NULL`, set: decided });
}
