import { LibsqlError, type InArgs, type InStatement, type InValue, type ResultSet, type Row } from "@libsql/client/sqlite3";
import Driver from "libsql";

type Statement = ReturnType<Driver.Database["prepare"]>;

interface Prepared {
  statement: Statement;
  /** Makes a row of its values; null for a statement that returns none. */
  toRow: ((values: unknown[]) => Row) | null;
  columns: string[];
  types: string[];
}

/** Statements kept prepared; the program has about a hundred, tools may bring more. */
const KEPT = 256;

/** Runs statements on one connection and keeps them prepared by their text, the last used ones. */
export class PreparedStatements {
  readonly #driver: Driver.Database;
  readonly #kept = new Map<string, Prepared>();

  constructor(driver: Driver.Database) {
    this.#driver = driver;
  }

  /** Throws `LibsqlError` with SQLite's code. */
  run(statement: InStatement): ResultSet {
    const { sql, args = [] } = typeof statement === "string" ? { sql: statement } : statement;
    try {
      const prepared = this.#prepared(sql);
      return execute(prepared, bound(args));
    } catch (error) {
      // What state the driver left it in is not known (libsql-client-ts#352).
      this.#kept.delete(sql);
      throw toLibsqlError(error);
    }
  }

  clear(): void {
    this.#kept.clear();
  }

  #prepared(sql: string): Prepared {
    const known = this.#kept.get(sql);
    this.#kept.delete(sql);
    const prepared = known ?? prepare(this.#driver, sql);
    this.#kept.set(sql, prepared);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return prepared;
  }
}

function prepare(driver: Driver.Database, sql: string): Prepared {
  const statement = driver.prepare(sql);
  try {
    statement.raw(true);
  } catch {
    // The driver refuses this for a statement that returns no rows.
    return { statement, toRow: null, columns: [], types: [] };
  }
  const described = statement.columns();
  const columns = described.map((column) => column.name);
  return { statement, toRow: rowMaker(columns), columns, types: described.map((column) => column.type ?? "") };
}

function execute({ statement, toRow, columns, types }: Prepared, args: unknown[] | Record<string, unknown>): ResultSet {
  if (toRow === null) {
    const { changes, lastInsertRowid } = statement.run(args);
    return resultSet({ columns, types, rows: [], changes, lastInsertRowid: BigInt(lastInsertRowid) });
  }
  const rows = (statement.all(args) as unknown[][]).map(toRow);
  return resultSet({ columns, types, rows, changes: 0, lastInsertRowid: undefined });
}

function resultSet({
  columns,
  types,
  rows,
  changes,
  lastInsertRowid,
}: {
  columns: string[];
  types: string[];
  rows: Row[];
  changes: number;
  lastInsertRowid: bigint | undefined;
}): ResultSet {
  const toJSON = () => ({ columns, columnTypes: types, rows, rowsAffected: changes, lastInsertRowid });
  return { columns, columnTypes: types, rows, rowsAffected: changes, lastInsertRowid, toJSON };
}

/** Rows have their values by position, by name (the first of equal ones), and enumerate the names. A column "length" has no name: it would hide how many there are. */
function rowMaker(columns: string[]): (values: unknown[]) => Row {
  const named = [...new Set(columns)].filter((name) => name !== "length").map((name) => [name, columns.indexOf(name)] as const);
  class NamedRow {
    readonly #values: unknown[];
    [name: string]: unknown;

    constructor(values: unknown[]) {
      this.#values = values;
      for (const [name, i] of named) this[name] = values[i];
    }

    static at(row: NamedRow, i: number): unknown {
      return row.#values[i];
    }
  }
  Object.defineProperty(NamedRow.prototype, "length", { value: columns.length });
  columns.forEach((_, i) => {
    Object.defineProperty(NamedRow.prototype, i, {
      get(this: NamedRow) {
        return NamedRow.at(this, i);
      },
    });
  });
  return (values) => new NamedRow(values) as unknown as Row;
}

function bound(args: InArgs): unknown[] | Record<string, unknown> {
  if (Array.isArray(args)) return args.map(toDriver);
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name.replace(/^[@$:]/, ""), toDriver(value)]));
}

function toDriver(value: InValue): unknown {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Date) return value.valueOf();
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (value === undefined) throw new TypeError("undefined cannot be passed as argument to the database");
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("Only finite numbers can be stored");
  return value;
}

function toLibsqlError(error: unknown): unknown {
  if (!(error instanceof Driver.SqliteError)) return error;
  return new LibsqlError(error.message, error.code, error.code, error.rawCode, error);
}
