import { hash, randomBytes } from "node:crypto";
import type { Database } from "#db/client.ts";
import { tokenByHash } from "#db/queries/users.ts";
import type { FoundAccess } from "./known-access.ts";

/** Marks a string as one of our tokens, for people and for secret scanners. */
const TOKEN_PREFIX = "ths_";
const SHOWN_CHARACTERS = TOKEN_PREFIX.length + 6;

export interface NewToken {
  /** Shown once. */
  token: string;
  tokenHash: string;
  /** Kept to tell tokens apart. */
  prefix: string;
}

export function createToken(): NewToken {
  const token = TOKEN_PREFIX + randomBytes(32).toString("base64url");
  return { token, tokenHash: hashToken(token), prefix: token.slice(0, SHOWN_CHARACTERS) };
}

/** SHA-256 is enough here: a token has 256 random bits, so there is nothing to guess. */
export function hashToken(token: string): string {
  return hash("sha256", token);
}

/**
 * Under what the token of an Authorization header is known; null where it holds none of ours. The
 * prefix keeps it apart from session ids, so that a token in a cookie is no session.
 */
export function bearerHash(authorization: string): string | null {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  return token?.startsWith(TOKEN_PREFIX) ? TOKEN_PREFIX + hashToken(token) : null;
}

/** What the token of a `bearerHash` means; null where it is not valid. */
export async function findToken(reader: Database, bearer: string): Promise<FoundAccess | null> {
  const row = await tokenByHash(reader, bearer.slice(TOKEN_PREFIX.length));
  if (!row) return null;
  const { id, email, displayName, role } = row.account;
  return {
    access: { actor: { userId: id, email, displayName, role }, token: { id: row.id, lastUsedAt: row.lastUsedAt } },
    until: Infinity,
  };
}
