import type { Transaction } from "#db/client.ts";
import * as dueFacts from "#db/queries/due-facts.ts";
import * as identities from "#db/queries/identities.ts";
import * as imports from "#db/queries/imports.ts";
import * as jobStates from "#db/queries/job-states.ts";
import * as jobs from "#db/queries/jobs.ts";
import * as marks from "#db/queries/marks.ts";
import * as matchKeys from "#db/queries/match-keys.ts";
import * as matchNights from "#db/queries/match-nights.ts";
import * as matches from "#db/queries/matches.ts";
import * as providerTraffic from "#db/queries/provider-traffic.ts";
import * as setlists from "#db/queries/setlists.ts";
import * as showRows from "#db/queries/show-rows.ts";
import * as slugs from "#db/queries/slugs.ts";
import * as songRows from "#db/queries/song-rows.ts";
import * as syncPlan from "#db/queries/sync-plan.ts";
import * as trends from "#db/queries/trends.ts";
import * as venues from "#db/queries/venues.ts";
import type { BuiltShow } from "./builders.ts";
import { mergeCalls, mergeModules } from "./merge-query-calls.ts";
import { reviewCalls, reviewModules } from "./review-query-calls.ts";

/** The modules of queries that the sync uses, by file. */
export const syncModules = {
  "due-facts": dueFacts,
  identities,
  imports,
  "job-states": jobStates,
  jobs,
  marks,
  "match-keys": matchKeys,
  "match-nights": matchNights,
  matches,
  "provider-traffic": providerTraffic,
  setlists,
  "show-rows": showRows,
  slugs,
  "song-rows": songRows,
  "sync-plan": syncPlan,
  trends,
  venues,
  ...mergeModules,
  ...reviewModules,
};

type Call = (tx: Transaction, scene: { show: BuiltShow; fan: number }) => unknown;

const of = { provider: "ticketmaster", providerId: "1", confidence: 1, status: "automatic", evidence: {}, digest: "d" } as const;
const job = { name: "import-artist", key: "k", payload: {}, lane: "imports", priority: 5, runAt: 0 };
const setlist = { provider: "setlistfm", providerId: "1", version: "1", url: "u", note: null, editedAt: null, storedAt: 0 } as const;
const setlistSong = { position: 1, setNumber: 1, title: "A", titleKey: "a", songId: null, coverOf: null, coverOfId: null, guest: null, tape: false, note: null };
const show = { venueId: 1, tour: null, localDate: "2026-01-01", startsAt: null, status: "upcoming", closesAt: 5 } as const;

const pairFound = { kind: "artist", subjectId: 2, other: { otherId: 1 }, confidence: 0.7, evidence: [], status: "review" } satisfies matches.FoundMatch;
const recordFound = { ...pairFound, other: { provider: "spotify", id: "1", record: { name: "N", about: null, url: null } } } satisfies matches.FoundMatch;

const artistsCalls: Record<string, Call> = {
  artistsByIdentity: (tx) => identities.artistsByIdentity(tx, [{ provider: "spotify", id: "1" }]),
  identitiesOfArtist: (tx) => identities.identitiesOfArtist(tx, 1),
  putArtistIdentities: (tx, { show: { artistId } }) => identities.putArtistIdentities(tx, [{ ...of, artistId }]),
  doubtArtistIdentity: (tx) => identities.doubtArtistIdentity(tx, { provider: "spotify", id: "1" }),
  doubtOtherIdentities: (tx) => identities.doubtOtherIdentities(tx, 1, { provider: "musicbrainz", id: "1" }),
  putFormerIdentity: (tx, { show: { artistId } }) => identities.putFormerIdentity(tx, { ...of, artistId }),
  insertArtist: (tx) => identities.insertArtist(tx, { slug: "n", name: "N", searchName: "n", genre: null, country: null, disambiguation: null }),
  updateArtist: (tx) => identities.updateArtist(tx, 1, { name: "N" }),
  artistFacts: (tx) => identities.artistFacts(tx, 1),
  venuesByIdentity: (tx) => identities.venuesByIdentity(tx, "ticketmaster", ["1"]),
  putVenueIdentity: (tx) => identities.putVenueIdentity(tx, { ...of, venueId: 1 }),
  showsByIdentity: (tx) => identities.showsByIdentity(tx, 1, "ticketmaster", ["1"]),
  putShowIdentity: (tx, { show: { artistId, showId } }) => identities.putShowIdentity(tx, { ...of, artistId, showId }),
  eventsOfShow: (tx) => identities.eventsOfShow(tx, 1),
  deleteShowIdentity: (tx) => identities.deleteShowIdentity(tx, { ...of, artistId: 1, showId: 1, url: null, ticketUrl: null }),
  comingEvents: (tx) => identities.comingEvents(tx, 1, "ticketmaster", "2026-01-01"),
};

