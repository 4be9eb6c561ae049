import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { callsOf, type CalledSongs, dropCall, putCall } from "#db/queries/calls.ts";
import { voteFacts, type VoteFactsRow } from "#db/queries/votes.ts";
import type { Authorized } from "../../auth/actor.ts";
import { callRefusal, takeBackRefusal } from "../../domain/scoring/calls.ts";
import type { Role } from "../../domain/scoring/played.ts";
import { type RefusalReason, utcDay } from "../../domain/voting.ts";

export interface CallRequest {
  fan: Authorized<"vote">;
  setlistSongId: number;
  role: Role;
}

/** What became of a call, with all that the fan calls at the show now. */
export type CallOutcome = { verdict: "called" | "taken_back"; calls: CalledSongs } | { verdict: "refused"; reason: RefusalReason };

/** Names a song of a ballot as opener, closer or encore song, in place of another one; or says why not. */
export const callSong = command<CallRequest, CallOutcome>(async (tx, { input, now }) => {
  const { fan, setlistSongId, role } = input;
  const facts = await factsOf(tx, input, now);
  const reason = callRefusal(facts, now);
  if (reason !== null || facts === null) return { verdict: "refused", reason: reason ?? "not_found" };
  await putCall(tx, { showId: facts.showId, userId: fan.userId, role, setlistSongId, calledAt: now });
  return { verdict: "called", calls: await callsOf(tx, fan.userId, facts.showId) };
});

/** Takes a call back; where the song was not called, nothing is changed. */
export const takeCallBack = command<CallRequest, CallOutcome>(async (tx, { input, now }) => {
  const { fan, setlistSongId, role } = input;
  const facts = await factsOf(tx, input, now);
  const reason = takeBackRefusal(facts, now);
  if (reason !== null || facts === null) return { verdict: "refused", reason: reason ?? "not_found" };
  await dropCall(tx, { showId: facts.showId, userId: fan.userId, role, setlistSongId });
  return { verdict: "taken_back", calls: await callsOf(tx, fan.userId, facts.showId) };
});

async function factsOf(tx: Transaction, { fan: { userId }, setlistSongId }: CallRequest, now: number): Promise<VoteFactsRow | null> {
  const [facts] = await voteFacts(tx, [{ userId, setlistSongId, day: utcDay(now) }]);
  return facts ?? null;
}
