import { statSync } from "node:fs";
import type { Client } from "@libsql/client/sqlite3";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import { drizzle } from "drizzle-orm/libsql/sqlite3";
import { InterruptibleClient } from "./interruptible-client.ts";
import { LocalClient } from "./local-client.ts";
import * as schema from "./schema/index.ts";

export type Schema = typeof schema;
export type Database = LibSQLDatabase<Schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What a query needs: the reader or a transaction of the writer. */
export type Queryable = Database | Transaction;

export interface Connection {
  client: Client;
  db: Database;
  close(): void;
}

/** How long a connection waits for another process's lock, in ms. The wait blocks its thread. */
const LOCK_TIMEOUT_MS = 5_000;
/** Memory for pages of the file, in KiB for each connection: the upper levels of the trees of two million votes. */
const CACHE_KIB = 65_536;
/** Pages of write-ahead log that may gather before a commit also checkpoints them. */
const CHECKPOINT_PAGES = 8_000;

/**
 * One connection for reading, refusing to write. PRAGMAs hold for a connection and not for a
 * client, which is why each client here has exactly one.
 */
export async function openReader(url: string): Promise<Connection> {
  const connection = open(url);
  await connection.client.execute("PRAGMA query_only = 1");
  return connection;
}

/**
 * The connection of the writer. `synchronous` stays FULL: an acknowledged vote is on disk. Throws where
 * another file took the database's place meanwhile, before anything is written.
 */
export async function openWriter(url: string): Promise<Connection> {
  const before = fileNumber(url);
  const connection = open(url);
  // Waits for a restore's lock: what was opened before it may be the old database under another name.
  await connection.client.execute("PRAGMA journal_mode = WAL");
  if (before !== null && fileNumber(url) !== before) {
    connection.close();
    throw new Error(`${pathOf(url)} was replaced while it was opened. Start again.`);
  }
  await connection.client.execute("PRAGMA synchronous = FULL");
  await connection.client.execute(`PRAGMA cache_size = -${CACHE_KIB}`);
  await connection.client.execute(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  return connection;
}

/** A connection whose long statements can be broken off. */
export interface BreakableConnection {
  db: Database;
  /** Ends the statement that runs now with SQLITE_INTERRUPT. */
  interrupt(): void;
  close(): void;
}

/** For copying and checking a whole file, which takes long: statements run one at a time, no transactions. */
export function openForWholeFile(url: string): BreakableConnection {
  const client = new InterruptibleClient(pathOf(url), { timeout: LOCK_TIMEOUT_MS });
  // Outside of transactions Drizzle asks for nothing but `execute`.
  return { db: drizzle(client as unknown as Client, { schema }), interrupt: () => client.interrupt(), close: () => client.close() };
}

function open(url: string): Connection {
  const client = new LocalClient(pathOf(url), { timeout: LOCK_TIMEOUT_MS });
  return { client, db: drizzle(client, { schema }), close: () => client.close() };
}

/** Tells a file from another under the same name; null where there is none. */
function fileNumber(url: string): bigint | null {
  return statSync(pathOf(url), { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}

function pathOf(url: string): string {
  return decodeURIComponent(url.replace(/^file:/, ""));
}

/** The driver's code of a failed statement, such as SQLITE_BUSY, however deep Drizzle has wrapped it. */
export function driverCode(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return null;
}

export function isBusy(error: unknown): boolean {
  return driverCode(error)?.startsWith("SQLITE_BUSY") ?? false;
}
