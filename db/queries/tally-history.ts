import { asc, eq, sql } from "drizzle-orm";
import type { Snapshot } from "#server/domain/statistics/tally-history.ts";
import type { Queryable, Transaction } from "../client.ts";
import { tallyHistory } from "../schema/index.ts";

const input = (ids: readonly number[]) => sql`json_each(${JSON.stringify(ids)}) AS input`;

interface SnapshotRow {
  showId: number;
  at: number;
  total: number;
  tallies: string;
}

function toSnapshots(rows: SnapshotRow[]): Map<number, Snapshot> {
  return new Map(rows.map(({ showId, at, total, tallies }) => [showId, { at, total, tallies: JSON.parse(tallies) as Snapshot["tallies"] }]));
}

/** The last snapshots of some shows up to an instant (epoch ms), or their first where all are later; shows without any are left out. */
export async function snapshotsAt(db: Queryable, showIds: readonly number[], at: number): Promise<Map<number, Snapshot>> {
  const rows = await db.all<SnapshotRow>(sql`
    SELECT h.show_id AS showId, h.at, h.total, h.tallies FROM ${input(showIds)} JOIN tally_history h
      ON h.show_id = input.value AND h.at = coalesce(
        (SELECT max(at) FROM tally_history b WHERE b.show_id = input.value AND b.at <= ${at}),
        (SELECT min(at) FROM tally_history f WHERE f.show_id = input.value))`);
  return toSnapshots(rows);
}

/** When the last snapshots of some shows were taken, epoch ms. */
export async function lastSnapshots(db: Queryable, showIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.all<{ showId: number; at: number }>(sql`
    SELECT input.value AS showId, (SELECT max(at) FROM tally_history h WHERE h.show_id = input.value) AS at FROM ${input(showIds)}`);
  return new Map(rows.flatMap(({ showId, at }) => (at === null ? [] : [[showId, at] as const])));
}

/** A song of a ballot with its tally now. */
export interface BallotNow {
  showId: number;
  id: number;
  votes: number;
  suggested: number;
  trend: number;
  /** When the ballot was made, epoch ms. */
  since: number;
}

export function ballotsNow(db: Queryable, showIds: readonly number[]): Promise<BallotNow[]> {
  return db.all(sql`
    SELECT s.show_id AS showId, s.id, s.votes, s.suggested, s.trend, b.created_at AS since
    FROM ${input(showIds)} JOIN setlist_songs s ON s.show_id = input.value JOIN predicted_setlists b ON b.show_id = s.show_id`);
}

/** Votes of a show that count, in the order of their key, after one of them. */
export function votesAfter(db: Queryable, showId: number, after: { userId: number; setlistSongId: number }, limit: number): Promise<{ userId: number; setlistSongId: number; castAt: number }[]> {
  return db.all(sql`
    SELECT v.user_id AS userId, v.setlist_song_id AS setlistSongId, v.cast_at AS castAt
    FROM votes v JOIN show_allowances a ON a.show_id = v.show_id AND a.user_id = v.user_id
    WHERE v.show_id = ${showId} AND (v.user_id, v.setlist_song_id) > (${after.userId}, ${after.setlistSongId}) AND a.quarantined_at IS NULL
    ORDER BY v.user_id, v.setlist_song_id LIMIT ${limit}`);
}

/** Shows of some local dates that are over, were voted on and have no history. */
export async function overWithoutHistory(db: Queryable, { from, to }: { from: string; to: string }, limit: number): Promise<{ id: number; votes: number }[]> {
  return db.all(sql`
    SELECT id, total_votes AS votes FROM shows
    WHERE status = 'completed' AND local_date BETWEEN ${from} AND ${to} AND total_votes > 0
      AND NOT EXISTS (SELECT 1 FROM tally_history h WHERE h.show_id = shows.id) LIMIT ${limit}`);
}

/** Shows that were over on some local dates. */
export async function showsOverOn(db: Queryable, dates: readonly string[]): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`SELECT id FROM shows WHERE status = 'completed' AND local_date IN (SELECT value FROM json_each(${JSON.stringify(dates)}))`);
  return rows.map(({ id }) => id);
}

/** When a show's snapshots were taken, epoch ms, in order. */
export async function snapshotTimes(db: Queryable, showId: number): Promise<number[]> {
  const rows = await db.select({ at: tallyHistory.at }).from(tallyHistory).where(eq(tallyHistory.showId, showId)).orderBy(asc(tallyHistory.at));
  return rows.map(({ at }) => at);
}

/** All snapshots of a show, in order. */
export function historyOf(db: Queryable, showId: number): Promise<Snapshot[]> {
  return db
    .select({ at: tallyHistory.at, total: tallyHistory.total, tallies: tallyHistory.tallies })
    .from(tallyHistory)
    .where(eq(tallyHistory.showId, showId))
    .orderBy(asc(tallyHistory.at));
}

/** Adds snapshots; one of an instant that there is one of is left out, as are those of shows that are gone. */
export async function addSnapshots(tx: Transaction, snapshots: readonly (Snapshot & { showId: number })[]): Promise<void> {
  const rows = snapshots.map(({ showId, at, total, tallies }) => [showId, at, total, JSON.stringify(tallies)]);
  await tx.run(sql`
    INSERT OR IGNORE INTO tally_history (show_id, at, total, tallies)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${JSON.stringify(rows)}) WHERE value ->> 0 IN (SELECT id FROM shows)`);
}

export async function dropSnapshots(tx: Transaction, showId: number, ats: readonly number[]): Promise<void> {
  await tx.run(sql`DELETE FROM tally_history WHERE show_id = ${showId} AND at IN (SELECT value FROM json_each(${JSON.stringify(ats)}))`);
}

/** Notes how fast songs' votes come. */
export async function putSongTrends(tx: Transaction, trends: readonly { setlistSongId: number; trend: number }[]): Promise<void> {
  const rows = JSON.stringify(trends.map(({ setlistSongId, trend }) => [setlistSongId, trend]));
  await tx.run(sql`
    UPDATE setlist_songs SET trend = input.trend FROM (SELECT value ->> 0 AS id, value ->> 1 AS trend FROM json_each(${rows})) AS input
    WHERE setlist_songs.id = input.id`);
}
