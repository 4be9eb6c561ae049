import { sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import type { MergePair } from "../merge-sql.ts";
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
