import { sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { logOf, withPairs, type MergePair } from "../merge-sql.ts";
import type { BallotPair } from "./merge-votes.ts";

/** Gives a show without a ballot the one of the show that goes. */
export async function copyBallot(tx: Transaction, { mergeId, from, into }: MergePair): Promise<void> {
  const added = await tx.all<{ id: number }>(sql`
    INSERT INTO predicted_setlists (show_id, closes_at, close_moved, locked_at, created_at)
    SELECT ${into}, closes_at, close_moved, locked_at, created_at FROM predicted_setlists WHERE show_id = ${from}
    ON CONFLICT DO NOTHING RETURNING show_id AS id`);
  await noteAdded(tx, mergeId, "predicted_setlists", added);
}

/** Puts the songs of the ballot that goes behind those that are on the other, in their order. */
export async function copySongs(tx: Transaction, { mergeId, from, into }: MergePair): Promise<void> {
  const added = await tx.all<{ id: number }>(sql`
    INSERT INTO setlist_songs (show_id, song_id, position, added_by, suggested)
    SELECT ${into}, song_id, (SELECT coalesce(max(position), 0) FROM setlist_songs WHERE show_id = ${into}) + row_number() OVER (ORDER BY position, id), added_by, suggested
    FROM setlist_songs WHERE show_id = ${from} AND song_id NOT IN (SELECT song_id FROM setlist_songs WHERE show_id = ${into})
    RETURNING id`);
  await noteAdded(tx, mergeId, "setlist_songs", added);
}

async function noteAdded(tx: Transaction, mergeId: number, table: string, rows: { id: number }[]): Promise<void> {
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key)
    SELECT ${mergeId}, ${table}, 'added', json_array(value) FROM json_each(${JSON.stringify(rows.map(({ id }) => id))})`);
}

/** Which song of the ballot that stays each song of the one that goes is. */
export function songsOfBoth(db: Queryable, { mergeId, from, into }: MergePair): Promise<BallotPair[]> {
  return db.all(sql`
    SELECT ${mergeId} AS mergeId, f.show_id AS fromShow, f.id AS "from", a.show_id AS intoShow, a.id AS "into"
    FROM setlist_songs f JOIN setlist_songs a ON a.show_id = ${into} AND a.song_id = f.song_id WHERE f.show_id = ${from} ORDER BY f.id`);
}

/** A place of a song that goes on a ballot, and the place that stays there, which may be the same. */
export interface BallotPlace extends BallotPair {
  /** The song that it is of from now on. */
  songId: number;
}

/** All places on ballots of songs that go. */
export function placesOfSongs(db: Queryable, pairs: MergePair[]): Promise<BallotPlace[]> {
  return db.all(sql`
    ${withPairs(pairs)}
    SELECT input.merge_id AS mergeId, f.show_id AS fromShow, f.id AS "from", f.show_id AS intoShow, input.into_id AS songId,
      coalesce(a.id, min(f.id) OVER (PARTITION BY f.show_id, input.into_id)) AS "into"
    FROM input CROSS JOIN setlist_songs f ON f.song_id = input.from_id
    LEFT JOIN setlist_songs a ON a.show_id = f.show_id AND a.song_id = input.into_id`);
}

/** Takes away the songs that a merge put on a ballot, but for those that have been voted for since, and the ballot if it is empty. */
export async function removeCopies(tx: Transaction, mergeIds: number[]): Promise<void> {
  const added = (table: string) => sql`(SELECT log.key ->> 0 FROM merge_rows log WHERE ${logOf(mergeIds, table, "added")})`;
  await tx.run(sql`
    WITH taken AS MATERIALIZED (
      SELECT DISTINCT vote.setlist_song_id AS id FROM merges merge CROSS JOIN votes vote ON vote.show_id = merge.into_id
      WHERE merge.id IN (SELECT value FROM json_each(${JSON.stringify(mergeIds)})))
    DELETE FROM setlist_songs WHERE id IN ${added("setlist_songs")} AND id NOT IN (SELECT id FROM taken)`);
  await tx.run(sql`
    DELETE FROM predicted_setlists AS ballot WHERE show_id IN ${added("predicted_setlists")}
      AND NOT EXISTS (SELECT 1 FROM setlist_songs song WHERE song.show_id = ballot.show_id)`);
}

/** The shows on whose ballots merges of songs have changed something. */
export async function showsOfLog(db: Queryable, mergeIds: number[]): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`
    SELECT DISTINCT song.show_id AS id FROM merge_rows log CROSS JOIN setlist_songs song ON song.id = log.key ->> 0
    WHERE log.merge_id IN (SELECT value FROM json_each(${JSON.stringify(mergeIds)})) AND log.table_name = 'setlist_songs' AND log.what IN ('changed', 'dropped')`);
  return rows.map(({ id }) => id);
}

/** Raises a show's tally version to that of another one, so that the next is beyond both. */
export async function raiseVersion(tx: Transaction, { from, into }: Pick<MergePair, "from" | "into">): Promise<void> {
  await tx.run(sql`
    UPDATE shows SET tally_version = max(tally_version, coalesce((SELECT tally_version FROM shows WHERE id = ${from}), 0)) WHERE id = ${into}`);
}
