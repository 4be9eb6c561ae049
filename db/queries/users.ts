import { and, asc, eq, isNotNull, lt, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { preparedQuery } from "../prepared-query.ts";
import { apiTokens, sessions, users } from "../schema/index.ts";

export type Role = (typeof users.$inferSelect)["role"];

const account = {
  id: users.id,
  email: users.email,
  displayName: users.displayName,
  role: users.role,
  createdAt: users.createdAt,
};

export type Account = Awaited<ReturnType<typeof accountById>> & object;

export async function accountById(db: Queryable, id: number) {
  const [row] = await db.select(account).from(users).where(eq(users.id, id));
  return row ?? null;
}

/** The account of an e-mail address (lower-case) with its password hash; demo fans have none and are left out. */
export async function credentialsOf(db: Queryable, email: string) {
  const [row] = await db
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.email, email), isNotNull(users.passwordHash)));
  return row ?? null;
}

/** Adds an account; null where the address is taken. */
export async function insertUser(
  tx: Transaction,
  user: { email: string; displayName: string; passwordHash: string; createdAt: number },
): Promise<number | null> {
  const [row] = await tx.insert(users).values(user).onConflictDoNothing().returning({ id: users.id });
  return row?.id ?? null;
}

/** Changes a role; the account's id, or null where no such account exists. */
export async function setRole(tx: Transaction, who: { id: number } | { email: string }, role: Role) {
  const [row] = await tx
    .update(users)
    .set({ role })
    .where("id" in who ? eq(users.id, who.id) : eq(users.email, who.email))
    .returning({ id: users.id });
  return row?.id ?? null;
}

export async function insertSession(tx: Transaction, session: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(session);
}

const bySessionHash = preparedQuery((db) =>
  db
    .select({ session: sessions, account })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.idHash, sql.placeholder("idHash")))
    .prepare(),
);

export async function sessionByHash(db: Queryable, idHash: string) {
  const [row] = await bySessionHash(db).all({ idHash });
  return row ?? null;
}

export async function extendSession(tx: Transaction, idHash: string, expiresAt: number): Promise<void> {
  await tx.update(sessions).set({ expiresAt }).where(eq(sessions.idHash, idHash));
}

/** Ends a session; whose it was. */
export async function deleteSession(tx: Transaction, idHash: string): Promise<number | null> {
  const [row] = await tx.delete(sessions).where(eq(sessions.idHash, idHash)).returning({ userId: sessions.userId });
  return row?.userId ?? null;
}

export async function deleteSessionsOf(tx: Transaction, userId: number): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, userId));
}

export async function deleteSessionsBefore(tx: Transaction, now: number): Promise<number> {
  const { rowsAffected } = await tx.delete(sessions).where(lt(sessions.expiresAt, now));
  return rowsAffected;
}

export async function insertToken(tx: Transaction, token: typeof apiTokens.$inferInsert): Promise<number> {
  const [row] = await tx.insert(apiTokens).values(token).returning({ id: apiTokens.id });
  if (!row) throw new Error("The inserted token was not returned");
  return row.id;
}

const byTokenHash = preparedQuery((db) =>
  db
    .select({ id: apiTokens.id, lastUsedAt: apiTokens.lastUsedAt, account })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(eq(apiTokens.tokenHash, sql.placeholder("tokenHash")))
    .prepare(),
);

export async function tokenByHash(db: Queryable, tokenHash: string) {
  const [row] = await byTokenHash(db).all({ tokenHash });
  return row ?? null;
}

export function tokensOf(db: Queryable, userId: number) {
  return db
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      prefix: apiTokens.prefix,
      createdAt: apiTokens.createdAt,
      lastUsedAt: apiTokens.lastUsedAt,
    })
    .from(apiTokens)
    .where(eq(apiTokens.userId, userId))
    .orderBy(asc(apiTokens.id));
}

export async function countTokens(db: Queryable, userId: number): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)` })
    .from(apiTokens)
    .where(eq(apiTokens.userId, userId));
  return row?.n ?? 0;
}

export async function touchToken(tx: Transaction, id: number, lastUsedAt: number): Promise<void> {
  await tx.update(apiTokens).set({ lastUsedAt }).where(eq(apiTokens.id, id));
}

/** Deletes a fan's own token; false where there is none. */
export async function deleteToken(tx: Transaction, userId: number, id: number): Promise<boolean> {
  const { rowsAffected } = await tx
    .delete(apiTokens)
    .where(and(eq(apiTokens.id, id), eq(apiTokens.userId, userId)));
  return rowsAffected === 1;
}
