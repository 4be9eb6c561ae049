import { and, asc, eq, gt, gte, inArray, isNotNull, or, sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import { artists, setlistSongs, shows, songs, venues } from "../schema/index.ts";
import { byFormerSlug } from "./former-slugs.ts";

/** What a reference to an artist shows. */
export const artistColumns = {
  id: artists.id,
  slug: artists.slug,
  name: artists.name,
  genre: artists.genre,
  country: artists.country,
};

/** What the artist's own page and lists of artists show. */
const artistDetails = { ...artistColumns, disambiguation: artists.disambiguation };

/** What a reference to a venue shows. */
export const venueColumns = {
  id: venues.id,
  slug: venues.slug,
  name: venues.name,
  city: venues.city,
  country: venues.country,
  timeZone: venues.timeZone,
};

/** What a venue's own page and a show's show beside that. */
export const placeColumns = {
  region: venues.region,
  latitude: venues.latitude,
  longitude: venues.longitude,
  capacity: venues.capacity,
};

export interface ArtistRow {
  id: number;
  slug: string;
  name: string;
  genre: string | null;
  country: string | null;
  disambiguation: string | null;
}

/** An artist by id or slug, also one that it had before it was merged. */
export async function artistByKey(db: Queryable, key: number | string): Promise<ArtistRow | null> {
  const [row] = await db
    .select(artistDetails)
    .from(artists)
    .where(typeof key === "number" ? eq(artists.id, key) : eq(artists.slug, key));
  return row ?? byFormerSlug(db, "artist", key, artistByKey);
}

export type VenueDetailsRow = Pick<typeof venues.$inferSelect, keyof typeof venueColumns | keyof typeof placeColumns>;

/** A venue by id or slug, also one that it had before it was merged. */
export async function venueByKey(db: Queryable, key: number | string): Promise<VenueDetailsRow | null> {
  const [row] = await db
    .select({ ...venueColumns, ...placeColumns })
    .from(venues)
    .where(typeof key === "number" ? eq(venues.id, key) : eq(venues.slug, key));
  return row ?? byFormerSlug(db, "venue", key, venueByKey);
}

export interface ArtistFilter {
  /** Part of a name, folded. */
  folded?: string | undefined;
  genre?: string | undefined;
  after?: { name: string; id: number } | undefined;
  limit: number;
}

/** Artists by name; the folded query matches anywhere in the folded name. */
export function listArtists(db: Queryable, filter: ArtistFilter) {
  const { after } = filter;
  return db
    .select(artistDetails)
    .from(artists)
    .where(
      and(
        filter.genre === undefined ? undefined : eq(artists.genre, filter.genre),
        filter.folded === undefined ? undefined : sql`${artists.searchName} LIKE ${likePattern(filter.folded)} ESCAPE '\\'`,
        after && or(gt(artists.name, after.name), and(eq(artists.name, after.name), gt(artists.id, after.id))),
      ),
    )
    .orderBy(asc(artists.name), asc(artists.id))
    .limit(filter.limit);
}

/** How many songs, and shows from a local date on, each artist has. */
export async function artistCounts(
  db: Queryable,
  artistIds: number[],
  from: string,
): Promise<Map<number, { songs: number; upcomingShows: number }>> {
  const counts = new Map(artistIds.map((id) => [id, { songs: 0, upcomingShows: 0 }]));
  const songRows = await db
    .select({ id: songs.artistId, n: sql<number>`count(*)` })
    .from(songs)
    .where(inArray(songs.artistId, artistIds))
    .groupBy(songs.artistId);
  const showRows = await db
    .select({ id: shows.artistId, n: sql<number>`count(*)` })
    .from(shows)
    .where(and(inArray(shows.artistId, artistIds), gte(shows.localDate, from)))
    .groupBy(shows.artistId);
  for (const row of songRows) counts.get(row.id)!.songs = row.n;
  for (const row of showRows) counts.get(row.id)!.upcomingShows = row.n;
  return counts;
}

/** Every genre that an artist is known by. */
export async function listGenres(db: Queryable): Promise<string[]> {
  const rows = await db
    .selectDistinct({ genre: sql<string>`${artists.genre}` })
    .from(artists)
    .where(isNotNull(artists.genre))
    .orderBy(asc(artists.genre));
  return rows.map((row) => row.genre);
}

/** An artist's songs that belong on a ballot, likeliest first. */
export function songsOfArtist(db: Queryable, artistId: number, limit: number) {
  return db
    .select({ id: songs.id, title: songs.title })
    .from(songs)
    .where(and(eq(songs.artistId, artistId), eq(songs.ballotWorthy, true)))
    .orderBy(asc(songs.likelihoodRank), asc(songs.id))
    .limit(limit);
}

export async function songById(db: Queryable, id: number) {
  const [row] = await db
    .select({ id: songs.id, artistId: songs.artistId, title: songs.title })
    .from(songs)
    .where(eq(songs.id, id));
  return row ?? null;
}

/** An artist's songs whose folded title contains the folded query, likeliest first; intros and the like too, for who asks by name. */
export function searchSongs(
  db: Queryable,
  search: { artistId: number; folded: string; showId: number | null; limit: number },
) {
  return db
    .select({ id: songs.id, title: songs.title, setlistSongId: setlistSongs.id })
    .from(songs)
    .leftJoin(setlistSongs, and(eq(setlistSongs.songId, songs.id), eq(setlistSongs.showId, search.showId ?? 0)))
    .where(
      and(
        eq(songs.artistId, search.artistId),
        sql`${songs.searchTitle} LIKE ${likePattern(search.folded)} ESCAPE '\\'`,
      ),
    )
    .orderBy(asc(songs.likelihoodRank), asc(songs.id))
    .limit(search.limit);
}

function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
