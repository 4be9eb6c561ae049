import { and, eq } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { formerSlugs } from "../schema/index.ts";
import { logAdded } from "./merge-log.ts";

export type PageKind = (typeof formerSlugs.$inferSelect)["kind"];

/** What an address leads to that was of another one once; null where it leads nowhere. */
export async function idOfFormerSlug(db: Queryable, kind: PageKind, slug: string): Promise<number | null> {
  const [row] = await db
    .select({ id: formerSlugs.id })
    .from(formerSlugs)
    .where(and(eq(formerSlugs.kind, kind), eq(formerSlugs.slug, slug)));
  return row?.id ?? null;
}

/** Has the address of what goes lead to what stays from now on. */
export async function leaveSlug(tx: Transaction, { mergeId, kind, slug, id }: { mergeId: number; kind: PageKind; slug: string; id: number }): Promise<void> {
  await tx.insert(formerSlugs).values({ kind, slug, id });
  await logAdded(tx, formerSlugs, mergeId, [[kind, slug]]);
}

/** What an address leads to now that was another one's, looked up by its id; null where there is nothing. */
export async function byFormerSlug<T>(db: Queryable, kind: PageKind, key: number | string, byId: (db: Queryable, id: number) => Promise<T | null>): Promise<T | null> {
  const id = typeof key === "number" ? null : await idOfFormerSlug(db, kind, key);
  return id === null ? null : byId(db, id);
}
