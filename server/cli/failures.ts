const SAY_ALL = new Set(["ConfigError", "KeysError", "NoBuildError", "UsageError", "PreflightError", "ListenError", "MigrationError", "BackupError", "AppError"]);

/** What SQLite's codes mean for whoever runs the program. */
const STORAGE: Record<string, string> = {
  NOTADB: "The file is no SQLite database, or is damaged. Nothing was changed: restore a backup, or set DATA_DIR to another folder.",
  CORRUPT: "The database is damaged. `theset verify` says what; restore a backup.",
  FULL: "The disk is full. Make room, then start again; what was answered before is kept.",
  READONLY: "The database cannot be written. Give its file and folder to this user with chown, and look whether the disk is mounted read-only.",
  CANTOPEN: "The database cannot be opened. See that its folder is there and that this user may read and write in it.",
  IOERR: "The disk fails to read or write the database. Look into the system's log; `theset doctor` measures the disk.",
  BUSY: "Another program has held the database's lock for too long. End it, then start again.",
  PERM: "This user may not open the database. Give its file to this user with chown.",
};

/** What to print about an error: the message alone where it says all that an operator needs, else the whole error. */
export function told(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (SAY_ALL.has(error.name)) return error.message;
  const code = storageCode(error);
  const known = code && STORAGE[code];
  return known ? `${known} (SQLITE_${code})` : error;
}

/** Such as "FULL", also where the error has crossed a thread and only its words are left. */
function storageCode(error: Error): string | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const found = /SQLITE_([A-Z]+)/.exec(`${"code" in cause ? String(cause.code) : ""} ${cause.message}`)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
