import { and, eq, gt, gte, inArray, ne, sql } from "drizzle-orm";
import type { Provider, ProviderId } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { artistIdentities, artists, showIdentities, shows, venueIdentities } from "../schema/index.ts";

export type ArtistIdentity = typeof artistIdentities.$inferSelect;
export type NewArtistIdentity = typeof artistIdentities.$inferInsert;

/** What is known of some ids at once, also of whom they were said not to be. */
export async function artistsByIdentity(db: Queryable, ids: ProviderId[]): Promise<ArtistIdentity[]> {
  if (ids.length === 0) return [];
  const pairs = JSON.stringify(ids.map(({ provider, id }) => [provider, id]));
  return db
    .select()
    .from(artistIdentities)
    .where(sql`(${artistIdentities.provider}, ${artistIdentities.providerId}) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${pairs}))`);
}

/** An artist's ids at providers, rejected ones left out; of one provider those first that are believed most, and that it has told of itself. */
export function identitiesOfArtist(db: Queryable, artistId: number): Promise<ArtistIdentity[]> {
  return db
    .select()
    .from(artistIdentities)
    .where(and(eq(artistIdentities.artistId, artistId), inArray(artistIdentities.status, ["automatic", "approved"])))
    .orderBy(artistIdentities.provider, sql`${artistIdentities.confidence} DESC`, sql`${artistIdentities.digest} IS NULL`, artistIdentities.providerId);
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

/**
 * Adds identities. Of one that is there only what its provider itself tells replaces what is known; what was rejected
 * for an artist stays so, and becomes another artist's only by what its provider tells.
 */
export async function putArtistIdentities(tx: Transaction, rows: NewArtistIdentity[]): Promise<void> {
  const given = sql`(${artistIdentities.status} = 'rejected' AND ${artistIdentities.artistId} <> excluded.artist_id)`;
  // Why it was taken for the artist's stays what it was while its provider only tells it anew.
  const kept = sql`(NOT ${given} AND ${artistIdentities.confidence} > 0 AND ${artistIdentities.evidence} ->> '$.list' IS NOT NULL AND excluded.evidence ->> '$.list' IS NULL)`;
  for (const row of rows) {
    await tx
      .insert(artistIdentities)
      .values(row)
      .onConflictDoUpdate({
        target: [artistIdentities.provider, artistIdentities.providerId],
        set: {
          artistId: sql`iif(${given}, excluded.artist_id, ${artistIdentities.artistId})`,
          // Who said whose it is not has settled it.
          status: sql`iif(${given}, 'approved', ${artistIdentities.status})`,
          evidence: sql`iif(${kept}, ${artistIdentities.evidence}, excluded.evidence)`,
          url: sql`coalesce(excluded.url, ${artistIdentities.url})`,
          imageUrl: sql`coalesce(excluded.image_url, ${artistIdentities.imageUrl})`,
          digest: sql`excluded.digest`,
          record: sql`excluded.record`,
          confidence: sql`iif(${kept}, ${artistIdentities.confidence}, excluded.confidence)`,
        },
        setWhere: sql`excluded.digest IS NOT NULL AND (${given} OR excluded.digest IS NOT ${artistIdentities.digest} OR ${artistIdentities.record} IS NULL OR ${artistIdentities.confidence} = 0)`,
      });
  }
}

/** An id that a provider answers with another one's record: it stays the artist's, behind the other. */
export async function putFormerIdentity(tx: Transaction, row: NewArtistIdentity): Promise<void> {
  const { artistId, evidence } = row;
  await tx
    .insert(artistIdentities)
    .values({ ...row, digest: null })
    .onConflictDoUpdate({
      target: [artistIdentities.provider, artistIdentities.providerId],
      set: { artistId, evidence, digest: null, record: null },
      setWhere: sql`${artistIdentities.status} <> 'rejected' AND (${artistIdentities.artistId} <> excluded.artist_id OR ${artistIdentities.digest} IS NOT NULL)`,
    });
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

/** Adds an identity or brings it up to date; what was rejected for one venue becomes the one that is given. */
export async function putVenueIdentity(tx: Transaction, row: typeof venueIdentities.$inferInsert): Promise<void> {
  await tx
    .insert(venueIdentities)
    .values(row)
    .onConflictDoUpdate({
      target: [venueIdentities.provider, venueIdentities.providerId],
      set: {
        url: row.url,
        digest: row.digest,
        record: row.record,
        venueId: sql`iif(${venueIdentities.status} = 'rejected', excluded.venue_id, ${venueIdentities.venueId})`,
        status: sql`iif(${venueIdentities.status} = 'rejected', excluded.status, ${venueIdentities.status})`,
      },
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

/** What providers' events a show is. */
export function eventsOfShow(db: Queryable, showId: number): Promise<ShowIdentity[]> {
  return db.select().from(showIdentities).where(eq(showIdentities.showId, showId));
}

export async function deleteShowIdentity(tx: Transaction, { provider, providerId, artistId }: ShowIdentity): Promise<void> {
  await tx
    .delete(showIdentities)
    .where(and(eq(showIdentities.provider, provider), eq(showIdentities.providerId, providerId), eq(showIdentities.artistId, artistId)));
}

/** Ids of a provider's events of an artist that are shows to come from a date (yyyy-mm-dd) on, the soonest first. */
export function comingEvents(db: Queryable, artistId: number, provider: Provider, from: string): Promise<{ providerId: string }[]> {
  return db
    .select({ providerId: showIdentities.providerId })
    .from(showIdentities)
    .innerJoin(shows, eq(shows.id, showIdentities.showId))
    .where(
      and(
        eq(showIdentities.artistId, artistId),
        eq(showIdentities.provider, provider),
        inArray(showIdentities.status, ["automatic", "approved"]),
        inArray(shows.status, ["upcoming", "postponed"]),
        gte(shows.localDate, from),
      ),
    )
    .orderBy(shows.localDate, showIdentities.providerId);
}
