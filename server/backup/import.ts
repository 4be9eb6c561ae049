import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { openWriter, type Connection } from "#db/client.ts";
import { migrate, type Migration } from "#db/migrate.ts";
import { RowLoader, type StoredRow } from "#db/queries/dump.ts";
import { findDamage } from "#db/queries/integrity.ts";
import { hasRows } from "#db/queries/whole-file.ts";
import type { Config } from "../config/config.ts";
import { BackupError } from "./errors.ts";
import { parseLine, type ExportEnd, type ExportHeader } from "./export-format.ts";
import { sync } from "./files.ts";
import { requireKnown } from "./manifest.ts";
import { nameOf } from "./names.ts";
import { draftName, putInPlace, removeLeftDrafts, requireUnused } from "./place.ts";

export interface ImportDeps {
  config: Pick<Config, "databasePath">;
  /** What this program's database is made by. */
  known: Migration[];
  /** Epoch ms. */
  now: () => number;
}

export interface Imported {
  header: ExportHeader;
  /** Rows of each table. */
  rows: Record<string, number>;
}

/** A database that was never used has rows here only. */
const OF_NO_ACCOUNT = ["settings"];

/**
 * Makes a database of an export and puts it where none is, or where one without rows is. It is written
 * beside and put in place by one renaming, so a broken-off import changes nothing. An export of an
 * earlier schema is brought up to this one. Rejects with `BackupError`.
 */
export async function importFrom(deps: ImportDeps, from: Readable): Promise<Imported> {
  const { databasePath } = deps.config;
  mkdirSync(dirname(databasePath), { recursive: true });
  await requireEmpty(databasePath);
  removeLeftDrafts(databasePath);
  const draft = draftName(databasePath);
  try {
    const imported = await fill(draft, deps.known, from);
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

async function fill(draft: string, known: Migration[], from: Readable): Promise<Imported> {
  rmSync(draft, { force: true });
  const writer = await openWriter(`file:${draft.replace(/[%?#]/g, encodeURIComponent)}`);
  try {
    const read = await readInto(writer, known, from);
    await migrate(writer.client, known);
    const damage = await findDamage(writer.db);
    if (damage.length > 0) throw new BackupError(`The export does not hold together: ${damage.slice(0, 3).join("; ")}. Nothing was changed.`);
    await writer.client.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    await writer.client.execute("PRAGMA journal_mode = DELETE");
    return read;
  } finally {
    writer.close();
    sync(draft);
  }
}

async function readInto(writer: Connection, known: Migration[], from: Readable): Promise<Imported> {
  const hash = createHash("sha256");
  const rows: Record<string, number> = {};
  let header: ExportHeader | null = null;
  let end: ExportEnd | null = null;
  let number = 0;
  let loader: RowLoader | null = null;
  for await (const text of linesOf(from)) {
    number += 1;
    if (end !== null) throw new BackupError(`Line ${number} comes after the end of the export. Nothing was changed.`);
    const line = parseLine(text, number);
    if ("end" in line) {
      end = line;
      continue;
    }
    hash.update(`${text}\n`);
    if ("theset" in line) {
      header = line;
      loader = await begin(writer, known, header);
      continue;
    }
    rows[line.table] = (rows[line.table] ?? 0) + 1;
    await load(loader!, line, number);
  }
  if (header === null) throw new BackupError("There is nothing to import: the file is empty.");
  requireWhole(end, rows, hash.digest("hex"));
  await writer.client.execute("COMMIT");
  return { header, rows: end!.rows };
}

/** Makes the schema that the rows are of; all of them go in together. */
async function begin(writer: Connection, known: Migration[], { schema, program }: ExportHeader): Promise<RowLoader> {
  requireKnown(schema, known, { what: "The export", program });
  await migrate(writer.client, known.slice(0, schema.migrations));
  // Rows come by table, so what they point to may come later.
  await writer.client.execute("PRAGMA foreign_keys = OFF");
  await writer.client.execute("BEGIN IMMEDIATE");
  return RowLoader.open(writer);
}

async function load(loader: RowLoader, { table, row }: { table: string; row: StoredRow }, number: number): Promise<void> {
  try {
    await loader.add(table, row);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new BackupError(`Line ${number} can't be stored in ${table} (${cause}): the export was changed. Nothing was changed here.`);
  }
}

/** Lines end with a line feed and nothing else: a title may hold whatever else counts as a line's end somewhere. */
async function* linesOf(from: Readable): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of from.setEncoding("utf8") as AsyncIterable<string>) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function requireWhole(end: ExportEnd | null, rows: Record<string, number>, sha256: string): void {
  if (end === null) throw new BackupError("The export ends in the middle: its last line is missing. Nothing was changed.");
  const claimed = Object.entries(end.rows).filter(([, count]) => count > 0);
  const same = claimed.length === Object.keys(rows).length && claimed.every(([table, count]) => rows[table] === count);
  if (!same || end.sha256 !== sha256) throw new BackupError("The export is not as it was written: lines are missing, or were changed. Nothing was changed.");
}
