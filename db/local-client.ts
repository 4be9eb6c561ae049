import {
  LibsqlError,
  type Client,
  type InArgs,
  type InStatement,
  type ResultSet,
  type Transaction,
  type TransactionMode,
} from "@libsql/client/sqlite3";
import Driver from "libsql";
import { PreparedStatements } from "./prepared-statements.ts";

export interface LocalOptions {
  /** How long to wait for another process's lock, in ms. The wait blocks the thread. */
  timeout: number;
}

const BEGIN: Record<TransactionMode, string> = {
  write: "BEGIN IMMEDIATE",
  read: "BEGIN DEFERRED",
  deferred: "BEGIN DEFERRED",
};

/**
 * libSQL's client interface on one connection to one file. Unlike the client that
 * `createClient` makes for a file, it prepares a statement once and not at each execution.
 */
export class LocalClient implements Client {
  readonly protocol = "file";
  readonly #driver: Driver.Database;
  readonly #statements: PreparedStatements;
  #closed = false;
  #transaction: LocalTransaction | null = null;

  constructor(path: string, { timeout }: LocalOptions) {
    this.#driver = new Driver(path, { timeout });
    this.#statements = new PreparedStatements(this.#driver);
  }

  get closed(): boolean {
    return this.#closed;
  }

  async execute(statement: InStatement | string, args?: InArgs): Promise<ResultSet> {
    this.#checkFree();
    return this.#statements.run(typeof statement === "string" && args ? { sql: statement, args } : statement);
  }

  async batch(statements: (InStatement | [string, InArgs?])[], mode: TransactionMode = "deferred"): Promise<ResultSet[]> {
    const transaction = await this.transaction(mode);
    try {
      const results = await transaction.batch(statements.map(toStatement));
      await transaction.commit();
      return results;
    } finally {
      transaction.close();
    }
  }

  async migrate(statements: InStatement[]): Promise<ResultSet[]> {
    await this.execute("PRAGMA foreign_keys = OFF");
    try {
      return await this.batch(statements);
    } finally {
      await this.execute("PRAGMA foreign_keys = ON");
    }
  }

  async transaction(mode: TransactionMode = "write"): Promise<LocalTransaction> {
    this.#checkFree();
    this.#statements.run(BEGIN[mode]);
    this.#transaction = new LocalTransaction(this.#driver, this.#statements, () => {
      this.#transaction = null;
    });
    return this.#transaction;
  }

  async executeMultiple(sql: string): Promise<void> {
    this.#checkFree();
    this.#driver.exec(sql);
  }

  async sync(): Promise<undefined> {
    throw new LibsqlError("A local file has nothing to sync with", "SYNC_NOT_SUPPORTED");
  }

  reconnect(): void {
    throw new LibsqlError("Open a new client instead", "RECONNECT_NOT_SUPPORTED");
  }

  close(): void {
    if (this.#closed) return;
    this.#transaction?.close();
    this.#closed = true;
    this.#statements.clear();
    this.#driver.close();
  }

  #checkFree(): void {
    if (this.#closed) throw new LibsqlError("The client is closed", "CLIENT_CLOSED");
    if (this.#transaction) throw new LibsqlError("A transaction holds the connection", "TRANSACTION_ACTIVE");
  }
}

class LocalTransaction implements Transaction {
  readonly #driver: Driver.Database;
  readonly #statements: PreparedStatements;
  #settle: (() => void) | null;

  constructor(driver: Driver.Database, statements: PreparedStatements, settle: () => void) {
    this.#driver = driver;
    this.#statements = statements;
    this.#settle = settle;
  }

  get closed(): boolean {
    return this.#settle === null || !this.#driver.inTransaction;
  }

  async execute(statement: InStatement | string, args?: InArgs): Promise<ResultSet> {
    this.#checkOpen();
    return this.#statements.run(typeof statement === "string" && args ? { sql: statement, args } : statement);
  }

  async batch(statements: InStatement[]): Promise<ResultSet[]> {
    const results: ResultSet[] = [];
    for (const statement of statements) results.push(await this.execute(statement));
    return results;
  }

  async executeMultiple(sql: string): Promise<void> {
    this.#checkOpen();
    this.#driver.exec(sql);
  }

  async commit(): Promise<void> {
    this.#checkOpen();
    try {
      this.#statements.run("COMMIT");
    } finally {
      this.close();
    }
  }

  async rollback(): Promise<void> {
    this.close();
  }

  /** Rolls back what has not been committed. */
  close(): void {
    if (this.#settle === null) return;
    const settle = this.#settle;
    this.#settle = null;
    try {
      if (this.#driver.inTransaction) this.#statements.run("ROLLBACK");
    } finally {
      settle();
    }
  }

  #checkOpen(): void {
    if (this.closed) throw new LibsqlError("The transaction is closed", "TRANSACTION_CLOSED");
  }
}

function toStatement(statement: InStatement | [string, InArgs?]): InStatement {
  return Array.isArray(statement) ? { sql: statement[0], args: statement[1] ?? [] } : statement;
}
