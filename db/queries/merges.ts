import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import type { Queryable, Transaction } from "../client.ts";
import { artists, merges, shows, songs, venues } from "../schema/index.ts";
import type { MergePair } from "../merge-sql.ts";

export type Merge = typeof merges.$inferSelect;

export async function mergeById(db: Queryable, id: number): Promise<Merge | null> {
  const [row] = await db.select().from(merges).where(eq(merges.id, id));
  return row ?? null;
}

/** Merges that nobody's merge is a part of, latest first. */
export function listMerges(db: Queryable, { before, limit }: { before?: number | undefined; limit: number }): Promise<Merge[]> {
  return db
    .select()
    .from(merges)
    .where(and(isNull(merges.parentId), before === undefined ? undefined : lt(merges.id, before)))
    .orderBy(desc(merges.id))
    .limit(limit);
}

/** The parts of a merge, in the order in which they were made. */
export function partsOfMerge(db: Queryable, id: number): Promise<Merge[]> {
  return db.select().from(merges).where(eq(merges.parentId, id)).orderBy(asc(merges.id));
}

export interface NewMerges {
  kind: LinkKind;
  pairs: { from: number; into: number; fromName: string; intoName: string }[];
  parentId: number | null;
  by: number | null;
}

/** Writes down who becomes whom. */
export async function insertMerges(tx: Transaction, { kind, pairs, parentId, by }: NewMerges, now: number): Promise<MergePair[]> {
  const rows = JSON.stringify(pairs.map(({ from, into, fromName, intoName }) => [from, into, fromName, intoName]));
  return tx.all<MergePair>(sql`
    INSERT INTO merges (kind, from_id, into_id, from_name, into_name, parent_id, at, "by")
    SELECT ${kind}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, ${parentId}, ${now}, ${by} FROM json_each(${rows}) ORDER BY key
    RETURNING id AS mergeId, from_id AS "from", into_id AS "into"`);
}

export async function noteUndone(tx: Transaction, ids: number[], { by, now }: { by: number | null; now: number }): Promise<void> {
  await tx.update(merges).set({ undoneAt: now, undoneBy: by }).where(sql`${merges.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
}

/** The latest standing merge that some merges have to wait for: of one of their records, and none of their family. */
export async function laterMerge(db: Queryable, family: number[]): Promise<Merge | null> {
  const ids = JSON.stringify(family);
  const touching = (column: "from_id" | "into_id") => sql`
    SELECT later.id FROM input CROSS JOIN merges later ON later.kind = input.kind AND later.${sql.raw(column)} = input.record
    WHERE later.id > input.id AND later.undone_at IS NULL AND later.id NOT IN (SELECT value FROM json_each(${ids}))`;
  const [row] = await db.all<{ id: number }>(sql`
    WITH taken AS MATERIALIZED (SELECT kind, id, from_id, into_id FROM merges WHERE id IN (SELECT value FROM json_each(${ids}))),
    input AS MATERIALIZED (SELECT kind, id, from_id AS record FROM taken UNION ALL SELECT kind, id, into_id FROM taken)
    ${touching("from_id")} UNION ALL ${touching("into_id")} ORDER BY 1 DESC LIMIT 1`);
  return row ? mergeById(db, row.id) : null;
}

/** The latest standing merge of artists or venues, after another merge, that has moved a record of a table; null where none has. */
export async function laterMove(db: Queryable, after: Pick<Merge, "id" | "kind" | "intoId">): Promise<Merge | null> {
  const owners = { artist: [], venue: [], song: ["artist"], show: ["artist", "venue"] }[after.kind] as LinkKind[];
  const table = { artist: "artists", venue: "venues", song: "songs", show: "shows" }[after.kind];
  const owner = after.kind === "song" ? sql`(SELECT artist_id FROM songs WHERE id = ${after.intoId})` : sql`(SELECT artist_id FROM shows WHERE id = ${after.intoId}), (SELECT venue_id FROM shows WHERE id = ${after.intoId})`;
  const [row] = await db
    .select()
    .from(merges)
    .where(
      and(
        inArray(merges.kind, owners),
        sql`${merges.intoId} IN (${owner})`,
        gt(merges.id, after.id),
        isNull(merges.undoneAt),
        sql`EXISTS (SELECT 1 FROM merge_rows log WHERE log.merge_id = ${merges.id} AND log.table_name = ${table} AND log.what = 'moved' AND log.key = json_array(${after.intoId}))`,
      ),
    )
    .orderBy(desc(merges.id))
    .limit(1);
  return row ?? null;
}

export interface Mergeable {
  id: number;
  /** What people call it. */
  name: string;
  slug: string | null;
  /** Whose song or show it is. */
  artistId: number | null;
  demo: boolean;
}

const none = sql<null>`NULL`;

/** What merging has to know of some records of a kind. */
export function mergeables(db: Queryable, kind: LinkKind, ids: number[]): Promise<Mergeable[]> {
  if (kind === "artist") return db.select({ id: artists.id, name: artists.name, slug: artists.slug, artistId: none, demo: artists.demo }).from(artists).where(inArray(artists.id, ids));
  if (kind === "venue") return db.select({ id: venues.id, name: venues.name, slug: venues.slug, artistId: none, demo: venues.demo }).from(venues).where(inArray(venues.id, ids));
  if (kind === "song") return db.select({ id: songs.id, name: songs.title, slug: none, artistId: songs.artistId, demo: songs.demo }).from(songs).where(inArray(songs.id, ids));
  return db
    .select({ id: shows.id, name: sql<string>`${artists.name} || ', ' || ${venues.name} || ', ' || ${shows.localDate}`, slug: shows.slug, artistId: shows.artistId, demo: shows.demo })
    .from(shows)
    .innerJoin(artists, eq(artists.id, shows.artistId))
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(inArray(shows.id, ids));
}

export interface Weight {
  votes: number;
  rows: number;
}

/** How much hangs on a record: votes, then shows, songs and the like. */
export async function weightOf(db: Queryable, kind: LinkKind, id: number): Promise<Weight> {
  const counts = {
    artist: sql`SELECT coalesce(sum(total_votes), 0) AS votes, count(*) + (SELECT count(*) FROM songs WHERE artist_id = ${id}) AS "rows" FROM shows WHERE artist_id = ${id}`,
    venue: sql`SELECT coalesce(sum(total_votes), 0) AS votes, count(*) AS "rows" FROM shows WHERE venue_id = ${id}`,
    show: sql`SELECT coalesce(max(total_votes), 0) AS votes,
      (SELECT count(*) FROM setlist_songs WHERE show_id = ${id}) + (SELECT count(*) FROM actual_setlists WHERE show_id = ${id}) + (SELECT count(*) FROM show_identities WHERE show_id = ${id}) AS "rows"
      FROM shows WHERE id = ${id}`,
    song: sql`SELECT coalesce(sum(votes), 0) AS votes,
      count(*) + (SELECT count(*) FROM song_variants WHERE song_id = ${id}) + (SELECT count(*) FROM played_songs WHERE song_id = ${id}) AS "rows"
      FROM setlist_songs WHERE song_id = ${id}`,
  };
  const [row] = await db.all<Weight>(counts[kind]);
  return row!;
}

/** The standing merge by which a record went; null where it did not. */
export async function mergeOf(db: Queryable, kind: LinkKind, fromId: number): Promise<Merge | null> {
  const [row] = await db
    .select()
    .from(merges)
    .where(and(eq(merges.kind, kind), eq(merges.fromId, fromId), isNull(merges.undoneAt)));
  return row ?? null;
}