const importCalls: Record<string, Call> = {
  insertImport: (tx) => imports.insertImport(tx, { jobId: 1, name: "N", requestedBy: null, artistId: null }, 0),
  importById: (tx) => imports.importById(tx, 1),
  importByJob: (tx) => imports.importByJob(tx, 1),
  openImports: (tx) => imports.openImports(tx, 5),
  endedImports: (tx) => imports.endedImports(tx, ["done"], 5),
  openImportsAskedBy: (tx) => imports.openImportsAskedBy(tx, 1),
  changeImport: (tx) => imports.changeImport(tx, 1, { phase: "songs" }, 0),
  saveProgress: (tx) => imports.saveProgress(tx, 1, {}, 0),
  failImportOf: (tx) => imports.failImportOf(tx, 1, { reason: "r", message: "m" }, 0),
  artistHere: async (tx) => {
    await imports.artistHere(tx, { searchName: "n" });
    await imports.artistHere(tx, { provider: "spotify", id: "1" });
  },
  importsAskedBy: (tx) => imports.importsAskedBy(tx, 1, 5),
  askersOf: (tx) => imports.askersOf(tx, 1),
  addAsker: async (tx, { fan }) => {
    await imports.addAsker(tx, await imports.insertImport(tx, { jobId: 9, name: "n", requestedBy: fan, artistId: null }, 0), fan);
  },
  announceImportOf: (tx) => imports.announceImportOf(tx, 1, 0),
  cancelImportOf: (tx) => imports.cancelImportOf(tx, 1, 0),
  reviveImportOf: (tx) => imports.reviveImportOf(tx, 1, 0),
  deleteOldImports: (tx) => imports.deleteOldImports(tx, 5, 5),
};

const jobCalls: Record<string, Call> = {
  insertJob: (tx) => jobs.insertJob(tx, job, 0),
  hastenJob: (tx) => jobs.hastenJob(tx, "n", "k", 0),
  insertJobs: (tx) => jobs.insertJobs(tx, [job], 0),
  runningAmong: (tx) => jobs.runningAmong(tx, [{ name: "n", key: "k" }]),
  noteTick: (tx) => jobs.noteTick(tx, "n", 5, 5),
  lastTick: (tx) => jobs.lastTick(tx, "n"),
  claimJobs: (tx) => jobs.claimJobs(tx, { lane: "imports", names: ["import-artist"], limit: 1, owner: "o", leaseUntil: 5 }, 0),
  runningOwners: (tx) => jobs.runningOwners(tx),
  jobsOfOwners: (tx) => jobs.jobsOfOwners(tx, ["o"]),
  runningLeases: (tx) => jobs.runningLeases(tx),
  liveJobId: (tx) => jobs.liveJobId(tx, "n", "k"),
  dropEarlierFailures: (tx) => jobs.dropEarlierFailures(tx, { id: 1, name: "n", key: "k" }),
  changeHeld: (tx) => jobs.changeHeld(tx, { jobId: 1, claim: 1 }, { error: null }),
  changeJob: (tx) => jobs.changeJob(tx, 1, ["failed"], { state: "queued" }),
  deleteHeld: (tx) => jobs.deleteHeld(tx, { jobId: 1, claim: 1 }),
  jobById: (tx) => jobs.jobById(tx, 1),
  anythingDue: (tx) => jobs.anythingDue(tx, { lanes: ["sync"], names: ["import-artist"] }, 0),
  listJobs: async (tx) => {
    await jobs.listJobs(tx, ["failed"], 5);
    await jobs.listJobs(tx, ["queued", "running"], 5);
  },
  logRun: (tx) => jobs.logRun(tx, { jobId: 1, name: "n", startedAt: 0, durationMs: 1, result: "done", error: null }),
  runsOf: (tx) => jobs.runsOf(tx, "n", 5),
  lastRuns: (tx) => jobs.lastRuns(tx),
  daysOfJobs: (tx) => jobs.daysOfJobs(tx, "2026-01-01"),
  trimJobs: (tx) => jobs.trimJobs(tx, { runs: 5, jobs: 5, failed: 5, days: "2026-01-01" }, 5),
};

