import { sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";

/** Writes everything that is committed now into another file, without free space in it; readers and writers go on. */
export async function copyInto(db: Queryable, path: string): Promise<void> {
  await db.all(sql`VACUUM INTO ${path}`);
}

/** The file's own size in bytes, without its write-ahead log. */
export async function fileBytes(db: Queryable): Promise<number> {
  const [row] = await db.all<{ bytes: number }>(sql`
    SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()`);
  return row!.bytes;
}

/** Hashes of the migrations that made this schema, in their order; null for a file that is not of this program. */
export async function schemaHashes(db: Queryable): Promise<string[] | null> {
  const [table] = await db.all(sql`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '__drizzle_migrations'`);
  if (table === undefined) return null;
  const rows = await db.all<{ hash: string }>(sql`SELECT hash FROM __drizzle_migrations ORDER BY created_at, id`);
  return rows.map((row) => row.hash);
}

/** Names of the tables that hold what the program knows, sorted. */
export async function tableNames(db: Queryable): Promise<string[]> {
  const rows = await db.all<{ name: string }>(sql`
    SELECT name FROM sqlite_schema
    WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND name <> '__drizzle_migrations' ORDER BY name`);
  return rows.map((row) => row.name);
}

/** How many rows each table has; reads the whole database. */
export async function rowCounts(db: Queryable): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of await tableNames(db)) {
    const [row] = await db.all<{ n: number }>(sql`SELECT count(*) AS n FROM ${sql.identifier(table)}`);
    counts[table] = row!.n;
  }
  return counts;
}

/** Whether any table beside the given ones has a row. */
export async function hasRows(db: Queryable, besides: readonly string[] = []): Promise<boolean> {
  for (const table of await tableNames(db)) {
    if (besides.includes(table)) continue;
    const rows = await db.all(sql`SELECT 1 FROM ${sql.identifier(table)} LIMIT 1`);
    if (rows.length > 0) return true;
  }
  return false;
}
