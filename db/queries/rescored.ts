import { sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";

const among = (ids: readonly number[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;

/** Shows of some artists of which scores are stored, or could be by now: with a final setlist and votes. */
export async function scorableShowsOf(db: Queryable, artistIds: readonly number[]): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`
    SELECT s.id FROM shows s WHERE s.artist_id IN ${among(artistIds)} AND (EXISTS (SELECT 1 FROM show_scores WHERE show_id = s.id)
      OR (EXISTS (SELECT 1 FROM show_allowances f WHERE f.show_id = s.id AND f.votes > 0)
        AND EXISTS (SELECT 1 FROM actual_setlists a WHERE a.show_id = s.id AND a.status = 'final'))) ORDER BY s.id`);
  return rows.map(({ id }) => id);
}

/** Which of some artists have a setlist that could be studied, or a forecast that was made of what counted as theirs. */
export async function playingArtists(db: Queryable, artistIds: readonly number[]): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`
    SELECT DISTINCT s.artist_id AS id FROM shows s WHERE s.artist_id IN ${among(artistIds)}
      AND (EXISTS (SELECT 1 FROM actual_setlists a WHERE a.show_id = s.id) OR EXISTS (SELECT 1 FROM forecasts f WHERE f.show_id = s.id))`);
  return rows.map(({ id }) => id);
}

/** Whose some songs are. */
export async function artistsOfSongs(db: Queryable, songIds: readonly number[]): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`SELECT DISTINCT artist_id AS id FROM songs WHERE id IN ${among(songIds)}`);
  return rows.map(({ id }) => id);
}

/** A show with what says which shows came after it. */
export interface ScoredNight {
  id: number;
  artistId: number;
  /** yyyy-mm-dd. */
  localDate: string;
}

/** Whose and of which dates some shows are. */
export function nightsOfShows(db: Queryable, showIds: readonly number[]): Promise<ScoredNight[]> {
  return db.all(sql`SELECT id, artist_id AS artistId, local_date AS localDate FROM shows WHERE id IN ${among(showIds)} ORDER BY id`);
}
