import { createHash } from "node:crypto";
import { openReader } from "#db/client.ts";
import { dumpedTables, rowsAfter, type DumpedTable, type StoredRow } from "#db/queries/dump.ts";
import { schemaHashes } from "#db/queries/whole-file.ts";
import { BackupError } from "./errors.ts";
import type { ExportHeader, Line } from "./export-format.ts";
import { withoutSecrets } from "./export-format.ts";
import { markOf } from "./manifest.ts";

export interface ExportOptions {
  databaseUrl: string;
  program: string;
  /** Epoch ms. */
  now: () => number;
  /** Whether password and token hashes, sessions and keys are written too. */
  secrets: boolean;
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
    const say = (lines: Line[]) => {
      const piece = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      hash.update(piece);
      return piece;
    };
    yield say([await headerOf(reader.db, options)]);
    for (const table of await dumpedTables(reader.db)) {
      rows[table.name] = 0;
      for await (const some of rowsOf(reader.db, table)) {
        const kept = options.secrets ? some : some.map((row) => withoutSecrets(table.name, row)).filter((row) => row !== null);
        rows[table.name]! += kept.length;
        if (kept.length > 0) yield say(kept.map((row) => ({ table: table.name, row })));
      }
    }
    yield `${JSON.stringify({ end: true, rows, sha256: hash.digest("hex") } satisfies Line)}\n`;
  } finally {
    await reader.client.execute("ROLLBACK").catch(() => {});
    reader.close();
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