const songCalls: Record<string, Call> = {
  variantsByIds: (tx) => songRows.variantsByIds(tx, 1, "spotify", ["1"]),
  variantsByWorks: (tx) => songRows.variantsByWorks(tx, 1, ["w"]),
  variantsOfSongs: (tx) => songRows.variantsOfSongs(tx, [1]),
  songsByIds: (tx) => songRows.songsByIds(tx, [1, 2]),
  songsByKeys: (tx) => songRows.songsByKeys(tx, 1, ["a"]),
  aliasesOf: (tx) => songRows.aliasesOf(tx, [1]),
  insertSongs: (tx, { show: { artistId } }) =>
    songRows.insertSongs(tx, [{ artistId, title: "N", searchTitle: "n", titleKey: "n", ballotWorthy: true, ballotReason: "song", releasedOn: null }]),
  updateSongs: (tx) => songRows.updateSongs(tx, [{ id: 1, title: "N", searchTitle: "n", titleKey: "n" }]),
  replaceAliases: (tx) => songRows.replaceAliases(tx, 1, [{ songId: 1, keys: ["a"] }]),
  putVariants: (tx, { show: { artistId, catalogueSongIds } }) =>
    songRows.putVariants(tx, artistId, [
      { provider: "spotify", providerId: "1", songId: catalogueSongIds[0]!, title: "N", titleKey: "n", kind: "original", live: false, video: false, workId: null, albumId: null, isrc: null, durationMs: null, releasedOn: null, note: null, url: null },
    ]),
  moveSong: (tx, { show: { catalogueSongIds } }) => songRows.moveSong(tx, catalogueSongIds[0]!, catalogueSongIds[1]!),
  onBallots: (tx) => songRows.onBallots(tx, 1),
  retireSong: (tx) => songRows.retireSong(tx, 1),
  showsThatPlayed: (tx) => songRows.showsThatPlayed(tx, [1]),
  moveBallotVersions: (tx) => songRows.moveBallotVersions(tx, [1]),
  deleteSong: (tx, { show: { catalogueSongIds } }) => songRows.deleteSong(tx, catalogueSongIds[0]!),
  songsNamed: (tx) => songRows.songsNamed(tx, 1, ["a"]),
  songsToRank: (tx) => songRows.songsToRank(tx, 1),
  rankSongs: (tx) => songRows.rankSongs(tx, [{ id: 1, rank: 3 }]),
  putAlbums: (tx, { show: { artistId } }) =>
    songRows.putAlbums(tx, [{ artistId, provider: "spotify", providerId: "1", title: "A", kind: "album", releasedOn: null, url: null, imageUrl: null }]),
  unreadAlbum: (tx) => songRows.unreadAlbum(tx, 1, "spotify"),
  noteTracksRead: (tx) => songRows.noteTracksRead(tx, 1),
  albumCounts: (tx) => songRows.albumCounts(tx, 1, "spotify"),
};

const showCalls: Record<string, Call> = {
  standingShow: (tx) => showRows.standingShow(tx, 1),
  insertShow: (tx, { show: { artistId } }) => showRows.insertShow(tx, { ...show, slug: "new", artistId }, 0),
  updateShow: (tx) => showRows.updateShow(tx, 1, show),
  putBill: (tx, { show: { showId } }) => showRows.putBill(tx, showId, [{ name: "A", provider: "ticketmaster", providerId: "1" }]),
  showsOnDate: (tx) => showRows.showsOnDate(tx, 1, "2026-01-01"),
  showOrigins: (tx) => showRows.showOrigins(tx, 1),
  deleteShow: async (tx, { show: { artistId } }) => {
    const id = await showRows.insertShow(tx, { ...show, slug: "newer", artistId }, 0);
    await showRows.deleteShow(tx, { id, slug: "newer" }, 0);
  },
  openBallots: (tx) => showRows.openBallots(tx, 1, 0),
  songsOnBallots: (tx) => showRows.songsOnBallots(tx, [1]),
  artistName: (tx) => showRows.artistName(tx, 1),
  addToBallot: (tx, { show: { showId, catalogueSongIds } }) => showRows.addToBallot(tx, showId, [catalogueSongIds[0]!]),
};

