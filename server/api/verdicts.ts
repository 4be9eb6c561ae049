import type { VoteOutcome } from "../commands/cast-votes.ts";
import type { CallOutcome } from "../commands/scores/calls.ts";
import { AppError } from "../domain/errors.ts";
import { refusalMessage, type RefusalReason } from "../domain/voting.ts";
import { presentAllowance, type AllowanceLeft } from "../views/show-page.ts";

/** What a vote or a retraction that went through answers. */
export interface VoteAnswer<V extends "counted" | "retracted"> {
  verdict: V;
  votes: number;
  tallyVersion: number;
  allowance: AllowanceLeft;
  /** There where the fan's votes on this show are being checked and do not count in the tally yet. */
  held?: true;
}

/** One of many votes. */
export type VoteResult =
  | ({ setlistSongId: number } & VoteAnswer<"counted">)
  | { setlistSongId: number; verdict: "refused"; reason: RefusalReason; message: string };

/** The answer to one vote. Throws `refused` with the reason code. */
export function answer<V extends "counted" | "retracted">(outcome: VoteOutcome, verdict: V): VoteAnswer<V> {
  if (outcome.verdict === "refused") {
    const { reason } = outcome;
    throw new AppError({ kind: "refused", reason, message: refusalMessage(reason) });
  }
  const { votes, tallyVersion, allowance, held } = outcome;
  return { verdict, votes, tallyVersion, allowance: presentAllowance(allowance), ...(held && { held }) };
}

/** The answer to one of many votes, refused ones included. */
export function result(setlistSongId: number, outcome: VoteOutcome): VoteResult {
  if (outcome.verdict !== "refused") return { setlistSongId, ...answer(outcome, "counted") };
  const { reason } = outcome;
  return { setlistSongId, verdict: "refused", reason, message: refusalMessage(reason) };
}

/** The answer to a call, or to one taken back: the setlist songs that the fan names at the show now. Throws `refused` with the reason code. */
export function callAnswer(outcome: CallOutcome): Exclude<CallOutcome, { verdict: "refused" }> {
  if (outcome.verdict !== "refused") return outcome;
  const { reason } = outcome;
  throw new AppError({ kind: "refused", reason, message: reason === "not_voted" ? "Vote for this song first, then call it." : refusalMessage(reason) });
}
