import { sql } from "drizzle-orm";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable } from "../client.ts";
import type { DueKind } from "./marks.ts";

/** Artists that a provider knows and that are due to be looked at (epoch ms), longest due first; those never looked at before all. One that is just being imported is not. */
export function dueArtists(db: Queryable, kind: DueKind, providers: Provider[], now: number, limit: number): Promise<{ id: number; dueAt: number }[]> {
  return db.all(sql`
    SELECT DISTINCT i.artist_id AS id, coalesce(d.due_at, 0) AS dueAt
    FROM artist_identities i LEFT JOIN due_times d ON d.kind = ${kind} AND d.id = i.artist_id
    WHERE i.provider IN (SELECT value FROM json_each(${JSON.stringify(providers)})) AND i.status <> 'rejected' AND coalesce(d.due_at, 0) <= ${now}
      AND NOT EXISTS (SELECT 1 FROM imports m WHERE m.artist_id = i.artist_id AND m.phase NOT IN ('done', 'failed', 'cancelled'))
    ORDER BY dueAt, id LIMIT ${limit}`);
}

export interface PolledRow {
  id: number;
  localDate: string;
  startsAt: number | null;
  status: "upcoming" | "ongoing" | "completed" | "cancelled" | "postponed";
  timeZone: string;
  askedAt: number | null;
  sameVersion: number | null;
  songs: number;
  encore: number;
}

/** Shows of the days since `from` (yyyy-mm-dd) by artists that setlist.fm knows, with what is known of their setlists. */
export function showsToPoll(db: Queryable, from: string, until: string): Promise<PolledRow[]> {
  return db.all(sql`
    SELECT s.id, s.local_date AS localDate, s.starts_at AS startsAt, s.status, v.time_zone AS timeZone,
      d.checked_at AS askedAt, d.unchanged AS sameVersion,
      (SELECT count(*) FROM actual_setlists a JOIN played_songs p ON p.setlist_id = a.id WHERE a.show_id = s.id AND a.provider IS NOT NULL AND p.tape = 0) AS songs,
      EXISTS (SELECT 1 FROM actual_setlists a JOIN actual_sets e ON e.setlist_id = a.id WHERE a.show_id = s.id AND a.provider IS NOT NULL AND e.encore IS NOT NULL) AS encore
    FROM shows s JOIN venues v ON v.id = s.venue_id LEFT JOIN due_times d ON d.kind = 'setlist' AND d.id = s.id
    WHERE s.local_date BETWEEN ${from} AND ${until} AND s.status IN ('ongoing', 'completed') AND s.demo = 0
      AND EXISTS (SELECT 1 FROM artist_identities i WHERE i.artist_id = s.artist_id AND i.provider = 'setlistfm' AND i.status <> 'rejected')`);
}

/** Venues with a show to come that Ticketmaster knows and that are due (epoch ms), longest due first. */
export async function dueVenues(db: Queryable, now: number, limit: number): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`
    SELECT DISTINCT i.venue_id AS id, coalesce(d.due_at, 0) AS dueAt
    FROM venue_identities i LEFT JOIN due_times d ON d.kind = 'venue' AND d.id = i.venue_id
    WHERE i.provider = 'ticketmaster' AND i.status <> 'rejected' AND coalesce(d.due_at, 0) <= ${now}
      AND EXISTS (SELECT 1 FROM shows s WHERE s.venue_id = i.venue_id AND s.local_date >= date(${now} / 1000 - 86400, 'unixepoch'))
    ORDER BY dueAt, id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

/** A venue's id at Ticketmaster and when the next show there begins (epoch ms). */
export async function venueToRefresh(db: Queryable, venueId: number, now: number): Promise<{ providerId: string; nextShowAt: number | null } | null> {
  const [row] = await db.all<{ providerId: string; nextShowAt: number | null }>(sql`
    SELECT i.provider_id AS providerId,
      (SELECT min(p.closes_at) FROM shows s JOIN predicted_setlists p ON p.show_id = s.id
        WHERE s.venue_id = i.venue_id AND s.local_date >= date(${now} / 1000 - 86400, 'unixepoch') AND s.status <> 'cancelled') AS nextShowAt
    FROM venue_identities i WHERE i.venue_id = ${venueId} AND i.provider = 'ticketmaster' AND i.status <> 'rejected' LIMIT 1`);
  return row ?? null;
}

/** What setlist.fm is asked with for the setlist of a show. */
export async function soughtShow(db: Queryable, showId: number) {
  const [row] = await db.all<{ artistId: number; localDate: string; mbid: string; setlistVenue: string | null }>(sql`
    SELECT s.artist_id AS artistId, s.local_date AS localDate, i.provider_id AS mbid,
      (SELECT min(provider_id) FROM venue_identities vi WHERE vi.venue_id = s.venue_id AND vi.provider = 'setlistfm') AS setlistVenue
    FROM shows s JOIN artist_identities i ON i.artist_id = s.artist_id AND i.provider = 'setlistfm' AND i.status <> 'rejected'
    WHERE s.id = ${showId} LIMIT 1`);
  return row ?? null;
}

/** The setlists of a show by version: tells whether asking again brought something. */
export async function setlistVersions(db: Queryable, showId: number): Promise<string[]> {
  const rows = await db.all<{ version: string }>(sql`SELECT version FROM actual_setlists WHERE show_id = ${showId} AND provider IS NOT NULL ORDER BY version`);
  return rows.map(({ version }) => version);
}

/** The totals of shows to come whose votes have moved since they were last looked at, or were moving then. */
export function movedTotals(db: Queryable): Promise<{ showId: number; votes: number; before: number | null; rate: number | null; at: number | null }[]> {
  return db.all(sql`
    SELECT s.id AS showId, s.total_votes AS votes, t.votes AS before, t.rate, t.at
    FROM shows s LEFT JOIN show_trends t ON t.show_id = s.id
    WHERE s.status IN ('upcoming', 'ongoing') AND (s.total_votes <> coalesce(t.votes, 0) OR t.rate > 0)`);
}
