import { sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";

const foreign = (artistId: number) => sql`FROM shows show CROSS JOIN setlist_songs place ON place.show_id = show.id CROSS JOIN songs song ON song.id = place.song_id
  WHERE show.artist_id = ${artistId} AND song.artist_id <> ${artistId}`;

/** An artist's shows with songs of another artist on their ballots, which only parting two artists can leave there. */
export async function showsWithForeignSongs(db: Queryable, artistId: number): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`SELECT DISTINCT show.id AS id ${foreign(artistId)}`);
  return rows.map(({ id }) => id);
}

/** Takes songs of other artists off an artist's ballots, where nobody has voted for them and no fan has added them. */
export async function dropForeignPlaces(tx: Transaction, artistId: number): Promise<void> {
  await tx.run(sql`
    WITH taken AS MATERIALIZED (
      SELECT DISTINCT vote.setlist_song_id AS id FROM (SELECT DISTINCT place.show_id AS id ${foreign(artistId)}) AS moved CROSS JOIN votes vote ON vote.show_id = moved.id)
    DELETE FROM setlist_songs WHERE suggested = 0 AND id IN (SELECT place.id ${foreign(artistId)}) AND id NOT IN (SELECT id FROM taken)`);
}

/** Gives an artist songs of its own for those of others that are left on its ballots: found by title or key, or copied. */
export async function ownForeignPlaces(tx: Transaction, artistId: number): Promise<void> {
  await tx.run(sql`
    INSERT OR IGNORE INTO songs (artist_id, title, search_title, title_key, ballot_worthy, ballot_reason, released_on, likelihood_rank, demo)
    SELECT DISTINCT ${artistId}, song.title, song.search_title, song.title_key, song.ballot_worthy, song.ballot_reason, song.released_on, song.likelihood_rank, song.demo
    ${foreign(artistId)} AND NOT EXISTS (SELECT 1 FROM songs own WHERE own.artist_id = ${artistId} AND own.title_key = song.title_key AND song.title_key <> '')`);
  const own = sql`coalesce((SELECT own.id FROM songs own WHERE own.artist_id = ${artistId} AND own.title = song.title),
    (SELECT min(own.id) FROM songs own WHERE own.artist_id = ${artistId} AND own.title_key = song.title_key))`;
  await tx.run(sql`
    WITH moved AS MATERIALIZED (SELECT place.id, ${own} AS own ${foreign(artistId)})
    UPDATE OR IGNORE setlist_songs SET song_id = (SELECT own FROM moved WHERE moved.id = setlist_songs.id) WHERE id IN (SELECT id FROM moved WHERE own IS NOT NULL)`);
}

/** What was played at an artist's shows is the artist's own song of that key, or none until it is tied again. */
export async function ownPlayed(tx: Transaction, artistId: number): Promise<void> {
  await tx.run(sql`
    WITH moved AS MATERIALIZED (
      SELECT played.setlist_id, played.position FROM shows show CROSS JOIN actual_setlists list ON list.show_id = show.id
      CROSS JOIN played_songs played ON played.setlist_id = list.id CROSS JOIN songs song ON song.id = played.song_id
      WHERE show.artist_id = ${artistId} AND song.artist_id <> ${artistId})
    UPDATE played_songs SET song_id = (SELECT min(own.id) FROM songs own WHERE own.artist_id = ${artistId} AND own.title_key <> '' AND own.title_key = (
      SELECT before.title_key FROM songs before WHERE before.id = played_songs.song_id))
    WHERE (setlist_id, position) IN (SELECT setlist_id, position FROM moved)`);
}
