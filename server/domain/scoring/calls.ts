import { type BallotWindow, type RefusalReason, votingAt } from "../voting.ts";

/** What the database says of a song that a fan calls. */
export interface CallFacts {
  ballot: BallotWindow;
  /** Whether the fan has voted for the song. */
  voted: boolean;
}

/** Why a fan can't name a song for a role, or null: while voting is open, and of the songs voted for. `facts` is null where the song is on no ballot. */
export function callRefusal(facts: CallFacts | null, now: number): RefusalReason | null {
  const reason = takeBackRefusal(facts, now);
  return reason ?? (facts!.voted ? null : "not_voted");
}

/** Why a fan can't take a call back, or null. That goes without a vote, too. */
export function takeBackRefusal(facts: Pick<CallFacts, "ballot"> | null, now: number): RefusalReason | null {
  if (facts === null) return "not_found";
  return votingAt(facts.ballot, now).open ? null : "voting_closed";
}
