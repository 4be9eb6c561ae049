import { timingSafeEqual } from "node:crypto";
import { command } from "#db/command.ts";
import { announceAccess } from "#db/queries/events.ts";
import { audit, readSetting, writeSetting } from "#db/queries/journal.ts";
import { setRole, type Role } from "#db/queries/users.ts";
import type { Authorized } from "../auth/actor.ts";
import { AppError, notFound } from "../domain/errors.ts";

/** The setting that holds the hash of the setup token, "" once there is an admin. */
export const SETUP_TOKEN = "setup_token_hash";

/** Keeps the hash of the one-time setup token, unless the instance has had one; whether it was kept. */
export const issueSetupToken = command<{ tokenHash: string }, boolean>(async (tx, { input }) => {
  if ((await readSetting(tx, SETUP_TOKEN)) !== null) return false;
  await writeSetting(tx, SETUP_TOKEN, input.tokenHash);
  return true;
});

/** Makes a fan the first admin for the right setup token, once. */
export const claimSetup = command<{ fan: Authorized<"manage-own-account">; tokenHash: string }, void>(
  async (tx, { input: { fan, tokenHash }, now }) => {
    const expected = await readSetting(tx, SETUP_TOKEN);
    if (!expected || !sameHash(expected, tokenHash)) {
      throw new AppError({
        kind: "forbidden",
        reason: "wrong_setup_token",
        message: "This setup token is not valid, or has been used.",
      });
    }
    // An empty value stays behind: it says that the token was used and another one must not be made.
    await writeSetting(tx, SETUP_TOKEN, "");
    await setRole(tx, { id: fan.userId }, "admin");
    await announceAccess(tx, now, fan.userId);
    const subjectId = fan.userId;
    await audit(tx, { at: now, actorId: subjectId, action: "setup.claim", subject: "user", subjectId, details: {} });
  },
);

function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** Gives an account a role, from the operator's command line. */
export const setUserRole = command<{ email: string; role: Role }, void>(async (tx, { input, now }) => {
  const id = await setRole(tx, { email: input.email }, input.role);
  if (id === null) throw notFound("account");
  await announceAccess(tx, now, id);
  // With an admin there, the token in the log of the first start must not make another.
  if (input.role === "admin") await writeSetting(tx, SETUP_TOKEN, "");
  const details = { role: input.role };
  await audit(tx, { at: now, actorId: null, action: "user.set_role", subject: "user", subjectId: id, details });
});
