import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import { albums, artistIdentities, artists, shows, showIdentities, songVariants, venueIdentities, venues } from "../schema/index.ts";

const SOME_TITLES = 12;
const SOME_SHOWS = 3;

interface RawUpcoming {
  /** JSON list of [local date, name, town]. */
  upcoming: string;
}

export interface ArtistInFull {
  id: number;
  slug: string;
  name: string;
  genre: string | null;
  country: string | null;
  disambiguation: string | null;
  songs: number;
  /** The likeliest to be played. */
  titles: string[];
  shows: number;
  votes: number;
  upcoming: [localDate: string, venue: string, city: string | null][];
}

/** Artists with what tells them from others; shows to come are those from a date (yyyy-mm-dd) on. */
export async function artistsInFull(db: Queryable, ids: readonly number[], from: string): Promise<ArtistInFull[]> {
  const rows = await db.all<Omit<ArtistInFull, "titles" | "upcoming"> & RawUpcoming & { titles: string }>(sql`
    SELECT a.id, a.slug, a.name, a.genre, a.country, a.disambiguation,
      (SELECT count(*) FROM songs s WHERE s.artist_id = a.id) AS songs,
      (SELECT json_group_array(title) FROM (SELECT title FROM songs s WHERE s.artist_id = a.id ORDER BY likelihood_rank, id LIMIT ${SOME_TITLES})) AS titles,
      (SELECT count(*) FROM shows s WHERE s.artist_id = a.id) AS shows,
      (SELECT coalesce(sum(total_votes), 0) FROM shows s WHERE s.artist_id = a.id) AS votes,
      (SELECT json_group_array(json_array(local_date, name, city)) FROM (
        SELECT s.local_date, v.name, v.city FROM shows s JOIN venues v ON v.id = s.venue_id
        WHERE s.artist_id = a.id AND s.local_date >= ${from} ORDER BY s.local_date LIMIT ${SOME_SHOWS})) AS upcoming
    FROM artists a WHERE a.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  return rows.map((row) => ({ ...row, titles: JSON.parse(row.titles) as string[], upcoming: JSON.parse(row.upcoming) as ArtistInFull["upcoming"] }));
}

/** Titles that two artists have in common, those likeliest to be played first. */
export async function sharedTitles(db: Queryable, a: number, b: number, limit: number): Promise<string[]> {
  const rows = await db.all<{ title: string }>(sql`
    SELECT one.title FROM songs one WHERE one.artist_id = ${a} AND one.title_key <> ''
      AND EXISTS (SELECT 1 FROM songs other WHERE other.artist_id = ${b} AND other.title_key = one.title_key)
    ORDER BY one.likelihood_rank, one.id LIMIT ${limit}`);
  return rows.map(({ title }) => title);
}

export interface VenueInFull {
  id: number;
  slug: string;
  name: string;
  city: string | null;
  region: string | null;
  country: string | null;
  latitude: number | null;
  longitude: number | null;
  capacity: number | null;
  timeZone: string;
  shows: number;
  votes: number;
  upcoming: [localDate: string, artist: string, city: null][];
}

/** The same of venues. */
export async function venuesInFull(db: Queryable, ids: readonly number[], from: string): Promise<VenueInFull[]> {
  const rows = await db.all<Omit<VenueInFull, "upcoming"> & RawUpcoming>(sql`
    SELECT v.id, v.slug, v.name, v.city, v.region, v.country, v.latitude, v.longitude, v.capacity, v.time_zone AS timeZone,
      (SELECT count(*) FROM shows s WHERE s.venue_id = v.id) AS shows,
      (SELECT coalesce(sum(total_votes), 0) FROM shows s WHERE s.venue_id = v.id) AS votes,
      (SELECT json_group_array(json_array(local_date, name, NULL)) FROM (
        SELECT s.local_date, a.name FROM shows s JOIN artists a ON a.id = s.artist_id
        WHERE s.venue_id = v.id AND s.local_date >= ${from} ORDER BY s.local_date LIMIT ${SOME_SHOWS})) AS upcoming
    FROM venues v WHERE v.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  return rows.map((row) => ({ ...row, upcoming: JSON.parse(row.upcoming) as VenueInFull["upcoming"] }));
}

/** Shows with where and of whom they are. */
export function showsInFull(db: Queryable, ids: readonly number[]) {
  return db
    .select({
      id: shows.id,
      slug: shows.slug,
      localDate: shows.localDate,
      startsAt: shows.startsAt,
      tour: shows.tour,
      status: shows.status,
      votes: shows.totalVotes,
      artist: artists.name,
      artistSlug: artists.slug,
      venue: { name: venues.name, slug: venues.slug, city: venues.city, country: venues.country, latitude: venues.latitude, longitude: venues.longitude, timeZone: venues.timeZone },
      setlists: sql<number>`(SELECT count(*) FROM actual_setlists l WHERE l.show_id = ${shows.id})`,
    })
    .from(shows)
    .innerJoin(artists, eq(artists.id, shows.artistId))
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(inArray(shows.id, [...ids]));
}

export interface SongInFull {
  id: number;
  title: string;
  releasedOn: string | null;
  ballotWorthy: boolean;
  artist: string;
  artistSlug: string;
  /** How often setlists have it. */
  played: number;
  votes: number;
}

/** Songs with how much hangs on them. */
export async function songsInFull(db: Queryable, ids: readonly number[]): Promise<SongInFull[]> {
  const rows = await db.all<Omit<SongInFull, "ballotWorthy"> & { ballotWorthy: number }>(sql`
    SELECT s.id, s.title, s.released_on AS releasedOn, s.ballot_worthy AS ballotWorthy, a.name AS artist, a.slug AS artistSlug,
      (SELECT count(*) FROM played_songs p WHERE p.song_id = s.id) AS played,
      (SELECT coalesce(sum(b.votes), 0) FROM setlist_songs b WHERE b.song_id = s.id) AS votes
    FROM songs s JOIN artists a ON a.id = s.artist_id WHERE s.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  return rows.map((row) => ({ ...row, ballotWorthy: row.ballotWorthy === 1 }));
}

/** What providers call a song, and where they have it; those recorded in a studio first. */
export function variantsInFull(db: Queryable, songId: number, limit: number) {
  return db
    .select({
      provider: songVariants.provider,
      providerId: songVariants.providerId,
      title: songVariants.title,
      live: songVariants.live,
      durationMs: songVariants.durationMs,
      releasedOn: songVariants.releasedOn,
      url: songVariants.url,
      album: albums.title,
    })
    .from(songVariants)
    .leftJoin(albums, and(eq(albums.provider, songVariants.provider), eq(albums.providerId, songVariants.albumId), eq(albums.artistId, songVariants.artistId)))
    .where(eq(songVariants.songId, songId))
    .orderBy(asc(songVariants.live), asc(songVariants.releasedOn), asc(songVariants.provider), asc(songVariants.providerId))
    .limit(limit);
}

/** The ids of some artists at providers, rejected ones too. */
export function idsOfArtists(db: Queryable, artistIds: readonly number[]) {
  const { artistId: of, provider, providerId, url, status, confidence, evidence, record } = artistIdentities;
  return db
    .select({ of, provider, providerId, url, status, confidence, evidence, record })
    .from(artistIdentities)
    .where(inArray(of, [...artistIds]))
    .orderBy(asc(of), asc(provider), asc(providerId));
}

export function idsOfVenues(db: Queryable, venueIds: readonly number[]) {
  const { venueId: of, provider, providerId, url, status, confidence, evidence, record } = venueIdentities;
  return db
    .select({ of, provider, providerId, url, status, confidence, evidence, record })
    .from(venueIdentities)
    .where(inArray(of, [...venueIds]))
    .orderBy(asc(of), asc(provider), asc(providerId));
}

export function idsOfShows(db: Queryable, showIds: readonly number[]) {
  const { showId: of, provider, providerId, url, status, confidence, evidence, ticketUrl } = showIdentities;
  return db
    .select({ of: sql<number>`${of}`, provider, providerId, url, status, confidence, evidence, ticketUrl })
    .from(showIdentities)
    .where(inArray(of, [...showIds]))
    .orderBy(asc(of), asc(provider), asc(providerId));
}
