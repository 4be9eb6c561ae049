import { TREND_WINDOW_MS, trendingFactors } from "../scoring/trending-factor.ts";
import { type Snapshot, votesIn } from "./tally-history.ts";

/** A song of a ballot with its tally now, and how fast its votes came when that was noted last. */
export interface BallotSong {
  id: number;
  votes: number;
  /** 1 for a fan's song. */
  suggested: number;
  trend: number;
  /** When the ballot was made, epoch ms. */
  since: number;
}

/**
 * How fast songs' votes come against what they had in `base`, to two decimals; those of which that has changed. A fan's song
 * that had no vote before the window came with it.
 */
export function songTrends(songs: readonly BallotSong[], base: Snapshot, now: number): { setlistSongId: number; trend: number }[] {
  const paces = songs.map(({ id, votes, suggested, since }) => {
    const votesBefore = votesIn(base, id);
    const came = suggested === 1 && votesBefore === 0 ? Math.max(since, now - TREND_WINDOW_MS) : since;
    return { songId: id, since: came, recentVotes: votes - votesBefore, votesBefore };
  });
  const factors = trendingFactors(paces, now);
  return songs
    .map(({ id, trend }) => ({ setlistSongId: id, before: trend, trend: Number(factors.get(id)!.toFixed(2)) }))
    .filter(({ before, trend }) => before !== trend)
    .map(({ setlistSongId, trend }) => ({ setlistSongId, trend }));
}
