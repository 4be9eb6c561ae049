import type { WriterClient } from "#db/writer-client.ts";
import { createAccount, resetPassword } from "./accounts.ts";
import { advanceShows } from "./advance-shows.ts";
import { castVotes } from "./cast-votes.ts";
import { probeStorage } from "./probe-storage.ts";
import { holdCase, releaseCase } from "./quarantine-decide.ts";
import { recordFindings } from "./quarantine-findings.ts";
import { dropStoredKey, forgetNetworks } from "./quarantine-networks.ts";
import { registerFan } from "./register-fan.ts";
import { repairCounters } from "./repair-counters.ts";
import { retractVotes } from "./retract-votes.ts";
import { claimSetup, issueSetupToken, setUserRole } from "./roles.ts";
import { removeDemo, seedDemo } from "./seed-demo.ts";
import { createSession, deleteExpiredSessions, endSession, endSessionsOf, extendSession } from "./sessions.ts";
import { lockVoting, moveClose, unlockVoting } from "./set-voting.ts";
import { suggestSong } from "./suggest-song.ts";
import { createApiToken, revokeApiToken, touchApiToken } from "./tokens.ts";
import { trimAllowances } from "./trim-allowances.ts";
import { trimEvents } from "./trim-events.ts";

/** What commands need to know beside their calls. */
export interface Secrets {
  /** Under which voters' networks are hashed. */
  networkKey: string;
}

/** Everything the program can write, by the name the writer knows it under. */
export const commandsWith = ({ networkKey }: Secrets) => ({
  advanceShows,
  castVotes: castVotes(networkKey),
  claimSetup,
  createAccount,
  createApiToken,
  createSession,
  deleteExpiredSessions,
  dropStoredKey,
  endSession,
  endSessionsOf,
  extendSession,
  forgetNetworks,
  holdCase,
  issueSetupToken,
  lockVoting,
  moveClose,
  recordFindings,
  probeStorage,
  registerFan,
  releaseCase,
  removeDemo,
  repairCounters,
  resetPassword,
  retractVotes,
  revokeApiToken,
  seedDemo,
  setUserRole,
  suggestSong,
  touchApiToken,
  trimAllowances,
  trimEvents,
  unlockVoting,
});

export type Commands = ReturnType<typeof commandsWith>;

/** Runs a command by name and resolves after its commit. */
export type Write = WriterClient<Commands>["run"];
