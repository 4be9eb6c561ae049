import * as accounts from "#db/queries/accounts.ts";
import type { Actor, Role } from "../auth/actor.ts";
import { notFound } from "../domain/errors.ts";
import { iso } from "../domain/instant.ts";
import type { Reader } from "./reader.ts";

/** Rows that are read at once. */
const AT_ONCE = 1_000;

/** All accounts of people, oldest first. */
export async function allAccounts(reader: Reader, { role }: { role?: Role }) {
  const rows = await all((after) => accounts.listAccounts(reader, { after, limit: AT_ONCE, role }));
  return rows.map((row) => ({ ...row, createdAt: iso(row.createdAt) }));
}

/** All API tokens with their owners, oldest first; those of one account where its address is given. */
export async function allTokens(reader: Reader, { email }: { email?: string }) {
  const rows = await all((after) => accounts.listTokensWithOwners(reader, { email, after, limit: AT_ONCE }));
  return rows.map((row) => ({
    ...row,
    createdAt: iso(row.createdAt),
    lastUsedAt: row.lastUsedAt === null ? null : iso(row.lastUsedAt),
  }));
}

/** An account as the one who acts. Throws `not_found`. */
export async function actorOf(reader: Reader, email: string): Promise<Actor> {
  const account = await accounts.accountByEmail(reader, email);
  if (!account) throw notFound("account");
  return toActor(account);
}

/** The owner of an API token as the one who acts. Throws `not_found`. */
export async function actorOfToken(reader: Reader, tokenId: number): Promise<Actor> {
  const account = await accounts.ownerOfToken(reader, tokenId);
  if (!account) throw notFound("token");
  return toActor(account);
}

function toActor({ id, ...account }: Omit<Actor, "userId"> & { id: number }): Actor {
  return { userId: id, ...account };
}

async function all<T extends { id: number }>(read: (after: number) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (;;) {
    const rows = await read(found.at(-1)?.id ?? 0);
    found.push(...rows);
    if (rows.length < AT_ONCE) return found;
  }
}
