import type { SongChance } from "./chances.ts";
import { type BallotTally, crowdList, type ExpectedList, forecastList, lastShowsList } from "./expectations.ts";
import { type ListScore, scoreList } from "./list-score.ts";
import type { Played } from "./played.ts";
import { type Verdict, verdictOn } from "./verdict.ts";

/** A show's tally at the close and what was known before it. */
export interface CrowdFacts {
  ballot: readonly BallotTally[];
  /** Fans who voted at the show. */
  fans: number;
  chances: readonly SongChance[];
  /** Whether the chances are a forecast's, and not base rates for want of one. */
  forecast: boolean;
  /** Songs of the artist's shows before this one, newest first. */
  lastShows: readonly (readonly number[])[];
}

/** How the crowd, the forecast alone and the last shows' songs did, all measured alike; null where there was none. */
export interface CrowdScore {
  crowd: ListScore | null;
  forecast: ListScore | null;
  lastShows: ListScore | null;
  verdict: Verdict;
}

export function scoreCrowd(played: Played, facts: CrowdFacts): CrowdScore {
  const ballot = facts.ballot.map(({ songId }) => songId);
  const score = (list: ExpectedList | null) => list && scoreList(list, played, ballot);
  const crowd = score(crowdList(facts.ballot, facts.fans, facts.chances));
  const forecast = facts.forecast ? score(forecastList(facts.chances)) : null;
  const lastShows = score(lastShowsList(facts.lastShows));
  return { crowd, forecast, lastShows, verdict: verdictOn(crowd, forecast, lastShows) };
}
