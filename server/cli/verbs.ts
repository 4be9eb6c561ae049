import { withDatabase, type Program } from "./program.ts";

export function migrateOnly(program: Program): Promise<number> {
  return withDatabase(program, async () => {
    console.log(`${program.config.databasePath} is up to date.`);
    return 0;
  });
}

export function addDemo(program: Program): Promise<number> {
  return withDatabase(program, async ({ write }) => {
    const added = await write("seedDemo", { onlyIfFresh: false });
    console.log(added ? "The demo catalogue is loaded." : "The demo catalogue is there already.");
    return 0;
  });
}

export function removeDemo(program: Program): Promise<number> {
  return withDatabase(program, async ({ write }) => {
    const removed = await write("removeDemo", undefined);
    console.log(removed ? "The demo catalogue is removed." : "There is no demo catalogue here.");
    return 0;
  });
}

const ROLES = ["admin", "moderator", "user"] as const;

export async function promote(program: Program, email: string | undefined, role: string): Promise<number> {
  const known = ROLES.find((name) => name === role);
  if (!email || !known) {
    console.error("Usage: theset user promote EMAIL [--role admin|moderator|user]");
    return 2;
  }
  return withDatabase(program, async ({ write }) => {
    await write("setUserRole", { email: email.trim().toLowerCase(), role: known });
    console.log(`${email} is now ${known}.`);
    return 0;
  });
}
