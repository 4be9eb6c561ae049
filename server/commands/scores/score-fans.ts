import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { dropShowScore, fanBallots, type FanBallot, putFanScores, putShowScore, scoringShow, songsOfBallot } from "#db/queries/scores.ts";
import { putStandings } from "#db/queries/standings.ts";
import { type Calls, scoreFan } from "../../domain/scoring/fan-score.ts";
import { STANDING_RULES } from "../../domain/scoring/leaderboard.ts";
import type { ShowKey } from "../../domain/scoring/show-key.ts";
import { settledOutcome, type SettledOutcome } from "./settled-outcome.ts";

/** Fans whose scores are stored in one transaction. */
export const FANS_AT_ONCE = 1_000;

/** A part of a show's fans: those after an id. */
export interface FanSlice {
  showId: number;
  after: number;
  /** Whether all boards of these fans are brought up to date, and not the show's alone; null at the beginning, which finds out. */
  allBoards: boolean | null;
}

/** The first part of a show's fans. */
export function startOf(showId: number): FanSlice {
  return { showId, after: 0, allBoards: null };
}

export interface ScoredSlice {
  /** Fans who have scores. */
  fans: number;
  /** Rows of scores and standings that changed. */
  changed: number;
  /** Where to go on; null at the end. */
  next: FanSlice | null;
}

/**
 * Makes the scores of a part of a show's fans, and stores what has changed with what follows from it on the boards. Each
 * part reads all that scores follow from in its own transaction. A show that can't be scored loses the scores it had.
 */
export const scoreFans = command<FanSlice, ScoredSlice>(async (tx, { input, now }) => {
  const { showId, after } = input;
  const show = await scoringShow(tx, showId);
  if (show === null) return { fans: 0, changed: 0, next: null };
  const outcome = await settledOutcome(tx, showId, now);
  // Scores that are there already may be of another tour, year or artist than the show is now.
  const allBoards = input.allBoards ?? show.scored;
  const ballots = await fanBallots(tx, { showId, after, limit: FANS_AT_ONCE });
  const upTo = ballots.length < FANS_AT_ONCE ? null : ballots.at(-1)!.userId;
  const rows = outcome === null ? [] : await scoresOf(tx, showId, outcome.key, ballots);
  const moved = await putFanScores(tx, { showId, after, upTo, rows });
  const fans = allBoards ? ballots.map(({ userId }) => userId) : moved;
  const standings = await putStandings(tx, fans, allBoards ? "all" : { ...show, year: show.localDate.slice(0, 4) }, STANDING_RULES);
  const told = await tellShow(tx, { showId, outcome, isLast: upTo === null }, now);
  return { fans: rows.length, changed: moved.length + standings + Number(told), next: upTo === null ? null : { showId, after: upTo, allBoards } };
});

/** What the show came to stands from the first part on, or until the last one; whether that changed it. */
async function tellShow(tx: Transaction, { showId, outcome, isLast }: { showId: number; outcome: SettledOutcome | null; isLast: boolean }, now: number): Promise<boolean> {
  if (outcome !== null) return putShowScore(tx, showScoreOf(showId, outcome, now));
  return isLast && dropShowScore(tx, showId);
}

async function scoresOf(tx: Transaction, showId: number, key: ShowKey, ballots: FanBallot[]) {
  const songOf = await songsOfBallot(tx, showId);
  return ballots.filter(({ counts }) => counts).map(({ userId, votes, calls }) => {
    const standing = votes.map(([setlistSongId, castAt]) => ({ songId: songOf.get(setlistSongId)!, castAt }));
    const called = Object.fromEntries(calls.map(([role, setlistSongId]) => [role, songOf.get(setlistSongId)])) as Calls;
    const { lastVoteAt, ...score } = scoreFan(key, standing, called);
    return { userId, ...score, lastVoteAt: lastVoteAt! };
  });
}

function showScoreOf(showId: number, { facts, setlist, crowd, key }: SettledOutcome, now: number) {
  const { played, possible, ranked } = key;
  const { crowd: ours, forecast, lastShows } = crowd;
  return {
    showId, setlistId: setlist.id, setlistVersion: setlist.version,
    played: played.count, unknown: played.unknown, fans: facts.fans, possible, ranked,
    crowdHits: ours?.hits ?? null, forecastHits: forecast?.hits ?? null, lastShowsHits: lastShows?.hits ?? null,
    lists: crowd, scoredAt: now,
  };
}
