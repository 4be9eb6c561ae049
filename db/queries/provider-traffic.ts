import { and, eq, lt, sql } from "drizzle-orm";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { providerAnswers, providerDays } from "../schema/index.ts";

export type AnswerRow = typeof providerAnswers.$inferSelect;

export async function readAnswer(db: Queryable, key: string): Promise<AnswerRow | null> {
  const [row] = await db.select().from(providerAnswers).where(eq(providerAnswers.key, key));
  return row ?? null;
}

export async function putAnswer(tx: Transaction, row: AnswerRow): Promise<void> {
  const { key: _, ...rest } = row;
  await tx.insert(providerAnswers).values(row).onConflictDoUpdate({ target: providerAnswers.key, set: rest });
}

export async function touchAnswer(tx: Transaction, key: string, checkedAt: number): Promise<void> {
  await tx.update(providerAnswers).set({ checkedAt }).where(eq(providerAnswers.key, key));
}

/** Removes at most `limit` answers that were not asked for since `before` (epoch ms); how many. */
export async function trimAnswers(tx: Transaction, before: number, limit: number): Promise<number> {
  const { rowsAffected } = await tx.run(sql`
    DELETE FROM provider_answers WHERE key IN (SELECT key FROM provider_answers WHERE checked_at < ${before} LIMIT ${limit})`);
  return rowsAffected;
}

/** Counts one more request of a provider on a UTC day; how many there are with it. */
export async function countRequest(tx: Transaction, provider: Provider, day: string): Promise<number> {
  const [row] = await tx
    .insert(providerDays)
    .values({ provider, day, requests: 1 })
    .onConflictDoUpdate({ target: [providerDays.provider, providerDays.day], set: { requests: sql`${providerDays.requests} + 1` } })
    .returning({ requests: providerDays.requests });
  return row!.requests;
}

export async function requestsOn(db: Queryable, provider: Provider, day: string): Promise<number> {
  const [row] = await db
    .select({ requests: providerDays.requests })
    .from(providerDays)
    .where(and(eq(providerDays.provider, provider), eq(providerDays.day, day)));
  return row?.requests ?? 0;
}

export async function trimDays(tx: Transaction, before: string): Promise<void> {
  await tx.delete(providerDays).where(lt(providerDays.day, before));
}
