import { and, eq, inArray, sql } from "drizzle-orm";
import type { Provider, ProviderId } from "#server/domain/provider-records.ts";
import type { Queryable } from "../client.ts";
import { actualSetlists, matches, showIdentities, shows, songs, songVariants, venues } from "../schema/index.ts";

/** An artist's shows of all local dates, or of some, on which there is more than one. */
export function nightsWithSeveral(db: Queryable, artistId: number, dates: string[] | null) {
  const asked = dates === null ? undefined : sql`${shows.localDate} IN (SELECT value FROM json_each(${JSON.stringify(dates)}))`;
  const several = sql`${shows.localDate} IN (SELECT local_date FROM shows s WHERE s.artist_id = ${artistId} AND s.demo = 0 GROUP BY local_date HAVING count(*) > 1)`;
  return db
    .select({ id: shows.id, localDate: shows.localDate, startsAt: shows.startsAt, venueId: shows.venueId, venueSlug: venues.slug, timeZone: venues.timeZone })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(eq(shows.artistId, artistId), eq(shows.demo, false), several, asked))
    .orderBy(shows.localDate, shows.id);
}

/** Under which ids providers have some shows, as events and as setlists. */
export async function idsOfShows(db: Queryable, showIds: number[]): Promise<(ProviderId & { showId: number })[]> {
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(showIds)}))`;
  const events = await db
    .select({ showId: sql<number>`${showIdentities.showId}`, provider: showIdentities.provider, id: showIdentities.providerId })
    .from(showIdentities)
    .where(and(sql`${showIdentities.showId} IN ${listed}`, inArray(showIdentities.status, ["automatic", "approved"])));
  const setlists = await db
    .select({ showId: actualSetlists.showId, provider: sql<Provider>`${actualSetlists.provider}`, id: sql<string>`${actualSetlists.providerId}` })
    .from(actualSetlists)
    .where(sql`${actualSetlists.showId} IN ${listed} AND ${actualSetlists.provider} IS NOT NULL`);
  return [...events, ...setlists];
}

/** What waits for a moderator between shows of an artist, and between its songs. */
export function openMatchesOfArtist(db: Queryable, kind: "show" | "song", artistId: number) {
  const { id, subjectId, otherId, confidence } = matches;
  const table = sql.raw(kind === "show" ? "shows" : "songs");
  return db
    .select({ id, subjectId, otherId, confidence })
    .from(matches)
    .where(and(eq(matches.kind, kind), eq(matches.status, "review"), sql`${subjectId} IN (SELECT id FROM ${table} WHERE artist_id = ${artistId})`));
}

/** The titles of those of some songs that are there. */
export async function songsThere(db: Queryable, ids: number[]): Promise<Map<number, string>> {
  const rows = await db.select({ id: songs.id, title: songs.title }).from(songs).where(sql`${songs.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** An artist's songs with the recordings' codes of each; those that stay for their votes alone left out. */
export async function songsToCompare(db: Queryable, artistId: number): Promise<{ id: number; title: string; isrcs: string[] }[]> {
  const rows = await db
    .select({ id: songs.id, title: songs.title })
    .from(songs)
    .where(and(eq(songs.artistId, artistId), eq(songs.demo, false), sql`${songs.ballotReason} <> 'absorbed'`))
    .orderBy(songs.id);
  const recorded = await db
    .selectDistinct({ songId: songVariants.songId, isrc: sql<string>`${songVariants.isrc}` })
    .from(songVariants)
    .where(and(eq(songVariants.artistId, artistId), sql`${songVariants.isrc} IS NOT NULL`));
  const bySong = Map.groupBy(recorded, ({ songId }) => songId);
  return rows.map(({ id, title }) => ({ id, title, isrcs: (bySong.get(id) ?? []).map(({ isrc }) => isrc).sort() }));
}

/**
 * Shows of an artist at one venue a day apart, of which one was made by a setlist alone and the other, which is no more to come, has none:
 * the setlist's date may be wrong. Not where the artist plays there on further days around: in a run each night is its own.
 */
export function nightsDayApart(db: Queryable, artistId: number, dates: string[] | null): Promise<{ made: number; free: number; madeOn: string; freeOn: string }[]> {
  const asked = dates === null ? sql`` : sql`AND m.local_date IN (SELECT value FROM json_each(${JSON.stringify(dates)}))`;
  return db.all(sql`
    SELECT m.id AS made, f.id AS free, m.local_date AS madeOn, f.local_date AS freeOn
    FROM shows m JOIN venues v ON v.id = m.venue_id
      JOIN shows f ON f.artist_id = m.artist_id AND f.local_date IN (date(m.local_date, '-1 day'), date(m.local_date, '+1 day')) AND f.venue_id = m.venue_id
    WHERE m.artist_id = ${artistId} AND m.demo = 0 AND m.starts_at IS NULL AND v.slug <> 'venue-unknown' ${asked}
      AND f.status IN ('ongoing', 'completed')
      AND EXISTS (SELECT 1 FROM actual_setlists a JOIN played_songs p ON p.setlist_id = a.id WHERE a.show_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM show_identities i WHERE i.show_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM actual_setlists a WHERE a.show_id = f.id)
      AND NOT EXISTS (
        SELECT 1 FROM shows o WHERE o.artist_id = m.artist_id AND o.venue_id = m.venue_id AND o.id NOT IN (m.id, f.id)
          AND o.local_date BETWEEN date(m.local_date, '-3 day') AND date(m.local_date, '+3 day'))
    ORDER BY m.id, f.id`);
}

/** Whether another show, of a local date, has become a show, as somebody has said. */
export async function cameFrom(db: Queryable, showId: number, localDate: string): Promise<boolean> {
  const rows = await db.all(sql`SELECT 1 FROM former_slugs WHERE kind = 'show' AND id = ${showId} AND slug LIKE ${`%-${localDate}%`} LIMIT 1`);
  return rows.length > 0;
}
