import { and, eq, sql } from "drizzle-orm";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { albums, songAliases, songLinks, songs, songVariants } from "../schema/index.ts";

export type VariantRow = typeof songVariants.$inferSelect;

const listed = (values: readonly (string | number)[]) => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;

/** Variants of an artist by their ids at a provider. */
export function variantsByIds(db: Queryable, artistId: number, provider: Provider, ids: string[]): Promise<VariantRow[]> {
  return db
    .select()
    .from(songVariants)
    .where(and(eq(songVariants.artistId, artistId), eq(songVariants.provider, provider), sql`${songVariants.providerId} IN ${listed(ids)}`));
}

export function variantsByWorks(db: Queryable, artistId: number, workIds: string[]): Promise<VariantRow[]> {
  return db
    .select()
    .from(songVariants)
    .where(and(eq(songVariants.artistId, artistId), sql`${songVariants.workId} IN ${listed(workIds)}`));
}

export function variantsOfSongs(db: Queryable, songIds: number[]): Promise<VariantRow[]> {
  return db.select().from(songVariants).where(sql`${songVariants.songId} IN ${listed(songIds)}`);
}

/** An artist's songs of some keys. */
export function songsByKeys(db: Queryable, artistId: number, keys: string[]) {
  return db
    .select()
    .from(songs)
    .where(and(eq(songs.artistId, artistId), sql`${songs.titleKey} IN ${listed(keys)}`));
}

export function songsByIds(db: Queryable, ids: number[]) {
  return db
    .select({ id: songs.id, artistId: songs.artistId, title: songs.title, titleKey: songs.titleKey })
    .from(songs)
    .where(sql`${songs.id} IN ${listed(ids)}`);
}

export function aliasesOf(db: Queryable, songIds: number[]) {
  return db.select().from(songAliases).where(sql`${songAliases.songId} IN ${listed(songIds)}`);
}

export type NewSong = Pick<typeof songs.$inferInsert, "artistId" | "title" | "searchTitle" | "titleKey" | "ballotWorthy" | "ballotReason" | "releasedOn">;

/** A rank beyond all that were ranked, until the artist's songs are ranked. */
export const UNRANKED = 1_000_000;

/** One text for any number of songs, so that the statement stays prepared. */
export async function insertSongs(tx: Transaction, added: NewSong[]): Promise<{ id: number; titleKey: string }[]> {
  if (added.length === 0) return [];
  const rows = added.map((s) => [s.artistId, s.title, s.searchTitle, s.titleKey, Number(s.ballotWorthy ?? true), s.ballotReason, s.releasedOn ?? null]);
  return tx.all(sql`
    INSERT INTO songs (artist_id, title, search_title, title_key, ballot_worthy, ballot_reason, released_on, likelihood_rank)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, coalesce(value ->> 5, 'song'), value ->> 6, ${UNRANKED} FROM json_each(${JSON.stringify(rows)})
    RETURNING id, title_key AS titleKey`);
}

/** Changes songs; titles may go from one of them to another. */
export async function updateSongs(tx: Transaction, changed: ({ id: number } & Omit<NewSong, "artistId">)[]): Promise<void> {
  // Of one artist no two titles are the same, on the way either.
  for (const { id } of changed) await tx.update(songs).set({ title: sql`char(1) || ${songs.id}` }).where(eq(songs.id, id));
  for (const { id, ...song } of changed) await tx.update(songs).set(song).where(eq(songs.id, id));
}

export async function replaceAliases(tx: Transaction, artistId: number, of: { songId: number; keys: string[] }[]): Promise<void> {
  if (of.length === 0) return;
  await tx.delete(songAliases).where(sql`${songAliases.songId} IN ${listed(of.map(({ songId }) => songId))}`);
  const rows = of.flatMap(({ songId, keys }) => keys.map((key) => [songId, key]));
  if (rows.length === 0) return;
  await tx.run(sql`
    INSERT INTO song_aliases (artist_id, alias_key, song_id)
    SELECT ${artistId}, value ->> 1, value ->> 0 FROM json_each(${JSON.stringify(rows)})`);
}

const VARIANT_COLUMNS = [
  "provider", "providerId", "songId", "title", "titleKey", "kind", "live", "video", "workId", "albumId", "isrc", "durationMs", "releasedOn", "note", "url",
] as const satisfies (keyof VariantRow)[];
export type PutVariant = Pick<VariantRow, (typeof VARIANT_COLUMNS)[number]>;

