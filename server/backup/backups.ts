import type { Config } from "../config/config.ts";
import type { ProgramFiles } from "../files/program-files.ts";
import { copyInThread } from "./copy-in-thread.ts";
import { pruneBackups } from "./folder.ts";
import type { Manifest } from "./manifest.ts";
import { nameOf } from "./names.ts";
import { storeOf, type StoreOptions } from "./store.ts";
import { pruneStore, upload } from "./upload.ts";

export interface BackupDeps extends Omit<StoreOptions, "s3"> {
  config: Pick<Config, "databaseUrl" | "backup">;
  files: Pick<ProgramFiles, "backupThread" | "migrations">;
  /** Version of this program. */
  program: string;
}

export interface BackupOptions {
  /** Number of the first migration not applied yet, where it is made for an upgrade. */
  before?: number | null;
  /** Whether it also goes to the second place, where one is set. */
  alsoAway?: boolean;
}

/** A backup as it was made, and what else was done. */
export interface MadeBackup {
  base: string;
  manifest: Manifest;
  /** Backups that went to make place, here and in the second place. */
  removed: string[];
  /** Whether it was put into the second place. */
  away: boolean;
}

/**
 * Makes a backup of a database in use, puts it into the second place, and removes what is beyond the
 * number kept. Rejects with `BackupError`; where only the second place failed, the backup is here all the same.
 */
export async function backUp(deps: BackupDeps, options: BackupOptions, stop: AbortSignal): Promise<MadeBackup> {
  const { config, files, program, now } = deps;
  const { folder, keep, s3 } = config.backup;
  const at = now();
  const { base } = nameOf(at, options.before);
  const order = {
    databaseUrl: config.databaseUrl,
    folder,
    base,
    program,
    madeAt: new Date(at).toISOString(),
    known: files.migrations().map(({ hash }) => hash),
  };
  const manifest = await copyInThread(files.backupThread, order, stop);
  const removed = pruneBackups(folder, { keep, made: base, now: at });
  if (s3 === null || options.alsoAway === false) return { base, manifest, removed, away: false };
  const store = storeOf({ ...deps, s3 });
  await upload(store, folder, manifest, stop);
  return { base, manifest, removed: [...removed, ...(await pruneStore(store, keep, base))], away: true };
}
