import { command } from "#db/command.ts";
import * as users from "#db/queries/users.ts";

export const createSession = command<{ idHash: string; userId: number; expiresAt: number }, void>(
  (tx, { input, now }) => users.insertSession(tx, { ...input, createdAt: now }),
);

export const extendSession = command<{ idHash: string; expiresAt: number }, void>((tx, { input }) =>
  users.extendSession(tx, input.idHash, input.expiresAt),
);

export const endSession = command<{ idHash: string }, void>((tx, { input }) =>
  users.deleteSession(tx, input.idHash),
);

export const endSessionsOf = command<{ userId: number }, void>((tx, { input }) =>
  users.deleteSessionsOf(tx, input.userId),
);

/** Removes sessions whose time is over; how many. */
export const deleteExpiredSessions = command<void, number>((tx, { now }) =>
  users.deleteSessionsBefore(tx, now),
);
