import type { WriterClient } from "#db/writer-client.ts";
import { createAccount, resetPassword } from "./accounts.ts";
import { advanceShows } from "./advance-shows.ts";
import { castVotes } from "./cast-votes.ts";
import { cancelImport, retryImport } from "./change-import.ts";
import { compareShows } from "./catalogue/compare-nights.ts";
import { makeBallots } from "./catalogue/make-ballots.ts";
import { noteAlikeArtists, noteAlikeSongs } from "./catalogue/note-alike.ts";
import { noteList, setDue } from "./catalogue/note-list.ts";
import { noteConflict, noteTwins } from "./catalogue/note-twins.ts";
import { rankSongsOf } from "./catalogue/rank-artist.ts";
import { storeAlbums } from "./catalogue/store-albums.ts";
import { doubtArtistId, storeArtist } from "./catalogue/store-artist.ts";
import { storeSetlists } from "./catalogue/store-setlists.ts";
import { storeShows } from "./catalogue/store-shows.ts";
import { storeSongs } from "./catalogue/store-songs.ts";
import { storeVenue } from "./catalogue/store-venue.ts";
import { decideIdentity } from "./decide-identity.ts";
import { decideMatch } from "./decide-match.ts";
import { hastenStudy } from "./forecasts/hasten-study.ts";
import { keepForecast, renewBallot } from "./forecasts/keep-forecast.ts";
import { keepForecaster } from "./forecasts/keep-forecaster.ts";
import { keepStatistics } from "./forecasts/keep-statistics.ts";
import { noteHistory, thinHistory } from "./forecasts/note-history.ts";
import { beginStudy, endStudy } from "./forecasts/study-run.ts";
import { cancelJob, claimJobs, endRun, enqueueJobs, giveBackJobsOf, renewLeases, retryJob, saveJobStep, tickSchedules, trimJobs } from "./job-queue.ts";
import { carryOutLinkFile } from "./links/carry-out-link-file.ts";
import { beginLinkFile, dropLinkFile, dropStaleLinkFile, stageLinkLines } from "./links/stage-link-file.ts";
import { mergeRecords, undoMergeOf } from "./merge/merge-records.ts";
import { splitIdentity } from "./merge/split-identity.ts";
import { noteTrends } from "./note-trends.ts";
import { probeStorage } from "./probe-storage.ts";
import { addTraffic, countProviderRequest, keepAnswer, touchAnswer, trimAnswers } from "./provider-traffic.ts";
import { holdCase, releaseCase } from "./quarantine-decide.ts";
import { recordFindings } from "./quarantine-findings.ts";
import { dropStoredKey, forgetNetworks } from "./quarantine-networks.ts";
import { registerFan } from "./register-fan.ts";
import { repairCounters } from "./repair-counters.ts";
import { reopenMatch } from "./reopen-match.ts";
import { requestImport, tellImportProblem } from "./request-import.ts";
import { retractVotes } from "./retract-votes.ts";
import { claimSetup, issueSetupToken, setUserRole } from "./roles.ts";
import { callSong, takeCallBack } from "./scores/calls.ts";
import { keepChances } from "./scores/keep-chances.ts";
import { mendStandings } from "./scores/mend-standings.ts";
import { noteAccuracy } from "./scores/note-accuracy.ts";
import { scoreFans } from "./scores/score-fans.ts";
import { settleSetlists } from "./scores/settle-setlists.ts";
import { removeDemo, seedDemo } from "./seed-demo.ts";
import { createSession, deleteExpiredSessions, endSession, endSessionsOf, extendSession } from "./sessions.ts";
import { lockVoting, moveClose, unlockVoting } from "./set-voting.ts";
import { decideTitle, reopenTitle } from "./setlists/decide-title.ts";
import { recordSetlist } from "./setlists/record-setlist.ts";
import { removeRecordedSetlist } from "./setlists/remove-setlist.ts";
import { suggestSong } from "./suggest-song.ts";
import { createApiToken, revokeApiToken, touchApiToken } from "./tokens.ts";
import { trimAllowances } from "./trim-allowances.ts";
import { trimEvents } from "./trim-events.ts";

/** What commands need to know beside their calls. */
export interface Secrets {
  /** Under which voters' networks are hashed. */
  networkKey: string;
}

const jobQueue = { cancelJob, claimJobs, endRun, enqueueJobs, giveBackJobsOf, renewLeases, retryJob, saveJobStep, tickSchedules, trimJobs };

const scoring = { callSong, keepChances, mendStandings, noteAccuracy, scoreFans, settleSetlists, takeCallBack };

const forecasting = { beginStudy, endStudy, hastenStudy, keepForecast, keepForecaster, keepStatistics, noteHistory, rankSongsOf, renewBallot, thinHistory };

/** Everything the program can write, by the name the writer knows it under. */
export const commandsWith = ({ networkKey }: Secrets) => ({
  ...forecasting,
  ...jobQueue,
  ...scoring,
  addTraffic,
  advanceShows,
  beginLinkFile,
  cancelImport,
  carryOutLinkFile,
  castVotes: castVotes(networkKey),
  claimSetup,
  compareShows,
  countProviderRequest,
  createAccount,
  createApiToken,
  createSession,
  decideIdentity,
  decideMatch,
  decideTitle,
  deleteExpiredSessions,
  doubtArtistId,
  dropLinkFile,
  dropStaleLinkFile,
  dropStoredKey,
  endSession,
  endSessionsOf,
  extendSession,
  forgetNetworks,
  holdCase,
  issueSetupToken,
  keepAnswer,
  lockVoting,
  makeBallots,
  mergeRecords,
  moveClose,
  noteAlikeArtists,
  noteAlikeSongs,
  noteConflict,
  noteList,
  noteTrends,
  noteTwins,
  probeStorage,
  recordFindings,
  recordSetlist,
  registerFan,
  releaseCase,
  removeDemo,
  removeRecordedSetlist,
  reopenMatch,
  reopenTitle,
  repairCounters,
  requestImport,
  resetPassword,
  retractVotes,
  retryImport,
  revokeApiToken,
  seedDemo,
  setDue,
  setUserRole,
  splitIdentity,
  stageLinkLines,
  storeAlbums,
  storeArtist,
  storeSetlists,
  storeShows,
  storeSongs,
  storeVenue,
  suggestSong,
  tellImportProblem,
  touchAnswer,
  touchApiToken,
  trimAllowances,
  trimAnswers,
  trimEvents,
  undoMergeOf,
  unlockVoting,
});

export type Commands = ReturnType<typeof commandsWith>;

/** Runs a command by name and resolves after its commit. */
export type Write = WriterClient<Commands>["run"];
