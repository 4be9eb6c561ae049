import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import { preparedQuery } from "../prepared-query.ts";
import { calls, setlistSongs, songs, votes } from "../schema/index.ts";

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

/** Titles of some songs. */
export async function songTitles(db: Queryable, songIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await db
    .select({ id: songs.id, title: songs.title })
    .from(songs)
    .where(sql`${songs.id} IN (SELECT value FROM json_each(${JSON.stringify(songIds)}))`);
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** A fan's place among all whose votes at a show were scored, from 1; null where there is no stored score. */
export async function placeAtShow(db: Queryable, { showId, userId }: { showId: number; userId: number }): Promise<{ place: number; fans: number } | null> {
  const [row] = await db.all<{ place: number; fans: number }>(sql`
    SELECT sum((others.points, others.hits, -others.last_vote_at, -others.user_id) >= (mine.points, mine.hits, -mine.last_vote_at, -mine.user_id)) AS place, count(*) AS fans
    FROM fan_scores mine JOIN fan_scores others ON others.show_id = mine.show_id
    WHERE mine.show_id = ${showId} AND mine.user_id = ${userId}
    GROUP BY mine.user_id`);
  return row ?? null;
}
