import type { Client, InStatement, Transaction } from "@libsql/client";
import { openWriter } from "#db/client.ts";
import { migrate, readMigrations } from "#db/migrate.ts";

/**
 * Migrates a database and kills its own process right before the statement of that number, counted from
 * 1; the commit counts as one. Says how many there are where it gets to the end.
 */
const [path, folder, at] = process.argv.slice(2);
let statements = 0;

function count(): void {
  statements += 1;
  if (statements === Number(at)) process.kill(process.pid, "SIGKILL");
}

/** Calls go through, each counted before. */
function counted(tx: Transaction): Transaction {
  return {
    ...tx,
    execute: (statement: InStatement) => (count(), tx.execute(statement)),
    commit: () => (count(), tx.commit()),
    close: () => tx.close(),
  };
}

const { client } = await openWriter(`file:${path!}`);
const watched = {
  execute: (statement: InStatement) => client.execute(statement),
  transaction: async () => counted(await client.transaction("write")),
} as unknown as Client;
await migrate(watched, readMigrations(folder!));
process.send!(statements);
process.disconnect();
