import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { BallotWindow } from "#server/domain/voting.ts";
import type { Queryable, Transaction } from "../client.ts";
import { preparedQuery } from "../prepared-query.ts";
import { forecasters, forecasts, predictedSetlists, setlistSongs, showAllowances, shows, songChances, songs } from "../schema/index.ts";

export type SavedRow = Omit<typeof forecasters.$inferSelect, "artistId">;

/** What was learnt of an artist so far; null where nothing was. */
export async function savedForecaster(db: Queryable, artistId: number): Promise<SavedRow | null> {
  const [row] = await db.select().from(forecasters).where(eq(forecasters.artistId, artistId));
  return row ?? null;
}

/** Keeps what was learnt of an artist; nothing where the artist is gone. */
export async function putForecaster(tx: Transaction, artistId: number, { version, model, shows: learnt, digest, text, learntAt }: SavedRow): Promise<void> {
  await tx.run(sql`
    INSERT INTO forecasters (artist_id, version, model, shows, digest, text, learnt_at)
    SELECT id, ${version}, ${model}, ${learnt}, ${digest}, ${text}, ${learntAt} FROM artists WHERE id = ${artistId}
    ON CONFLICT (artist_id) DO UPDATE SET version = excluded.version, model = excluded.model, shows = excluded.shows,
      digest = excluded.digest, text = excluded.text, learnt_at = excluded.learnt_at`);
}

export async function dropForecaster(tx: Transaction, artistId: number): Promise<void> {
  await tx.delete(forecasters).where(eq(forecasters.artistId, artistId));
}

export type ChanceRow = Omit<typeof songChances.$inferSelect, "showId">;
export type ForecastRow = Omit<typeof forecasts.$inferSelect, "showId">;

/** What decides whether a show's forecast may still change; null where there is no such show. */
export async function windowOf(db: Queryable, showId: number): Promise<BallotWindow | null> {
  const [row] = await db
    .select({ status: shows.status, closesAt: predictedSetlists.closesAt, lockedAt: predictedSetlists.lockedAt })
    .from(shows)
    .innerJoin(predictedSetlists, eq(predictedSetlists.showId, shows.id))
    .where(eq(shows.id, showId));
  return row ? { status: row.status, closesAt: row.closesAt, locked: row.lockedAt !== null } : null;
}

const forecastRow = preparedQuery((db) => db.select().from(forecasts).where(eq(forecasts.showId, sql.placeholder("showId"))).prepare());

/** What was said of a show as a whole; null where nothing was. */
export async function forecastOf(db: Queryable, showId: number): Promise<ForecastRow | null> {
  const [row] = await forecastRow(db).all({ showId });
  if (!row) return null;
  const { showId: _, ...forecast } = row;
  return forecast;
}

/** What was said of the songs of a show, by song id. */
export async function chancesOf(db: Queryable, showId: number): Promise<ChanceRow[]> {
  const rows = await db.select().from(songChances).where(eq(songChances.showId, showId)).orderBy(asc(songChances.songId));
  return rows.map(({ showId: _, ...chance }) => chance);
}

/** What was said of the songs of a show with their titles, likeliest first. */
export function namedChances(db: Queryable, showId: number) {
  return db
    .select({
      song: { id: songs.id, title: songs.title },
      played: songChances.played,
      opener: songChances.opener,
      closer: songChances.closer,
      encore: songChances.encore,
      place: songChances.place,
      reasons: songChances.reasons,
    })
    .from(songChances)
    .innerJoin(songs, eq(songs.id, songChances.songId))
    .where(eq(songChances.showId, showId))
    .orderBy(sql`${songChances.played} DESC`, asc(songChances.songId));
}

/** Keeps what is said of a show now instead of what was; songs that are gone meanwhile are left out. */
export async function putForecast(tx: Transaction, showId: number, forecast: ForecastRow, chances: readonly ChanceRow[]): Promise<void> {
  await tx.insert(forecasts).values({ showId, ...forecast }).onConflictDoUpdate({ target: forecasts.showId, set: forecast });
  const rows = chances.map(({ songId, played, opener, closer, encore, place, reasons }) => [songId, played, opener, closer, encore, place, JSON.stringify(reasons)]);
  await tx.run(sql`DELETE FROM song_chances WHERE show_id = ${showId}`);
  await tx.run(sql`
    INSERT INTO song_chances (show_id, song_id, played, opener, closer, encore, place, reasons)
    SELECT ${showId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
    FROM json_each(${JSON.stringify(rows)}) WHERE value ->> 0 IN (SELECT id FROM songs)`);
}

