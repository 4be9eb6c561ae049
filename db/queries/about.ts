import { sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";

/** Whether a database has tables and none of them is the migrator's: another program has made it. */
export async function isForeign(db: Queryable): Promise<boolean> {
  const [row] = await db.all<{ tables: number; ours: number }>(sql`
    SELECT count(*) AS tables, coalesce(sum(name = '__drizzle_migrations'), 0) AS ours
    FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'`);
  return row!.tables > 0 && row!.ours === 0;
}

export async function sqliteVersion(db: Queryable): Promise<string> {
  const [row] = await db.all<{ version: string }>(sql`SELECT sqlite_version() AS version`);
  return row!.version;
}

/** What SQLite finds wrong with the file's pages without looking into indexes; nothing when all is well. */
export async function quickCheck(db: Queryable): Promise<string[]> {
  const rows = await db.all<{ quick_check: string }>(sql`PRAGMA quick_check(20)`);
  return rows.map((row) => row.quick_check).filter((line) => line !== "ok");
}

/** Hashes of the migrations that a database has had, in order; none where it has had none. */
export async function appliedMigrations(db: Queryable): Promise<string[]> {
  const known = await db.all(sql`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '__drizzle_migrations'`);
  if (known.length === 0) return [];
  const rows = await db.all<{ hash: string }>(sql`SELECT hash FROM __drizzle_migrations ORDER BY created_at, id`);
  return rows.map(({ hash }) => hash);
}

/** The latest instant (epoch ms) at which something was written; null where nothing was. */
export async function newestInstant(db: Queryable): Promise<number | null> {
  const [row] = await db.all<{ at: number | null }>(sql`
    SELECT max(at) AS at FROM (
      SELECT (SELECT at FROM events ORDER BY seq DESC LIMIT 1) AS at
      UNION ALL SELECT (SELECT created_at FROM users ORDER BY id DESC LIMIT 1))`);
  return row?.at ?? null;
}
