import { insertFans } from "#db/queries/demo.ts";
import { authorize, type Authorized, type Capability, type Role } from "#server/auth/actor.ts";
import type { TestDatabase } from "./test-database.ts";

/** The proof that an account may do something, as a check would make it. */
export function allowed<C extends Capability>(userId: number, capability: C, role: Role = "user"): Authorized<C> {
  return authorize({ userId, role, displayName: "Fan", email: "fan@example.org" }, capability);
}

let serial = 0;

/** Accounts without password or session; their ids. */
export async function buildFans(database: TestDatabase, count: number): Promise<number[]> {
  const rows = Array.from({ length: count }, () => {
    serial += 1;
    return { email: `built-${serial}@example.org`, displayName: `Fan ${serial}`, createdAt: 0 };
  });
  return (await database.change((tx) => insertFans(tx, rows))).map((fan) => fan.id);
}
