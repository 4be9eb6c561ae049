import { join } from "node:path";
import { openReader } from "#db/client.ts";
import type { Migration } from "#db/migrate.ts";
import { hasRows, schemaHashes } from "#db/queries/whole-file.ts";
import { backUpHere, type LocalDeps } from "./backups.ts";
import { BackupError, BackupUnderWayError } from "./errors.ts";
import { isThere } from "./files.ts";

/** How often another name is tried where several programs start at once. */
const ATTEMPTS = 5;

/**
 * Makes a backup where a database with rows is about to be brought up to this program's schema; its
 * name says before which migration. Returns its path, null where nothing is to be upgraded. Throws
 * `BackupError` where it can't be made: then nothing must be migrated.
 */
export async function backUpBeforeUpgrade(deps: LocalDeps, databasePath: string): Promise<string | null> {
  if (!isThere(databasePath)) return null;
  const before = await firstMissing(deps.config.databaseUrl, deps.files.migrations());
  if (before === null) return null;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const now = () => deps.now() + attempt * 1_000;
      const { manifest } = await backUpHere({ ...deps, now }, { before, stop: new AbortController().signal });
      return join(deps.config.backup.folder, manifest.file);
    } catch (error) {
      if (error instanceof BackupUnderWayError && attempt < ATTEMPTS) continue;
      if (!(error instanceof BackupError)) throw error;
      throw new BackupError(`A backup is made before the database is upgraded, and that failed, so nothing was upgraded. ${error.message}`);
    }
  }
}

/** Number of the first migration to come, where earlier ones of this program were applied and there are rows to lose. */
async function firstMissing(databaseUrl: string, known: readonly Migration[]): Promise<number | null> {
  const reader = await openReader(databaseUrl);
  try {
    const applied = (await schemaHashes(reader.db)) ?? [];
    const isEarlier = applied.length < known.length && applied.every((hash, i) => hash === known[i]!.hash);
    return applied.length > 0 && isEarlier && (await hasRows(reader.db)) ? applied.length : null;
  } finally {
    reader.close();
  }
}
