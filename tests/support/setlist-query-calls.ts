import type { Transaction } from "#db/client.ts";
import * as recordedSetlists from "#db/queries/recorded-setlists.ts";
import * as unmatchedTitles from "#db/queries/unmatched-titles.ts";
import type { BuiltShow } from "./builders.ts";

/** The modules of queries that writing setlists down uses, by file. */
export const setlistModules = { "recorded-setlists": recordedSetlists, "unmatched-titles": unmatchedTitles };

type Call = (tx: Transaction, scene: { show: BuiltShow; fan: number }) => unknown;

const row = { version: "1", status: "live", note: null, recordedBy: null } as const;
const title = { titleKey: "zebra", title: "Zebra", coverOf: null, times: 1, lastPlayedOn: "2026-01-01", suggestedSongId: null, confidence: null };

/** Every query of writing setlists down, called in each of the shapes that give it other SQL. */
export const setlistCalls: { [M in keyof typeof setlistModules]: Record<string, Call> } = {
  "recorded-setlists": {
    recordedAt: (tx, { show }) => recordedSetlists.recordedAt(tx, show.showId),
    insertRecorded: (tx, { show }) => recordedSetlists.insertRecorded(tx, show.showId, row, 0),
    updateRecorded: (tx) => recordedSetlists.updateRecorded(tx, 1, row, 0),
    deleteSetlist: (tx) => recordedSetlists.deleteSetlist(tx, 1),
    artistsNamed: (tx) => recordedSetlists.artistsNamed(tx, { slug: "a", folded: "a" }),
    nightsOn: (tx, { show }) => recordedSetlists.nightsOn(tx, show.artistId, "2026-06-14"),
    recordedShows: async (tx, { show }) => {
      await recordedSetlists.recordedShows(tx, { after: 0, artistId: null, limit: 5 });
      await recordedSetlists.recordedShows(tx, { after: 0, artistId: show.artistId, limit: 5 });
    },
    songTitles: (tx, { show }) => recordedSetlists.songTitles(tx, show.artistId, 5),
  },
  "unmatched-titles": {
    playedUnmatched: async (tx, { show }) => {
      for (const keys of [null, ["dawn"]]) await unmatchedTitles.playedUnmatched(tx, show.artistId, keys);
    },
    unmatchedOfArtist: async (tx, { show }) => {
      for (const keys of [null, ["dawn"]]) await unmatchedTitles.unmatchedOfArtist(tx, show.artistId, keys);
    },
    unmatchedTitle: (tx, { show }) => unmatchedTitles.unmatchedTitle(tx, show.artistId, "zebra"),
    putUnmatched: (tx, { show }) => unmatchedTitles.putUnmatched(tx, show.artistId, [title]),
    dropUnmatched: (tx, { show }) => unmatchedTitles.dropUnmatched(tx, show.artistId, ["zebra"]),
    decideUnmatched: (tx, { show }) => unmatchedTitles.decideUnmatched(tx, { artistId: show.artistId, titleKey: "zebra" }, { status: "open", decidedBy: null, decidedAt: null }),
    listUnmatched: async (tx) => {
      await unmatchedTitles.listUnmatched(tx, { status: "open", limit: 5 });
      await unmatchedTitles.listUnmatched(tx, { status: "open", after: { times: 3, artistId: 1, titleKey: "a" }, limit: 5 });
    },
    countUnmatched: (tx) => unmatchedTitles.countUnmatched(tx),
    showsWithTitle: (tx, { show }) => unmatchedTitles.showsWithTitle(tx, show.artistId, ["zebra"]),
    linkTitle: (tx, { show }) => unmatchedTitles.linkTitle(tx, { artistId: show.artistId, titleKey: "zebra", intoKey: "lion" }),
    unlinkTitle: (tx, { show }) => unmatchedTitles.unlinkTitle(tx, show.artistId, "zebra"),
    unlinkPlayed: (tx, { show }) => unmatchedTitles.unlinkPlayed(tx, show.artistId, "zebra"),
  },
};
