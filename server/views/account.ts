import { accountById, credentialsOf, tokensOf } from "#db/queries/users.ts";
import { readSetting } from "#db/queries/journal.ts";
import { notFound } from "../domain/errors.ts";
import { iso } from "../domain/instant.ts";
import type { Role } from "../auth/actor.ts";
import type { Reader } from "./reader.ts";

export interface Me {
  id: number;
  email: string;
  displayName: string;
  role: Role;
  createdAt: string;
}

/** An account as its owner sees it. Throws `not_found` when it has been deleted meanwhile. */
export async function me(reader: Reader, userId: number): Promise<Me> {
  const account = await accountById(reader, userId);
  if (!account) throw notFound("account");
  return { ...account, createdAt: iso(account.createdAt) };
}

export interface TokenSummary {
  id: number;
  name: string;
  /** The token's first characters. */
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
}

/** A fan's API tokens, oldest first; never the tokens themselves. */
export async function listTokens(reader: Reader, userId: number): Promise<{ items: TokenSummary[] }> {
  const rows = await tokensOf(reader, userId);
  return {
    items: rows.map((row) => ({
      ...row,
      createdAt: iso(row.createdAt),
      lastUsedAt: row.lastUsedAt === null ? null : iso(row.lastUsedAt),
    })),
  };
}

/** The id and password hash of an address, for signing in; null for an unknown one. */
export function credentials(reader: Reader, email: string) {
  return credentialsOf(reader, email);
}

/** Whether the site shows demo data. */
export async function showsDemo(reader: Reader): Promise<boolean> {
  return (await readSetting(reader, "demo")) === "present";
}
