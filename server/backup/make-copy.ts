import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { driverCode, openForWholeFile, type BreakableConnection } from "#db/client.ts";
import { findDamage, findMiscounts } from "#db/queries/integrity.ts";
import { copyInto, fileBytes, rowCounts, schemaHashes } from "#db/queries/whole-file.ts";
import { BackupError, BackupStoppedError, BackupUnderWayError } from "./errors.ts";
import { freeBytes, hashOf, isThere, megabytes, ownAsFolder, sync, systemCode } from "./files.ts";
import type { Follow } from "./follow.ts";
import { manifestText, markOf, type Manifest } from "./manifest.ts";
import { dataFile, manifestFile, partialFile } from "./names.ts";

/** What is to be copied, where to, and what it is called there. */
export interface CopyOrder {
  databaseUrl: string;
  folder: string;
  base: string;
  /** Version of this program. */
  program: string;
  madeAt: string;
  /** Hashes of the migrations that this program carries: only of its own schema it can count again. */
  known: string[];
}

export interface CopyWorld {
  stop: AbortSignal;
  follow: Follow;
  /** Calls again and again while something goes on, until the result is called. */
  every: (call: () => void) => () => void;
}

/** Left free on the disk beside a copy, in bytes. */
const SPARE_BYTES = 64 * 2 ** 20;

/**
 * Copies a database while it is used. The copy is opened and checked before it gets its name, and its
 * manifest comes last: a backup with a manifest is whole. Throws `BackupError`, with nothing left behind.
 */
export async function makeCopy(order: CopyOrder, { stop, follow, every }: CopyWorld): Promise<Manifest> {
  const partial = claim(order.folder, order.base);
  try {
    await copy(order, partial, { stop, follow, every });
    sync(partial);
    const manifest = await describe(order, partial, { stop, follow });
    stop.throwIfAborted();
    finish(order, partial, manifest);
    return manifest;
  } catch (error) {
    throw stop.aborted ? new BackupStoppedError() : explained(error, order.folder);
  } finally {
    for (const end of ["", "-journal"]) rmSync(partial + end, { force: true });
  }
}

/** Makes the file that the copy is written into; whoever comes second is told. */
function claim(folder: string, base: string): string {
  const path = join(folder, dataFile(base));
  if (isThere(path)) throw new BackupUnderWayError(`${path} was made this very second. Try again in a second.`);
  const partial = partialFile(path);
  try {
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) ownAsFolder(folder);
    closeSync(openSync(partial, "wx", 0o600));
    return partial;
  } catch (error) {
    if (systemCode(error) !== "EEXIST" || !isThere(partial)) throw explained(error, folder);
    throw new BackupUnderWayError(`${path} is being made by another process. Try again in a second.`);
  }
}

async function copy(order: CopyOrder, partial: string, { stop, follow, every }: CopyWorld): Promise<void> {
  using source = opened(order.databaseUrl, stop);
  const [needed, free] = [await fileBytes(source.db), await freeBytes(order.folder)];
  if (free < needed + SPARE_BYTES) {
    throw new BackupError(
      `There is too little room in ${order.folder}: the database has ${megabytes(needed)}, ${megabytes(free)} are free and ${megabytes(SPARE_BYTES)} must stay so. Make room, or set BACKUP_DIR to a larger disk.`,
    );
  }
  // SQLite says nothing meanwhile, but the file grows.
  const look = () => follow("Copying", Math.min(statSync(partial).size, needed), needed);
  look();
  const done = every(look);
  await copyInto(source.db, partial).finally(done);
  // Free space is left out, so the copy may be smaller.
  follow("Copying", needed, needed);
}

/** Damage, hash, rows, and counters against votes. */
const CHECKS = 4;

/** Opens the copy, has it checked, and says what is in it. */
async function describe(order: CopyOrder, partial: string, { stop, follow }: Omit<CopyWorld, "every">): Promise<Manifest> {
  let steps = 0;
  const checked = <T>(result: T): T => {
    follow("Checking", (steps += 1), CHECKS);
    return result;
  };
  using made = opened(`file:${partial.replace(/[%?#]/g, encodeURIComponent)}`, stop);
  follow("Checking", 0, CHECKS);
  const damage = checked(await findDamage(made.db));
  if (damage.length > 0) {
    throw new BackupError(`The database is damaged, so no backup was made of it: ${damage.slice(0, 3).join("; ")}. Restore the newest backup: theset restore latest.`);
  }
  const hashes = await schemaHashes(made.db);
  if (hashes === null) throw new BackupError(`${order.databaseUrl.replace(/^file:/, "")} is not a database of TheSet.`);
  const own = hashes.length === order.known.length && hashes.every((hash, i) => hash === order.known[i]);
  return {
    theset: "backup",
    format: 1,
    program: order.program,
    madeAt: order.madeAt,
    file: dataFile(order.base),
    bytes: statSync(partial).size,
    sha256: checked(await hashOf(partial, { signal: stop })),
    schema: markOf(hashes),
    rows: checked(await rowCounts(made.db)),
    miscounts: checked(own ? (await findMiscounts(made.db)).length : null),
  };
}

/** Gives both files their names, the manifest last. */
function finish({ folder, base }: CopyOrder, partial: string, manifest: Manifest): void {
  const path = join(folder, manifestFile(base));
  writeFileSync(partialFile(path), manifestText(manifest), { mode: 0o600, flush: true });
  for (const file of [partial, partialFile(path)]) ownAsFolder(file);
  renameSync(partial, join(folder, dataFile(base)));
  sync(folder);
  renameSync(partialFile(path), path);
  sync(folder);
}

function opened(url: string, stop: AbortSignal): BreakableConnection & Disposable {
  stop.throwIfAborted();
  const connection = openForWholeFile(url);
  const interrupt = () => connection.interrupt();
  stop.addEventListener("abort", interrupt);
  return {
    ...connection,
    [Symbol.dispose]() {
      stop.removeEventListener("abort", interrupt);
      connection.close();
    },
  };
}

function explained(error: unknown, where: string): unknown {
  if (error instanceof BackupError) return error;
  const code = systemCode(error) ?? driverCode(error);
  if (code === "ENOSPC" || code?.startsWith("SQLITE_FULL")) {
    return new BackupError(`The disk of ${where} is full. Make room, or set BACKUP_DIR to a larger disk.`);
  }
  if (["EACCES", "EROFS", "EPERM", "ENOTDIR", "EEXIST", "ENOENT"].includes(code ?? "")) {
    return new BackupError(`No backup can be written into ${where} (${code}). Give this user the right to, or set BACKUP_DIR to a folder that can be.`);
  }
  return error;
}
