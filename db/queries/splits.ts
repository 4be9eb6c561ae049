import { and, eq, ne, sql } from "drizzle-orm";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { artistIdentities, predictedSetlists, setlistSongs, showIdentities, shows, venueIdentities } from "../schema/index.ts";

const listed = (values: readonly (string | number)[]) => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;

/** An artist's or a venue's identities that are believed. */
export function believedIdentities(db: Queryable, kind: "artist" | "venue", id: number): Promise<{ provider: Provider; providerId: string }[]> {
  const table = kind === "artist" ? artistIdentities : venueIdentities;
  const owner = kind === "artist" ? eq(artistIdentities.artistId, id) : eq(venueIdentities.venueId, id);
  return db.select({ provider: table.provider, providerId: table.providerId }).from(table).where(and(owner, ne(table.status, "rejected")));
}

/** What its provider told last of an artist or venue that is one of its ids; null for none, or nothing. */
export async function recordOf(db: Queryable, kind: "artist" | "venue", { provider, providerId }: { provider: Provider; providerId: string }) {
  const table = kind === "artist" ? artistIdentities : venueIdentities;
  const [row] = await db.select({ record: table.record }).from(table).where(and(eq(table.provider, provider), eq(table.providerId, providerId)));
  return row?.record ?? null;
}

/** Gives an identity to another one, as a moderator says. */
export async function giveIdentity(tx: Transaction, kind: "artist" | "venue", { provider, providerId, to }: { provider: Provider; providerId: string; to: number }): Promise<void> {
  const change = { status: "approved", confidence: 1 } as const;
  if (kind === "artist") {
    await tx.update(artistIdentities).set({ ...change, artistId: to }).where(and(eq(artistIdentities.provider, provider), eq(artistIdentities.providerId, providerId)));
  } else {
    await tx.update(venueIdentities).set({ ...change, venueId: to }).where(and(eq(venueIdentities.provider, provider), eq(venueIdentities.providerId, providerId)));
  }
}

/** Shows of an artist or at a venue that only some providers' events and setlists have made. */
export async function showsMadeBy(db: Queryable, of: { artistId: number } | { venueId: number }, providers: Provider[]): Promise<number[]> {
  const owner = "artistId" in of ? sql`s.artist_id = ${of.artistId}` : sql`s.venue_id = ${of.venueId}`;
  const told = (table: string, by: "IN" | "NOT IN") => sql`(SELECT 1 FROM ${sql.raw(table)} t WHERE t.show_id = s.id AND t.provider ${sql.raw(by)} ${listed(providers)})`;
  const rows = await db.all<{ id: number }>(sql`
    SELECT s.id FROM shows s WHERE ${owner} AND (EXISTS ${told("show_identities", "IN")} OR EXISTS ${told("actual_setlists", "IN")})
      AND NOT EXISTS ${told("show_identities", "NOT IN")} AND NOT EXISTS ${told("actual_setlists", "NOT IN")} ORDER BY s.id`);
  return rows.map(({ id }) => id);
}

export async function giveShows(tx: Transaction, ids: number[], to: { artistId: number } | { venueId: number }): Promise<void> {
  await tx.update(shows).set(to).where(sql`${shows.id} IN ${listed(ids)}`);
}

interface Parted {
  from: number;
  to: number;
  providers: Provider[];
}

/** Gives what providers have told of an artist to another one: events whose show stays behind are placed anew. */
export async function giveTold(tx: Transaction, { from, to, providers }: Parted): Promise<void> {
  for (const table of ["song_variants", "albums", "list_marks", "show_identities"]) {
    await tx.run(sql`UPDATE ${sql.raw(table)} SET artist_id = ${to} WHERE artist_id = ${from} AND provider IN ${listed(providers)}`);
  }
  await tx.run(sql`
    UPDATE show_identities SET show_id = NULL, digest = NULL
    WHERE artist_id = ${to} AND show_id IN (SELECT id FROM shows WHERE artist_id = ${from})`);
}

/** Songs go with their recordings; those of which the artist has others are copied. */
export async function giveSongsTold(tx: Transaction, { from, to }: Omit<Parted, "providers">): Promise<void> {
  const told = sql`(SELECT song_id FROM song_variants WHERE artist_id = ${to})`;
  await tx.run(sql`
    UPDATE songs SET artist_id = ${to} WHERE id IN ${told} AND NOT EXISTS (
      SELECT 1 FROM song_variants other WHERE other.song_id = songs.id AND other.artist_id = ${from})`);
  await tx.run(sql`
    INSERT INTO songs (artist_id, title, search_title, title_key, ballot_worthy, ballot_reason, released_on, likelihood_rank, demo)
    SELECT ${to}, title, search_title, title_key, ballot_worthy, ballot_reason, released_on, likelihood_rank, demo FROM songs WHERE id IN ${told} AND artist_id = ${from}`);
  const copy = (song: string) => sql`SELECT copy.id FROM songs old JOIN songs copy ON copy.artist_id = ${to} AND copy.title = old.title WHERE old.id = ${sql.raw(song)}`;
  await tx.run(sql`
    INSERT INTO song_aliases (artist_id, alias_key, song_id)
    SELECT ${to}, alias.alias_key, (${copy("alias.song_id")}) FROM song_aliases alias WHERE alias.song_id IN (SELECT id FROM songs WHERE id IN ${told} AND artist_id = ${from})`);
  await tx.run(sql`
    UPDATE song_variants SET song_id = (${copy("song_variants.song_id")})
    WHERE artist_id = ${to} AND song_id IN (SELECT id FROM songs WHERE artist_id = ${from})`);
  await tx.run(sql`INSERT INTO song_links (artist_id, title_key, into_key) SELECT ${to}, title_key, into_key FROM song_links WHERE artist_id = ${from}`);
}

/** A show like another one, with its songs on a ballot of its own and no votes; its id. */
export async function copyShow(tx: Transaction, { id, slug }: { id: number; slug: string }, now: number): Promise<number> {
  const [show] = await tx.all<{ id: number }>(sql`
    INSERT INTO shows (slug, artist_id, venue_id, tour, local_date, starts_at, status, demo)
    SELECT ${slug}, artist_id, venue_id, tour, local_date, starts_at, status, demo FROM shows WHERE id = ${id} RETURNING id`);
  const copy = show!.id;
  await tx.run(sql`
    INSERT INTO ${predictedSetlists} (show_id, closes_at, close_moved, locked_at, created_at)
    SELECT ${copy}, closes_at, close_moved, locked_at, ${now} FROM predicted_setlists WHERE show_id = ${id}`);
  await tx.run(sql`
    INSERT INTO ${setlistSongs} (show_id, song_id, position) SELECT ${copy}, song_id, position FROM setlist_songs WHERE show_id = ${id} AND suggested = 0`);
  return copy;
}

/** Gives one event to another show; its provider's next word of it is taken as news. */
export async function giveEvent(tx: Transaction, { provider, providerId, from, to }: { provider: Provider; providerId: string; from: number; to: number }): Promise<void> {
  await tx
    .update(showIdentities)
    .set({ showId: to, status: "approved", digest: null })
    .where(and(eq(showIdentities.showId, from), eq(showIdentities.provider, provider), eq(showIdentities.providerId, providerId)));
}
