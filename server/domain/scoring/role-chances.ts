import type { PlayedSong } from "../forecast/setting.ts";
import { partOf, type SongPast } from "../forecast/song-past.ts";
import type { Role } from "./played.ts";

export type RoleChances = Record<Role, number>;

/** How often a song was played and, 0 to 1, which share of its plays opened, closed or came in an encore. */
export type Habits = Pick<SongPast, "plays" | "opens" | "closes" | "encores">;

/** What is usual at the artist's shows weighs as much as so many plays of the song. */
const USUAL_WORTH = 2;
/** Habits remember about so many plays; more of them make nothing surer. */
const REMEMBERED = 12;
/** Songs of a usual encore. */
const ENCORE_SONGS = 2;

/**
 * The chance that a song has each role if it is played: its own habit, drawn towards what is usual in a show of
 * `length` songs (one opener, one closer, two encores). `habits` is null for a song that was never played.
 */
export function roleChances(habits: Habits | null, length: number): RoleChances {
  const plays = Math.min(REMEMBERED, habits?.plays ?? 0);
  const drawn = (share: number, songs: number) => (plays * share + USUAL_WORTH * Math.min(1, songs / Math.max(1, length))) / (plays + USUAL_WORTH);
  return { opener: drawn(habits?.opens ?? 0, 1), closer: drawn(habits?.closes ?? 0, 1), encore: drawn(habits?.encores ?? 0, ENCORE_SONGS) };
}

/** The habits of all songs of some shows, each show in order of play; of a song that comes twice its first play counts. */
export function habitsIn(shows: readonly (readonly PlayedSong[])[]): Map<number, Habits> {
  const habits = new Map<number, Habits>();
  for (const songs of shows) {
    const seen = new Set<number>();
    songs.forEach((song, at) => {
      if (seen.has(song.songId)) return;
      seen.add(song.songId);
      const { opens, closes, encore } = partOf(song, at, songs.length);
      habits.set(song.songId, withPlay(habits.get(song.songId), Number(opens), Number(closes), Number(encore)));
    });
  }
  return habits;
}

function withPlay(before: Habits | undefined, opens: number, closes: number, encores: number): Habits {
  if (before === undefined) return { plays: 1, opens, closes, encores };
  const plays = before.plays + 1;
  const mean = (old: number, next: number) => (old * before.plays + next) / plays;
  return { plays, opens: mean(before.opens, opens), closes: mean(before.closes, closes), encores: mean(before.encores, encores) };
}
