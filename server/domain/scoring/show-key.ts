import { type ShowStatus, VOTES_PER_SHOW } from "../voting.ts";
import { chanceIn, type SongChance } from "./chances.ts";
import { type Played, type PlayedEntry, readPlayed, type Role } from "./played.ts";
import { POINTS_PER_BIT, pointsFor } from "./points.ts";

/** Of a show with fewer songs of the ballot than this no rating is made: ten votes could hardly hit. */
export const RANKED_SONGS = 5;
/** Each song of the best ten counts at least so much in what was possible, so that sure songs alone bring little. */
export const LEAST_POSSIBLE = POINTS_PER_BIT;

/** Why a show has no scores. `voting_open`: its setlist came before the close; lock the ballot first. */
export type NoScoreReason = "cancelled" | "postponed" | "voting_open" | "no_songs";

/** A finished show as the scores need it. */
export interface FinishedShow {
  status: ShowStatus;
  votingOpen: boolean;
  entries: readonly PlayedEntry[];
  /** Song ids that could be voted for at the close. */
  ballot: readonly number[];
  chances: readonly SongChance[];
}

/** What each vote and call of a show is worth: made once, then good for every fan. All figures are whole points. */
export interface ShowKey {
  played: Played;
  /** Points by song, of the songs that were played and could be voted for. */
  worth: ReadonlyMap<number, number>;
  /** Extra points by song, of the songs that had the role. */
  calls: Record<Role, ReadonlyMap<number, number>>;
  /** Points of the best ten votes, each counted as 10 at least. */
  possible: number;
  /** Whether the show counts in ratings. */
  ranked: boolean;
}

export type ShowScoring = { verdict: "scored"; key: ShowKey } | { verdict: "none"; reason: NoScoreReason };

/** The key by which a show's fans are scored, or why there is none. */
export function scoringOf(show: FinishedShow): ShowScoring {
  if (show.status === "cancelled" || show.status === "postponed") return { verdict: "none", reason: show.status };
  if (show.votingOpen) return { verdict: "none", reason: "voting_open" };
  const played = readPlayed(show.entries);
  return played === null ? { verdict: "none", reason: "no_songs" } : { verdict: "scored", key: keyOf(played, show) };
}

function keyOf(played: Played, { ballot, chances }: FinishedShow): ShowKey {
  const chance = chanceIn(chances);
  const worth = new Map<number, number>();
  for (const id of ballot) if (played.songIds.has(id)) worth.set(id, pointsFor(chance(id).played));
  const called = (role: Role) => new Map([...played.roles[role]].filter((id) => worth.has(id)).map((id) => [id, pointsFor(chance(id).roles[role])]));
  const calls = { opener: called("opener"), closer: called("closer"), encore: called("encore") };
  return { played, worth, calls, possible: possibleOf([...worth.values()]), ranked: worth.size >= RANKED_SONGS };
}

function possibleOf(worths: readonly number[]): number {
  const best = worths.toSorted((a, b) => b - a).slice(0, VOTES_PER_SHOW);
  return best.reduce((sum, points) => sum + Math.max(LEAST_POSSIBLE, points), 0);
}
