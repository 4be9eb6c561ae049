import { randomBytes } from "node:crypto";
import { accessSync, closeSync, constants, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "../../config/config.ts";
import { reason } from "../preflight.ts";
import { fail, ok, warn, type Finding } from "./finding.ts";

const MIB = 1024 * 1024;
/** Free room below which the program does not start, and below which it is time to look, in bytes. */
const FULL = 2 * MIB;
const TIGHT = 256 * MIB;
/** Writes that are timed, and their size: a page of the database. */
const TRIES = 25;
const PAGE = 4096;
/** Above this votes wait noticeably for their commit, in ms. */
const SLOW_MS = 20;

/** The folder of the data: its rights, its room, and how fast what is written is safe. */
export function checkDisk({ databasePath }: Config): Finding[] {
  const folder = dirname(databasePath);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    return [warn("data folder", `${folder} is not there yet`, "`theset serve` makes it; or set DATA_DIR to where the data is.")];
  }
  const rights = checkRights(folder);
  if (rights.level === "fail") return [rights];
  return [rights, checkReaders(databasePath), checkRoom(folder, databasePath), checkSpeed(folder)].filter((one) => one !== null);
}

function checkRights(folder: string): Finding {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok("data folder", `${folder} can be written`);
  } catch (error) {
    const { uid } = statSync(folder);
    if ((error as NodeJS.ErrnoException).code === "EROFS") return fail("data folder", `${folder} cannot be written: ${reason(error)}`, "Mount it for writing, or set DATA_DIR to another.");
    const found = `${folder} cannot be written: ${reason(error)}; it belongs to user ${uid}, this is user ${process.getuid?.() ?? "unknown"}`;
    return fail("data folder", found, `Give it to the program's user: chown -R USER ${folder}. Or run this as that user.`);
  }
}

/** Others on the machine could read password hashes and addresses. */
function checkReaders(databasePath: string): Finding | null {
  const database = statSync(databasePath, { throwIfNoEntry: false });
  if (!database) return null;
  const open = (database.mode & 0o007) !== 0 && (statSync(dirname(databasePath)).mode & 0o007) !== 0;
  if (!open) return ok("who may read", "only the program's user and group");
  return warn("who may read", `every user of this machine may read ${databasePath}`, `Close its folder: chmod 700 ${dirname(databasePath)}`);
}

function checkRoom(folder: string, databasePath: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const size = statSync(databasePath, { throwIfNoEntry: false })?.size ?? 0;
  const found = `${megabytes(free)} are free, the database takes ${megabytes(size)}`;
  if (free < FULL) return fail("disk space", found, "Make room: nothing can be written.");
  if (free < TIGHT || free < 2 * size) return warn("disk space", found, "Make room: a backup needs as much as the database, and an upgrade makes one.");
  return ok("disk space", found);
}

/** How long a small write takes until it is safe, the median of some. */
function checkSpeed(folder: string): Finding {
  const path = join(folder, `.doctor-${randomBytes(6).toString("hex")}`);
  const times: number[] = [];
  try {
    const file = openSync(path, "wx", 0o600);
    try {
      for (let i = 0; i < TRIES; i++) times.push(timed(() => writePage(file, i)));
    } finally {
      closeSync(file);
      rmSync(path);
    }
  } catch (error) {
    return fail("disk speed", `a file cannot be written and synced: ${reason(error)}`, "Look into the system's log for the disk.");
  }
  const median = times.sort((a, b) => a - b)[TRIES >> 1]!;
  const found = `a write is safe after ${median.toFixed(2)} ms (median of ${TRIES})`;
  return median > SLOW_MS ? warn("disk speed", found, "Votes wait this long for their commit. Put DATA_DIR on a local SSD.") : ok("disk speed", found);
}

function writePage(file: number, i: number): void {
  writeSync(file, Buffer.alloc(PAGE, i), 0, PAGE, i * PAGE);
  fsyncSync(file);
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: bytes < 1e7 ? 1 : 0 })} MB`;
}
