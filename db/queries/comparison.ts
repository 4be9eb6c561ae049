import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import { preparedQuery } from "../prepared-query.ts";
import { calls, setlistSongs, votes } from "../schema/index.ts";

const voteRows = preparedQuery((db) =>
  db
    .select({ songId: setlistSongs.songId, castAt: votes.castAt })
    .from(votes)
    .innerJoin(setlistSongs, eq(setlistSongs.id, votes.setlistSongId))
    .where(and(eq(votes.showId, sql.placeholder("showId")), eq(votes.userId, sql.placeholder("userId"))))
    .prepare(),
);

/** A fan's votes at a show by song; `castAt` in epoch ms. */
export function standingVotes(db: Queryable, fan: { showId: number; userId: number }): Promise<{ songId: number; castAt: number }[]> {
  return voteRows(db).all(fan);
}

const callRows = preparedQuery((db) =>
  db
    .select({ role: calls.role, songId: setlistSongs.songId })
    .from(calls)
    .innerJoin(setlistSongs, eq(setlistSongs.id, calls.setlistSongId))
    .where(and(eq(calls.showId, sql.placeholder("showId")), eq(calls.userId, sql.placeholder("userId"))))
    .prepare(),
);

/** The songs that a fan named for roles at a show. */
export function fansCalls(db: Queryable, fan: { showId: number; userId: number }) {
  return callRows(db).all(fan);
}