/** Adds variants, or brings those that are there up to date; what is told by nobody stays as it is known. */
export async function putVariants(tx: Transaction, artistId: number, rows: PutVariant[]): Promise<void> {
  if (rows.length === 0) return;
  const cell = (value: string | number | boolean | null) => (typeof value === "boolean" ? Number(value) : value);
  const input = JSON.stringify(rows.map((row) => VARIANT_COLUMNS.map((name) => cell(row[name]))));
  await tx.run(sql`
    INSERT INTO song_variants (artist_id, provider, provider_id, song_id, title, title_key, kind, live, video, work_id, album_id, isrc, duration_ms, released_on, note, url)
    SELECT ${artistId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
      value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14
    FROM json_each(${input}) WHERE true
    ON CONFLICT (artist_id, provider, provider_id) DO UPDATE SET
      song_id = excluded.song_id, title = excluded.title, title_key = excluded.title_key, kind = excluded.kind, live = excluded.live,
      video = excluded.video, work_id = excluded.work_id, duration_ms = excluded.duration_ms, released_on = excluded.released_on, note = excluded.note,
      album_id = coalesce(excluded.album_id, album_id), isrc = coalesce(excluded.isrc, isrc), url = coalesce(excluded.url, url)`);
}

/** Everything that points to one song points to another from now on, but for its places on ballots beside the other. */
export async function moveSong(tx: Transaction, from: number, to: number): Promise<void> {
  await tx.run(sql`UPDATE song_variants SET song_id = ${to} WHERE song_id = ${from}`);
  await tx.run(sql`UPDATE played_songs SET song_id = ${to} WHERE song_id = ${from}`);
  await tx.run(sql`UPDATE OR IGNORE setlist_songs SET song_id = ${to} WHERE song_id = ${from}`);
  await tx.run(sql`
    DELETE FROM setlist_songs WHERE song_id = ${from} AND NOT EXISTS (
      SELECT 1 FROM votes WHERE votes.show_id = setlist_songs.show_id AND votes.setlist_song_id = setlist_songs.id)`);
}

/** Whether a song stands on a ballot. */
export async function onBallots(db: Queryable, songId: number): Promise<boolean> {
  const rows = await db.all(sql`SELECT 1 FROM setlist_songs WHERE song_id = ${songId} LIMIT 1`);
  return rows.length > 0;
}

/** A song that stays for its votes alone: it comes to no ballot, and names nothing that another song's alias names. */
export async function retireSong(tx: Transaction, id: number): Promise<void> {
  await tx.update(songs).set({ ballotWorthy: false, ballotReason: "absorbed" }).where(eq(songs.id, id));
  await tx.delete(songAliases).where(eq(songAliases.songId, id));
}

/** Moves the tally on of every show with one of some songs on its ballot; the shows. */
export async function moveBallotVersions(tx: Transaction, songIds: number[]): Promise<{ id: number }[]> {
  return tx.all(sql`
    UPDATE shows SET tally_version = tally_version + 1
    WHERE id IN (SELECT show_id FROM setlist_songs WHERE song_id IN ${listed(songIds)}) RETURNING id`);
}

/** The shows at which some songs were played, by any account. */
export async function showsThatPlayed(db: Queryable, songIds: number[]): Promise<{ id: number }[]> {
  return db.all(sql`
    SELECT DISTINCT a.show_id AS id FROM played_songs p CROSS JOIN actual_setlists a ON a.id = p.setlist_id
    WHERE p.song_id IN ${listed(songIds)} ORDER BY 1`);
}

export async function deleteSong(tx: Transaction, id: number): Promise<void> {
  await tx.delete(songs).where(eq(songs.id, id));
}

