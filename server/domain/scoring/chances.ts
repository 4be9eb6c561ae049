import type { Expectation } from "../forecast/forecast.ts";
import { emptyHistory, type History, usualLength } from "../forecast/history.ts";
import type { PlayedSong } from "../forecast/setting.ts";
import { type Habits, habitsIn, type RoleChances, roleChances } from "./role-chances.ts";

/** How likely a song was, as it was said before the close. It is kept with the show, so that scores can be made again. */
export interface SongChance {
  songId: number;
  /** That it is played, 0 to 1. */
  played: number;
  /** That it has the role if it is played, each 0 to 1. */
  roles: RoleChances;
}

/** Where no forecast was made, the base rate of all songs weighs as much as so many shows. */
const BASE_WORTH = 2;

/** Chances from a forecast and the history that it was made of. */
export function chancesFromForecast(songs: readonly Expectation[], history: History): SongChance[] {
  const length = usualLength(history);
  return songs.map(({ songId, probability }) => {
    const at = history.indexOf.get(songId);
    const past: Habits | null = at === undefined ? null : history.songs[at]!;
    return { songId, played: probability, roles: roleChances(past, length) };
  });
}

/**
 * Chances where no forecast was made, from the artist's recent shows in any order: (plays + 2 b) / (shows + 2), where
 * b, the base rate, is the mean length of these shows (16 songs without any) over the songs of the ballot, at most 1.
 * Without a show all songs of the ballot are alike.
 */
export function chancesFromShows(ballot: readonly number[], shows: readonly (readonly PlayedSong[])[]): SongChance[] {
  const told = shows.filter((songs) => songs.length > 0);
  const lengths = told.map((songs) => new Set(songs.map(({ songId }) => songId)).size);
  const length = told.length === 0 ? usualLength(emptyHistory()) : sum(lengths) / told.length;
  const ids = [...new Set(ballot)];
  const base = Math.min(1, length / Math.max(1, ids.length));
  const habits = habitsIn(told);
  return ids.map((songId) => {
    const past = habits.get(songId) ?? null;
    const played = ((past?.plays ?? 0) + BASE_WORTH * base) / (told.length + BASE_WORTH);
    return { songId, played, roles: roleChances(past, length) };
  });
}

/** How likely each song was; one that the chances do not name is as unlikely as the least likely that they do. */
export function chanceIn(chances: readonly SongChance[]): (songId: number) => { played: number; roles: RoleChances } {
  const bySong = new Map(chances.map((chance) => [chance.songId, chance]));
  const least = { played: Math.min(1, ...chances.map(({ played }) => played)), roles: roleChances(null, usualLength(emptyHistory())) };
  return (songId) => bySong.get(songId) ?? least;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
