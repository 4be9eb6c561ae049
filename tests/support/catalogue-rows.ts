import { createHash } from "node:crypto";

/** What an import writes; rows of jobs, answers and events are left out. */
export const CATALOGUE_TABLES = [
  "artists", "artist_identities", "songs", "song_aliases", "song_variants", "albums", "venues", "venue_identities", "shows", "show_identities",
  "billed_artists", "predicted_setlists", "setlist_songs", "actual_setlists", "actual_sets", "played_songs", "match_keys", "matches",
] as const;

/** When it was done, which differs from run to run. */
const TIMES = new Set(["stored_at", "created_at", "found_at"]);

type Rows = (sql: string) => Promise<Record<string, unknown>[]>;

/** Each table's rows in order, ids included and times of storing left out. */
export async function catalogueRows(rows: Rows): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of CATALOGUE_TABLES) {
    const texts = (await rows(`SELECT * FROM ${table}`)).map((row) => JSON.stringify(Object.entries(row).filter(([name]) => !TIMES.has(name))));
    tables[table] = texts.sort();
  }
  return tables;
}

/** So many rows of each table and what they hold, short enough to be compared as a whole. */
export async function catalogueDigest(rows: Rows): Promise<Record<string, string>> {
  const tables = await catalogueRows(rows);
  return Object.fromEntries(
    Object.entries(tables).map(([table, texts]) => [table, `${texts.length} ${createHash("sha256").update(texts.join("\n")).digest("hex").slice(0, 16)}`]),
  );
}

/** Counts each changed row of the catalogue from now on, by triggers: a write of the same values counts too. */
export async function countChanges(execute: (sql: string) => Promise<unknown>): Promise<void> {
  await execute("CREATE TABLE counted_changes (name TEXT NOT NULL, what TEXT NOT NULL)");
  for (const table of CATALOGUE_TABLES) {
    for (const what of ["INSERT", "UPDATE", "DELETE"]) {
      await execute(`CREATE TRIGGER counted_${table}_${what} AFTER ${what} ON ${table} BEGIN INSERT INTO counted_changes VALUES ('${table}', '${what}'); END`);
    }
  }
}
