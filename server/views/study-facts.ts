import { keptStatistics, type StatisticsRow } from "#db/queries/artist-statistics.ts";
import { savedForecaster, type SavedRow } from "#db/queries/forecasts.ts";
import { songsOnBallots } from "#db/queries/show-rows.ts";
import { songsToRank } from "#db/queries/song-rows.ts";
import { isVotable, SHOWS_LOOKED_AT } from "../domain/likelihood.ts";
import type { PastShow } from "../domain/forecast/setting.ts";
import type { Reader } from "./reader.ts";

/** What was learnt of an artist so far; null where nothing was. */
export function readForecaster(reader: Reader, artistId: number): Promise<SavedRow | null> {
  return savedForecaster(reader, artistId);
}

/** An artist's songs that may be voted for, by what was played lately, `past` oldest first. */
export async function readVotable(reader: Reader, artistId: number, past: readonly PastShow[]): Promise<{ id: number; rank: number }[]> {
  const plays = new Map<number, number>();
  for (const { songs } of past.slice(-SHOWS_LOOKED_AT)) {
    for (const id of new Set(songs.map(({ songId }) => songId))) plays.set(id, (plays.get(id) ?? 0) + 1);
  }
  const songs = await songsToRank(reader, artistId);
  return songs.filter((song) => isVotable(song, plays.get(song.id) ?? 0)).map(({ id, rank }) => ({ id, rank }));
}

/** The songs on the ballots of some shows, by show. */
export async function readBallots(reader: Reader, showIds: number[]): Promise<Map<number, ReadonlySet<number>>> {
  const rows = await songsOnBallots(reader, showIds);
  return new Map(showIds.map((id) => [id, new Set(rows.filter(({ showId }) => showId === id).map(({ songId }) => songId))]));
}

/** All figures that are kept of an artist. */
export function readKeptStatistics(reader: Reader, artistId: number): Promise<StatisticsRow[]> {
  return keptStatistics(reader, artistId);
}
