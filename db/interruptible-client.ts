import { LibsqlError, type Client, type InStatement, type ResultSet, type Row } from "@libsql/client/sqlite3";
import Driver from "libsql/promise";

interface Statement {
  all(args: unknown[]): Promise<Record<string, unknown>[]>;
}

/**
 * A connection whose long statements leave their thread free and can be broken off, for work on a
 * whole file. It runs one statement at a time and knows no transactions.
 */
export class InterruptibleClient implements Pick<Client, "execute" | "close"> {
  readonly #driver: Driver;

  constructor(path: string, { timeout }: { timeout: number }) {
    this.#driver = new Driver(path, { timeout });
  }

  /** Throws `LibsqlError` with SQLite's code, SQLITE_INTERRUPT where it was broken off. */
  async execute(statement: InStatement | string): Promise<ResultSet> {
    const { sql, args = [] } = typeof statement === "string" ? { sql: statement } : statement;
    if (!Array.isArray(args)) throw new TypeError("Arguments go by their place here");
    try {
      const prepared = (await this.#driver.prepare(sql)) as Statement;
      return resultSet(await prepared.all(args));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && typeof error.code === "string")) throw error;
      throw new LibsqlError(error.message, error.code, error.code, undefined, error);
    }
  }

  /** Breaks off what is running; nothing happens where nothing runs. */
  interrupt(): void {
    this.#driver.interrupt();
  }

  close(): void {
    this.#driver.close();
  }
}

function resultSet(found: Record<string, unknown>[]): ResultSet {
  const rows = found as unknown as Row[];
  const columns = Object.keys(found[0] ?? {});
  const toJSON = () => ({ columns, columnTypes: [], rows, rowsAffected: 0, lastInsertRowid: undefined });
  return { columns, columnTypes: [], rows, rowsAffected: 0, lastInsertRowid: undefined, toJSON };
}
