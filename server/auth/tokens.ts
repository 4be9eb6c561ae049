import { createHash, randomBytes } from "node:crypto";
import type { Database } from "#db/client.ts";
import { tokenByHash } from "#db/queries/users.ts";
import type { Actor } from "./actor.ts";

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
  return createHash("sha256").update(token).digest("hex");
}

export interface TokenHolder {
  tokenId: number;
  /** Epoch ms. */
  lastUsedAt: number | null;
  actor: Actor;
}

/** Who an Authorization header belongs to; null where it holds no token of ours that is valid. */
export async function readBearer(reader: Database, authorization: string): Promise<TokenHolder | null> {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  if (!token?.startsWith(TOKEN_PREFIX)) return null;
  const row = await tokenByHash(reader, hashToken(token));
  if (!row) return null;
  const { id, email, displayName, role } = row.account;
  return { tokenId: row.id, lastUsedAt: row.lastUsedAt, actor: { userId: id, email, displayName, role } };
}
