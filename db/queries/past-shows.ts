import { sql } from "drizzle-orm";
import type { Provider } from "#server/domain/provider-records.ts";
import type { SetlistStatus } from "#server/domain/setlists/accounts.ts";
import { takesVotes } from "../ballot-sql.ts";
import type { Queryable } from "../client.ts";

/** An artist's shows of which somebody has written down what was played: by local date, then start, then id. */
export function showsWithSetlists(db: Queryable, artistId: number): Promise<{ id: number }[]> {
  return db.all(sql`
    SELECT id FROM shows
    WHERE artist_id = ${artistId} AND EXISTS (SELECT 1 FROM actual_setlists a WHERE a.show_id = shows.id)
    ORDER BY local_date, starts_at IS NULL, starts_at, id`);
}

/** Where and when a show is, as the forecast looks at it. */
export interface SettingRow {
  showId: number;
  localDate: string;
  /** IANA name. */
  timeZone: string;
  tour: string | null;
  venue: string;
  city: string | null;
  /** How many acts a provider's bill names; 0 where nobody says. */
  acts: number;
}

/** One account of what was played. */
export interface AccountRow extends SettingRow {
  id: number;
  provider: Provider | null;
  status: SetlistStatus;
  /** Entries, tapes left out. */
  songs: number;
  /** JSON: of the songs of ours in order, tapes left out, the id and whether it was an encore (0 or 1). */
  played: string;
}

const setting = sql`
  s.id AS showId, s.local_date AS localDate, v.time_zone AS timeZone, s.tour, v.name AS venue, v.city,
  (SELECT count(*) FROM billed_artists b WHERE b.show_id = s.id) AS acts`;

/** All accounts of what was played at some shows, those that came in first first. */
export function accountsAt(db: Queryable, showIds: readonly number[]): Promise<AccountRow[]> {
  return db.all(sql`
    SELECT ${setting}, a.id, a.provider, a.status,
      (SELECT count(*) FROM played_songs p WHERE p.setlist_id = a.id AND p.tape = 0) AS songs,
      (SELECT json_group_array(json_array(p.song_id, e.encore IS NOT NULL) ORDER BY p.position)
        FROM played_songs p LEFT JOIN actual_sets e ON e.setlist_id = p.setlist_id AND e.number = p.set_number
        WHERE p.setlist_id = a.id AND p.tape = 0 AND p.song_id IS NOT NULL) AS played
    FROM json_each(${JSON.stringify(showIds)}) input JOIN shows s ON s.id = input.value JOIN venues v ON v.id = s.venue_id
    JOIN actual_setlists a ON a.show_id = s.id
    ORDER BY a.id`);
}

export interface OpenShowRow extends SettingRow {
  /** Epoch ms. */
  closesAt: number;
}

/** An artist's shows that are to come and whose voting is open at an instant (epoch ms), the next one first. */
export function openShows(db: Queryable, artistId: number, now: number): Promise<OpenShowRow[]> {
  return db.all(sql`
    SELECT ${setting}, b.closes_at AS closesAt
    FROM shows s JOIN predicted_setlists b ON b.show_id = s.id JOIN venues v ON v.id = s.venue_id
    WHERE s.artist_id = ${artistId} AND ${takesVotes("s", "b", now)}
    ORDER BY s.local_date, s.starts_at IS NULL, s.starts_at, s.id`);
}

/** Whether what an artist has played is being brought in at this time, or is as soon as somebody takes it up. */
export async function comesIn(db: Queryable, artistId: number): Promise<boolean> {
  const rows = await db.all(sql`
    SELECT 1 FROM imports i JOIN jobs j ON j.id = i.job_id
    WHERE i.artist_id = ${artistId} AND (j.state = 'running' OR (j.state = 'queued' AND j.delays = 0)) AND i.phase IN ('identities', 'songs', 'shows', 'setlists') LIMIT 1`);
  return rows.length > 0;
}
