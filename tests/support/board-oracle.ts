import type { FanScore } from "#server/domain/scoring/fan-score.ts";
import { EMPTY_SHOWS, type FanResult, LEAST_SHOWS } from "#server/domain/scoring/leaderboard.ts";

/** What leaderboards are, in the words of docs/scoring.md: the program makes them by SQL, which tests hold against this. */
export type LeaderboardScope =
  | { kind: "all" }
  | { kind: "year"; year: number }
  | { kind: "artist"; artistId: number }
  | { kind: "tour"; artistId: number; tour: string };

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
  if (scope.kind === "all") return true;
  if (scope.kind === "year") return Number(show.localDate.slice(0, 4)) === scope.year;
  return show.artistId === scope.artistId && (scope.kind === "artist" || show.tour === scope.tour);
}

/** A fan's sums from all that fan's results, whether they are enough or not; null where none was rated. */
export function sumsOf(userId: number, results: readonly FanResult[], scope: LeaderboardScope): Standing | null {
  const rated = results.filter((result) => result.share !== null && inScope(scope, result));
  const sum = (of: (result: FanResult) => number) => rated.reduce((total, result) => total + of(result), 0);
  const lastVoteAt = Math.max(...rated.map((result) => result.lastVoteAt!));
  const sums = { votes: sum(({ votes }) => votes), hits: sum(({ hits }) => hits), points: sum(({ points }) => points), shares: sum(({ share }) => share!) };
  return rated.length === 0 ? null : { userId, shows: rated.length, ...sums, lastVoteAt };
}

/** A fan's standing; null where fewer shows were rated than are needed. */
export function standingOf(userId: number, results: readonly FanResult[], scope: LeaderboardScope): Standing | null {
  const sums = sumsOf(userId, results, scope);
  return sums !== null && sums.shows >= LEAST_SHOWS[scope.kind] ? sums : null;
}

/** The mean share of the best ten possible over the fan's shows and five more that brought nothing, in millionths. */
export function ratingOf({ shares, shows }: Pick<Standing, "shares" | "shows">): number {
  return Math.floor((shares * 100) / (shows + EMPTY_SHOWS));
}

/** Numbers by which rows are put in order, smallest first; the last is an id, so that no two are equal. */
export type OrderKey = readonly number[];

/** Highest rating, most points, most hits, earliest last vote, smallest id. */
export function keyOnBoard(standing: Standing): OrderKey {
  return [0 - ratingOf(standing), 0 - standing.points, 0 - standing.hits, standing.lastVoteAt, standing.userId];
}

/** The order of fans at one show: most points, most hits, earliest last vote, smallest id. */
export function keyAtShow({ points, hits, lastVoteAt }: Pick<FanScore, "points" | "hits" | "lastVoteAt">, userId: number): OrderKey {
  return [0 - points, 0 - hits, lastVoteAt!, userId];
}

export function inOrder<Row>(rows: readonly Row[], keyOf: (row: Row) => OrderKey): Row[] {
  const differs = (a: OrderKey, b: OrderKey) => a.findIndex((one, i) => one !== b[i]);
  return rows.toSorted((one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)];
    const at = differs(a, b);
    return at === -1 ? 0 : a[at]! - b[at]!;
  });
}
