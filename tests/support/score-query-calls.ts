import type { Transaction } from "#db/client.ts";
import * as calls from "#db/queries/calls.ts";
import * as chances from "#db/queries/chances.ts";
import * as comparison from "#db/queries/comparison.ts";
import * as fanResults from "#db/queries/fan-results.ts";
import * as lastNights from "#db/queries/last-nights.ts";
import * as leaderboards from "#db/queries/leaderboards.ts";
import * as outcomes from "#db/queries/outcomes.ts";
import * as rescored from "#db/queries/rescored.ts";
import * as returnedVotes from "#db/queries/returned-votes.ts";
import * as scores from "#db/queries/scores.ts";
import * as settling from "#db/queries/settling.ts";
import * as songTitles from "#db/queries/song-titles.ts";
import * as standings from "#db/queries/standings.ts";
import { insertVotes } from "#db/queries/votes.ts";
import type { CrowdScore } from "#server/domain/scoring/crowd-score.ts";
import { STANDING_RULES } from "#server/domain/scoring/leaderboard.ts";
import type { BuiltShow } from "./builders.ts";

const CHANCES = [{ songId: 1, played: 0.5, roles: { opener: 0.1, closer: 0.1, encore: 0.1 } }];

const BOARD = { kind: "tour", artistId: 1, name: "T" } as const;
const PLACE = { rating: 1, points: 1, hits: 1, lastVoteAt: 1, userId: 1 };

const LISTS: CrowdScore = { crowd: null, forecast: null, lastShows: null, verdict: { better: null, by: null, beyondLastShows: { crowd: null, forecast: null } } };

const SHOW_SCORE = {
  setlistId: 1, setlistVersion: "1", played: 1, unknown: 0, fans: 1, possible: 10, ranked: false,
  crowdHits: null, forecastHits: null, lastShowsHits: null, lists: LISTS, scoredAt: 0,
};

/** The modules of queries that scoring uses, by file. */
export const scoreModules = { calls, chances, comparison, "fan-results": fanResults, "last-nights": lastNights, leaderboards, outcomes, rescored, "returned-votes": returnedVotes, scores, settling, "song-titles": songTitles, standings };

type Call = (tx: Transaction, scene: { show: BuiltShow; fan: number }) => unknown;

