import type { Transaction } from "#db/client.ts";
import type { MergePair } from "#db/merge-sql.ts";
import * as tables from "#db/merge-tables.ts";
import * as formerSlugs from "#db/queries/former-slugs.ts";
import * as allowances from "#db/queries/merge-allowances.ts";
import * as ballots from "#db/queries/merge-ballots.ts";
import * as mergeCallsOf from "#db/queries/merge-calls.ts";
import * as mergeChances from "#db/queries/merge-chances.ts";
import * as mergeDays from "#db/queries/merge-days.ts";
import * as log from "#db/queries/merge-log.ts";
import * as mergeMatches from "#db/queries/merge-matches.ts";
import * as restore from "#db/queries/merge-restore.ts";
import * as mergeShows from "#db/queries/merge-shows.ts";
import * as mergeSongs from "#db/queries/merge-songs.ts";
import * as mergeTitles from "#db/queries/merge-titles.ts";
import * as mergeVotes from "#db/queries/merge-votes.ts";
import * as merges from "#db/queries/merges.ts";
import * as ownSongs from "#db/queries/own-songs.ts";
import * as songLinks from "#db/queries/song-links.ts";
import * as splits from "#db/queries/splits.ts";
import * as schema from "#db/schema/index.ts";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import type { BuiltShow } from "./builders.ts";

/** The modules of queries that merging uses, by file. */
export const mergeModules = {
  "former-slugs": formerSlugs,
  "merge-allowances": allowances,
  "merge-ballots": ballots,
  "merge-calls": mergeCallsOf,
  "merge-chances": mergeChances,
  "merge-days": mergeDays,
  "merge-log": log,
  "merge-matches": mergeMatches,
  "merge-restore": restore,
  "merge-shows": mergeShows,
  "merge-songs": mergeSongs,
  "merge-titles": mergeTitles,
  "merge-votes": mergeVotes,
  merges,
  "own-songs": ownSongs,
  "song-links": songLinks,
  splits,
};

type Call = (tx: Transaction, scene: { show: BuiltShow; fan: number }) => unknown;

const KINDS: LinkKind[] = ["artist", "venue", "show", "song"];
const pair = { mergeId: 1, from: 900, into: 901 };
const place = { mergeId: 1, fromShow: 900, from: 900, intoShow: 901, into: 901 };
const both = { from: 900, into: 901 };
const event = { provider: "ticketmaster", providerId: "1" } as const;

async function merge(tx: Transaction): Promise<MergePair> {
  const [made] = await merges.insertMerges(tx, { kind: "artist", pairs: [{ ...both, fromName: "A", intoName: "B" }], parentId: null, by: null }, 0);
  return made!;
}

async function eachPointer(run: (pointer: tables.Pointer) => Promise<void>): Promise<void> {
  for (const kind of KINDS) for (const pointer of [...tables.MOVED[kind], ...tables.DROPPED[kind]]) await run(pointer);
}

