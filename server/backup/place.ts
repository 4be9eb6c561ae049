import { chmodSync, closeSync, linkSync, openSync, readdirSync, readSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { driverCode } from "#db/client.ts";
import { takeSoleUse, type SoleUse } from "#db/sole-use.ts";
import { BackupError } from "./errors.ts";
import { isThere, ownAsFolder, sync, systemCode } from "./files.ts";

export interface Placing {
  /** A whole database under a name of `draftName`. */
  draft: string;
  databasePath: string;
  /** Says when in the safety copy's name, such as "20261121-041700". */
  stamp: string;
}

/** What a new database is called beside the old one until it takes its place. */
export function draftName(databasePath: string): string {
  return `${targetOf(databasePath)}.draft-${process.pid}`;
}

/**
 * Puts a draft in the place of a database by one renaming: at any moment there is the old one or the
 * new one. The old one stays under the name that is returned; null where there was none. Throws
 * `BackupError` while anything has the old one open.
 */
export async function putInPlace({ draft, databasePath, stamp }: Placing): Promise<string | null> {
  const target = targetOf(databasePath);
  const safety = safetyName(target, stamp);
  ownAsFolder(draft);
  if (!isThere(target)) {
    setLogAside(target, safety);
    putWhereNothingIs(draft, target);
    return null;
  }
  const lock = await lockOrNull(target);
  try {
    chmodSync(draft, statSync(target).mode & 0o777);
    keepOld(target, safety);
    // What SQLite can't read may still have a log, which would be taken for the new one's.
    if (lock === null) setLogAside(target, safety);
    renameSync(draft, target);
    sync(dirname(target));
    return safety;
  } finally {
    await lock?.release();
  }
}

/**
 * Throws `BackupError` where the database is in use now, so that no work is begun in vain. `look` is
 * shown what is there, if it is a database.
 */
export async function requireUnused(databasePath: string, look: (db: SoleUse["db"]) => Promise<void> = async () => {}): Promise<void> {
  if (!isThere(databasePath)) return;
  const lock = await lockOrNull(targetOf(databasePath));
  try {
    if (lock !== null) await look(lock.db);
  } finally {
    await lock?.release();
  }
}

/** Removes drafts that processes left that are gone. */
export function removeLeftDrafts(databasePath: string): void {
  const target = targetOf(databasePath);
  const prefix = `${basename(target)}.draft-`;
  for (const name of readdirSync(dirname(target))) {
    const pid = name.startsWith(prefix) ? Number(/^\d+/.exec(name.slice(prefix.length))?.[0]) : NaN;
    if (pid > 0 && (pid === process.pid || !isAlive(pid))) rmSync(join(dirname(target), name), { force: true });
  }
}

/** Null for a file that SQLite can't read, which no server can have in use either. */
async function lockOrNull(target: string): Promise<SoleUse | null> {
  // Opening what is no database at all makes SQLite throw the log away.
  if (!isDatabase(target)) return null;
  let lock: SoleUse | null;
  try {
    lock = await takeSoleUse(target);
  } catch (error) {
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(driverCode(error) ?? "")) return null;
    throw error;
  }
  if (lock === null) throw new BackupError(`${target} is in use. Stop the server, and whatever else has it open, and try again. Nothing was changed.`);
  return lock;
}

/** Whether a file begins as SQLite's do; an empty one is a database without tables. */
function isDatabase(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(16);
    const read = readSync(file, head, 0, 16, 0);
    return read === 0 || head.toString("latin1") === "SQLite format 3\0";
  } finally {
    closeSync(file);
  }
}

/** What nothing is called yet: a restore that was killed, or another one in the same second, may have left the first choice. */
function safetyName(target: string, stamp: string): string {
  const first = `${target}.before-${stamp}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? first : `${first}-${number}`;
    if (!isThere(name) && !isThere(`${name}-wal`)) return name;
  }
}

/** A second name for the same file: no moment without it, no room needed. */
function keepOld(target: string, safety: string): void {
  try {
    linkSync(target, safety);
  } catch (error) {
    throw new BackupError(
      `The old database could not be kept as ${safety} (${systemCode(error) ?? String(error)}). Move ${target} somewhere else yourself and try again. Nothing was changed.`,
    );
  }
}

function setLogAside(target: string, safety: string): void {
  if (isThere(`${target}-wal`)) renameSync(`${target}-wal`, `${safety}-wal`);
  rmSync(`${target}-shm`, { force: true });
}

function putWhereNothingIs(draft: string, target: string): void {
  try {
    linkSync(draft, target);
    rmSync(draft);
  } catch (error) {
    if (systemCode(error) === "EEXIST") throw new BackupError(`${target} was made by another process just now. Stop the server and try again. Nothing was changed.`);
    // Some file systems know no second names.
    renameSync(draft, target);
  }
  sync(dirname(target));
}

/** Where a link leads: the link stays, and what it leads to is replaced. */
function targetOf(path: string): string {
  return isThere(path) ? realpathSync(path) : path;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}
