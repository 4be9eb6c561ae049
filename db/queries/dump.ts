import { sql, type SQL } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import { tableNames } from "./whole-file.ts";

/** A row as it is stored, by column. */
export type StoredRow = Record<string, string | number | null>;

/** Where SQLite keeps how far each table's ids have come: they are never used again, so it belongs to the rows. */
const SEQUENCES = "sqlite_sequence";

export interface DumpedTable {
  name: string;
  /** What tells its rows apart and puts them in order. */
  key: string[];
}

/** The tables of a whole dump, in their order. */
export async function dumpedTables(db: Queryable): Promise<DumpedTable[]> {
  const tables: DumpedTable[] = [];
  for (const name of await tableNames(db)) {
    const key = await db.all<{ name: string }>(sql`SELECT name FROM pragma_table_info(${name}) WHERE pk > 0 ORDER BY pk`);
    tables.push({ name, key: key.map((column) => column.name) });
  }
  return [...tables, { name: SEQUENCES, key: ["name"] }];
}

/** Up to `limit` rows of a table in the order of its key, after the given row or from the first. */
export function rowsAfter(db: Queryable, { name, key }: DumpedTable, after: StoredRow | null, limit: number): Promise<StoredRow[]> {
  const columns = list(key.map((column) => sql.identifier(column)));
  const from = after === null ? sql`` : sql` WHERE (${columns}) > (${list(key.map((column) => sql`${after[column]}`))})`;
  return db.all<StoredRow>(sql`SELECT * FROM ${sql.identifier(name)}${from} ORDER BY ${columns} LIMIT ${limit}`);
}

/** Stores one row as it was. Throws where the table has not these columns. */
export async function insertRow(db: Queryable, table: string, row: StoredRow): Promise<void> {
  const columns = Object.keys(row);
  const values = Object.values(row).map((value) => sql`${typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value}`);
  await db.run(sql`INSERT INTO ${sql.identifier(table)} (${list(columns.map((column) => sql.identifier(column)))}) VALUES (${list(values)})`);
}

/** Forgets how far ids have come, so that a dump can say so. */
export async function clearSequences(db: Queryable): Promise<void> {
  await db.run(sql`DELETE FROM ${sql.identifier(SEQUENCES)}`);
}

function list(parts: (SQL | ReturnType<typeof sql.identifier>)[]): SQL {
  return sql.join(parts, sql`, `);
}
