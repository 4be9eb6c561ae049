import * as demo from "#db/queries/demo.ts";
import { insertVotes } from "#db/queries/votes.ts";
import { addDays } from "#server/domain/show-time.ts";
import { buildShow, titles } from "./builders.ts";
import { putPlayed, songsOn } from "./played.ts";
import type { TestDatabase } from "./test-database.ts";

export interface SeasonShow {
  showId: number;
  artistId: number;
  artistSlug: string;
  localDate: string;
  setlistSongIds: number[];
}

const DAY_MS = 86_400_000;

/** Shows of one artist on days in a row, over by the test clock; the first six songs of the ballot are played at each. */
export async function buildSeason(database: TestDatabase, count: number, { from = "2026-01-01", tour = null as string | null, at }: { from?: string; tour?: string | null; at: number }): Promise<SeasonShow[]> {
  const ballot = titles(12);
  const first = await buildShow(database, { localDate: from, tour, status: "completed", ballot });
  const songs = await songsOn(database, first.showId);
  const [venue] = await database.rows("SELECT venue_id AS id FROM shows WHERE id = ?", first.showId);
  const { artistId, artistSlug } = first;
  const season: SeasonShow[] = [{ showId: first.showId, artistId, artistSlug, localDate: from, setlistSongIds: first.setlistSongIds }];
  for (let i = 1; i < count; i += 1) {
    const localDate = addDays(from, i);
    const show = { slug: `${first.slug}-${i}`, artistId, venueId: Number(venue!["id"]), tour, localDate, startsAt: Date.parse(localDate) + DAY_MS / 2, status: "completed" as const };
    season.push(await database.change(async (tx) => {
      const [row] = await demo.insertShows(tx, [show]);
      const showId = row!.id;
      await demo.insertPredictedSetlists(tx, [{ showId, closesAt: show.startsAt, createdAt: 0 }]);
      const placed = await demo.insertSetlistSongs(tx, songs.map((songId, place) => ({ showId, songId, position: place + 1 })));
      return { showId, artistId, artistSlug, localDate, setlistSongIds: placed.map(({ id }) => id) };
    }));
  }
  for (const { showId } of season) await putPlayed(database, { showId, songs: songs.slice(0, 6), encores: 1, at });
  return season;
}

/** Votes as they stood before a show's close, by places on its ballot (from 1); a fan of a smaller id was earlier. */
export function voted(database: TestDatabase, { showId, localDate, setlistSongIds }: SeasonShow, userId: number, places: readonly number[]): Promise<unknown> {
  const castAt = Date.parse(localDate) - DAY_MS / 2 + userId;
  const day = Math.floor(castAt / DAY_MS);
  return database.change((tx) => insertVotes(tx, places.map((place) => ({ showId, userId, setlistSongId: setlistSongIds[place - 1]!, castAt, day }))));
}
