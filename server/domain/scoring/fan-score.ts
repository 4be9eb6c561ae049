import { type Role, ROLES } from "./played.ts";
import type { ShowKey } from "./show-key.ts";

/** A whole: 100 % in hundredths of a percent. */
export const WHOLE_SHARE = 10_000;

/** A vote as it stood at the close. */
export interface StandingVote {
  songId: number;
  /** Epoch ms. */
  castAt: number;
}

/** The songs (ids) that a fan names for a role. A call counts for a song that the fan has voted for too. */
export type Calls = Partial<Record<Role, number>>;

/** What a fan's votes for one show came to. Whole numbers, so that making them again gives the same. */
export interface FanScore {
  /** Songs voted for. */
  votes: number;
  /** Songs voted for that were played. */
  hits: number;
  /** Points of hits and calls together. */
  points: number;
  /** Calls that came true. */
  callHits: number;
  /** Points of calls alone. */
  callPoints: number;
  /** Points out of the best ten possible, in hundredths of a percent; null where the show or the fan is not rated. */
  share: number | null;
  /** When the last vote that stood at the close was cast, epoch ms; null without a vote. */
  lastVoteAt: number | null;
}

/** What of a show's key a fan's score follows from. */
export type FanKey = Pick<ShowKey, "worth" | "calls" | "possible" | "ranked">;

/** A fan's score for one show. A miss takes nothing away. The order of votes is of no account. */
export function scoreFan(key: FanKey, votes: readonly StandingVote[], calls: Calls = {}): FanScore {
  const songs = new Set(votes.map(({ songId }) => songId));
  const hits = [...songs].filter((id) => key.worth.has(id));
  const called = ROLES.map((role) => callPoints(key, songs, role, calls[role])).filter((points) => points > 0);
  const extra = sum(called);
  const points = sum(hits.map((id) => key.worth.get(id)!)) + extra;
  const lastVoteAt = votes.length === 0 ? null : votes.reduce((last, { castAt }) => Math.max(last, castAt), 0);
  const share = key.ranked && songs.size > 0 ? shareOf(points, key.possible) : null;
  return { votes: songs.size, hits: hits.length, points, callHits: called.length, callPoints: extra, share, lastVoteAt };
}

/** Hits out of votes, 0 to 1; null without a vote. */
export function precisionOf({ hits, votes }: Pick<FanScore, "hits" | "votes">): number | null {
  return votes === 0 ? null : hits / votes;
}

function callPoints(key: FanKey, votes: ReadonlySet<number>, role: Role, songId: number | undefined): number {
  return songId !== undefined && votes.has(songId) ? (key.calls[role].get(songId) ?? 0) : 0;
}

function shareOf(points: number, possible: number): number {
  return Math.min(WHOLE_SHARE, Math.floor((points * WHOLE_SHARE) / possible));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
