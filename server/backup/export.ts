import { createHash } from "node:crypto";
import { openReader } from "#db/client.ts";
import { dumpedTables, rowsAfter, type DumpedTable, type StoredRow } from "#db/queries/dump.ts";
import { rowCounts, schemaHashes } from "#db/queries/whole-file.ts";
import { BackupError } from "./errors.ts";
import type { ExportHeader, Line } from "./export-format.ts";
import { withoutSecrets } from "./export-format.ts";
import { unwatched, type Follow } from "./follow.ts";
import { markOf } from "./manifest.ts";

export interface ExportOptions {
  databaseUrl: string;
  program: string;
  /** Epoch ms. */
  now: () => number;
  /** Whether password and token hashes, sessions and keys are written too. */
  secrets: boolean;
  follow?: Follow;
}

/** Rows read at once; what waits in memory is no more than these. */
const ROWS_AT_ONCE = 500;

/**
 * The lines of an export, each with its line feed, of one moment of the database: a header, a line for
 * each row, and at the end the counts and a hash of all lines before, without which half an export
 * would look like a whole one. Some lines come in one piece.
 */
export async function* exportLines(options: ExportOptions): AsyncGenerator<string> {
  const reader = await openReader(options.databaseUrl);
  try {
    // Everything below reads the same moment.
    await reader.client.execute("BEGIN");
    const hash = createHash("sha256");
    const rows: Record<string, number> = {};
    for await (const lines of linesOf(reader.db, options, rows)) {
      const piece = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      hash.update(piece);
      yield piece;
    }
    yield `${JSON.stringify({ end: true, rows, sha256: hash.digest("hex") } satisfies Line)}\n`;
  } finally {
    await reader.client.execute("ROLLBACK").catch(() => {});
    reader.close();
  }
}

/** All lines but the last; `written` gets the rows of each table. */
async function* linesOf(db: Db, options: ExportOptions, written: Record<string, number>): AsyncGenerator<Line[]> {
  yield [await headerOf(db, options)];
  const { follow = unwatched, secrets } = options;
  const total = Object.values(await rowCounts(db)).reduce((sum, rows) => sum + rows, 0);
  let read = 0;
  for (const table of await dumpedTables(db)) {
    written[table.name] = 0;
    for await (const rows of rowsOf(db, table)) {
      const kept = secrets ? rows : rows.map((row) => withoutSecrets(table.name, row)).filter((row) => row !== null);
      written[table.name]! += kept.length;
      follow("Exporting", Math.min((read += rows.length), total), total);
      if (kept.length > 0) yield kept.map((row) => ({ table: table.name, row }));
    }
  }
}

type Db = Awaited<ReturnType<typeof openReader>>["db"];

async function headerOf(db: Db, { databaseUrl, program, now, secrets }: ExportOptions): Promise<ExportHeader> {
  const hashes = await schemaHashes(db);
  if (hashes === null) throw new BackupError(`${databaseUrl.replace(/^file:/, "")} is not a database of TheSet.`);
  return { theset: "export", format: 1, program, madeAt: new Date(now()).toISOString(), schema: markOf(hashes), secrets };
}

async function* rowsOf(db: Db, table: DumpedTable): AsyncGenerator<StoredRow[]> {
  for (let after: StoredRow | null = null; ; ) {
    const rows: StoredRow[] = await rowsAfter(db, table, after, ROWS_AT_ONCE);
    yield rows;
    if (rows.length < ROWS_AT_ONCE) return;
    after = rows.at(-1)!;
  }
}
