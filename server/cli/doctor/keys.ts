import { existsSync, statSync } from "node:fs";
import type { Config } from "../../config/config.ts";
import { isOpenToOthers, KeysError, keysPath, LOST, readKeys } from "../../config/keys.ts";
import { fail, ok, warn, type Finding } from "./finding.ts";

/** The program's own keys: whether they are there, whole, and the program's user's alone. Null before the first start. */
export function checkKeys({ databasePath }: Pick<Config, "databasePath">): Finding | null {
  const path = keysPath(databasePath);
  try {
    if (readKeys(path) !== null) return checkRights(path, databasePath);
  } catch (error) {
    if (!(error instanceof KeysError)) throw error;
    return fail("keys", error.problem, error.advice);
  }
  if (!existsSync(databasePath)) return null;
  return warn("keys", `there are none at ${path}`, `If you have a copy of that file, put it there. The next start makes new ones otherwise: ${LOST}.`);
}

function checkRights(path: string, databasePath: string): Finding {
  const { uid } = statSync(path);
  const owner = statSync(databasePath, { throwIfNoEntry: false })?.uid ?? uid;
  if (uid !== owner) return fail("keys", `${path} belongs to user ${uid}, and the database to user ${owner}`, `Give it to the program's user: chown ${owner} ${path} && chmod 600 ${path}`);
  if (isOpenToOthers(path)) return warn("keys", `others than their user may read or change ${path}`, `Close it: chmod 600 ${path}`);
  return ok("keys", `${path} is closed to others; keep a copy somewhere else, backups do not hold it`);
}
