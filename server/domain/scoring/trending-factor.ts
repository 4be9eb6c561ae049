/** The song is thought to go at its usual pace until this many votes more or less than usual say otherwise. */
const PRIOR_VOTES = 5;
/** The mean pace of the ballot's songs weighs as much as so many hours of the song's own. */
const BALLOT_HOURS = 12;

/** A song's votes on one ballot: in a window up to now, and before it. */
export interface VotePace {
  recentVotes: number;
  /** Length of the window. */
  recentHours: number;
  votesBefore: number;
  /** From when the song came to the ballot to the window. */
  hoursBefore: number;
  /** Mean votes an hour of a song of this ballot before the window. */
  ballotPace: number;
}

/**
 * How fast a song's votes come against its own base: 1 as usual, 2 twice as fast. The base is the song's pace before the
 * window, drawn towards the ballot's by 12 hours of it. Votes of the window are Poisson with mean factor × base × hours, the factor
 * has a Gamma(5, 5) prior, and this is its posterior mean, (5 + votes) / (5 + base × hours): few votes say little
 * (DuMouchel 1999, The American Statistician 53:177-190, with one Gamma). Votes that were taken back count as none.
 */
export function trendingFactor({ recentVotes, recentHours, votesBefore, hoursBefore, ballotPace }: VotePace): number {
  const usual = (Math.max(0, votesBefore) + BALLOT_HOURS * Math.max(0, ballotPace)) / (Math.max(0, hoursBefore) + BALLOT_HOURS);
  return (PRIOR_VOTES + Math.max(0, recentVotes)) / (PRIOR_VOTES + usual * Math.max(0, recentHours));
}
