import { and, desc, eq, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { auditLog, settings } from "../schema/index.ts";

export async function audit(tx: Transaction, entry: typeof auditLog.$inferInsert): Promise<void> {
  await tx.insert(auditLog).values(entry);
}

/** What was done by hand to one thing, latest first. */
export function auditOf(db: Queryable, subject: string, subjectId: number, limit: number) {
  return db
    .select({ at: auditLog.at, actorId: auditLog.actorId, action: auditLog.action, details: auditLog.details })
    .from(auditLog)
    .where(and(eq(auditLog.subject, subject), eq(auditLog.subjectId, subjectId)))
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(limit);
}

/** What the audit log says has locked a show's voting at an instant (epoch ms); null for a person, or where nothing is known. */
export async function causeOfLock(db: Queryable, showId: number, lockedAt: number): Promise<string | null> {
  const [row] = await db
    .select({ at: auditLog.at, cause: sql<string | null>`${auditLog.details} ->> 'cause'` })
    .from(auditLog)
    .where(and(eq(auditLog.subject, "show"), eq(auditLog.subjectId, showId), eq(auditLog.action, "voting.lock")))
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(1);
  return row?.at === lockedAt ? row.cause : null;
}

export async function readSetting(db: Queryable, key: string): Promise<string | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
  return row?.value ?? null;
}

export async function writeSetting(tx: Transaction, key: string, value: string): Promise<void> {
  await tx
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value } });
}

export async function deleteSetting(tx: Transaction, key: string): Promise<void> {
  await tx.delete(settings).where(eq(settings.key, key));
}
