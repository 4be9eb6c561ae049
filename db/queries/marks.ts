import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { dueTimes, listMarks, trafficHours } from "../schema/index.ts";

export type ListMark = typeof listMarks.$inferSelect;

/** What was last seen of a list; null where it was never read to its end. */
export async function readMark(db: Queryable, artistId: number, provider: Provider, list: string): Promise<ListMark | null> {
  const [row] = await db
    .select()
    .from(listMarks)
    .where(and(eq(listMarks.artistId, artistId), eq(listMarks.provider, provider), eq(listMarks.list, list)));
  return row ?? null;
}

export async function putMark(tx: Transaction, mark: typeof listMarks.$inferInsert): Promise<void> {
  const { total, digest, walkedAt } = mark;
  await tx
    .insert(listMarks)
    .values(mark)
    .onConflictDoUpdate({ target: [listMarks.artistId, listMarks.provider, listMarks.list], set: { total, digest, walkedAt } });
}

export type DueKind = (typeof dueTimes.$inferSelect)["kind"];

export async function putDue(tx: Transaction, due: typeof dueTimes.$inferInsert): Promise<void> {
  const { dueAt, checkedAt, unchanged = 0 } = due;
  await tx.insert(dueTimes).values(due).onConflictDoUpdate({ target: [dueTimes.kind, dueTimes.id], set: { dueAt, checkedAt, unchanged } });
}

export async function dueOf(db: Queryable, kind: DueKind, id: number) {
  const [row] = await db.select().from(dueTimes).where(and(eq(dueTimes.kind, kind), eq(dueTimes.id, id)));
  return row ?? null;
}

/** What is due at an instant (epoch ms), longest due first. */
export function dueNow(db: Queryable, kind: DueKind, now: number, limit: number) {
  return db
    .select()
    .from(dueTimes)
    .where(and(eq(dueTimes.kind, kind), lte(dueTimes.dueAt, now)))
    .orderBy(asc(dueTimes.dueAt))
    .limit(limit);
}

/** Adds visitors' requests to the hour in which they came. */
export async function addTraffic(tx: Transaction, at: number, requests: number): Promise<void> {
  await tx
    .insert(trafficHours)
    .values({ at, requests })
    .onConflictDoUpdate({ target: trafficHours.at, set: { requests: sql`${trafficHours.requests} + ${requests}` } });
}

/** Requests by hour from an instant (epoch ms) on, oldest first. */
export function trafficSince(db: Queryable, since: number) {
  return db.select().from(trafficHours).where(sql`${trafficHours.at} >= ${since}`).orderBy(asc(trafficHours.at));
}

export async function trimTraffic(tx: Transaction, before: number): Promise<void> {
  await tx.run(sql`DELETE FROM traffic_hours WHERE at < ${before}`);
}
