import { command } from "#db/command.ts";
import { announceAccess } from "#db/queries/events.ts";
import * as users from "#db/queries/users.ts";
import type { Authorized } from "../auth/actor.ts";
import { AppError, notFound } from "../domain/errors.ts";

const MAX_TOKENS = 20;

/** Keeps a new API token's hash; the token's id. */
export const createApiToken = command<
  { fan: Authorized<"manage-own-account">; name: string; tokenHash: string; prefix: string },
  number
>(async (tx, { input: { fan, ...token }, now }) => {
  if ((await users.countTokens(tx, fan.userId)) >= MAX_TOKENS) {
    throw new AppError({
      kind: "conflict",
      reason: "token_limit",
      message: `An account can have ${MAX_TOKENS} tokens. Revoke one first.`,
    });
  }
  return users.insertToken(tx, { ...token, userId: fan.userId, createdAt: now });
});

/** Ends one of the fan's own tokens. */
export const revokeApiToken = command<{ fan: Authorized<"manage-own-account">; id: number }, void>(
  async (tx, { input: { fan, id }, now }) => {
    if (!(await users.deleteToken(tx, fan.userId, id))) throw notFound("token");
    await announceAccess(tx, now, fan.userId);
  },
);

/** Notes that a token was used. */
export const touchApiToken = command<{ id: number }, void>((tx, { input, now }) =>
  users.touchToken(tx, input.id, now),
);
