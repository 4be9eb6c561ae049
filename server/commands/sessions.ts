import { command } from "#db/command.ts";
import { announceAccess } from "#db/queries/events.ts";
import * as users from "#db/queries/users.ts";

export const createSession = command<{ idHash: string; userId: number; expiresAt: number }, void>(
  (tx, { input, now }) => users.insertSession(tx, { ...input, createdAt: now }),
);

export const extendSession = command<{ idHash: string; expiresAt: number }, void>((tx, { input }) =>
  users.extendSession(tx, input.idHash, input.expiresAt),
);

export const endSession = command<{ idHash: string }, void>(async (tx, { input, now }) => {
  const userId = await users.deleteSession(tx, input.idHash);
  if (userId !== null) await announceAccess(tx, now, userId);
});

export const endSessionsOf = command<{ userId: number }, void>(async (tx, { input, now }) => {
  await users.deleteSessionsOf(tx, input.userId);
  await announceAccess(tx, now, input.userId);
});

/** Removes sessions whose time is over; how many. */
export const deleteExpiredSessions = command<void, number>((tx, { now }) =>
  users.deleteSessionsBefore(tx, now),
);
