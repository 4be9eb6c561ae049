import { sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import { songs } from "../schema/index.ts";

/** Titles of some songs. */
export async function songTitles(db: Queryable, songIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await db
    .select({ id: songs.id, title: songs.title })
    .from(songs)
    .where(sql`${songs.id} IN (SELECT value FROM json_each(${JSON.stringify(songIds)}))`);
  return new Map(rows.map(({ id, title }) => [id, title]));
}