/** Ids of songs by each key that names exactly one: its own key before what a moderator has linked, and that before others' aliases. */
export async function songsNamed(db: Queryable, artistId: number, keys: string[]): Promise<Map<string, number>> {
  const own = await songsByKeys(db, artistId, keys);
  const aliased = await db
    .select({ key: songAliases.aliasKey, id: sql<number>`min(${songAliases.songId})`, n: sql<number>`count(*)` })
    .from(songAliases)
    .where(and(eq(songAliases.artistId, artistId), sql`${songAliases.aliasKey} IN ${listed(keys)}`))
    .groupBy(songAliases.aliasKey);
  const named = new Map(aliased.filter(({ n }) => n === 1).map(({ key, id }) => [key, id]));
  for (const { titleKey, id, ballotReason } of own) if (ballotReason !== "absorbed" || !named.has(titleKey)) named.set(titleKey, id);
  for (const { key, id } of await songsLinked(db, artistId, keys)) if (!own.some(({ titleKey, ballotReason }) => titleKey === key && ballotReason !== "absorbed")) named.set(key, id);
  return named;
}

/** Songs of the keys to which some titles of an artist are linked. */
function songsLinked(db: Queryable, artistId: number, keys: string[]): Promise<{ key: string; id: number }[]> {
  return db
    .select({ key: songLinks.titleKey, id: sql<number>`min(${songs.id})` })
    .from(songLinks)
    .innerJoin(songs, and(eq(songs.artistId, songLinks.artistId), eq(songs.titleKey, songLinks.intoKey)))
    .where(and(eq(songLinks.artistId, artistId), sql`${songLinks.titleKey} IN ${listed(keys)}`))
    .groupBy(songLinks.titleKey);
}

export type SongToRank = Awaited<ReturnType<typeof songsToRank>>[number];

/** An artist's songs as ranking needs them. */
export function songsToRank(db: Queryable, artistId: number) {
  return db
    .select({ id: songs.id, title: songs.title, releasedOn: songs.releasedOn, ballotWorthy: songs.ballotWorthy, ballotReason: songs.ballotReason, rank: songs.likelihoodRank })
    .from(songs)
    .where(eq(songs.artistId, artistId));
}

/** Gives songs their rank, those that have it already left alone; how many changed. */
export async function rankSongs(tx: Transaction, ranks: { id: number; rank: number }[]): Promise<number> {
  const input = JSON.stringify(ranks.map(({ id, rank }) => [id, rank]));
  const { rowsAffected } = await tx.run(sql`
    UPDATE songs SET likelihood_rank = r.rank
    FROM (SELECT value ->> 0 AS id, value ->> 1 AS rank FROM json_each(${input})) AS r
    WHERE songs.id = r.id AND songs.likelihood_rank <> r.rank`);
  return rowsAffected;
}

export type AlbumRow = typeof albums.$inferSelect;
export type NewAlbum = Omit<typeof albums.$inferInsert, "id" | "tracksRead">;

/** Adds albums or brings them up to date; how many rows that was. */
export async function putAlbums(tx: Transaction, rows: NewAlbum[]): Promise<number> {
  let written = 0;
  for (const row of rows) {
    const { title, kind, releasedOn, url, imageUrl } = row;
    const { rowsAffected } = await tx
      .insert(albums)
      .values(row)
      .onConflictDoUpdate({
        target: [albums.provider, albums.providerId, albums.artistId],
        set: { title, kind, releasedOn, url, imageUrl },
        setWhere: sql`(${albums.title}, ${albums.kind}, ${albums.releasedOn}, ${albums.url}, ${albums.imageUrl}) IS NOT (excluded.title, excluded.kind, excluded.released_on, excluded.url, excluded.image_url)`,
      });
    written += rowsAffected;
  }
  return written;
}

/** The next album of an artist whose tracks have not been read; null when all have. */
export async function unreadAlbum(db: Queryable, artistId: number, provider: Provider): Promise<AlbumRow | null> {
  const [row] = await db
    .select()
    .from(albums)
    .where(and(eq(albums.artistId, artistId), eq(albums.provider, provider), eq(albums.tracksRead, false)))
    .orderBy(albums.id)
    .limit(1);
  return row ?? null;
}

export async function noteTracksRead(tx: Transaction, albumId: number): Promise<void> {
  await tx.update(albums).set({ tracksRead: true }).where(eq(albums.id, albumId));
}

/** How many albums there are, and of how many the tracks have been read. */
export async function albumCounts(db: Queryable, artistId: number, provider: Provider): Promise<{ all: number; read: number }> {
  const [row] = await db
    .select({ all: sql<number>`count(*)`, read: sql<number>`coalesce(sum(${albums.tracksRead}), 0)` })
    .from(albums)
    .where(and(eq(albums.artistId, artistId), eq(albums.provider, provider)));
  return row!;
}
