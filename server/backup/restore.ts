import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ReadableStream } from "node:stream/web";
import type { Migration } from "#db/migrate.ts";
import type { Config } from "../config/config.ts";
import { BackupError } from "./errors.ts";
import { freeBytes, isThere, megabytes, piecesOf } from "./files.ts";
import { latestBackup } from "./folder.ts";
import { unwatched, type Follow } from "./follow.ts";
import { parseManifest, requireKnown, type Manifest } from "./manifest.ts";
import { nameOf } from "./names.ts";
import { draftName, putInPlace, removeLeftDrafts, requireUnused } from "./place.ts";
import type { Store } from "./store.ts";
import { manifestIn } from "./upload.ts";

/** A backup wherever it lies. */
export interface Source {
  /** For telling people. */
  place: string;
  manifest: Manifest;
  /** Each piece holds until the next is asked for. */
  read(): Promise<AsyncIterable<Uint8Array>>;
}

export interface RestoreDeps {
  config: Pick<Config, "databasePath">;
  /** What this program's database is made by. */
  known: readonly Pick<Migration, "hash">[];
  /** Epoch ms. */
  now: () => number;
  follow?: Follow;
}

export interface Restored {
  manifest: Manifest;
  /** Where the database that was there before is now; null where there was none. */
  safety: string | null;
}

/** Left free on the disk beside what is restored, in bytes. */
const SPARE_BYTES = 64 * 2 ** 20;

/** A backup by its file, by its name in the folder of backups, or "latest". Throws `BackupError` where there is none. */
export function sourceIn(folder: string, asked: string): Source {
  const path = asked === "latest" ? latestBackup(folder)?.path : [asked, join(folder, asked)].map(withEnding).find(isThere);
  if (path === undefined) {
    throw new BackupError(asked === "latest" ? `There is no whole backup in ${folder}.` : `There is no backup ${asked}; \`theset backup list\` shows what there is.`);
  }
  const beside = path.replace(/\.db$/, ".json");
  if (beside === path || !isThere(beside)) throw new BackupError(`${path} has no manifest beside it (${beside}), so it can't be told whether it is whole.`);
  return { place: path, manifest: parseManifest(readFileSync(beside, "utf8"), beside), read: async () => piecesOf(path) };
}

/** A backup in the store by its name, or "latest". */
export async function sourceInStore(store: Store, asked: string): Promise<Source> {
  const manifest = await manifestIn(store, asked);
  return {
    place: `${store.place}/${manifest.file}`,
    manifest,
    async read() {
      const { body } = await store.get(manifest.file);
      return body as ReadableStream<Uint8Array>;
    },
  };
}

/**
 * Puts a backup in the place of the database, or where none is. It is read and compared with its
 * manifest before anything is touched. Throws `BackupError`, with the old database as it was.
 */
export async function restore({ config, known, now, follow = unwatched }: RestoreDeps, source: Source): Promise<Restored> {
  const { databasePath } = config;
  const { manifest } = source;
  requireKnown(manifest.schema, known, { what: source.place, program: manifest.program });
  mkdirSync(dirname(databasePath), { recursive: true });
  await requireUnused(databasePath);
  removeLeftDrafts(databasePath);
  await requireRoom(dirname(databasePath), manifest.bytes);
  const draft = draftName(databasePath);
  try {
    await fetchInto(draft, source, follow);
    const stamp = nameOf(now()).base.replace("theset-", "");
    return { manifest, safety: await putInPlace({ draft, databasePath, stamp }) };
  } finally {
    rmSync(draft, { force: true });
  }
}

async function fetchInto(draft: string, source: Source, follow: Follow): Promise<void> {
  const { place, manifest } = source;
  const hash = createHash("sha256");
  await using file = await open(draft, "w", 0o600);
  let done = 0;
  for await (const piece of await source.read()) {
    hash.update(piece);
    await file.appendFile(piece);
    follow("Restoring", (done += piece.length), manifest.bytes);
  }
  await file.sync();
  if (statSync(draft).size !== manifest.bytes || hash.digest("hex") !== manifest.sha256) {
    throw new BackupError(`${place} is not what its manifest says: it is damaged, or was changed. Restore another backup. Nothing was changed.`);
  }
}

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= bytes + SPARE_BYTES) return;
  throw new BackupError(`There is too little room in ${folder}: the backup has ${megabytes(bytes)} and ${megabytes(free)} are free. Make room and try again. Nothing was changed.`);
}

function withEnding(path: string): string {
  return path.endsWith(".db") ? path : `${path.replace(/\.json$/, "")}.db`;
}
