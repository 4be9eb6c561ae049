import { eq, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { songs } from "../schema/index.ts";
import { withPairs, type MergePair } from "../merge-sql.ts";

export type SongFacts = Pick<typeof songs.$inferSelect, "id" | "title" | "titleKey" | "releasedOn" | "ballotWorthy" | "ballotReason" | "likelihoodRank">;

const facts = {
  id: songs.id,
  title: songs.title,
  titleKey: songs.titleKey,
  releasedOn: songs.releasedOn,
  ballotWorthy: songs.ballotWorthy,
  ballotReason: songs.ballotReason,
  likelihoodRank: songs.likelihoodRank,
};

/** All songs of an artist, the first made first. */
export function songsOf(db: Queryable, artistId: number): Promise<SongFacts[]> {
  return db.select(facts).from(songs).where(eq(songs.artistId, artistId)).orderBy(songs.id);
}

export function songsByIds(db: Queryable, ids: number[]): Promise<SongFacts[]> {
  return db.select(facts).from(songs).where(sql`${songs.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
}

/** A song that stays is known by the names of the one that goes, too. */
export async function copyAliases(tx: Transaction, pairs: MergePair[]): Promise<void> {
  const ids = JSON.stringify(pairs.map(({ mergeId }) => mergeId));
  await tx.run(sql`
    ${withPairs(pairs)}
    INSERT INTO merge_rows (merge_id, table_name, what, key)
    SELECT min(taken.merge_id), 'song_aliases', 'added', json_array(taken.key, taken.song_id) FROM (
      SELECT input.merge_id, alias.alias_key AS key, input.into_id AS song_id FROM input CROSS JOIN song_aliases alias ON alias.song_id = input.from_id
      UNION ALL SELECT input.merge_id, song.title_key, input.into_id FROM input CROSS JOIN songs song ON song.id = input.from_id WHERE song.title_key <> '') AS taken
    CROSS JOIN songs mine ON mine.id = taken.song_id AND mine.title_key <> taken.key
    WHERE NOT EXISTS (SELECT 1 FROM song_aliases there WHERE there.song_id = mine.id AND there.alias_key = taken.key)
    GROUP BY taken.key, taken.song_id`);
  await tx.run(sql`
    INSERT INTO song_aliases (artist_id, alias_key, song_id)
    SELECT mine.artist_id, log.key ->> 0, mine.id FROM merge_rows log CROSS JOIN songs mine ON mine.id = log.key ->> 1
    WHERE log.merge_id IN (SELECT value FROM json_each(${ids})) AND log.table_name = 'song_aliases' AND log.what = 'added'`);
}

/** Gives songs, but for some, to another artist. */
export async function giveSongs(tx: Transaction, { mergeId, from, into }: MergePair, but: number[]): Promise<void> {
  const which = sql`artist_id = ${from} AND id NOT IN (SELECT value FROM json_each(${JSON.stringify(but)}))`;
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key) SELECT ${mergeId}, 'songs', 'moved', json_array(id) FROM songs WHERE ${which}`);
  await tx.run(sql`UPDATE songs SET artist_id = ${into} WHERE ${which}`);
}

/** What names and records a song goes to the song's artist. */
export async function followSongs(tx: Transaction, { from, into }: { from: number; into: number }): Promise<void> {
  const ofOther = sql`artist_id = ${from} AND song_id IN (SELECT id FROM songs WHERE artist_id = ${into})`;
  await tx.run(sql`UPDATE OR IGNORE song_variants SET artist_id = ${into} WHERE ${ofOther}`);
  await tx.run(sql`UPDATE OR IGNORE song_aliases SET artist_id = ${into} WHERE ${ofOther}`);
}

/** A title that another song of the artist has taken meanwhile gets the song's number behind it. */
export async function keepTitlesApart(tx: Transaction, mergeIds: number[]): Promise<void> {
  await tx.run(sql`
    UPDATE merge_rows AS log SET row = json_set(log.row, '$.title', (log.row ->> 'title') || ' #' || (log.row ->> 'id'))
    WHERE log.merge_id IN (SELECT value FROM json_each(${JSON.stringify(mergeIds)})) AND log.table_name = 'songs' AND log.what = 'dropped'
      AND EXISTS (SELECT 1 FROM songs other WHERE other.title = log.row ->> 'title' AND other.id <> log.row ->> 'id' AND other.artist_id = iif(
        EXISTS (SELECT 1 FROM artists WHERE id = log.row ->> 'artist_id'), log.row ->> 'artist_id',
        (SELECT stays.artist_id FROM merges merge CROSS JOIN songs stays ON stays.id = merge.into_id WHERE merge.id = log.merge_id)))`);
}
