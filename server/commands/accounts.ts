import { command } from "#db/command.ts";
import { setPasswordHash } from "#db/queries/accounts.ts";
import { announceAccess } from "#db/queries/events.ts";
import { audit, writeSetting } from "#db/queries/journal.ts";
import { deleteSessionsOf, insertUser, setRole, type Role } from "#db/queries/users.ts";
import { AppError, notFound } from "../domain/errors.ts";
import { SETUP_TOKEN } from "./roles.ts";

/** Opens an account with a role, from the operator's command line; its id. Throws `email_taken`. */
export const createAccount = command<{ email: string; displayName: string; passwordHash: string; role: Role }, number>(
  async (tx, { input: { role, ...account }, now }) => {
    const id = await insertUser(tx, { ...account, createdAt: now });
    if (id === null) {
      const message = `There is an account of ${account.email} already. \`theset user promote\` and \`theset user reset-password\` change it.`;
      throw new AppError({ kind: "conflict", reason: "email_taken", message });
    }
    if (role !== "user") await setRole(tx, { id }, role);
    // With an admin there, the token in the log of the first start must not make another.
    if (role === "admin") await writeSetting(tx, SETUP_TOKEN, "");
    await audit(tx, { at: now, actorId: null, action: "user.create", subject: "user", subjectId: id, details: { role } });
    return id;
  },
);

/** Gives an account a new password and ends its sessions, from the operator's command line. */
export const resetPassword = command<{ email: string; passwordHash: string }, void>(async (tx, { input, now }) => {
  const id = await setPasswordHash(tx, input.email, input.passwordHash);
  if (id === null) throw notFound("account");
  await deleteSessionsOf(tx, id);
  await announceAccess(tx, now, id);
  await audit(tx, { at: now, actorId: null, action: "user.reset_password", subject: "user", subjectId: id, details: {} });
});
