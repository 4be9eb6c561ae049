import { createClient } from "@libsql/client";
import type { TestDatabase } from "./test-database.ts";

/** Rows that were inserted, updated (also to what they were) or deleted, by table. */
export type RowChanges = Record<string, number>;

/** Counts every row that is written from now on: resolves to a function that tells what was since it was last asked. */
export async function watchRows(database: TestDatabase): Promise<() => Promise<RowChanges>> {
  const tables = await database.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'");
  const client = createClient({ url: database.url });
  const triggers = tables.flatMap(({ name }) =>
    ["INSERT", "UPDATE", "DELETE"].map(
      (change) => `CREATE TRIGGER "watch ${String(name)} ${change}" AFTER ${change} ON "${String(name)}" BEGIN INSERT INTO row_changes VALUES ('${String(name)}'); END`,
    ),
  );
  await client.batch(["CREATE TABLE row_changes (name TEXT)", ...triggers], "write");
  client.close();
  let seen = 0;
  return async () => {
    const rows = await database.rows("SELECT name, count(*) AS n, max(rowid) AS last FROM row_changes WHERE rowid > ? GROUP BY name ORDER BY name", seen);
    seen = Math.max(seen, ...rows.map(({ last }) => Number(last)));
    return Object.fromEntries(rows.map(({ name, n }) => [String(name), Number(n)]));
  };
}
