import { insertVotes } from "#db/queries/votes.ts";
import { addDays, localInstant } from "#server/domain/show-time.ts";
import { buildShow, type BuiltShow } from "./builders.ts";
import { putPlayed, songsOn } from "./played.ts";
import type { TestDatabase } from "./test-database.ts";

export interface SeasonShow extends BuiltShow {
  localDate: string;
  songs: number[];
}

/** Shows of one artist on days in a row, over by the test clock; the first six songs of the ballot are played at each. */
export async function buildSeason(database: TestDatabase, count: number, { from = "2026-01-01", tour = null as string | null, at }: { from?: string; tour?: string | null; at: number }): Promise<SeasonShow[]> {
  const season: SeasonShow[] = [];
  for (let i = 0; i < count; i += 1) {
    const localDate = addDays(from, i);
    const show = await buildShow(database, { localDate, tour, status: "completed" });
    const artistId = season[0]?.artistId ?? show.artistId;
    await database.change((tx) => tx.run(`UPDATE shows SET artist_id = ${artistId} WHERE id = ${show.showId}`));
    const songs = await songsOn(database, show.showId);
    await putPlayed(database, { showId: show.showId, songs: songs.slice(0, 6), encores: 1, at });
    season.push({ ...show, artistId, artistSlug: season[0]?.artistSlug ?? show.artistSlug, localDate, songs });
  }
  return season;
}

/** Votes as they stood before a show's close, by places on its ballot (from 1). */
export function voted(database: TestDatabase, { showId, localDate, setlistSongIds }: SeasonShow, userId: number, places: readonly number[]): Promise<unknown> {
  const castAt = localInstant(addDays(localDate, -1), "12:00", "UTC") + userId;
  const day = Math.floor(castAt / 86_400_000);
  return database.change((tx) => insertVotes(tx, places.map((place) => ({ showId, userId, setlistSongId: setlistSongIds[place - 1]!, castAt, day }))));
}
