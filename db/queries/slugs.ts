import { and, eq, sql, type SQLWrapper } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { artists, formerSlugs, shows, venues } from "../schema/index.ts";

const TABLES = { artist: artists, venue: venues, show: shows };

/** Addresses that are pages of their own, such as /artists/ask. */
const RESERVED: Partial<Record<keyof typeof TABLES, readonly string[]>> = { artist: ["ask"] };

/** The first address from "base", "base-2", "base-3" and so on that is not taken and leads to nothing else. */
export async function freeSlug(tx: Transaction, kind: keyof typeof TABLES, base: string): Promise<string> {
  const wanted = base === "" ? kind : base;
  const table = TABLES[kind];
  // "." comes right after "-": all that begins with the base and a hyphen.
  const like = (slug: SQLWrapper) => sql`(${slug} = ${wanted} OR (${slug} >= ${`${wanted}-`} AND ${slug} < ${`${wanted}.`}))`;
  const rows = await tx.select({ slug: table.slug }).from(table).where(like(table.slug));
  const former = await tx
    .select({ slug: formerSlugs.slug })
    .from(formerSlugs)
    .where(and(eq(formerSlugs.kind, kind), like(formerSlugs.slug)));
  const taken = new Set([...[...rows, ...former].map((row) => row.slug), ...(RESERVED[kind] ?? [])]);
  if (!taken.has(wanted)) return wanted;
  for (let n = 2; ; n += 1) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
}
