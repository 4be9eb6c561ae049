import { and, asc, desc, eq, sql } from "drizzle-orm";
import { preparedQuery } from "../prepared-query.ts";
import type { Queryable, Transaction } from "../client.ts";
import { setlistSongs, showAllowances, shows, songs, votes } from "../schema/index.ts";

const rankedRows = preparedQuery((db) =>
  db
    .select({
      setlistSongId: setlistSongs.id,
      position: setlistSongs.position,
      songId: songs.id,
      title: songs.title,
      votes: setlistSongs.votes,
      suggested: setlistSongs.suggested,
    })
    .from(setlistSongs)
    .innerJoin(songs, eq(songs.id, setlistSongs.songId))
    .where(eq(setlistSongs.showId, sql.placeholder("showId")))
    .orderBy(desc(setlistSongs.votes), asc(setlistSongs.position))
    .prepare(),
);

/** A show's ballot in rank order: most votes first, then the order it started with. */
export function rankedBallot(db: Queryable, showId: number) {
  return rankedRows(db).all({ showId });
}

const votedRows = preparedQuery((db) =>
  db
    .select({ id: votes.setlistSongId })
    .from(votes)
    .where(and(eq(votes.showId, sql.placeholder("showId")), eq(votes.userId, sql.placeholder("userId"))))
    .prepare(),
);

/** The setlist songs of one show that a fan has voted for. */
export async function votedFor(db: Queryable, userId: number, showId: number): Promise<Set<number>> {
  const rows = await votedRows(db).all({ userId, showId });
  return new Set(rows.map((row) => row.id));
}

export interface Tally {
  version: number;
  total: number;
  songs: { setlistSongId: number; votes: number }[];
}

const tallyRows = preparedQuery((db) =>
  db
    .select({
      version: shows.tallyVersion,
      total: shows.totalVotes,
      setlistSongId: setlistSongs.id,
      votes: setlistSongs.votes,
    })
    .from(shows)
    .leftJoin(setlistSongs, eq(setlistSongs.showId, shows.id))
    .where(eq(shows.id, sql.placeholder("showId")))
    .prepare(),
);

/** A show's whole tally at one version, read by one statement; null where there is no such show. */
export async function readTally(db: Queryable, showId: number): Promise<Tally | null> {
  const rows = await tallyRows(db).all({ showId });
  const [first] = rows;
  if (!first) return null;
  const counted = rows.flatMap(({ setlistSongId, votes: n }) =>
    setlistSongId === null || n === null ? [] : [{ setlistSongId, votes: n }],
  );
  return { version: first.version, total: first.total, songs: counted };
}

/** One page of the shows a fan has voted on, latest show first. */
export function votedShows(
  db: Queryable,
  userId: number,
  page: { after?: { localDate: string; id: number } | undefined; limit: number },
) {
  const after = page.after;
  return db
    .select({ showId: shows.id, localDate: shows.localDate })
    .from(showAllowances)
    .innerJoin(shows, eq(shows.id, showAllowances.showId))
    .where(
      and(
        eq(showAllowances.userId, userId),
        sql`${showAllowances.votes} > 0`,
        after && sql`(${shows.localDate}, ${shows.id}) < (${after.localDate}, ${after.id})`,
      ),
    )
    .orderBy(desc(shows.localDate), desc(shows.id))
    .limit(page.limit);
}

/** The songs a fan voted for at some shows, in rank order. */
export function votedSongs(db: Queryable, userId: number, showIds: number[]) {
  const ids = JSON.stringify(showIds);
  return db
    .select({
      showId: votes.showId,
      setlistSongId: setlistSongs.id,
      title: songs.title,
      votes: setlistSongs.votes,
    })
    .from(votes)
    .innerJoin(setlistSongs, eq(setlistSongs.id, votes.setlistSongId))
    .innerJoin(songs, eq(songs.id, setlistSongs.songId))
    .where(and(sql`${votes.showId} IN (SELECT value FROM json_each(${ids}))`, eq(votes.userId, userId)))
    .orderBy(desc(setlistSongs.votes), asc(setlistSongs.position));
}

/** Whether a song is on a show's ballot; its setlist song id if so. */
export async function setlistSongOf(db: Queryable, showId: number, songId: number): Promise<number | null> {
  const [row] = await db
    .select({ id: setlistSongs.id })
    .from(setlistSongs)
    .where(and(eq(setlistSongs.showId, showId), eq(setlistSongs.songId, songId)));
  return row?.id ?? null;
}

/** Puts a fan's song at the end of a ballot; counts it as an addition and as a change of the tally. */
export async function insertSuggestion(
  tx: Transaction,
  added: { showId: number; songId: number; userId: number },
): Promise<{ setlistSongId: number; tallyVersion: number }> {
  await tx
    .insert(showAllowances)
    .values({ userId: added.userId, showId: added.showId, additions: 1 })
    .onConflictDoUpdate({
      target: [showAllowances.userId, showAllowances.showId],
      set: { additions: sql`${showAllowances.additions} + 1` },
    });
  const [song] = await tx
    .insert(setlistSongs)
    .values({
      showId: added.showId,
      songId: added.songId,
      position: sql`(SELECT coalesce(max(position), 0) + 1 FROM setlist_songs WHERE show_id = ${added.showId})`,
      addedBy: added.userId,
      suggested: true,
    })
    .returning({ id: setlistSongs.id });
  const [show] = await tx
    .update(shows)
    .set({ tallyVersion: sql`${shows.tallyVersion} + 1` })
    .where(eq(shows.id, added.showId))
    .returning({ version: shows.tallyVersion });
  if (!song || !show) throw new Error("An inserted row was not returned");
  return { setlistSongId: song.id, tallyVersion: show.version };
}
