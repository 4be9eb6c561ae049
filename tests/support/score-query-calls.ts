import type { Transaction } from "#db/client.ts";
import * as comparison from "#db/queries/comparison.ts";
import * as outcomes from "#db/queries/outcomes.ts";
import * as scores from "#db/queries/scores.ts";
import type { BuiltShow } from "./builders.ts";

/** The modules of queries that scoring uses, by file. */
export const scoreModules = { comparison, outcomes, scores };

type Call = (tx: Transaction, scene: { show: BuiltShow; fan: number }) => unknown;

/** Every query of scoring, called in each of the shapes that give it other SQL. */
export const scoreCalls: { [M in keyof typeof scoreModules]: Record<string, Call> } = {
  comparison: {
    standingVotes: (tx, { show, fan }) => comparison.standingVotes(tx, { showId: show.showId, userId: fan }),
    fansCalls: (tx, { show, fan }) => comparison.fansCalls(tx, { showId: show.showId, userId: fan }),
    songTitles: (tx) => comparison.songTitles(tx, [1, 2]),
    placeAtShow: (tx, { show, fan }) => comparison.placeAtShow(tx, { showId: show.showId, userId: fan }),
  },
  outcomes: {
    writtenSetlists: (tx, { show }) => outcomes.writtenSetlists(tx, show.showId),
    keptChances: (tx, { show }) => outcomes.keptChances(tx, show.showId),
    setlistsBefore: (tx) => outcomes.setlistsBefore(tx, { artistId: 1, localDate: "2026-06-13" }),
    outcomeFacts: (tx, { show }) => outcomes.outcomeFacts(tx, show.showId),
  },
  scores: {
    scoresWanted: (tx, { show }) => scores.scoresWanted(tx, show.showId),
  },
};
