import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, copyFileSync, fchownSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, statSync, writeFileSync, constants } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";

/** The keys can't be had; the message says in one line what is wrong and what to do. */
export class KeysError extends Error {
  override readonly name = "KeysError";
  readonly problem: string;
  readonly advice: string;

  constructor(problem: string, advice: string) {
    super(`${problem}. ${advice}`);
    this.problem = problem;
    this.advice = advice;
  }
}

const networkKey = z.string().regex(/^[\w-]{43}$/);
const contents = z.object({ version: z.literal(1), networkKey });
const OURS = constants.S_IRUSR | constants.S_IWUSR;
const OTHERS = constants.S_IRWXG | constants.S_IRWXO;

/** Secrets that the program makes for itself; 256 bits each, in base64url. */
export interface Keys {
  /** Under which voters' networks are hashed. */
  networkKey: string;
}

/** Where the keys of a database are: beside it. */
export function keysPath(databasePath: string): string {
  return join(dirname(databasePath), "keys.json");
}

/** The keys of a file; null where there is none. Throws `KeysError`, and changes nothing. */
export function readKeys(path: string): Keys | null {
  const text = textOf(path);
  if (text === null) return null;
  const value = jsonOf(text);
  const { version } = (value ?? {}) as { version?: unknown };
  if (typeof version === "number" && version > 1) {
    throw new KeysError(`${path} is of a newer TheSet, and was left as it is`, "Start that one, or put back the copy of the file from before.");
  }
  const parsed = contents.safeParse(value);
  if (!parsed.success) throw new KeysError(`${path} is damaged, and was left as it is`, `Put your copy of it back; without one move it away, and new keys are made: ${LOST}.`);
  return { networkKey: parsed.data.networkKey };
}

/** What new keys cost. */
export const LOST = "votes cast before then can't be compared by network with later ones, nothing else is lost";

export interface NewKeys {
  /** The network key of before there was a file; another is made where it is none of ours. */
  earlier: string | null;
  /** Gives a file a second name unless that is taken; for tests. */
  link?: (from: string, to: string) => void;
}

/**
 * Writes a file of keys, closed to others, unless another start has done so meanwhile: then its keys
 * hold for both. `made` says whose they are. Throws `KeysError`.
 */
export function makeKeys(path: string, { earlier, link = linkSync }: NewKeys): { keys: Keys; made: boolean } {
  const key = networkKey.safeParse(earlier).data ?? randomBytes(32).toString("base64url");
  const fresh = `${path}.${randomBytes(6).toString("hex")}`;
  let made: boolean;
  try {
    writeSafely(fresh, `${JSON.stringify({ version: 1, networkKey: key }, null, 2)}\n`);
    made = putWhereNothingIs(fresh, path, link);
    sync(dirname(path));
  } catch (error) {
    throw new KeysError(`The keys cannot be kept in ${path}: ${(error as Error).message}`, "See that this user may write in its folder, and that the disk has room.");
  } finally {
    rmSync(fresh, { force: true });
  }
  const keys = readKeys(path);
  if (keys === null) throw new KeysError(`${path} leads nowhere, or was taken away just now`, "Move away what is there, and start again.");
  return { keys, made };
}

/** Whether others than its user may read a file or change it. */
export function isOpenToOthers(path: string): boolean {
  return (statSync(path).mode & OTHERS) !== 0;
}

/** Takes others' rights on a file of ours away; whether that did something. */
export function closeKeys(path: string): boolean {
  const me = process.getuid?.();
  if (!isOpenToOthers(path) || (me !== 0 && statSync(path).uid !== me)) return false;
  try {
    chmodSync(path, OURS);
  } catch (error) {
    // Some file systems know no rights.
    if (["EPERM", "EROFS", "ENOTSUP"].includes(codeOf(error))) return false;
    throw error;
  }
  return !isOpenToOthers(path);
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    if (code !== "EACCES" && code !== "EPERM") throw new KeysError(`${path} cannot be read: ${message}`, "Put your copy of it back, or move away what is there.");
    const me = process.getuid?.() ?? "unknown";
    throw new KeysError(`${path} cannot be read: this user may not; it belongs to ${ownerOf(path)}, this is user ${me}`, "Give it to this user with chown, or start as that user.");
  }
}

/** Not to be seen where a folder on the way is closed. */
function ownerOf(path: string): string {
  try {
    return `user ${statSync(path).uid}`;
  } catch {
    return "somebody else";
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** On the disk when it returns. What root writes belongs to whoever owns the folder, so that the server can read it. */
function writeSafely(path: string, text: string): void {
  const file = openSync(path, "wx", OURS);
  try {
    const { uid, gid } = statSync(dirname(path));
    if (process.getuid?.() === 0 && uid !== 0) fchownSync(file, uid, gid);
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Whether the name was free. */
function putWhereNothingIs(fresh: string, path: string, link: (from: string, to: string) => void): boolean {
  try {
    link(fresh, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(codeOf(error))) throw error;
    return copiedWhereNothingIs(fresh, path);
  }
}

/** For file systems that know no second names. */
function copiedWhereNothingIs(fresh: string, path: string): boolean {
  try {
    copyFileSync(fresh, path, constants.COPYFILE_EXCL);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  sync(path);
  return true;
}

function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}
