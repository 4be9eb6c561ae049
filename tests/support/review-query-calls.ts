import type { Transaction } from "#db/client.ts";
import * as matchDecisions from "#db/queries/match-decisions.ts";
import * as matchLists from "#db/queries/match-lists.ts";
import * as matchSides from "#db/queries/match-sides.ts";
import * as mergeLists from "#db/queries/merge-lists.ts";
import type { BuiltShow } from "./builders.ts";

/** The modules of queries that reviewing matches uses, by file. */
export const reviewModules = {
  "match-decisions": matchDecisions,
  "match-lists": matchLists,
  "match-sides": matchSides,
  "merge-lists": mergeLists,
};

type Call = (tx: Transaction, scene: { show: BuiltShow; fan: number }) => unknown;

const record = { kind: "artist", subjectId: 1, provider: "spotify", providerId: "1" } as const;
const kinds = ["artist", "venue", "show", "song"] as const;

/** Every query of reviewing, called in each of the shapes that give it other SQL. */
export const reviewCalls: { [M in keyof typeof reviewModules]: Record<string, Call> } = {
  "match-decisions": {
    changeMatch: (tx) => matchDecisions.changeMatch(tx, 1, { status: "approved" }),
    deleteMatch: (tx) => matchDecisions.deleteMatch(tx, 1),
    rejectRivals: (tx) => matchDecisions.rejectRivals(tx, record, { at: 5, by: null }),
    reviveRivals: (tx) => matchDecisions.reviveRivals(tx, record, 5),
    forgetLink: async (tx, { show: { showId } }) => {
      for (const kind of ["artist", "venue", "show"] as const) await matchDecisions.forgetLink(tx, { ...record, kind, subjectId: showId });
    },
    mergeMadeAt: (tx) => matchDecisions.mergeMadeAt(tx, { kind: "song", intoId: 1, at: 5 }),
    forgetApart: (tx) => matchDecisions.forgetApart(tx, { ...record, kind: "song" }, 5),
  },
  "match-lists": {
    idsByConfidence: async (tx) => {
      for (const status of ["review", "automatic"] as const) {
        await matchLists.idsByConfidence(tx, { status, kinds, limit: 5 });
        await matchLists.idsByConfidence(tx, { status, kinds, after: { kind: "venue", confidence: 0.9, id: 5 }, limit: 5 });
      }
    },
    decidedMatches: async (tx) => {
      await matchLists.decidedMatches(tx, { status: "approved", limit: 5 });
      await matchLists.decidedMatches(tx, { status: "rejected", kind: "song", before: { decidedAt: 5, id: 5 }, limit: 5 });
    },
    matchesByIds: (tx) => matchLists.matchesByIds(tx, [1]),
    countMatches: (tx) => matchLists.countMatches(tx),
    countWaiting: (tx) => matchLists.countWaiting(tx, kinds),
    matchStands: async (tx) => {
      for (const kind of kinds) await matchLists.matchStands(tx, { id: 1, kind });
    },
    mergesOf: (tx) => matchLists.mergesOf(tx, [{ kind: "artist", id: 1 }]),
    artistNames: (tx) => matchLists.artistNames(tx, [1]),
    venueNames: (tx) => matchLists.venueNames(tx, [1]),
    showNames: (tx) => matchLists.showNames(tx, [1]),
    songNames: (tx) => matchLists.songNames(tx, [1]),
  },
  "match-sides": {
    artistsInFull: (tx) => matchSides.artistsInFull(tx, [1], "2026-01-01"),
    sharedTitles: (tx) => matchSides.sharedTitles(tx, 1, 2, 5),
    venuesInFull: (tx) => matchSides.venuesInFull(tx, [1], "2026-01-01"),
    showsInFull: (tx) => matchSides.showsInFull(tx, [1]),
    songsInFull: (tx) => matchSides.songsInFull(tx, [1]),
    variantsInFull: (tx) => matchSides.variantsInFull(tx, 1, 5),
    idsOfArtists: (tx) => matchSides.idsOfArtists(tx, [1]),
    idsOfVenues: (tx) => matchSides.idsOfVenues(tx, [1]),
    idsOfShows: (tx) => matchSides.idsOfShows(tx, [1]),
  },
  "merge-lists": {
    mergesInList: async (tx) => {
      await mergeLists.mergesInList(tx, { limit: 5 });
      await mergeLists.mergesInList(tx, { before: 9, limit: 5 });
    },
    mergesInto: (tx) => mergeLists.mergesInto(tx, "artist", 1),
    rowsOfMerges: (tx) => mergeLists.rowsOfMerges(tx, [1]),
    searchVenues: (tx) => mergeLists.searchVenues(tx, { part: "hall", keys: ["hall"], limit: 5 }),
  },
};
