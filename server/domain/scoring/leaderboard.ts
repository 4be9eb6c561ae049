import type { FanScore } from "./fan-score.ts";

/** A rating is drawn towards nothing as though so many shows had brought no points. */
export const EMPTY_SHOWS = 5;
/** Rated shows that a fan needs to be on a leaderboard. */
export const LEAST_SHOWS = { all: 5, year: 5, artist: 3, tour: 3 } as const;
/**
 * What standings are made by. SQL makes them, from scores that are stored (`putStandings`) in whole numbers: the rating is
 * `shares * 100 / (shows + emptyShows)`, in millionths.
 */
export const STANDING_RULES = { emptyShows: EMPTY_SHOWS, leastShows: LEAST_SHOWS };
export type StandingRules = typeof STANDING_RULES;

/** A fan's score with the show it is of. */
export interface FanResult extends FanScore {
  showId: number;
  artistId: number;
  tour: string | null;
  /** The local date, yyyy-mm-dd. */
  localDate: string;
}
