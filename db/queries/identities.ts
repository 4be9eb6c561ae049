import { and, asc, desc, eq, gt, inArray, ne, sql } from "drizzle-orm";
import type { Provider, ProviderId } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { artistIdentities, artists, showIdentities, venueIdentities } from "../schema/index.ts";

export type ArtistIdentity = typeof artistIdentities.$inferSelect;
export type NewArtistIdentity = typeof artistIdentities.$inferInsert;

/** What is believed of some ids at once; rejected ones are left out. */
export async function artistsByIdentity(db: Queryable, ids: ProviderId[]): Promise<ArtistIdentity[]> {
  if (ids.length === 0) return [];
  const pairs = JSON.stringify(ids.map(({ provider, id }) => [provider, id]));
  return db
    .select()
    .from(artistIdentities)
    .where(
      and(
        sql`(${artistIdentities.provider}, ${artistIdentities.providerId}) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${pairs}))`,
        inArray(artistIdentities.status, ["automatic", "approved"]),
      ),
    );
}

/** An artist's ids at providers, rejected ones left out, those first that are believed most. */
export function identitiesOfArtist(db: Queryable, artistId: number): Promise<ArtistIdentity[]> {
  return db
    .select()
    .from(artistIdentities)
    .where(and(eq(artistIdentities.artistId, artistId), inArray(artistIdentities.status, ["automatic", "approved"])))
    .orderBy(desc(artistIdentities.confidence), asc(artistIdentities.provider), asc(artistIdentities.providerId));
}

/** Believes no more in an id that its provider has given up; what a moderator has approved stays. */
export async function doubtArtistIdentity(tx: Transaction, { provider, id }: ProviderId): Promise<void> {
  await tx.update(artistIdentities).set({ confidence: 0 }).where(and(eq(artistIdentities.provider, provider), eq(artistIdentities.providerId, id), believed));
}

/** The same of all other ids that an artist has at a provider. */
export async function doubtOtherIdentities(tx: Transaction, artistId: number, { provider, id }: ProviderId): Promise<void> {
  const others = and(eq(artistIdentities.artistId, artistId), eq(artistIdentities.provider, provider), ne(artistIdentities.providerId, id));
  await tx.update(artistIdentities).set({ confidence: 0 }).where(and(others, believed));
}

const believed = and(eq(artistIdentities.status, "automatic"), gt(artistIdentities.confidence, 0));

/** Adds identities; of one that is there, what was rejected stays so, and only a digest that is told replaces one. Whose record is told is believed again. */
export async function putArtistIdentities(tx: Transaction, rows: NewArtistIdentity[]): Promise<void> {
  for (const row of rows) {
    await tx
      .insert(artistIdentities)
      .values(row)
      .onConflictDoUpdate({
        target: [artistIdentities.provider, artistIdentities.providerId],
        set: {
          url: sql`coalesce(excluded.url, ${artistIdentities.url})`,
          imageUrl: sql`coalesce(excluded.image_url, ${artistIdentities.imageUrl})`,
          digest: sql`coalesce(excluded.digest, ${artistIdentities.digest})`,
          confidence: sql`excluded.confidence`,
        },
        setWhere: sql`excluded.digest IS NOT NULL AND (excluded.digest IS NOT ${artistIdentities.digest} OR ${artistIdentities.confidence} = 0)`,
      });
  }
}

export interface NewArtist {
  slug: string;
  name: string;
  searchName: string;
  genre: string | null;
  country: string | null;
  disambiguation: string | null;
}

export async function insertArtist(tx: Transaction, artist: NewArtist): Promise<number> {
  const [row] = await tx.insert(artists).values(artist).returning({ id: artists.id });
  return row!.id;
}

export async function updateArtist(tx: Transaction, id: number, change: Partial<Omit<NewArtist, "slug">>): Promise<void> {
  await tx.update(artists).set(change).where(eq(artists.id, id));
}

export async function artistFacts(db: Queryable, id: number) {
  const [row] = await db.select().from(artists).where(eq(artists.id, id));
  return row ?? null;
}

export type VenueIdentity = typeof venueIdentities.$inferSelect;

export async function venuesByIdentity(db: Queryable, provider: Provider, providerIds: string[]): Promise<VenueIdentity[]> {
  return db
    .select()
    .from(venueIdentities)
    .where(
      and(
        eq(venueIdentities.provider, provider),
        sql`${venueIdentities.providerId} IN (SELECT value FROM json_each(${JSON.stringify(providerIds)}))`,
        inArray(venueIdentities.status, ["automatic", "approved"]),
      ),
    );
}

export async function putVenueIdentity(tx: Transaction, row: typeof venueIdentities.$inferInsert): Promise<void> {
  await tx
    .insert(venueIdentities)
    .values(row)
    .onConflictDoUpdate({
      target: [venueIdentities.provider, venueIdentities.providerId],
      set: { url: row.url, digest: row.digest },
    });
}

export type ShowIdentity = typeof showIdentities.$inferSelect;

/** What an artist's events of a provider are here. */
export async function showsByIdentity(db: Queryable, artistId: number, provider: Provider, providerIds: string[]): Promise<ShowIdentity[]> {
  return db
    .select()
    .from(showIdentities)
    .where(
      and(
        eq(showIdentities.artistId, artistId),
        eq(showIdentities.provider, provider),
        sql`${showIdentities.providerId} IN (SELECT value FROM json_each(${JSON.stringify(providerIds)}))`,
      ),
    );
}

export async function putShowIdentity(tx: Transaction, row: typeof showIdentities.$inferInsert): Promise<void> {
  const { showId, url, digest, ticketUrl } = row;
  await tx
    .insert(showIdentities)
    .values(row)
    .onConflictDoUpdate({
      target: [showIdentities.provider, showIdentities.providerId, showIdentities.artistId],
      set: { showId, url, digest, ticketUrl },
    });
}

/** Whether a show has an event of a provider. */
export async function hasShowIdentity(db: Queryable, showId: number, provider: Provider): Promise<boolean> {
  const rows = await db
    .select({ id: showIdentities.providerId })
    .from(showIdentities)
    .where(and(eq(showIdentities.showId, showId), eq(showIdentities.provider, provider)))
    .limit(1);
  return rows.length > 0;
}
