import { sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { showAllowances } from "../schema/index.ts";
import { logOf, rowAsJson, type MergePair } from "../merge-sql.ts";

/** The network of a first vote is forgotten after a while: no log may keep it. */
const kept = rowAsJson(showAllowances, "a", ["network"]);

/** What a joined allowance says, from `f`, which goes, and `a`, which stays; votes of a fan held on either are held. */
const joined = (limit: number) => sql`json_object('additions', min(${limit}, a.additions + f.additions),
  'first_cast_at', min(coalesce(a.first_cast_at, f.first_cast_at), coalesce(f.first_cast_at, a.first_cast_at)),
  'quarantined_at', coalesce(a.quarantined_at, f.quarantined_at))`;

/** Joins what fans have used of two shows' allowances; the votes are counted by `countAllowances`. */
export async function joinAllowances(tx: Transaction, { mergeId, from, into }: MergePair, additions: number): Promise<void> {
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT ${mergeId}, 'show_allowances', 'dropped', json_array(a.show_id, a.user_id), ${kept} FROM show_allowances a WHERE a.show_id = ${from}`);
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT ${mergeId}, 'show_allowances', iif(a.user_id IS NULL, 'added', 'changed'), json_array(${into}, f.user_id),
      iif(a.user_id IS NULL, NULL, json_object('was', ${kept}, 'is', ${joined(additions)}))
    FROM show_allowances f LEFT JOIN show_allowances a ON a.show_id = ${into} AND a.user_id = f.user_id WHERE f.show_id = ${from}`);
  await tx.run(sql`
    INSERT INTO show_allowances (show_id, user_id, votes, additions, network, first_cast_at, quarantined_at)
    SELECT ${into}, user_id, 0, additions, network, first_cast_at, quarantined_at FROM show_allowances WHERE show_id = ${from}
    ON CONFLICT (show_id, user_id) DO UPDATE SET additions = min(${additions}, additions + excluded.additions), network = coalesce(network, excluded.network),
      first_cast_at = min(coalesce(first_cast_at, excluded.first_cast_at), coalesce(excluded.first_cast_at, first_cast_at)),
      quarantined_at = coalesce(quarantined_at, excluded.quarantined_at)`);
}

