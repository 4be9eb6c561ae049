import { sql, type SQL } from "drizzle-orm";
import type { Connection, Queryable } from "../client.ts";
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

/** Stores rows as they were, those of one table after another. Throws where the schema has no such table or column. */
export class RowLoader {
  readonly #client: Connection["client"];
  readonly #tables: Set<string>;
  #sequences = false;
  #last: { table: string; columns: string[]; sql: string } = { table: "", columns: [], sql: "" };

  private constructor(client: Connection["client"], tables: string[]) {
    this.#client = client;
    this.#tables = new Set(tables);
  }

  static async open({ client, db }: Connection): Promise<RowLoader> {
    return new RowLoader(client, (await dumpedTables(db)).map(({ name }) => name));
  }

  async add(table: string, row: StoredRow): Promise<void> {
    if (!this.#tables.has(table)) throw new Error(`no such table: ${table}`);
    if (table === SEQUENCES) await this.#forgetOwnSequences();
    const args = Object.values(row).map((value) => (Number.isInteger(value) ? BigInt(value as number) : value));
    await this.#client.execute({ sql: this.#insertion(table, Object.keys(row)), args });
  }

  /** The same text for rows that have the same columns, made once. */
  #insertion(table: string, columns: string[]): string {
    const last = this.#last;
    if (last.table === table && last.columns.length === columns.length && columns.every((column, i) => column === last.columns[i])) return last.sql;
    const sql = `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
    this.#last = { table, columns, sql };
    return sql;
  }

  /** Rows that went in have moved them; what the dump says is what they were. */
  async #forgetOwnSequences(): Promise<void> {
    if (this.#sequences) return;
    this.#sequences = true;
    await this.#client.execute(`DELETE FROM ${SEQUENCES}`);
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function list(parts: (SQL | ReturnType<typeof sql.identifier>)[]): SQL {
  return sql.join(parts, sql`, `);
}
