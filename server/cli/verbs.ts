import type { Config } from "../config.ts";
import { openDatabase, type OpenDatabase } from "../database.ts";

async function withDatabase(config: Config, work: (database: OpenDatabase) => Promise<number>): Promise<number> {
  const database = await openDatabase({ ...config, now: Date.now, onCommit: () => {} });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

export function migrateOnly(config: Config): Promise<number> {
  return withDatabase(config, async () => {
    console.log(`${config.databasePath} is up to date.`);
    return 0;
  });
}

export function addDemo(config: Config): Promise<number> {
  return withDatabase(config, async ({ write }) => {
    const added = await write("seedDemo", { onlyIfFresh: false });
    console.log(added ? "The demo catalogue is loaded." : "The demo catalogue is there already.");
    return 0;
  });
}

export function removeDemo(config: Config): Promise<number> {
  return withDatabase(config, async ({ write }) => {
    const removed = await write("removeDemo", undefined);
    console.log(removed ? "The demo catalogue is removed." : "There is no demo catalogue here.");
    return 0;
  });
}

const ROLES = ["admin", "moderator", "user"] as const;

export async function promote(config: Config, email: string | undefined, role: string): Promise<number> {
  const known = ROLES.find((name) => name === role);
  if (!email || !known) {
    console.error("Usage: theset user promote EMAIL [--role admin|moderator|user]");
    return 2;
  }
  return withDatabase(config, async ({ write }) => {
    await write("setUserRole", { email: email.trim().toLowerCase(), role: known });
    console.log(`${email} is now ${known}.`);
    return 0;
  });
}