/** A fan is in one case of a show: of two the one in which the votes are held stays. */
export async function dropLighterCases(tx: Transaction, { mergeId, from, into }: MergePair): Promise<void> {
  const lighter = sql`FROM quarantine_fans a
    JOIN quarantine_fans f ON f.show_id = ${from} AND f.user_id = a.user_id
    JOIN show_allowances mine ON mine.show_id = a.show_id AND mine.user_id = a.user_id AND mine.quarantined_at IS NULL
    JOIN show_allowances other ON other.show_id = f.show_id AND other.user_id = f.user_id AND other.quarantined_at IS NOT NULL
    WHERE a.show_id = ${into}`;
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT ${mergeId}, 'quarantine_fans', 'dropped', json_array(a.user_id), json_object('show_id', a.show_id, 'user_id', a.user_id, 'case_id', a.case_id) ${lighter}`);
  await tx.run(sql`DELETE FROM quarantine_fans WHERE (show_id, user_id) IN (SELECT a.show_id, a.user_id ${lighter})`);
}

/** Takes away the allowances of a show that goes; its votes have gone over. */
export async function deleteAllowances(tx: Transaction, showId: number): Promise<void> {
  await tx.run(sql`DELETE FROM show_allowances WHERE show_id = ${showId}`);
}

/** Puts allowances back as they were, held as a moderator has left them; votes are to be counted. */
export async function restoreAllowances(tx: Transaction, mergeIds: number[]): Promise<void> {
  const { key, now } = { key: sql`log.row ->> 'user_id'`, now: sql`JOIN merges merge ON merge.id = log.merge_id LEFT JOIN show_allowances now ON now.show_id = merge.into_id AND now.user_id = log.row ->> 'user_id'` };
  await tx.run(sql`
    INSERT INTO show_allowances (show_id, user_id, votes, additions, network, first_cast_at, quarantined_at)
    SELECT log.row ->> 'show_id', ${key}, 0, log.row ->> 'additions',
      iif(EXISTS (SELECT 1 FROM merge_rows added WHERE added.merge_id = log.merge_id AND added.table_name = 'show_allowances' AND added.what = 'added'
        AND added.key = json_array(now.show_id, now.user_id)), now.network, NULL),
      log.row ->> 'first_cast_at', iif(now.user_id IS NOT NULL AND now.quarantined_at IS NULL, NULL, log.row ->> 'quarantined_at')
    FROM merge_rows log ${now}
    WHERE ${logOf(mergeIds, "show_allowances", "dropped")} AND EXISTS (SELECT 1 FROM users WHERE id = ${key}) AND EXISTS (SELECT 1 FROM shows WHERE id = log.row ->> 'show_id')
    ON CONFLICT DO NOTHING`);
}

/** Takes what was joined out of the allowances of the show that stayed: what has come since is left. */
export async function partAllowances(tx: Transaction, mergeIds: number[]): Promise<void> {
  const isOf = sql`allowance.show_id = log.key ->> 0 AND allowance.user_id = log.key ->> 1`;
  const was = (column: string) => sql.raw(`iif(allowance.${column} IS log.row -> 'is' ->> '${column}', log.row -> 'was' ->> '${column}', allowance.${column})`);
  await tx.run(sql`
    UPDATE show_allowances AS allowance SET
      additions = max(0, allowance.additions - (log.row -> 'is' ->> 'additions') + (log.row -> 'was' ->> 'additions')),
      first_cast_at = ${was("first_cast_at")}, quarantined_at = ${was("quarantined_at")}
    FROM merge_rows log WHERE ${logOf(mergeIds, "show_allowances", "changed")} AND ${isOf}`);
  await tx.run(sql`
    UPDATE show_allowances AS allowance SET additions = max(0, allowance.additions - had.additions),
      quarantined_at = iif(allowance.quarantined_at IS had.quarantined_at, NULL, allowance.quarantined_at)
    FROM merge_rows log JOIN merges merge ON merge.id = log.merge_id JOIN show_allowances had ON had.show_id = merge.from_id AND had.user_id = log.key ->> 1
    WHERE ${logOf(mergeIds, "show_allowances", "added")} AND ${isOf}`);
}

/** Takes away the allowances that were added and that nothing is left of. */
export async function removeEmptyAllowances(tx: Transaction, mergeIds: number[]): Promise<void> {
  await tx.run(sql`
    DELETE FROM show_allowances AS a WHERE (show_id, user_id) IN (SELECT log.key ->> 0, log.key ->> 1 FROM merge_rows log WHERE ${logOf(mergeIds, "show_allowances", "added")})
      AND additions = 0 AND NOT EXISTS (SELECT 1 FROM votes v WHERE v.show_id = a.show_id AND v.user_id = a.user_id)
      AND NOT EXISTS (SELECT 1 FROM quarantine_fans q WHERE q.show_id = a.show_id AND q.user_id = a.user_id)`);
}

/** Counts the standing votes of the fans whose votes merges have moved, dropped or put back on a show. */
export async function countAllowances(tx: Transaction, showIds: number[]): Promise<void> {
  await tx.run(sql`
    UPDATE show_allowances AS a SET votes = (SELECT count(*) FROM votes v WHERE v.show_id = a.show_id AND v.user_id = a.user_id)
    WHERE show_id IN (SELECT value FROM json_each(${JSON.stringify(showIds)}))`);
}

/** Counts shows' public tallies anew, from the votes of fans who are not held, and moves each a version on. */
export async function countTallies(tx: Transaction, showIds: number[]): Promise<void> {
  const ids = sql`(SELECT value FROM json_each(${JSON.stringify(showIds)}))`;
  await tx.run(sql`
    WITH taken AS MATERIALIZED (
      SELECT vote.setlist_song_id AS id, count(*) AS n FROM json_each(${JSON.stringify(showIds)}) AS input
      CROSS JOIN votes vote ON vote.show_id = input.value
      CROSS JOIN show_allowances fan ON fan.show_id = vote.show_id AND fan.user_id = vote.user_id AND fan.quarantined_at IS NULL GROUP BY 1)
    UPDATE setlist_songs SET votes = coalesce((SELECT n FROM taken WHERE taken.id = setlist_songs.id), 0) WHERE show_id IN ${ids}`);
  const total = sql`(SELECT coalesce(sum(song.votes), 0) FROM setlist_songs song WHERE song.show_id = shows.id)`;
  // What came by a merge is no new interest.
  await tx.run(sql`
    UPDATE show_trends SET votes = max(0, show_trends.votes + ${total} - shows.total_votes) FROM shows
    WHERE shows.id IN ${ids} AND show_trends.show_id = shows.id`);
  await tx.run(sql`UPDATE shows SET total_votes = ${total}, tally_version = tally_version + 1 WHERE id IN ${ids}`);
}
