import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { openWriter } from "#db/client.ts";
import { migrate, type Migration } from "#db/migrate.ts";
import { findDamage } from "#db/queries/integrity.ts";
import { hasRows } from "#db/queries/whole-file.ts";
import type { Config } from "../config/config.ts";
import { BackupError } from "./errors.ts";
import { sync } from "./files.ts";
import { unwatched, type Follow } from "./follow.ts";
import { nameOf } from "./names.ts";
import { draftName, putInPlace, removeLeftDrafts, requireUnused } from "./place.ts";
import { readExport, type ReadExport } from "./read-export.ts";

export interface ImportDeps {
  config: Pick<Config, "databasePath">;
  /** What this program's database is made by. */
  known: Migration[];
  /** Epoch ms. */
  now: () => number;
  /** Of the export, where that is known. */
  bytes?: number;
  follow?: Follow;
}

/** A database that was never used has rows here only. */
const OF_NO_ACCOUNT = ["settings"];

/**
 * A draft that is not finished is thrown away, so nothing needs to be taken back in it and it is synced
 * once, at its end. Leaving WAL goes by way of DELETE. 16 MiB of it stay in memory.
 */
const OF_A_DRAFT = ["journal_mode = DELETE", "journal_mode = OFF", "synchronous = OFF", "cache_size = -16384"];

/**
 * Makes a database of an export and puts it where none is, or where one without rows is. It is written
 * beside and put in place by one renaming, so a broken-off import changes nothing. An export of an
 * earlier schema is brought up to this one. Rejects with `BackupError`.
 */
export async function importFrom(deps: ImportDeps, from: Readable): Promise<ReadExport> {
  const { databasePath } = deps.config;
  mkdirSync(dirname(databasePath), { recursive: true });
  await requireEmpty(databasePath);
  removeLeftDrafts(databasePath);
  const draft = draftName(databasePath);
  try {
    const imported = await fill(draft, deps, from);
    await requireEmpty(databasePath);
    await putInPlace({ draft, databasePath, stamp: nameOf(deps.now()).base.replace("theset-", "") });
    return imported;
  } finally {
    for (const end of ["", "-wal", "-shm"]) rmSync(draft + end, { force: true });
  }
}

function requireEmpty(databasePath: string): Promise<void> {
  return requireUnused(databasePath, async (db) => {
    if (!(await hasRows(db, OF_NO_ACCOUNT))) return;
    throw new BackupError(`${databasePath} has rows, and an import needs an empty place. Set DATA_DIR to a new folder, or move this database away.`);
  });
}

async function fill(draft: string, { known, bytes, follow = unwatched }: ImportDeps, from: Readable): Promise<ReadExport> {
  rmSync(draft, { force: true });
  const writer = await openWriter(`file:${draft.replace(/[%?#]/g, encodeURIComponent)}`);
  try {
    for (const pragma of OF_A_DRAFT) await writer.client.execute(`PRAGMA ${pragma}`);
    const read = await readExport(writer, known, from, (done) => follow("Reading", done, bytes));
    follow("Checking", 0, 2);
    await migrate(writer.client, known);
    follow("Checking", 1, 2);
    const damage = await findDamage(writer.db);
    if (damage.length > 0) throw new BackupError(`The export does not hold together: ${damage.slice(0, 3).join("; ")}. Nothing was changed.`);
    await writer.client.execute("PRAGMA journal_mode = DELETE");
    follow("Checking", 2, 2);
    return read;
  } finally {
    writer.close();
    sync(draft);
  }
}
