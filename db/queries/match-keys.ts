import { and, eq, inArray, sql } from "drizzle-orm";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { artistIdentities, matchKeys, songs, venueIdentities } from "../schema/index.ts";

type Keyed = "artist" | "venue";

/** Stores the keys under which one of ours is looked up; those that are there already are not written again. */
export async function putMatchKeys(tx: Transaction, kind: Keyed, id: number, keys: string[]): Promise<void> {
  const before = (await tx.select({ key: matchKeys.key }).from(matchKeys).where(and(eq(matchKeys.kind, kind), eq(matchKeys.id, id)))).map(({ key }) => key);
  const [had, wanted] = [new Set(before), new Set(keys)];
  const gone = before.filter((key) => !wanted.has(key));
  const added = [...wanted].filter((key) => !had.has(key));
  if (gone.length > 0) await tx.delete(matchKeys).where(and(eq(matchKeys.kind, kind), eq(matchKeys.id, id), sql`${matchKeys.key} IN (SELECT value FROM json_each(${JSON.stringify(gone)}))`));
  if (added.length > 0) await tx.run(sql`INSERT INTO match_keys (kind, key, id) SELECT ${kind}, value, ${id} FROM json_each(${JSON.stringify(added)})`);
}

/** Those that are looked up under some of the keys, the ones first that share most. */
export async function sharingKeys(db: Queryable, kind: Keyed, keys: string[], limit: number): Promise<number[]> {
  const rows = await db
    .select({ id: matchKeys.id })
    .from(matchKeys)
    .where(and(eq(matchKeys.kind, kind), sql`${matchKeys.key} IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`))
    .groupBy(matchKeys.id)
    .orderBy(sql`count(*) DESC`, matchKeys.id)
    .limit(limit);
  return rows.map(({ id }) => id);
}


/** What providers said last of some venues, in a fixed order; ids that were said not to be theirs left out. */
export function recordsOfVenues(db: Queryable, ids: number[]) {
  const { venueId, provider, providerId, confidence, record, digest } = venueIdentities;
  return db
    .select({ venueId, provider, providerId, confidence, record, digest })
    .from(venueIdentities)
    .where(and(sql`${venueId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`, inArray(venueIdentities.status, ["automatic", "approved"])))
    .orderBy(provider, providerId);
}

/** Which of our venues a provider's id was said not to be; null where nothing was said. */
export async function rejectedVenue(db: Queryable, provider: Provider, providerId: string): Promise<number | null> {
  const [row] = await db
    .select({ venueId: venueIdentities.venueId })
    .from(venueIdentities)
    .where(and(eq(venueIdentities.provider, provider), eq(venueIdentities.providerId, providerId), eq(venueIdentities.status, "rejected")));
  return row?.venueId ?? null;
}

/** Up to so many titles of an artist in the order of their keys; with `among`, only those that are. */
export async function titlesOf(db: Queryable, artistId: number, limit: number, among?: string[]): Promise<string[]> {
  const only = among === undefined ? undefined : sql`${songs.titleKey} IN (SELECT value FROM json_each(${JSON.stringify(among)}))`;
  const rows = await db
    .select({ title: songs.title })
    .from(songs)
    .where(and(eq(songs.artistId, artistId), eq(songs.demo, false), only))
    .orderBy(songs.titleKey, songs.title)
    .limit(limit);
  return rows.map(({ title }) => title);
}

/** How many songs an artist has. */
export async function countSongs(db: Queryable, artistId: number): Promise<number> {
  const [row] = await db.select({ n: sql<number>`count(*)` }).from(songs).where(eq(songs.artistId, artistId));
  return row!.n;
}

/** By which ids some artists are known, and what providers said last under each; ids that were said not to be theirs left out. */
export function identitiesOfArtists(db: Queryable, artistIds: number[]) {
  const { artistId, provider, providerId, record, status, evidence, confidence } = artistIdentities;
  return db
    .select({ artistId, provider, providerId, record, status, evidence, confidence, digest: artistIdentities.digest })
    .from(artistIdentities)
    .where(and(sql`${artistId} IN (SELECT value FROM json_each(${JSON.stringify(artistIds)}))`, inArray(artistIdentities.status, ["automatic", "approved"])))
    .orderBy(provider, sql`${confidence} DESC`, providerId);
}
