import { eq } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { venues } from "../schema/index.ts";

export type VenueRow = typeof venues.$inferSelect;
export type NewVenue = Omit<typeof venues.$inferInsert, "id">;

export async function insertVenue(tx: Transaction, venue: NewVenue): Promise<number> {
  const [row] = await tx.insert(venues).values(venue).returning({ id: venues.id });
  return row!.id;
}

export async function updateVenue(tx: Transaction, id: number, change: Partial<NewVenue>): Promise<void> {
  await tx.update(venues).set(change).where(eq(venues.id, id));
}

export async function venueFacts(db: Queryable, id: number): Promise<VenueRow | null> {
  const [row] = await db.select().from(venues).where(eq(venues.id, id));
  return row ?? null;
}

export async function venueIdBySlug(db: Queryable, slug: string): Promise<number | null> {
  const [row] = await db.select({ id: venues.id }).from(venues).where(eq(venues.slug, slug));
  return row?.id ?? null;
}
