import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { openReader, openWriter, type Connection, type Transaction } from "#db/client.ts";

export interface TestDatabase extends AsyncDisposable {
  url: string;
  path: string;
  /** Runs a transaction on a connection of its own. */
  change<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** A connection for looking, closed with the database. */
  reader: Connection["db"];
  /** Rows of a query. */
  rows(sql: string, ...args: (string | number)[]): Promise<Record<string, unknown>[]>;
}

/** A fresh database, migrated and empty. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "theset-test-"));
  const path = join(folder, "theset.db");
  copyFileSync(inject("templateDatabase"), path);
  const url = `file:${path}`;
  const reader = await openReader(url);
  return {
    url,
    path,
    reader: reader.db,
    async change(work) {
      const writer = await openWriter(url);
      try {
        return await writer.db.transaction(work);
      } finally {
        writer.close();
      }
    },
    async rows(sql, ...args) {
      const result = await reader.client.execute({ sql, args });
      return result.rows.map((row) => ({ ...row }));
    },
    async [Symbol.asyncDispose]() {
      reader.close();
      rmSync(folder, { recursive: true });
    },
  };
}
