import { drizzle } from "drizzle-orm/libsql/sqlite3";
import { isBusy, type Database } from "./client.ts";
import { LocalClient } from "./local-client.ts";
import * as schema from "./schema/index.ts";

/** A database that nobody else can open for use until it is released. */
export interface SoleUse {
  /** For looking at it meanwhile. */
  db: Database;
  release(): Promise<void>;
}

/**
 * Takes a database for oneself: its write-ahead log goes into the file, and whoever opens it waits.
 * Null while anybody else has it open, also without doing anything. Throws the driver's error for a
 * file that SQLite can't read. As long as it is held this process must not open the file otherwise:
 * closing a descriptor of it would let go of the lock.
 */
export async function takeSoleUse(path: string): Promise<SoleUse | null> {
  const client = new LocalClient(path, { timeout: 0 });
  try {
    // Each connection in WAL mode keeps a lock for as long as it is open, and leaving that mode needs all of them gone.
    await client.execute("PRAGMA journal_mode = DELETE");
    await client.executeMultiple("BEGIN EXCLUSIVE");
    return {
      db: drizzle(client, { schema }),
      async release() {
        // The driver's close alone would leave the lock until the connection is collected.
        await client.executeMultiple("ROLLBACK");
        client.close();
      },
    };
  } catch (error) {
    client.close();
    if (isBusy(error)) return null;
    throw error;
  }
}
