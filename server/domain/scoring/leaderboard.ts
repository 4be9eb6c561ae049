import type { FanScore } from "./fan-score.ts";
import type { OrderKey } from "./order.ts";

/** A rating is drawn towards nothing as though so many shows had brought no points. */
export const EMPTY_SHOWS = 5;
/** Rated shows that a fan needs to be on a leaderboard. */
export const LEAST_SHOWS = { all: 5, year: 5, artist: 3, tour: 3 } as const;
/** What standings are made by, where they are made by SQL. */
export const STANDING_RULES = { emptyShows: EMPTY_SHOWS, leastShows: LEAST_SHOWS };
export type StandingRules = typeof STANDING_RULES;

/** Which shows a leaderboard is made of. */
export type LeaderboardScope =
  | { kind: "all" }
  | { kind: "year"; year: number }
  | { kind: "artist"; artistId: number }
  | { kind: "tour"; artistId: number; tour: string };

/** A fan's score with the show it is of. */
export interface FanResult extends FanScore {
  showId: number;
  artistId: number;
  tour: string | null;
  /** The local date, yyyy-mm-dd. */
  localDate: string;
}

/** A fan's sums over the rated shows of a leaderboard. */
export interface Standing {
  userId: number;
  shows: number;
  votes: number;
  hits: number;
  points: number;
  /** Sum of the shares, in hundredths of a percent. */
  shares: number;
  /** Epoch ms. */
  lastVoteAt: number;
}

/** Whether a show belongs to a leaderboard; its year is that of its local date. */
export function inScope(scope: LeaderboardScope, show: Pick<FanResult, "artistId" | "tour" | "localDate">): boolean {
  switch (scope.kind) {
    case "all":
      return true;
    case "year":
      return Number(show.localDate.slice(0, 4)) === scope.year;
    case "artist":
      return show.artistId === scope.artistId;
    case "tour":
      return show.artistId === scope.artistId && show.tour === scope.tour;
  }
}

/** A fan's standing from all that fan's results, in any order; null where fewer shows were rated than are needed. */
export function standingOf(userId: number, results: readonly FanResult[], scope: LeaderboardScope): Standing | null {
  const rated = results.filter((result) => result.share !== null && inScope(scope, result));
  if (rated.length < LEAST_SHOWS[scope.kind]) return null;
  const sum = (of: (result: FanResult) => number) => rated.reduce((total, result) => total + of(result), 0);
  return {
    userId, shows: rated.length,
    votes: sum(({ votes }) => votes), hits: sum(({ hits }) => hits), points: sum(({ points }) => points), shares: sum(({ share }) => share ?? 0),
    lastVoteAt: rated.reduce((last, { lastVoteAt }) => Math.max(last, lastVoteAt ?? 0), 0),
  };
}

/**
 * What leaderboards go by, in millionths: the mean share of the best ten possible over the fan's shows and five more
 * that brought nothing. In SQL, with whole numbers: `shares * 100 / (shows + 5)`.
 */
export function ratingOf({ shares, shows }: Pick<Standing, "shares" | "shows">): number {
  return Math.floor((shares * 100) / (shows + EMPTY_SHOWS));
}

/** The order of a leaderboard: highest rating, most points, most hits, earliest last vote, smallest id. */
export function keyOnBoard(standing: Standing): OrderKey {
  return [0 - ratingOf(standing), 0 - standing.points, 0 - standing.hits, standing.lastVoteAt, standing.userId];
}
