import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openReader } from "#db/client.ts";

const folder = join(process.cwd(), "tests/fixtures/databases");

/** Numbers of the last migration of each old database there is, such as "0001". */
export const oldDatabases: readonly string[] = readdirSync(folder)
  .map((name) => name.replace(".db.gz", ""))
  .sort();

/** Puts an old database at a path. */
export function unpack(number: string, path: string): void {
  writeFileSync(path, gunzipSync(readFileSync(join(folder, `${number}.db.gz`))));
}

type Rows = Record<string, unknown>[];

/** Rows of a query on a database that nobody may be writing to. */
export async function rowsOf(path: string, sql: string): Promise<Rows> {
  const reader = await openReader(`file:${path}`);
  try {
    const { rows } = await reader.client.execute(sql);
    return rows.map((row) => ({ ...row }));
  } finally {
    reader.close();
  }
}

/** What fans see of a database: each song's tally and each show's total. */
export async function talliesOf(path: string): Promise<{ songs: Rows; shows: Rows }> {
  return {
    songs: await rowsOf(path, "SELECT id, show_id, votes FROM setlist_songs ORDER BY id"),
    shows: await rowsOf(path, "SELECT id, total_votes, tally_version FROM shows ORDER BY id"),
  };
}

/** All rows of all tables, and the schema. */
export async function contentsOf(path: string): Promise<{ schema: Rows; rows: Record<string, Rows> }> {
  const schema = await rowsOf(path, "SELECT name, type, sql FROM sqlite_schema ORDER BY name");
  const rows: Record<string, Rows> = {};
  for (const { name, type } of schema) {
    if (type !== "table" || name === "__drizzle_migrations") continue;
    const found = await rowsOf(path, `SELECT * FROM "${String(name)}"`);
    rows[String(name)] = found.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return { schema, rows };
}