/** Every query of merging, for each kind of what is merged. */
export const mergeCalls: { [M in keyof typeof mergeModules]: Record<string, Call> } = {
  "former-slugs": {
    idOfFormerSlug: (tx) => formerSlugs.idOfFormerSlug(tx, "show", "gone"),
    byFormerSlug: (tx) => formerSlugs.byFormerSlug(tx, "show", "gone", () => Promise.resolve(null)),
    leaveSlug: async (tx) => formerSlugs.leaveSlug(tx, { mergeId: (await merge(tx)).mergeId, kind: "show", slug: "gone", id: 1 }),
  },
  "merge-allowances": {
    joinAllowances: (tx) => allowances.joinAllowances(tx, pair, 5),
    dropLighterCases: (tx) => allowances.dropLighterCases(tx, pair),
    deleteAllowances: (tx) => allowances.deleteAllowances(tx, 900),
    restoreAllowances: (tx) => allowances.restoreAllowances(tx, [1]),
    partAllowances: (tx) => allowances.partAllowances(tx, [1]),
    removeEmptyAllowances: (tx) => allowances.removeEmptyAllowances(tx, [1]),
    countAllowances: (tx) => allowances.countAllowances(tx, [1]),
    countTallies: (tx) => allowances.countTallies(tx, [1]),
  },
  "merge-ballots": {
    copyBallot: (tx) => ballots.copyBallot(tx, pair),
    copySongs: (tx) => ballots.copySongs(tx, pair),
    songsOfBoth: (tx) => ballots.songsOfBoth(tx, pair),
    placesOfSongs: (tx) => ballots.placesOfSongs(tx, [pair]),
    removeCopies: (tx) => ballots.removeCopies(tx, [1]),
    showsOfLog: (tx) => ballots.showsOfLog(tx, [1]),
    raiseVersion: (tx) => ballots.raiseVersion(tx, pair),
  },
  "merge-days": {
    chargeReturned: (tx) => mergeDays.chargeReturned(tx, pair, 50),
    partDays: (tx) => mergeDays.partDays(tx, [1], 50),
  },
  "merge-log": {
    dropRows: (tx) => eachPointer((pointer) => log.dropRows(tx, pointer, [pair])),
    moveRows: (tx) => eachPointer((pointer) => log.moveRows(tx, pointer, [pair])),
    changeRows: (tx) => log.changeRows(tx, schema.songs, [{ mergeId: 1, id: 900, is: { title: "N", released_on: null } }]),
    logAdded: async (tx) => log.logAdded(tx, schema.songs, (await merge(tx)).mergeId, [[1]]),
    dropRecords: (tx) => log.dropRecords(tx, schema.artists, [pair]),
  },
  "merge-matches": {
    matchesOf: (tx) => mergeMatches.matchesOf(tx, "song", [1, 2]),
    rejectPair: (tx) => mergeMatches.rejectPair(tx, { kind: "song", a: 2, b: 1, by: null }, 0),
  },
  "merge-restore": {
    moveBack: (tx) => eachPointer((pointer) => restore.moveBack(tx, pointer, [1])),
    moveBackWithArtist: (tx) => restore.moveBackWithArtist(tx, tables.MOVED.artist.find(({ table }) => table === schema.songVariants)!, { table: "songs", column: "song_id" }, [1]),
    restoreRows: async (tx) => {
      await eachPointer(({ table }) => restore.restoreRows(tx, table, [1]));
      for (const kind of KINDS) await restore.restoreRows(tx, tables.RECORDS[kind], [1]);
    },
    removeAdded: (tx) => restore.removeAdded(tx, { table: schema.songLinks, key: ["artist_id", "title_key"] }, [1]),
    changeBack: (tx) => restore.changeBack(tx, schema.songs, ["title"], [1]),
    forgetRows: (tx) => restore.forgetRows(tx, [1]),
  },
  "merge-shows": {
    nightsOfArtist: (tx) => mergeShows.nightsOfArtist(tx, both),
    nightsAtVenue: (tx) => mergeShows.nightsAtVenue(tx, both),
    showsToTell: async (tx) => {
      await mergeShows.showsToTell(tx, { artistId: 1 });
      await mergeShows.showsToTell(tx, { venueId: 1 });
    },
    showFacts: (tx) => mergeShows.showFacts(tx, 1),
    hasBill: (tx) => mergeShows.hasBill(tx, 1),
    setWindow: (tx) => mergeShows.setWindow(tx, 1, { showId: 900, closesAt: 5 }),
    resetWindow: (tx) => mergeShows.resetWindow(tx, [1]),
  },
  "merge-songs": {
    songsOf: (tx) => mergeSongs.songsOf(tx, 1),
    songsByIds: (tx) => mergeSongs.songsByIds(tx, [1]),
    copyAliases: (tx) => mergeSongs.copyAliases(tx, [pair]),
    giveSongs: (tx) => mergeSongs.giveSongs(tx, pair, [1]),
    followSongs: (tx) => mergeSongs.followSongs(tx, both),
    keepTitlesApart: (tx) => mergeSongs.keepTitlesApart(tx, [1]),
  },
  "merge-calls": {
    joinCalls: (tx) => mergeCallsOf.joinCalls(tx, [place]),
    partCalls: (tx) => mergeCallsOf.partCalls(tx, [1]),
  },
  "merge-chances": {
    keepGreaterChances: (tx) => mergeChances.keepGreaterChances(tx, [pair]),
    joinChances: (tx) => mergeChances.joinChances(tx, pair),
    passScores: (tx) => mergeChances.passScores(tx, pair),
    partChances: (tx) => mergeChances.partChances(tx, [1]),
  },
  "merge-titles": {
    dropUndecided: (tx) => mergeTitles.dropUndecided(tx, pair),
  },
  "merge-votes": {
    joinVotes: (tx) => mergeVotes.joinVotes(tx, [place], 10),
    partVotes: (tx) => mergeVotes.partVotes(tx, [1], 10),
  },
  merges: {
    mergeById: (tx) => merges.mergeById(tx, 1),
    listMerges: async (tx) => {
      await merges.listMerges(tx, { limit: 5 });
      await merges.listMerges(tx, { before: 9, limit: 5 });
    },
    partsOfMerge: (tx) => merges.partsOfMerge(tx, 1),
    insertMerges: (tx) => merge(tx),
    noteUndone: (tx) => merges.noteUndone(tx, [1], { by: null, now: 0 }),
    laterMerge: (tx) => merges.laterMerge(tx, [1]),
    laterMove: async (tx) => {
      for (const kind of KINDS) await merges.laterMove(tx, { id: 1, kind, intoId: 1 });
    },
    mergeables: async (tx) => {
      for (const kind of KINDS) await merges.mergeables(tx, kind, [1, 2]);
    },
    weightOf: async (tx) => {
      for (const kind of KINDS) await merges.weightOf(tx, kind, 1);
    },
    mergeOf: (tx) => merges.mergeOf(tx, "artist", 1),
  },
  "own-songs": {
    showsWithForeignSongs: (tx) => ownSongs.showsWithForeignSongs(tx, 1),
    dropForeignPlaces: (tx) => ownSongs.dropForeignPlaces(tx, 1),
    ownForeignPlaces: (tx) => ownSongs.ownForeignPlaces(tx, 1),
    ownPlayed: (tx) => ownSongs.ownPlayed(tx, 1),
  },
  "song-links": {
    linksOfArtist: (tx) => songLinks.linksOfArtist(tx, 1),
    writeLinks: async (tx, { show: { artistId } }) =>
      songLinks.writeLinks(tx, { mergeId: (await merge(tx)).mergeId, artistId, before: new Map(), after: new Map([["a", "b"]]) }),
  },
  splits: {
    believedIdentities: async (tx) => {
      for (const kind of ["artist", "venue"] as const) await splits.believedIdentities(tx, kind, 1);
    },
    recordOf: async (tx) => {
      for (const kind of ["artist", "venue"] as const) await splits.recordOf(tx, kind, event);
    },
    giveIdentity: async (tx) => {
      for (const kind of ["artist", "venue"] as const) await splits.giveIdentity(tx, kind, { ...event, to: 1 });
    },
    showsMadeBy: async (tx) => {
      for (const of of [{ artistId: 1 }, { venueId: 1 }]) await splits.showsMadeBy(tx, of, ["ticketmaster"]);
    },
    giveShows: (tx) => splits.giveShows(tx, [900], { artistId: 1 }),
    giveTold: (tx) => splits.giveTold(tx, { from: 900, to: 901, providers: ["spotify"] }),
    giveSongsTold: (tx) => splits.giveSongsTold(tx, { from: 900, to: 901 }),
    copyShow: (tx, { show: { showId } }) => splits.copyShow(tx, { id: showId, slug: "copy" }, 0),
    giveEvent: (tx) => splits.giveEvent(tx, { ...event, from: 900, to: 901 }),
  },
};