const otherCalls: Record<Exclude<keyof typeof syncModules, keyof typeof mergeModules | keyof typeof reviewModules | "identities" | "imports" | "jobs" | "show-rows" | "song-rows">, Record<string, Call>> = {
  "due-facts": {
    dueFactsOfArtist: (tx) => dueFacts.dueFactsOfArtist(tx, 1, 0),
    showsToCome: (tx) => dueFacts.showsToCome(tx, 1),
  },
  marks: {
    readMark: (tx) => marks.readMark(tx, 1, "spotify", "albums"),
    putMark: (tx, { show: { artistId } }) => marks.putMark(tx, { artistId, provider: "spotify", list: "albums", walkedAt: 0 }),
    putDue: (tx) => marks.putDue(tx, { kind: "artist", id: 1, dueAt: 5 }),
    dueOf: (tx) => marks.dueOf(tx, "artist", 1),
    dueNow: (tx) => marks.dueNow(tx, "artist", 5, 5),
    addTraffic: (tx) => marks.addTraffic(tx, 0, 5),
    trafficSince: (tx) => marks.trafficSince(tx, 0),
    trimTraffic: (tx) => marks.trimTraffic(tx, 5),
  },
  "match-keys": {
    putMatchKeys: async (tx) => {
      await matchKeys.putMatchKeys(tx, "artist", 1, ["is a", "is b"]);
      await matchKeys.putMatchKeys(tx, "artist", 1, ["is c"]);
    },
    sharingKeys: (tx) => matchKeys.sharingKeys(tx, "artist", ["is a"], 5),
    recordsOfVenues: (tx) => matchKeys.recordsOfVenues(tx, [1]),
    rejectedVenue: (tx) => matchKeys.rejectedVenue(tx, "ticketmaster", "1"),
    titlesOf: async (tx) => {
      await matchKeys.titlesOf(tx, 1, 5);
      await matchKeys.titlesOf(tx, 1, 5, ["a"]);
    },
    countSongs: (tx) => matchKeys.countSongs(tx, 1),
    identitiesOfArtists: (tx) => matchKeys.identitiesOfArtists(tx, [1]),
  },
  "match-nights": {
    nightsDayApart: async (tx) => {
      await matchNights.nightsDayApart(tx, 1, ["2026-01-01"]);
      await matchNights.nightsDayApart(tx, 1, null);
    },
    cameFrom: (tx) => matchNights.cameFrom(tx, 1, "2026-01-01"),
    nightsWithSeveral: async (tx) => {
      await matchNights.nightsWithSeveral(tx, 1, ["2026-01-01"]);
      await matchNights.nightsWithSeveral(tx, 1, null);
    },
    idsOfShows: (tx) => matchNights.idsOfShows(tx, [1]),
    openMatchesOfArtist: async (tx) => {
      for (const kind of ["show", "song"] as const) await matchNights.openMatchesOfArtist(tx, kind, 1);
    },
    songsThere: (tx) => matchNights.songsThere(tx, [1]),
    songsToCompare: (tx) => matchNights.songsToCompare(tx, 1),
  },
  matches: {
    putMatch: async (tx) => {
      await matches.putMatch(tx, pairFound, 0);
      await matches.putMatch(tx, recordFound, 0);
    },
    matchesOf: (tx) => matches.matchesOf(tx, "artist", 1),
    matchesAmong: (tx) => matches.matchesAmong(tx, "song", [1, 2]),
    matchesOfRecord: (tx) => matches.matchesOfRecord(tx, "artist", { provider: "spotify", id: "1" }),
    rejectedPairsOf: (tx) => matches.rejectedPairsOf(tx, "artist", 1),
    rejectedRecordsOf: (tx) => matches.rejectedRecordsOf(tx, "artist", 1, "spotify"),
    dropOpenMatches: (tx) => matches.dropOpenMatches(tx, [1]),
    rejectPair: (tx) => matches.rejectPair(tx, "artist", 1, 2, 0),
    areKeptApart: (tx) => matches.areKeptApart(tx, "artist", 1, 2),
    standingId: (tx) => matches.standingId(tx, "artist", 1),
    turnIntoPair: (tx) => matches.turnIntoPair(tx, { id: 1, subjectId: 1 }, 2),
  },
  "provider-traffic": {
    readAnswer: (tx) => providerTraffic.readAnswer(tx, "k"),
    putAnswer: (tx) => providerTraffic.putAnswer(tx, { key: "k", status: 200, digest: "d", body: null, etag: null, lastModified: null, checkedAt: 0 }),
    touchAnswer: (tx) => providerTraffic.touchAnswer(tx, "k", 5),
    trimAnswers: (tx) => providerTraffic.trimAnswers(tx, 5, 5),
    countRequest: (tx) => providerTraffic.countRequest(tx, "spotify", "2026-01-01"),
    requestsOn: (tx) => providerTraffic.requestsOn(tx, "spotify", "2026-01-01"),
    trimDays: (tx) => providerTraffic.trimDays(tx, "2026-01-01"),
  },
  setlists: {
    storedSetlists: (tx) => setlists.storedSetlists(tx, "setlistfm", ["1"]),
    putSetlist: (tx, { show: { showId } }) => setlists.putSetlist(tx, { ...setlist, showId }, [{ number: 1, name: null, encore: null }], [setlistSong]),
    fillSetlist: (tx) => setlists.fillSetlist(tx, 1, [], []),
    playedAt: (tx) => setlists.playedAt(tx, 1),
    latestAccounts: (tx) => setlists.latestAccounts(tx, 1, 5),
    songsPlayed: (tx) => setlists.songsPlayed(tx, [1]),
    unknownTitles: (tx) => setlists.unknownTitles(tx, 1),
    linkPlayed: (tx) => setlists.linkPlayed(tx, 1, [{ titleKey: "a", songId: 1 }]),
  },
  "job-states": {
    jobsByIds: (tx) => jobStates.jobsByIds(tx, [1]),
    countJobs: (tx) => jobStates.countJobs(tx),
    heldByOthers: (tx) => jobStates.heldByOthers(tx, ["asked"], [1], 0),
    neglectedJobs: (tx) => jobStates.neglectedJobs(tx, 0),
    catalogueSizes: (tx) => jobStates.catalogueSizes(tx),
  },
  slugs: {
    freeSlug: async (tx) => {
      for (const kind of ["artist", "venue", "show"] as const) await slugs.freeSlug(tx, kind, "a");
    },
  },
  "sync-plan": {
    dueVenues: (tx) => syncPlan.dueVenues(tx, 0, 5),
    venueToRefresh: (tx) => syncPlan.venueToRefresh(tx, 1, 0),
    dueArtists: (tx) => syncPlan.dueArtists(tx, "artist", ["spotify"], 0, 5),
    showsToPoll: (tx) => syncPlan.showsToPoll(tx, "2026-01-01", "2026-01-05"),
    soughtShow: (tx) => syncPlan.soughtShow(tx, 1),
    setlistVersions: (tx) => syncPlan.setlistVersions(tx, 1),
    movedTotals: (tx) => syncPlan.movedTotals(tx),
  },
  trends: { putTrends: (tx) => trends.putTrends(tx, [{ showId: 1, votes: 1, rate: 1, at: 0 }]) },
  venues: {
    insertVenue: (tx) => venues.insertVenue(tx, { slug: "n", name: "N", timeZone: "UTC" }),
    updateVenue: (tx) => venues.updateVenue(tx, 1, { name: "N" }),
    venueFacts: (tx) => venues.venueFacts(tx, 1),
    venueIdBySlug: (tx) => venues.venueIdBySlug(tx, "n"),
  },
};

/** Every query of the sync, called in each of the shapes that give it other SQL. */
export const syncCalls = { ...otherCalls, ...reviewCalls, ...mergeCalls, identities: artistsCalls, imports: importCalls, jobs: jobCalls, "show-rows": showCalls, "song-rows": songCalls };
