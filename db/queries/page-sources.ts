import { and, asc, eq, isNotNull, ne, sql } from "drizzle-orm";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable } from "../client.ts";
import { preparedQuery } from "../prepared-query.ts";
import { artistIdentities, artists, billedArtists, showIdentities } from "../schema/index.ts";
import { PROVIDERS } from "../schema/providers.ts";

/** An artist's pages at providers, in a steady order. */
export function artistPagesElsewhere(db: Queryable, artistId: number) {
  return db
    .select({ provider: artistIdentities.provider, url: sql<string>`${artistIdentities.url}` })
    .from(artistIdentities)
    .where(and(eq(artistIdentities.artistId, artistId), isNotNull(artistIdentities.url), ne(artistIdentities.status, "rejected")))
    .orderBy(asc(artistIdentities.provider), asc(artistIdentities.providerId));
}

const ticketRows = preparedQuery((db) =>
  db
    .select({ provider: showIdentities.provider, url: sql<string>`${showIdentities.ticketUrl}` })
    .from(showIdentities)
    .where(
      and(
        eq(showIdentities.showId, sql.placeholder("showId")),
        isNotNull(showIdentities.ticketUrl),
        ne(showIdentities.status, "rejected"),
      ),
    )
    .orderBy(asc(showIdentities.provider), asc(showIdentities.providerId))
    .prepare(),
);

/** Where a show's tickets are sold. */
export function ticketsOf(db: Queryable, showId: number) {
  return ticketRows(db).all({ showId });
}

const billRows = preparedQuery((db) =>
  db
    .select({ name: billedArtists.name, artistId: artists.id, slug: artists.slug })
    .from(billedArtists)
    .leftJoin(
      artistIdentities,
      and(
        eq(artistIdentities.provider, billedArtists.provider),
        eq(artistIdentities.providerId, billedArtists.providerId),
        ne(artistIdentities.status, "rejected"),
      ),
    )
    .leftJoin(artists, eq(artists.id, artistIdentities.artistId))
    .where(eq(billedArtists.showId, sql.placeholder("showId")))
    .orderBy(asc(billedArtists.position))
    .prepare(),
);

/** Who is on the bill of a show's event, in order, with which artist of ours that is where it is known. */
export function billOf(db: Queryable, showId: number) {
  return billRows(db).all({ showId });
}

/** What a page shows, by id. */
export interface Shown {
  artists: number[];
  venues: number[];
  shows: number[];
  /** Whose songs it lists. */
  songsOf: number | null;
}

/** The providers that what a page shows has come from; a link that one states of another is no data of the other. */
export async function sourcesOf(db: Queryable, { artists: a, venues, shows, songsOf }: Shown): Promise<Provider[]> {
  const among = (ids: number[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  // The plus keeps SQLite from walking all of a provider's rows.
  const rows = await db.all<{ provider: Provider }>(sql`
    SELECT input.value AS provider FROM json_each(${JSON.stringify(PROVIDERS)}) AS input
    WHERE EXISTS (SELECT 1 FROM artist_identities i WHERE i.artist_id IN ${among(a)}
        AND +i.provider = input.value AND i.digest IS NOT NULL AND i.status <> 'rejected')
      OR EXISTS (SELECT 1 FROM venue_identities i WHERE i.venue_id IN ${among(venues)}
        AND +i.provider = input.value AND i.status <> 'rejected')
      OR EXISTS (SELECT 1 FROM show_identities i WHERE i.show_id IN ${among(shows)}
        AND +i.provider = input.value AND i.status <> 'rejected')
      OR EXISTS (SELECT 1 FROM actual_setlists l WHERE l.show_id IN ${among(shows)} AND +l.provider = input.value)
      OR EXISTS (SELECT 1 FROM song_variants v WHERE v.artist_id = ${songsOf} AND v.provider = input.value)`);
  return rows.map(({ provider }) => provider);
}

/** Which of some shows have a setlist that holds a song. */
export async function showsWithSetlist(db: Queryable, showIds: number[]): Promise<Set<number>> {
  const rows = await db.all<{ id: number }>(sql`
    SELECT input.value AS id FROM json_each(${JSON.stringify(showIds)}) AS input
    WHERE EXISTS (SELECT 1 FROM actual_setlists l JOIN played_songs p ON p.setlist_id = l.id WHERE l.show_id = input.value)`);
  return new Set(rows.map(({ id }) => id));
}
