import { and, eq, sql } from "drizzle-orm";
import type { Role } from "#server/domain/scoring/played.ts";
import type { Queryable, Transaction } from "../client.ts";
import { preparedQuery } from "../prepared-query.ts";
import { calls } from "../schema/index.ts";

/** The setlist song that a fan has named for each role. */
export type CalledSongs = Partial<Record<Role, number>>;

const rows = preparedQuery((db) =>
  db
    .select({ role: calls.role, setlistSongId: calls.setlistSongId })
    .from(calls)
    .where(and(eq(calls.showId, sql.placeholder("showId")), eq(calls.userId, sql.placeholder("userId"))))
    .prepare(),
);

export async function callsOf(db: Queryable, userId: number, showId: number): Promise<CalledSongs> {
  return Object.fromEntries((await rows(db).all({ userId, showId })).map(({ role, setlistSongId }) => [role, setlistSongId]));
}

/** Names a song for a role, in place of the one that was named before. */
export async function putCall(tx: Transaction, call: typeof calls.$inferInsert): Promise<void> {
  const { setlistSongId, calledAt } = call;
  await tx.insert(calls).values(call).onConflictDoUpdate({ target: [calls.showId, calls.userId, calls.role], set: { setlistSongId, calledAt } });
}

/** Takes a call of that song back; another song stays called. */
export async function dropCall(tx: Transaction, call: { showId: number; userId: number; role: Role; setlistSongId: number }): Promise<void> {
  const { showId, userId, role, setlistSongId } = call;
  await tx.delete(calls).where(and(eq(calls.showId, showId), eq(calls.userId, userId), eq(calls.role, role), eq(calls.setlistSongId, setlistSongId)));
}
