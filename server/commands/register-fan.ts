import { command } from "#db/command.ts";
import { insertUser } from "#db/queries/users.ts";

/** Opens an account. An address that already has one changes nothing and answers the same. */
export const registerFan = command<{ email: string; displayName: string; passwordHash: string }, void>(
  async (tx, { input, now }) => {
    await insertUser(tx, { ...input, createdAt: now });
  },
);
