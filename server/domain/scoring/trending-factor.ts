import { HOUR_MS } from "../durations.ts";

/** Votes that are no older than this are held against those before, ms. */
export const TREND_WINDOW_MS = 6 * HOUR_MS;
/** The song is thought to go at its usual pace until so many votes more or less than usual say otherwise. */
const PRIOR_VOTES = 5;
/** The mean pace of the ballot's songs weighs as much as so many hours of the song's own. */
const BALLOT_HOURS = 12;

/** A song's votes on one ballot. */
export interface SongPace {
  songId: number;
  /** Epoch ms at which it came to the ballot. */
  since: number;
  /** Votes of the last six hours. */
  recentVotes: number;
  votesBefore: number;
}

/** The trending factors of all songs of a ballot at an instant (epoch ms), by song id. */
export function trendingFactors(songs: readonly SongPace[], now: number): Map<number, number> {
  const votes = songs.reduce((sum, song) => sum + votesOf(song.recentVotes) + votesOf(song.votesBefore), 0);
  const hours = songs.reduce((sum, { since }) => sum + hoursBetween(since, now), 0);
  const ballotPace = hours === 0 ? 0 : votes / hours;
  return new Map(songs.map((song) => [song.songId, trendingFactor(song, ballotPace, now)]));
}

/**
 * How fast a song's votes come against its own base: 1 as usual, 2 twice as fast. The base is the song's pace before
 * the window, drawn towards `ballotPace` (mean votes an hour of the ballot's songs) by 12 hours of it. Votes of the
 * window are Poisson with mean factor × base × hours, the factor has a Gamma(5, 5) prior, and this is its posterior
 * mean, (5 + votes) / (5 + base × hours): few votes say little (DuMouchel 1999, The American Statistician 53:177-190,
 * with one Gamma). Votes that were taken back count as none.
 */
export function trendingFactor({ since, recentVotes, votesBefore }: SongPace, ballotPace: number, now: number): number {
  const windowFrom = Math.max(since, now - TREND_WINDOW_MS);
  const base = (votesOf(votesBefore) + BALLOT_HOURS * ballotPace) / (hoursBetween(since, windowFrom) + BALLOT_HOURS);
  return (PRIOR_VOTES + votesOf(recentVotes)) / (PRIOR_VOTES + base * hoursBetween(windowFrom, now));
}

function hoursBetween(from: number, to: number): number {
  return Math.max(0, to - from) / HOUR_MS;
}

function votesOf(count: number): number {
  return Math.max(0, count);
}
