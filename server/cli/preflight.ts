import { accessSync, closeSync, constants, mkdirSync, openSync, readSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { openReader } from "#db/client.ts";
import { isForeign } from "#db/queries/about.ts";
import type { Config } from "../config/config.ts";

/** The program can't begin here; the message says why in a line, and what to do. */
export class PreflightError extends Error {
  override readonly name = "PreflightError";
}

/** Below this nothing can be migrated or written for long, in bytes. */
const LEAST_FREE = 2 * 1024 * 1024;
/** Before this program was written no clock was right (epoch ms). */
const FIRST_SANE_MS = Date.UTC(2025, 0, 1);
const SQLITE_HEADER = "SQLite format 3\0";

type Data = Pick<Config, "databasePath" | "databaseUrl">;

export interface Preflight {
  /** Whether a database is made where there is none. */
  create: boolean;
  /** Epoch ms. */
  now: number;
}

/** Looks at the place of the database before anything is written. Throws `PreflightError`. */
export async function preflight(data: Data, { create, now }: Preflight): Promise<void> {
  checkClock(now);
  const { databasePath } = data;
  if (!create && !mayBeThere(databasePath)) throw new PreflightError(noDatabase(databasePath));
  makeFolder(dirname(databasePath));
  checkFolder(dirname(databasePath));
  if (mayBeThere(databasePath)) await checkFile(data);
}

/** Whether something is at a path; yes also where this user may not look. */
export function mayBeThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

export function noDatabase(path: string): string {
  return `There is no database at ${path}. \`theset serve\` or \`theset migrate\` makes one; DATA_DIR says where.`;
}

/** Votes, sessions and the close of voting are kept with their time. */
export function checkClock(now: number): void {
  if (now >= FIRST_SANE_MS) return;
  throw new PreflightError(
    `This machine's clock says ${new Date(now).toISOString()}, which can't be. Set it first, for example with \`timedatectl set-ntp true\`.`,
  );
}

function makeFolder(folder: string): void {
  try {
    makeWithParents(folder);
  } catch (error) {
    const remedy = isReadOnly(error) ? MOUNT : `Make it yourself for ${user()}`;
    throw new PreflightError(`The folder ${folder} cannot be made: ${reason(error)}. ${remedy}, or set DATA_DIR to another.`);
  }
}

/** Step by step: Node's own way says "no such file" of a read-only disk. */
function makeWithParents(folder: string): void {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) makeWithParents(dirname(folder));
  try {
    // Password hashes and addresses are nobody else's business on this machine.
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another start may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function checkFolder(folder: string): void {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const whose = `; it belongs to user ${statSync(folder).uid}, this is ${user()}. Give it to this user with chown`;
    throw new PreflightError(`The folder ${folder} cannot be written: ${reason(error)}${isReadOnly(error) ? `. ${MOUNT}` : whose}, or set DATA_DIR to another.`);
  }
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= LEAST_FREE) return;
  throw new PreflightError(`The disk of ${folder} is full: ${Math.floor((bavail * bsize) / 1024)} KiB are free. Make room, then start again; nothing was changed.`);
}

async function checkFile({ databasePath, databaseUrl }: Data): Promise<void> {
  try {
    accessSync(databasePath, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new PreflightError(
      `The database ${databasePath} cannot be written: ${reason(error)}; it belongs to user ${statSync(databasePath).uid}, this is ${user()}. Give it to this user with chown, or start as that user.`,
    );
  }
  if (!statSync(databasePath).isFile()) throw new PreflightError(`${databasePath} is no file. Set DATABASE_URL or DATA_DIR to another place.`);
  const header = headerOf(databasePath);
  if (header !== "" && header !== SQLITE_HEADER) {
    throw new PreflightError(`${databasePath} is no SQLite database, or its beginning is damaged. It was left as it is: restore a backup, or set DATA_DIR to another folder.`);
  }
  const connection = await openReader(databaseUrl);
  try {
    if (!(await isForeign(connection.db))) return;
  } finally {
    connection.close();
  }
  throw new PreflightError(foreign(databasePath));
}

export function foreign(path: string): string {
  return `${path} is the database of another program. It was left as it is: set DATA_DIR or DATABASE_URL to another place.`;
}

/** The first bytes of a file, as text; "" for an empty one. */
function headerOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(SQLITE_HEADER.length);
    return bytes.toString("latin1", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

const MOUNT = "Mount it for writing";

function isReadOnly(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EROFS";
}

function user(): string {
  return `user ${process.getuid?.() ?? "unknown"}`;
}

const REASONS: Record<string, string> = {
  EACCES: "this user may not",
  EPERM: "this user may not",
  EROFS: "the disk is mounted read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "there is a file of that name",
};

export function reason(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
