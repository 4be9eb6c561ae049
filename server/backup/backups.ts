import type { Config } from "../config/config.ts";
import type { ProgramFiles } from "../files/program-files.ts";
import { copyInThread } from "./copy-in-thread.ts";
import { megabytes } from "./files.ts";
import { pruneBackups } from "./folder.ts";
import { unwatched, type Follow } from "./follow.ts";
import type { Manifest } from "./manifest.ts";
import { nameOf } from "./names.ts";
import { storeOf, type StoreOptions } from "./store.ts";
import { pruneStore, upload } from "./upload.ts";

/** What a backup in the folder needs. */
export interface LocalDeps {
  config: Pick<Config, "databaseUrl" | "backup">;
  files: Pick<ProgramFiles, "backupThread" | "migrations">;
  /** Version of this program. */
  program: string;
  /** Epoch ms. */
  now: () => number;
  follow?: Follow;
}

/** The same with what the second place needs. */
export type BackupDeps = LocalDeps & Omit<StoreOptions, "s3">;

/** A backup as it was made, and what else was done. */
export interface MadeBackup {
  base: string;
  manifest: Manifest;
  /** Backups that went to make place. */
  removed: string[];
}

/**
 * Makes a backup of a database in use in the folder of backups, and removes there what is beyond the
 * number kept. `before` is the number of the first migration not applied yet, where it is made for an
 * upgrade. Rejects with `BackupError`.
 */
export async function backUpHere(deps: LocalDeps, { before = null, stop }: { before?: number | null; stop: AbortSignal }): Promise<MadeBackup> {
  const { config, files, program } = deps;
  const { folder, keep } = config.backup;
  const at = deps.now();
  const { base } = nameOf(at, before);
  const order = {
    databaseUrl: config.databaseUrl,
    folder,
    base,
    program,
    madeAt: new Date(at).toISOString(),
    known: files.migrations().map(({ hash }) => hash),
  };
  const manifest = await copyInThread(files.backupThread, order, stop, deps.follow ?? unwatched);
  return { base, manifest, removed: pruneBackups(folder, { keep, made: base, now: at }) };
}

/**
 * Makes a backup in the folder and puts it into the second place, where one is set. Rejects with
 * `BackupError`; where only the second place failed, the backup is in the folder all the same.
 */
export async function backUp(deps: BackupDeps, stop: AbortSignal): Promise<MadeBackup & { away: boolean }> {
  const made = await backUpHere(deps, { stop });
  const { folder, keep, s3 } = deps.config.backup;
  if (s3 === null) return { ...made, away: false };
  const store = storeOf({ ...deps, s3 });
  const { file, bytes } = made.manifest;
  deps.follow?.(`Sending ${file}, ${megabytes(bytes)}`, 0, bytes);
  await upload(store, folder, made.manifest, stop);
  const removed = await pruneStore(store, keep, made.base);
  return { ...made, removed: [...made.removed, ...removed.filter((base) => !made.removed.includes(base))], away: true };
}
