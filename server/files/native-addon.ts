import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { getAsset, getRawAsset } from "node:sea";
import { parseEnv } from "node:util";
import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";
import { crc32 } from "node:zlib";

/** In a folder with this bit only a file's owner renames it. */
const STICKY = 0o1000;

/**
 * Loads an add-on that lies inside the executable. Systems load libraries from files only, so it is
 * written into a cache once; what is found there is used only while it is ours and byte for byte right.
 * Throws where no folder takes it, with what each one said.
 */
export function loadAddon(name: string): unknown {
  const hash = getAsset(`${name}.sha256`, "utf8");
  // A thread takes the file that the thread before it has looked at.
  const known = getEnvironmentData(addonKey(name));
  if (typeof known === "string") return open(known);
  const problems: string[] = [];
  for (const folder of cacheFolders()) {
    try {
      const file = place(join(folder, `native-${hash.slice(0, 16)}`), name);
      const addon = open(file);
      setEnvironmentData(addonKey(name), file);
      return addon;
    } catch (error) {
      problems.push(`  ${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new AddonError(
    `The database's library could not be put into any folder:\n${problems.join("\n")}\nSet CACHE_DIR to a folder that can be written and holds programs.`,
  );
}

/** Under which threads find where an add-on was put. */
export function addonKey(name: string): string {
  return `add-on ${name}`;
}

function open(file: string): unknown {
  const loaded = { exports: {} };
  process.dlopen(loaded, file);
  return loaded.exports;
}

/** No folder takes the add-on; the message says what to set. */
export class AddonError extends Error {
  override readonly name = "AddonError";
}

/** Folders that may hold the add-on, the best first. */
function cacheFolders(): string[] {
  const { XDG_CACHE_HOME } = process.env;
  const { CACHE_DIR, DATA_DIR } = settings();
  if (CACHE_DIR) return [resolve(CACHE_DIR)];
  return [
    ...(XDG_CACHE_HOME ? [join(XDG_CACHE_HOME, "theset")] : []),
    ...home().map((folder) => join(folder, ".cache", "theset")),
    resolve(DATA_DIR || "data", "cache"),
    join(tmpdir(), `theset-${process.getuid?.() ?? "cache"}`),
  ];
}

/** The two settings that are needed before all others are read, by the same rules: from the environment, else from `.env` here. */
function settings(): { CACHE_DIR?: string | undefined; DATA_DIR?: string | undefined } {
  const file = dotenv();
  const valueOf = (name: string) => process.env[name]?.trim() || file[name]?.trim();
  return { CACHE_DIR: valueOf("CACHE_DIR"), DATA_DIR: valueOf("DATA_DIR") };
}

/** A file that can't be read has no say here; who reads the other settings tells of it. */
function dotenv(): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(".env", "utf8"));
  } catch {
    return {};
  }
}

/** None where the user has no entry among the system's users and no HOME. */
function home(): string[] {
  try {
    return [homedir()].filter((folder) => folder !== "" && folder !== "/");
  } catch {
    return [];
  }
}

/** The add-on's file in a folder that is ours, written anew unless it is there as it should be. */
function place(folder: string, name: string): string {
  makeFolder(folder);
  checkKept(dirname(folder));
  checkOurs(folder);
  const file = join(folder, name);
  if (isRight(file, name)) return file;
  // Whoever starts at the same moment writes another file of its own; the last one renamed stays.
  const fresh = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    writeFileSync(fresh, new Uint8Array(getRawAsset(name)), { mode: 0o700, flag: "wx" });
    if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) rmSync(file, { recursive: true });
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
  return file;
}

/** Not by mkdir's own way to make parents, which tries for ever where no folder can be made, as in /proc. */
function makeFolder(folder: string): void {
  if (made(folder)) return;
  makeFolder(dirname(folder));
  if (!made(folder)) throw new Error(`${folder} cannot be made`);
}

/** Whether a folder is there now, made by us or by whoever starts at the same moment; false where its parent is not. */
function made(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return false;
    if (code === "EEXIST") return true;
    throw error;
  }
}

/** Whoever may rename what lies in a folder could put another library there between our look and its use. */
function checkKept(folder: string): void {
  const { uid, mode } = statSync(folder);
  if (process.getuid && uid !== process.getuid() && uid !== 0) throw new Error("belongs to somebody else");
  if ((mode & 0o022) !== 0 && (mode & STICKY) === 0) throw new Error("others may change what is in it");
}

/** Code that others may change is not run. */
function checkOurs(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  if (process.getuid && uid !== process.getuid()) throw new Error("belongs to somebody else");
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/**
 * Whether what lies there is ours and as it was written. A checksum finds what a disk has spoilt, and
 * whoever else could change a file in our folder could change the executable: a hash takes ten times as long.
 */
function isRight(file: string, name: string): boolean {
  try {
    const stats = lstatSync(file);
    if (!stats.isFile() || (process.getuid && stats.uid !== process.getuid())) return false;
    return checksum(file) === Number(getAsset(`${name}.crc32`, "utf8"));
  } catch {
    return false;
  }
}

/** Read in pieces, so that the whole need not fit into memory. */
function checksum(file: string): number {
  const piece = Buffer.allocUnsafe(262_144);
  const descriptor = openSync(file, "r");
  try {
    let sum = 0;
    for (let read; (read = readSync(descriptor, piece)) > 0; ) sum = crc32(piece.subarray(0, read), sum);
    return sum;
  } finally {
    closeSync(descriptor);
  }
}
