import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { driverCode, type Connection } from "#db/client.ts";
import { migrate, type Migration } from "#db/migrate.ts";
import { RowLoader } from "#db/queries/dump.ts";
import { BackupError } from "./errors.ts";
import { parseLine, type ExportEnd, type ExportHeader, type RowLine } from "./export-format.ts";
import { requireKnown } from "./manifest.ts";

export interface ReadExport {
  header: ExportHeader;
  /** Rows of each table. */
  rows: Record<string, number>;
}

/**
 * Reads an export into an empty database, line by line and in one transaction: what waits in memory is
 * a piece of the file. `onBytes` hears how much of it was read. Throws `BackupError` for what is no
 * whole export.
 */
export async function readExport(writer: Connection, known: Migration[], from: Readable, onBytes: (read: number) => void): Promise<ReadExport> {
  const intake = new Intake(writer, known);
  let read = 0;
  for await (const { lines, bytes } of linesOf(from)) {
    for (const text of lines) await intake.take(text);
    onBytes((read += bytes));
  }
  return intake.finish();
}

class Intake {
  readonly #writer: Connection;
  readonly #known: Migration[];
  readonly #hash = createHash("sha256");
  readonly #rows: Record<string, number> = {};
  #number = 0;
  #begun: { header: ExportHeader; loader: RowLoader } | null = null;
  #end: ExportEnd | null = null;

  constructor(writer: Connection, known: Migration[]) {
    this.#writer = writer;
    this.#known = known;
  }

  async take(text: string): Promise<void> {
    this.#number += 1;
    if (this.#end !== null) throw new BackupError(`Line ${this.#number} comes after the end of the export. Nothing was changed.`);
    const line = parseLine(text, this.#number);
    if ("end" in line) {
      this.#end = line;
      return;
    }
    this.#hash.update(text).update("\n");
    if ("theset" in line) this.#begun = { header: line, loader: await begin(this.#writer, this.#known, line) };
    else await this.#load(line);
  }

  async finish(): Promise<ReadExport> {
    if (this.#begun === null) throw new BackupError("There is nothing to import: the file is empty.");
    const { rows } = requireWhole(this.#end, this.#rows, this.#hash.digest("hex"));
    await this.#writer.client.execute("COMMIT");
    return { header: this.#begun.header, rows };
  }

  async #load({ table, row }: RowLine): Promise<void> {
    this.#rows[table] = (this.#rows[table] ?? 0) + 1;
    try {
      await this.#begun!.loader.add(table, row);
    } catch (error) {
      // A full or failing disk says nothing of the export.
      if (/^SQLITE_(FULL|IOERR)/.test(driverCode(error) ?? "")) throw error;
      const cause = error instanceof Error ? error.message : String(error);
      throw new BackupError(`Line ${this.#number} can't be stored in ${table} (${cause}): the export was changed. Nothing was changed here.`);
    }
  }
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

/** Lines end with a line feed and nothing else: a title may hold whatever else counts as a line's end somewhere. */
async function* linesOf(from: Readable): AsyncGenerator<{ lines: string[]; bytes: number }> {
  let rest = "";
  for await (const piece of from.setEncoding("utf8") as AsyncIterable<string>) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    yield { lines, bytes: Buffer.byteLength(piece) };
  }
  if (rest !== "") yield { lines: [rest], bytes: 0 };
}

function requireWhole(end: ExportEnd | null, rows: Record<string, number>, sha256: string): ExportEnd {
  if (end === null) throw new BackupError("The export ends in the middle: its last line is missing. Nothing was changed.");
  const claimed = Object.entries(end.rows).filter(([, count]) => count > 0);
  const same = claimed.length === Object.keys(rows).length && claimed.every(([table, count]) => rows[table] === count);
  if (same && end.sha256 === sha256) return end;
  throw new BackupError("The export is not as it was written: lines are missing, or were changed. Nothing was changed.");
}
