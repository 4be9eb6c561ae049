import { eq, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { songLinks } from "../schema/index.ts";

/** Keys of titles with the key of the song that each is. */
export type SongLinks = Map<string, string>;

/** What the titles of an artist are linked to. */
export async function linksOfArtist(db: Queryable, artistId: number): Promise<SongLinks> {
  const rows = await db.select({ titleKey: songLinks.titleKey, intoKey: songLinks.intoKey }).from(songLinks).where(eq(songLinks.artistId, artistId));
  return new Map(rows.map(({ titleKey, intoKey }) => [titleKey, intoKey]));
}

/** Makes an artist's links what they are to be, and notes each row that goes, comes or changes. */
export async function writeLinks(tx: Transaction, { mergeId, artistId, before, after }: { mergeId: number; artistId: number; before: SongLinks; after: SongLinks }): Promise<void> {
  const gone = [...before].filter(([key, into]) => after.get(key) !== into);
  const come = [...after].filter(([key, into]) => before.get(key) !== into);
  const row = (links: [string, string][]) => JSON.stringify(links);
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT ${mergeId}, 'song_links', 'dropped', json_array(${artistId}, value ->> 0), json_object('artist_id', ${artistId}, 'title_key', value ->> 0, 'into_key', value ->> 1)
    FROM json_each(${row(gone)})`);
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key)
    SELECT ${mergeId}, 'song_links', 'added', json_array(${artistId}, value ->> 0) FROM json_each(${row(come)})`);
  await tx.run(sql`DELETE FROM song_links WHERE artist_id = ${artistId} AND title_key IN (SELECT value ->> 0 FROM json_each(${row(gone)}))`);
  await tx.run(sql`INSERT INTO song_links (artist_id, title_key, into_key) SELECT ${artistId}, value ->> 0, value ->> 1 FROM json_each(${row(come)})`);
}