/** Every query of scoring, called in each of the shapes that give it other SQL. */
export const scoreCalls: { [M in keyof typeof scoreModules]: Record<string, Call> } = {
  calls: {
    callsOf: (tx, { show, fan }) => calls.callsOf(tx, fan, show.showId),
    putCall: async (tx, { show, fan }) => {
      const setlistSongId = show.setlistSongIds[0]!;
      await insertVotes(tx, [{ showId: show.showId, userId: fan, setlistSongId, day: 1, castAt: 0 }]);
      await calls.putCall(tx, { showId: show.showId, userId: fan, role: "opener", setlistSongId, calledAt: 0 });
    },
    dropCall: (tx, { show, fan }) => calls.dropCall(tx, { showId: show.showId, userId: fan, role: "opener", setlistSongId: show.setlistSongIds[0]! }),
  },
  chances: {
    keepBaseChances: (tx, { show }) => chances.keepBaseChances(tx, { showId: show.showId, shows: 0, songs: CHANCES }, 0),
    showsWithoutChances: (tx) => chances.showsWithoutChances(tx, { from: "2026-06-12", to: "2026-06-14", now: 0, limit: 5 }),
  },
  comparison: {
    standingVotes: (tx, { show, fan }) => comparison.standingVotes(tx, { showId: show.showId, userId: fan }),
    fansCalls: (tx, { show, fan }) => comparison.fansCalls(tx, { showId: show.showId, userId: fan }),
  },
  "fan-results": {
    resultsOfFan: (tx, { fan }) => fanResults.resultsOfFan(tx, fan),
    ranksAtShows: (tx, { show, fan }) => fanResults.ranksAtShows(tx, fan, [show.showId, 2]),
  },
  leaderboards: {
    boardRows: async (tx) => {
      for (const fans of [null, [1, 2]])
        for (const after of [null, PLACE]) await leaderboards.boardRows(tx, { board: BOARD, fans, after, limit: 5 });
    },
    countBefore: async (tx) => {
      for (const fans of [null, [1, 2]]) await leaderboards.countBefore(tx, { board: BOARD, fans, place: PLACE });
    },
    ownStanding: (tx, { fan }) => leaderboards.ownStanding(tx, BOARD, fan),
    boardNames: (tx) => leaderboards.boardNames(tx, { kind: "tour", artistId: 1 }, 5),
    boardArtists: (tx) => leaderboards.boardArtists(tx, 5),
    accuracySums: (tx) => leaderboards.accuracySums(tx),
  },
  "last-nights": {
    lastNights: (tx) => lastNights.lastNights(tx, "2026-06-01", 6),
  },
  outcomes: {
    writtenSetlists: (tx, { show }) => outcomes.writtenSetlists(tx, show.showId),
    keptChances: (tx, { show }) => outcomes.keptChances(tx, show.showId),
    setlistsBefore: (tx) => outcomes.setlistsBefore(tx, { artistId: 1, localDate: "2026-06-13" }),
    outcomeFacts: (tx, { show }) => outcomes.outcomeFacts(tx, show.showId),
  },
  rescored: {
    scorableShowsOf: (tx, { show }) => rescored.scorableShowsOf(tx, [show.artistId, 2]),
    playingArtists: (tx, { show }) => rescored.playingArtists(tx, [show.artistId, 2]),
    artistsOfSongs: (tx) => rescored.artistsOfSongs(tx, [1, 2]),
    nightsOfShows: (tx, { show }) => rescored.nightsOfShows(tx, [show.showId, 2]),
  },
  "returned-votes": {
    returnVotes: (tx, { show }) => returnedVotes.returnVotes(tx, { showId: show.showId, day: 1, from: 0, now: 5 }),
  },
  scores: {
    scoringShow: (tx, { show }) => scores.scoringShow(tx, show.showId),
    scoringShows: (tx, { show }) => scores.scoringShows(tx, [show.showId, 2]),
    scoredWithAny: (tx, { show }) => scores.scoredWithAny(tx, [{ ...show, localDate: "2026-06-14" }]),
    fanBallots: (tx, { show }) => scores.fanBallots(tx, { showId: show.showId, after: 0, limit: 5 }),
    songsOfBallot: (tx, { show }) => scores.songsOfBallot(tx, show.showId),
    putFanScores: async (tx, { show }) => {
      for (const upTo of [5, null]) await scores.putFanScores(tx, { showId: show.showId, after: 0, upTo, rows: [] });
    },
    putShowScore: (tx, { show }) => scores.putShowScore(tx, { ...SHOW_SCORE, showId: show.showId }),
    dropShowScore: (tx, { show }) => scores.dropShowScore(tx, show.showId),
    showsToScore: (tx) => scores.showsToScore(tx, 0, 5),
  },
  settling: {
    openSetlists: (tx) => settling.openSetlists(tx, 0, 5),
    setStatuses: (tx) => settling.setStatuses(tx, [{ id: 1, status: "live" }]),
  },
  "song-titles": {
    songTitles: (tx) => songTitles.songTitles(tx, [1, 2]),
  },
  standings: {
    putStandings: async (tx, { fan }) => {
      await standings.putStandings(tx, [fan], "all", STANDING_RULES);
      await standings.putStandings(tx, [fan], { year: "2026", artistId: 1, tour: "T" }, STANDING_RULES);
    },
    wrongStandings: (tx, { fan }) => standings.wrongStandings(tx, [fan], STANDING_RULES),
    fansOfDemoShows: (tx) => standings.fansOfDemoShows(tx),
    scoredFans: (tx) => standings.scoredFans(tx, 0, 5),
  },
};
