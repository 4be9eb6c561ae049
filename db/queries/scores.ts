import { sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";

/** Whether anybody's votes stand at a show, held ones included, and whether scores of it are stored. */
export async function scoresWanted(db: Queryable, showId: number): Promise<{ votes: boolean; scored: boolean }> {
  const row = await db.get<{ votes: number; scored: number }>(sql`
    SELECT EXISTS (SELECT 1 FROM show_allowances WHERE show_id = ${showId} AND votes > 0) AS votes,
      EXISTS (SELECT 1 FROM show_scores WHERE show_id = ${showId}) AS scored`);
  return { votes: row?.votes === 1, scored: row?.scored === 1 };
}
