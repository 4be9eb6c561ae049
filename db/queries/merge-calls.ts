import { sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { logOf } from "../merge-sql.ts";
import { calls } from "../schema/index.ts";
import { restoreRows } from "./merge-restore.ts";
import type { BallotPair } from "./merge-votes.ts";

/**
 * Calls go with the place on the ballot that they name; where a fan has called a song for the same role on both ballots,
 * the one on the ballot that stays stands. Of two shows the fans' allowances have to be joined before.
 */
export async function joinCalls(tx: Transaction, pairs: BallotPair[]): Promise<void> {
  const ids = [...new Set(pairs.map(({ mergeId }) => mergeId))];
  const rows = JSON.stringify(pairs.map(({ mergeId, fromShow, from, intoShow, into }) => [mergeId, fromShow, from, intoShow, into]));
  const input = sql`WITH input AS MATERIALIZED (
    SELECT value ->> 0 AS merge_id, value ->> 1 AS from_show, value ->> 2 AS from_id, value ->> 3 AS into_show, value ->> 4 AS into_id FROM json_each(${rows}))`;
  const going = sql`FROM input CROSS JOIN calls c ON c.show_id = input.from_show AND c.setlist_song_id = input.from_id`;
  await tx.run(sql`${input}
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT input.merge_id, 'calls', 'dropped', json_array(c.show_id, c.user_id, c.role),
      json_object('show_id', c.show_id, 'user_id', c.user_id, 'role', c.role, 'setlist_song_id', c.setlist_song_id, 'called_at', c.called_at) ${going}
    WHERE input.from_show <> input.into_show AND EXISTS (SELECT 1 FROM calls twin WHERE twin.show_id = input.into_show AND twin.user_id = c.user_id AND twin.role = c.role)`);
  await tx.run(sql`
    DELETE FROM calls WHERE (show_id, user_id, role) IN (SELECT log.key ->> 0, log.key ->> 1, log.key ->> 2 FROM merge_rows log WHERE ${logOf(ids, "calls", "dropped")})`);
  await tx.run(sql`${input}
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT input.merge_id, 'calls', 'moved', json_array(input.into_show, c.user_id, c.role),
      json_object('show_id', c.show_id, 'setlist_song_id', c.setlist_song_id, 'into', input.into_id, 'called_at', c.called_at) ${going}`);
  await tx.run(sql`${input}
    UPDATE calls AS c SET show_id = input.into_show, setlist_song_id = input.into_id FROM input WHERE c.show_id = input.from_show AND c.setlist_song_id = input.from_id`);
}

/** The other way round: calls that stand as they were moved go back where their ballot and allowance are there again. */
export async function partCalls(tx: Transaction, ids: number[]): Promise<void> {
  await tx.run(sql`
    UPDATE OR IGNORE calls AS c SET show_id = log.row ->> 'show_id', setlist_song_id = log.row ->> 'setlist_song_id'
    FROM merge_rows log
    JOIN setlist_songs song ON song.show_id = log.row ->> 'show_id' AND song.id = log.row ->> 'setlist_song_id'
    JOIN show_allowances fan ON fan.show_id = log.row ->> 'show_id' AND fan.user_id = log.key ->> 1
    WHERE ${logOf(ids, "calls", "moved")} AND c.show_id = log.key ->> 0 AND c.user_id = log.key ->> 1 AND c.role = log.key ->> 2
      AND c.setlist_song_id = log.row ->> 'into' AND c.called_at = log.row ->> 'called_at'`);
  await restoreRows(tx, calls, ids);
}
