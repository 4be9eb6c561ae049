import { ranksAtShows, resultsOfFan } from "#db/queries/fan-results.ts";
import { showsByIds } from "#db/queries/shows.ts";
import { type FanHistory, historyOf, type HistoryPoint } from "../domain/scoring/fan-history.ts";
import { type FanScore, precisionOf, WHOLE_SHARE } from "../domain/scoring/fan-score.ts";
import { type FanResult, LEAST_SHOWS } from "../domain/scoring/leaderboard.ts";
import type { Streaks } from "../domain/scoring/streaks.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { type Leaderboard, placeOnBoard } from "./leaderboard.ts";
import type { Reader } from "./reader.ts";
import { summarise, type ShowSummary } from "./show-summary.ts";
import { usualAccuracy } from "./usual-accuracy.ts";

/** One show at which a fan's votes were scored. */
export interface MyResult extends Pick<FanScore, "votes" | "hits" | "points" | "callHits" | "callPoints"> {
  show: ShowSummary;
  /** Of what was possible, 0 to 1; null where the show is not rated. */
  share: number | null;
  /** Hits out of votes, 0 to 1. */
  precision: number;
  /** Over all shows up to this one, drawn towards what is usual, 0 to 1. */
  accuracy: number;
  /** Among the fans of the show, from 1. */
  rank: number;
  fans: number;
}

export interface MyResults {
  totals: {
    shows: number;
    votes: number;
    hits: number;
    points: number;
    callHits: number;
    /** Hits out of votes, 0 to 1; null without a vote. */
    precision: number | null;
    /** 0 to 1. */
    accuracy: number;
  };
  /** In shows: the one that goes on, and the longest. */
  streaks: Streaks;
  /** What fans' votes hit usually, 0 to 1. */
  usual: number;
  /** On the leaderboard of all time. */
  standing: Leaderboard["mine"];
  /** Rated shows that it takes to be listed there. */
  leastShows: number;
  /** Latest show first. */
  items: MyResult[];
  nextCursor: string | null;
  /** All shows in the order of their dates, for a chart; of more than 200 every n-th and the last. */
  series: Pick<HistoryPoint, "showId" | "localDate" | "precision" | "accuracy">[];
}

/** Points of a chart at most. */
const MOST_POINTS = 200;

export interface MyResultsQuery {
  userId: number;
  cursor?: string | undefined;
  limit: number;
  now: number;
}

/** How a fan did at all shows: sums, history and one page of shows. Throws `invalid` for a made-up cursor. */
export async function myResults(reader: Reader, { userId, cursor, limit, now }: MyResultsQuery): Promise<MyResults> {
  const results = await resultsOfFan(reader, userId);
  const prior = await usualAccuracy(reader);
  const history = historyOf(results, prior);
  const { rows, nextCursor } = pageOf(history.shows, cursor, limit);
  return {
    totals: totalsOf(results, history),
    streaks: history.streaks,
    usual: prior.mean,
    standing: await placeOnBoard(reader, { board: { kind: "all", artistId: 0, name: "" }, fans: null, userId, prior }),
    leastShows: LEAST_SHOWS.all,
    items: await present(reader, { userId, rows, results, now }),
    nextCursor,
    series: thinned(history.shows).map(({ showId, localDate, precision, accuracy }) => ({ showId, localDate, precision, accuracy })),
  };
}

function totalsOf(results: readonly FanResult[], { shows, accuracy }: FanHistory): MyResults["totals"] {
  const sum = (of: (result: FanResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const [votes, hits] = [sum((result) => result.votes), sum((result) => result.hits)];
  const extra = { points: sum(({ points }) => points), callHits: sum(({ callHits }) => callHits) };
  return { shows: shows.length, votes, hits, ...extra, precision: precisionOf({ hits, votes }), accuracy };
}

/** The shows before the one that a cursor names, latest first. */
function pageOf(shows: readonly HistoryPoint[], cursor: string | undefined, limit: number) {
  const latest = shows.toReversed();
  const [date, id] = cursor === undefined ? ["9999-99-99", 0] : decodeCursor(cursor, ["string", "number"]);
  const rest = latest.filter((show) => show.localDate < date || (show.localDate === date && show.showId < id));
  const rows = rest.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: last && rest.length > rows.length ? encodeCursor([last.localDate, last.showId]) : null };
}

interface Shown {
  userId: number;
  rows: readonly HistoryPoint[];
  results: readonly FanResult[];
  now: number;
}

async function present(reader: Reader, { userId, rows, results, now }: Shown): Promise<MyResult[]> {
  const ids = rows.map(({ showId }) => showId);
  const shows = new Map((await showsByIds(reader, ids)).map((show) => [show.id, show]));
  const ranks = new Map((await ranksAtShows(reader, userId, ids)).map((rank) => [rank.showId, rank]));
  const calls = new Map(results.map(({ showId, callHits, callPoints }) => [showId, { callHits, callPoints }]));
  return rows.map(({ showId, votes, hits, points, share, precision, accuracy }) => ({
    show: summarise(shows.get(showId)!, now),
    votes, hits, points, ...calls.get(showId)!,
    share: share === null ? null : share / WHOLE_SHARE,
    precision: precision!, accuracy,
    rank: ranks.get(showId)!.rank, fans: ranks.get(showId)!.fans,
  }));
}

function thinned(shows: readonly HistoryPoint[]): HistoryPoint[] {
  const every = Math.ceil(shows.length / MOST_POINTS);
  return shows.filter((_, i) => (shows.length - 1 - i) % every === 0);
}
