import { readMigrationFiles, type MigrationMeta } from "drizzle-orm/migrator";
import type { Client, Transaction } from "@libsql/client/sqlite3";

/** The database and the program's migrations do not go together; the message says what to do. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/** One step of the schema: its statements, their hash, and when it was made (epoch ms). */
export type Migration = Pick<MigrationMeta, "sql" | "hash" | "folderMillis">;

/** The migrations of a folder that drizzle-kit writes, in their order. */
export function readMigrations(folder: string): Migration[] {
  return readMigrationFiles({ migrationsFolder: folder });
}

/**
 * Brings a database up to the program's schema in one write transaction and returns how many
 * migrations that took. Keeps Drizzle's table, but checks the hash of every applied migration,
 * which Drizzle's own migrator does not.
 */
export async function migrate(client: Client, known: Migration[]): Promise<number> {
  await client.execute("PRAGMA foreign_keys = OFF");
  const tx = await client.transaction("write");
  try {
    const applied = await appliedHashes(tx);
    verify(applied, known);
    for (const migration of known.slice(applied.length)) await apply(tx, migration);
    await verifyForeignKeys(tx);
    await tx.commit();
    return known.length - applied.length;
  } finally {
    tx.close();
    await client.execute("PRAGMA foreign_keys = ON");
  }
}

async function appliedHashes(tx: Transaction): Promise<string[]> {
  await tx.execute(
    "CREATE TABLE IF NOT EXISTS __drizzle_migrations (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric)",
  );
  const { rows } = await tx.execute("SELECT hash FROM __drizzle_migrations ORDER BY created_at, id");
  return rows.map((row) => row["hash"] as string);
}

function verify(applied: string[], known: Migration[]): void {
  if (applied.length > known.length) {
    throw new MigrationError(
      `This database has ${applied.length} migrations and this program knows ${known.length}: a newer TheSet has used it. Start the newer program, or restore a backup made by this one.`,
    );
  }
  applied.forEach((hash, i) => {
    if (hash !== known[i]?.hash) {
      throw new MigrationError(
        `Migration ${i + 1} of this database is not the one that this program carries. It was made by another build; start that one, or restore a backup.`,
      );
    }
  });
}

async function apply(tx: Transaction, migration: Migration): Promise<void> {
  for (const statement of migration.sql) await tx.execute(statement);
  await tx.execute({
    sql: "INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)",
    args: [migration.hash, migration.folderMillis],
  });
}

async function verifyForeignKeys(tx: Transaction): Promise<void> {
  const { rows } = await tx.execute("PRAGMA foreign_key_check");
  if (rows.length > 0) {
    throw new MigrationError(
      `After migrating, ${rows.length} rows point to rows that do not exist; nothing was changed. Restore a backup and report this.`,
    );
  }
}
