import { and, desc, eq } from "drizzle-orm";
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
