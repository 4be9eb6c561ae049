import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { sync, systemCode } from "./files.ts";
import { parseManifest, type Manifest } from "./manifest.ts";
import { backupsAmong, dataFile, isPartial, manifestFile, type BackupName } from "./names.ts";
import { toRemove } from "./retention.ts";

/** A backup in a folder. */
export interface StoredBackup extends BackupName {
  /** The copy itself. */
  path: string;
  /** Null where the backup is not whole: a file is missing, has another size, or can't be read. */
  manifest: Manifest | null;
}

/** Partial files older than this are nobody's any more, in ms. */
const ABANDONED_MS = 86_400_000;

/** The backups of a folder, the newest first; none where the folder is not there. */
export function listBackups(folder: string): StoredBackup[] {
  return backupsAmong(namesIn(folder)).map(({ base, before }) => {
    const path = join(folder, dataFile(base));
    return { base, before, path, manifest: manifestOf(folder, base) };
  });
}

/** The newest whole one. */
export function latestBackup(folder: string): StoredBackup | null {
  return listBackups(folder).find(({ manifest }) => manifest !== null) ?? null;
}

/** Removes the backups beyond `keep` and what broken-off ones left; the names of those removed. */
export function pruneBackups(folder: string, { keep, made, now }: { keep: number; made: string | null; now: number }): string[] {
  const backups = listBackups(folder).map((one) => ({ ...one, good: one.manifest !== null }));
  const gone = toRemove(backups, keep, made);
  // Without its manifest a backup is no longer whole, so that goes first.
  for (const base of gone) for (const file of [manifestFile(base), dataFile(base)]) rmSync(join(folder, file), { force: true });
  for (const file of namesIn(folder).filter(isPartial)) {
    const path = join(folder, file);
    if (now - statSync(path).mtimeMs > ABANDONED_MS) rmSync(path, { force: true });
  }
  if (gone.length > 0) sync(folder);
  return gone;
}

function manifestOf(folder: string, base: string): Manifest | null {
  try {
    const manifest = parseManifest(readFileSync(join(folder, manifestFile(base)), "utf8"), base);
    const { size } = statSync(join(folder, dataFile(base)));
    return manifest.file === dataFile(base) && manifest.bytes === size ? manifest : null;
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}
