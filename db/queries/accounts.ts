import { and, asc, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { apiTokens, users } from "../schema/index.ts";
import type { Role } from "./users.ts";

const account = { id: users.id, email: users.email, displayName: users.displayName, role: users.role };

/** Accounts of people (demo fans have no password) by id, those after one of them. */
export function listAccounts(db: Queryable, { after, limit, role }: { after: number; limit: number; role?: Role }) {
  return db
    .select({ ...account, createdAt: users.createdAt })
    .from(users)
    .where(and(gt(users.id, after), isNotNull(users.passwordHash), role && eq(users.role, role)))
    .orderBy(asc(users.id))
    .limit(limit);
}

/** The account of an e-mail address (lower-case), unless it is a demo fan's; else null. */
export async function accountByEmail(db: Queryable, email: string) {
  const [row] = await db
    .select(account)
    .from(users)
    .where(and(eq(users.email, email), isNotNull(users.passwordHash)));
  return row ?? null;
}

/** Sets the password hash of an account that has one; the account's id, or null where there is none. */
export async function setPasswordHash(tx: Transaction, email: string, passwordHash: string): Promise<number | null> {
  const [row] = await tx
    .update(users)
    .set({ passwordHash })
    .where(and(eq(users.email, email), isNotNull(users.passwordHash)))
    .returning({ id: users.id });
  return row?.id ?? null;
}

/** API tokens with their owners, by id; of one account or of all. */
export function listTokensWithOwners(db: Queryable, { email, after, limit }: { email?: string; after: number; limit: number }) {
  return db
    .select({
      id: apiTokens.id,
      email: users.email,
      name: apiTokens.name,
      prefix: apiTokens.prefix,
      createdAt: apiTokens.createdAt,
      lastUsedAt: apiTokens.lastUsedAt,
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(and(gt(apiTokens.id, after), email === undefined ? sql`true` : eq(users.email, email)))
    .orderBy(asc(apiTokens.id))
    .limit(limit);
}

/** Whose an API token is; null where there is none. */
export async function ownerOfToken(db: Queryable, id: number) {
  const [row] = await db
    .select(account)
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(eq(apiTokens.id, id));
  return row ?? null;
}
