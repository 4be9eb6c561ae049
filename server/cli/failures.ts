const SAY_ALL = new Set(["ConfigError", "KeysError", "NoBuildError", "UsageError", "PreflightError", "ListenError", "MigrationError", "BackupError", "AppError"]);

/** What SQLite's codes mean for whoever runs the program. */
const STORAGE: Record<string, string> = {
  NOTADB: "The file is no SQLite database, or is damaged. Nothing was changed: restore a backup, or set DATA_DIR to another folder.",
  CORRUPT: "The database is damaged. Stop the program, keep a copy of the file, and restore a backup.",
  FULL: "The disk is full. Make room, then start again; what was answered before is kept.",
  READONLY: "The database cannot be written. Give its file and folder to this user with chown, and look whether the disk is mounted read-only.",
  CANTOPEN: "The database cannot be opened. See that its folder is there and that this user may read and write in it.",
  IOERR: "The disk fails to read or write the database. See that it is not full, and look into the system's log; `theset doctor` measures the disk.",
  BUSY: "Another program has held the database's lock for too long. End it, then start again.",
  PERM: "This user may not open the database. Give its file to this user with chown.",
};

/** What the system's codes mean. */
const SYSTEM: Record<string, string> = {
  EACCES: "Give it to this user with chown, or start as the user that it belongs to.",
  EPERM: "Give it to this user with chown, or start as the user that it belongs to.",
  EROFS: "The disk is mounted read-only: mount it for writing, or use another.",
  ENOSPC: "The disk is full. Make room, then try again.",
  EDQUOT: "The disk's quota is used up. Make room, then try again.",
  EISDIR: "A folder is where a file should be. Move it away, or give another name.",
  ENOTDIR: "A part of this path is a file. Give another path.",
  ENOENT: "See that the folder is there, or give another path.",
  EIO: "The disk fails. Look into the system's log.",
};

/** What to print about an error: the message alone where it says all that an operator needs, else the whole error. */
export function told(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = storageCode(error);
  const known = code && STORAGE[code];
  if (SAY_ALL.has(error.name)) return error.name === "BackupError" && known ? `${error.message}. ${known}` : error.message;
  return known ? `${known} (SQLITE_${code})` : (toldBySystem(error) ?? error);
}

/** A call to the system that failed on something outside of the program; null for all else. */
function toldBySystem(error: Error): string | null {
  const { code, path } = error as NodeJS.ErrnoException;
  const known = code === undefined || path === undefined ? undefined : SYSTEM[code];
  return known === undefined ? null : `${error.message}. ${known}`;
}

/** Such as "FULL", also where the error has crossed a thread and only its words are left. */
function storageCode(error: Error): string | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    // libsql's word for a file that it can't open, with SQLite's number for that.
    if (/^ConnectionFailed\(.*: 14"\)$/.test(cause.message)) return "CANTOPEN";
    const found = /SQLITE_([A-Z]+)/.exec(`${"code" in cause ? String(cause.code) : ""} ${cause.message}`)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
