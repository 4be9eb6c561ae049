import { and, asc, desc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import type { Queryable } from "../client.ts";
import { merges, users, venues } from "../schema/index.ts";

const undoers = alias(users, "undoers");

function listed(db: Queryable) {
  return db
    .select({
      id: merges.id,
      kind: merges.kind,
      fromId: merges.fromId,
      fromName: merges.fromName,
      intoId: merges.intoId,
      intoName: merges.intoName,
      at: merges.at,
      by: users.displayName,
      undoneAt: merges.undoneAt,
      undoneBy: undoers.displayName,
    })
    .from(merges)
    .leftJoin(users, eq(users.id, merges.by))
    .leftJoin(undoers, eq(undoers.id, merges.undoneBy));
}

export type ListedMerge = Awaited<ReturnType<typeof mergesInto>>[number];

/** One page of merges with who made and who undid them, latest first; parts of others are left out. */
export function mergesInList(db: Queryable, { before, limit }: { before?: number | undefined; limit: number }) {
  return listed(db)
    .where(and(isNull(merges.parentId), before === undefined ? undefined : lt(merges.id, before)))
    .orderBy(desc(merges.id))
    .limit(limit);
}

/** What has become one of ours and is that still, latest first. */
export function mergesInto(db: Queryable, kind: LinkKind, id: number) {
  return listed(db)
    .where(and(eq(merges.kind, kind), eq(merges.intoId, id), isNull(merges.undoneAt), isNull(merges.parentId)))
    .orderBy(desc(merges.id));
}

/** How many rows of each table some merges, with their parts, have moved, dropped, added or changed. */
export function rowsOfMerges(db: Queryable, ids: readonly number[]) {
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  return db.all<{ id: number; tableName: string; what: string; n: number }>(sql`
    SELECT of AS id, table_name AS tableName, what, count(*) AS n FROM (
      SELECT m.id AS of, m.id FROM merges m WHERE m.id IN ${listed}
      UNION ALL SELECT m.parent_id AS of, m.id FROM merges m WHERE m.parent_id IN ${listed}) AS input
    JOIN merge_rows r ON r.merge_id = input.id GROUP BY of, table_name, what`);
}

/** Venues by part of the name, or by the keys under which they are looked up; for moderators, who seek few and seldom. */
export function searchVenues(db: Queryable, { part, keys, limit }: { part: string; keys: string[]; limit: number }) {
  const pattern = `%${part.replace(/[\\%_]/g, "\\$&")}%`;
  const known = sql`${venues.id} IN (SELECT id FROM match_keys WHERE kind = 'venue' AND key IN (SELECT value FROM json_each(${JSON.stringify(keys)})))`;
  return db
    .select({ id: venues.id, name: venues.name, city: venues.city, country: venues.country })
    .from(venues)
    .where(or(sql`${venues.name} LIKE ${pattern} ESCAPE '\\'`, known))
    .orderBy(asc(venues.name), asc(venues.id))
    .limit(limit);
}
