import type { Transaction } from "#db/client.ts";
import * as artistStatistics from "#db/queries/artist-statistics.ts";
import * as forecasts from "#db/queries/forecasts.ts";
import * as pastShows from "#db/queries/past-shows.ts";
import * as tallyHistory from "#db/queries/tally-history.ts";
import type { BuiltShow } from "./builders.ts";

/** The modules of queries that the forecast uses, by file. */
export const forecastModules = { "artist-statistics": artistStatistics, forecasts, "past-shows": pastShows, "tally-history": tallyHistory };

type Call = (tx: Transaction, scene: { show: BuiltShow; fan: number }) => unknown;

const chance = { songId: 1, played: 0.5, opener: 0.1, closer: 0.1, encore: 0.1, place: 1, reasons: [] };
const said = { kind: "forecast" as const, model: 1, shows: 5, length: 16, madeAt: 0 };

/** Every query of the forecast, called in each of the shapes that give it other SQL. */
export const forecastCalls: { [M in keyof typeof forecastModules]: Record<string, Call> } = {
  "artist-statistics": {
    keptStatistics: (tx, { show }) => artistStatistics.keptStatistics(tx, show.artistId),
    putStatistics: (tx, { show }) => artistStatistics.putStatistics(tx, show.artistId, []),
    dropStatistics: (tx, { show }) => artistStatistics.dropStatistics(tx, show.artistId, [{ scope: "year", name: "2026" }]),
    statisticsOf: (tx, { show }) => artistStatistics.statisticsOf(tx, show.artistId, "all", ""),
    scopesKept: (tx, { show }) => artistStatistics.scopesKept(tx, show.artistId),
    scoredShows: (tx, { show }) => artistStatistics.scoredShows(tx, show.artistId, 5),
    showsOfSources: (tx, { show }) => artistStatistics.showsOfSources(tx, show.artistId),
  },
  forecasts: {
    savedForecaster: (tx, { show }) => forecasts.savedForecaster(tx, show.artistId),
    putForecaster: (tx, { show }) => forecasts.putForecaster(tx, show.artistId, { version: 1, model: 1, shows: 0, digest: "d", text: "{}", learntAt: 0 }),
    dropForecaster: (tx, { show }) => forecasts.dropForecaster(tx, show.artistId),
    windowOf: (tx, { show }) => forecasts.windowOf(tx, show.showId),
    forecastOf: (tx, { show }) => forecasts.forecastOf(tx, show.showId),
    chancesOf: (tx, { show }) => forecasts.chancesOf(tx, show.showId),
    namedChances: (tx, { show }) => forecasts.namedChances(tx, show.showId),
    putForecast: (tx, { show }) => forecasts.putForecast(tx, show.showId, said, [chance]),
    dropForecast: (tx, { show }) => forecasts.dropForecast(tx, show.showId),
    saidOfBallot: (tx, { show }) => forecasts.saidOfBallot(tx, show.showId),
    someVoters: (tx, { show }) => forecasts.someVoters(tx, show.showId, 5),
    freshestChances: (tx, { show }) => forecasts.freshestChances(tx, show.artistId),
    untouchedBallot: (tx, { show }) => forecasts.untouchedBallot(tx, show.showId),
    refillBallot: (tx, { show }) => forecasts.refillBallot(tx, show.showId, show.catalogueSongIds),
  },
  "past-shows": {
    showsWithSetlists: (tx, { show }) => pastShows.showsWithSetlists(tx, show.artistId),
    accountsAt: (tx, { show }) => pastShows.accountsAt(tx, [show.showId, 2]),
    openShows: (tx, { show }) => pastShows.openShows(tx, show.artistId, 0),
    comesIn: (tx, { show }) => pastShows.comesIn(tx, show.artistId),
  },
  "tally-history": {
    snapshotsAt: (tx, { show }) => tallyHistory.snapshotsAt(tx, [show.showId, 2], 5),
    lastSnapshots: (tx, { show }) => tallyHistory.lastSnapshots(tx, [show.showId, 2]),
    ballotsNow: (tx, { show }) => tallyHistory.ballotsNow(tx, [show.showId, 2]),
    votesAfter: (tx, { show }) => tallyHistory.votesAfter(tx, show.showId, { userId: 0, setlistSongId: 0 }, 5),
    overWithoutHistory: (tx) => tallyHistory.overWithoutHistory(tx, { from: "2026-06-01", to: "2026-06-13" }, 5),
    showsOverOn: (tx) => tallyHistory.showsOverOn(tx, ["2026-06-10"]),
    snapshotTimes: (tx, { show }) => tallyHistory.snapshotTimes(tx, show.showId),
    historyOf: (tx, { show }) => tallyHistory.historyOf(tx, show.showId),
    addSnapshots: (tx, { show }) => tallyHistory.addSnapshots(tx, [{ showId: show.showId, at: 1, total: 0, tallies: [] }]),
    dropSnapshots: (tx, { show }) => tallyHistory.dropSnapshots(tx, show.showId, [1, 2]),
    putSongTrends: (tx, { show }) => tallyHistory.putSongTrends(tx, [{ setlistSongId: show.setlistSongIds[0]!, trend: 2 }]),
  },
};
