import { sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { logOf, rowAsJson, withPairs, type MergePair } from "../merge-sql.ts";
import { shapeOf } from "../merge-tables.ts";
import { forecasts, showScores, songChances } from "../schema/index.ts";
import { logAdded, moveRows } from "./merge-log.ts";
import { moveBack, removeAdded, restoreRows } from "./merge-restore.ts";

const CHANCES = { table: songChances, column: "show_id", key: ["song_id"] };

/** Gives a show of which nothing was said what was said of the one that goes; what was said before a close can't be said again. */
export async function joinChances(tx: Transaction, pair: MergePair): Promise<void> {
  const { mergeId, from, into } = pair;
  const { rowsAffected } = await tx.run(sql`
    INSERT INTO forecasts (show_id, kind, model, shows, expected_length, made_at)
    SELECT ${into}, kind, model, shows, expected_length, made_at FROM forecasts WHERE show_id = ${from} ON CONFLICT DO NOTHING`);
  if (rowsAffected === 0) return;
  await logAdded(tx, forecasts, mergeId, [[into]]);
  await moveRows(tx, CHANCES, [pair]);
}

/** Marks a show as scored where another one is, whose fans' scores go with their allowances: scoring it brings all boards of these fans up to date then. */
export async function passScores(tx: Transaction, { from, into }: Pick<MergePair, "from" | "into">): Promise<void> {
  const columns = sql.raw(shapeOf(showScores).columns.filter(({ name }) => name !== "show_id").map(({ name }) => `"${name}"`).join(", "));
  await tx.run(sql`INSERT OR IGNORE INTO show_scores (show_id, ${columns}) SELECT ${into}, ${columns} FROM show_scores WHERE show_id = ${from}`);
}

/** The other way round. */
export async function partChances(tx: Transaction, mergeIds: number[]): Promise<void> {
  await restoreRows(tx, forecasts, mergeIds);
  await moveBack(tx, CHANCES, mergeIds);
  await restoreRows(tx, songChances, mergeIds);
  await removeAdded(tx, { table: forecasts, key: ["show_id"] }, mergeIds);
}

/**
 * Of what was said of songs that become one the greater chance stays, whole; the others are dropped and noted. Both were
 * said of one song, so that it is played is at least as likely as either: nobody earns more for a name nobody expected.
 */
export async function keepGreaterChances(tx: Transaction, pairs: MergePair[]): Promise<void> {
  await tx.run(sql`
    ${withPairs(pairs)},
    moved AS MATERIALIZED (
      SELECT show_id, song_id, merge_id, first_value(merge_id) OVER best AS by, row_number() OVER best AS n FROM (
        SELECT c.show_id, c.song_id, c.played, input.into_id, input.merge_id FROM input CROSS JOIN song_chances c ON c.song_id = input.from_id
        UNION ALL SELECT c.show_id, c.song_id, c.played, taken.id, NULL
        FROM (SELECT DISTINCT into_id AS id FROM input) AS taken CROSS JOIN song_chances c ON c.song_id = taken.id)
      WINDOW best AS (PARTITION BY show_id, into_id ORDER BY played DESC, merge_id IS NOT NULL, song_id))
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT coalesce(moved.merge_id, moved.by), 'song_chances', 'dropped', json_array(c.show_id), ${rowAsJson(songChances, "c")}
    FROM moved CROSS JOIN song_chances c ON c.show_id = moved.show_id AND c.song_id = moved.song_id WHERE moved.n > 1`);
  await tx.run(sql`
    DELETE FROM song_chances WHERE (show_id, song_id) IN (
      SELECT log.row ->> 'show_id', log.row ->> 'song_id' FROM merge_rows log WHERE ${logOf(pairs.map(({ mergeId }) => mergeId), "song_chances", "dropped")})`);
}