/** Takes back what was said of a show. */
export async function dropForecast(tx: Transaction, showId: number): Promise<void> {
  await tx.delete(forecasts).where(eq(forecasts.showId, showId));
}

const ballotRows = preparedQuery((db) =>
  db
    .select({ setlistSongId: setlistSongs.id, trend: setlistSongs.trend, kind: forecasts.kind, played: songChances.played, reasons: songChances.reasons })
    .from(setlistSongs)
    .leftJoin(forecasts, eq(forecasts.showId, setlistSongs.showId))
    .leftJoin(songChances, and(eq(songChances.showId, setlistSongs.showId), eq(songChances.songId, setlistSongs.songId)))
    .where(eq(setlistSongs.showId, sql.placeholder("showId")))
    .prepare(),
);

/** For each song of a ballot how fast its votes come, and what was said of it, where anything was. */
export function saidOfBallot(db: Queryable, showId: number) {
  return ballotRows(db).all({ showId });
}

const voterRows = preparedQuery((db) => {
  const taken = db
    .select({ votes: showAllowances.votes })
    .from(showAllowances)
    .where(and(eq(showAllowances.showId, sql.placeholder("showId")), gt(showAllowances.votes, 0), isNull(showAllowances.quarantinedAt)))
    .limit(sql.placeholder("limit"))
    .as("taken");
  return db.select({ fans: sql<number>`count(*)`, votes: sql<number>`coalesce(sum(${taken.votes}), 0)` }).from(taken).prepare();
});

/** How many fans' votes count at a show, and how many votes these are; at most `limit` fans are looked at. */
export async function someVoters(db: Queryable, showId: number, limit: number): Promise<{ fans: number; votes: number }> {
  const [row] = await voterRows(db).all({ showId, limit });
  return row!;
}

/** What a study said last of the songs of an artist: of the show whose forecast was made last, of equals the furthest. */
export async function freshestChances(db: Queryable, artistId: number): Promise<{ songId: number; played: number }[]> {
  return db.all(sql`
    SELECT song_id AS songId, played FROM song_chances
    WHERE show_id = (SELECT s.id FROM shows s JOIN forecasts f ON f.show_id = s.id WHERE s.artist_id = ${artistId} AND f.kind = 'forecast' ORDER BY f.made_at DESC, s.local_date DESC, s.id DESC LIMIT 1)`);
}

/** A song of a ballot as refilling it needs it. */
export interface BallotSong {
  id: number;
  songId: number;
  position: number;
}

/** The ballot of a show that fans have done nothing with yet: no vote, also none that is held, no call and no song of theirs. Null for one that they have. */
export async function untouchedBallot(db: Queryable, showId: number): Promise<BallotSong[] | null> {
  const [touched] = await db.all<{ touched: number }>(sql`
    SELECT EXISTS (SELECT 1 FROM votes WHERE show_id = ${showId}) OR EXISTS (SELECT 1 FROM calls WHERE show_id = ${showId})
      OR EXISTS (SELECT 1 FROM setlist_songs WHERE show_id = ${showId} AND suggested) AS touched`);
  if (touched!.touched === 1) return null;
  return db
    .select({ id: setlistSongs.id, songId: setlistSongs.songId, position: setlistSongs.position })
    .from(setlistSongs)
    .where(eq(setlistSongs.showId, showId))
    .orderBy(asc(setlistSongs.position));
}

/** Puts these songs on a ballot, in order, instead of what is there; those that stay keep their place's id. One change of its tally. */
export async function refillBallot(tx: Transaction, showId: number, songIds: readonly number[]): Promise<void> {
  const wanted = JSON.stringify(songIds);
  await tx.run(sql`DELETE FROM setlist_songs WHERE show_id = ${showId} AND song_id NOT IN (SELECT value FROM json_each(${wanted}))`);
  await tx.run(sql`
    INSERT INTO setlist_songs (show_id, song_id, position) SELECT ${showId}, value, key + 1 FROM json_each(${wanted}) WHERE true
    ON CONFLICT (show_id, song_id) DO UPDATE SET position = excluded.position`);
  await tx.update(shows).set({ tallyVersion: sql`${shows.tallyVersion} + 1` }).where(eq(shows.id, showId));
}
