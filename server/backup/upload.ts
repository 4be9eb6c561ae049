import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { join } from "node:path";
import { BackupError, BackupStoppedError } from "./errors.ts";
import { megabytes } from "./files.ts";
import { manifestText, parseManifest, type Manifest } from "./manifest.ts";
import { backupsAmong, dataFile, manifestFile, parseName, type BackupName } from "./names.ts";
import { toRemove } from "./retention.ts";
import type { Store } from "./store.ts";

/** Stores of this kind take no larger file in one request, in bytes. */
const LARGEST = 5 * 2 ** 30;

/** Puts a backup of a folder into the store, the manifest last; the store checks the hash of each file. */
export async function upload(store: Store, folder: string, manifest: Manifest, stop?: AbortSignal): Promise<void> {
  if (manifest.bytes > LARGEST) {
    throw new BackupError(`${manifest.file} has ${megabytes(manifest.bytes)}, and ${store.place} takes ${megabytes(LARGEST)} at most. Copy ${folder} with another tool.`);
  }
  const text = manifestText(manifest);
  try {
    await store.put(manifest.file, await openAsBlob(join(folder, manifest.file)), manifest.sha256, stop);
    const hash = createHash("sha256").update(text).digest("hex");
    await store.put(manifest.file.replace(/\.db$/, ".json"), new Blob([text]), hash, stop);
  } catch (error) {
    if (stop?.aborted) throw new BackupStoppedError();
    if (!(error instanceof BackupError)) throw error;
    throw new BackupError(`${manifest.file} is in ${folder}, but not in the second place. ${error.message}`);
  }
}

/** Removes from the store what is beyond `keep`; the names of what went. */
export async function pruneStore(store: Store, keep: number, made: string): Promise<string[]> {
  const backups = await listStore(store);
  const gone = toRemove(backups, keep, made);
  for (const base of gone) {
    await store.remove(manifestFile(base));
    await store.remove(dataFile(base));
  }
  return gone;
}

/** The backups in the store, the newest first; one whose files are both there counts as good. */
export async function listStore(store: Store): Promise<(BackupName & { good: boolean })[]> {
  return backupsAmong(await store.list()).map(({ data, manifest, ...name }) => ({ ...name, good: data && manifest }));
}

/** The manifest of a backup in the store, "latest" for the newest one's. */
export async function manifestIn(store: Store, asked: string): Promise<Manifest> {
  const found = await listStore(store);
  const wanted = asked === "latest" ? found.find(({ good }) => good) : found.find(({ base, good }) => good && base === baseOf(asked));
  if (wanted === undefined) {
    throw new BackupError(asked === "latest" ? `There is no backup in ${store.place}.` : `There is no backup ${asked} in ${store.place}; \`theset backup list --from-s3\` shows what there is.`);
  }
  return parseManifest(await (await store.get(manifestFile(wanted.base))).text(), `${store.place}/${manifestFile(wanted.base)}`);
}

function baseOf(asked: string): string | undefined {
  return parseName(asked.replace(/\.(db|json)$/, ""))?.base;
}
