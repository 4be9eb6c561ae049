import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { audit } from "#db/queries/journal.ts";
import { changeMatch, deleteMatch, rejectRivals, type LinkedRecord } from "#db/queries/match-decisions.ts";
import { matchesByIds, matchStands, type ListedMatch } from "#db/queries/match-lists.ts";
import type { Authorized } from "../auth/actor.ts";
import { AppError, invalid, notFound } from "../domain/errors.ts";
import { approveIdentity } from "./links/approve-identity.ts";
import { rejectIdentity } from "./links/reject-identity.ts";
import { mergeInto } from "./merge/merge-into.ts";
import { staying } from "./merge/staying.ts";

export interface MatchDecision {
  moderator: Authorized<"moderate">;
  id: number;
  verdict: "approve" | "reject";
  /** Of two of ours, the one that stays; without it the one with more votes. */
  keep?: number | undefined;
}

/** What was done. `gone`: a side was not there any more, so the match was taken off the list and nothing else was done. */
export type MatchDecided =
  | { outcome: "merged"; mergeId: number; into: number }
  | { outcome: "linked"; into: number }
  | { outcome: "rejected" }
  | { outcome: "gone" };

/**
 * Settles a match that waits: makes one of ours the other, links a provider's record, or keeps the two apart for good.
 * Throws `not_found`, the conflict `already_decided` that says who was first, and what merging and linking throw.
 */
export const decideMatch = command<MatchDecision, MatchDecided>(async (tx, { input, now }) => {
  const by = input.moderator.userId;
  const match = await waitingMatch(tx, input.id);
  if (!(await matchStands(tx, match))) return close(tx, match, by, now);
  const decided = input.verdict === "approve" ? await approve(tx, match, input, now) : await reject(tx, match, by, now);
  await changeMatch(tx, match.id, { status: input.verdict === "approve" ? "approved" : "rejected", decidedAt: now, decidedBy: by });
  await note(tx, { match, by, action: `match.${input.verdict}`, details: { ...decided } }, now);
  return decided;
});

async function waitingMatch(tx: Transaction, id: number): Promise<ListedMatch> {
  const [match] = await matchesByIds(tx, [id]);
  if (!match) throw notFound("match");
  if (match.status !== "review") throw alreadyDecided(match);
  return match;
}

function alreadyDecided({ status, decidedBy }: ListedMatch): AppError {
  const who = decidedBy ?? "Somebody";
  const message = status === "automatic" ? "The program has joined these two meanwhile." : `${who} has ${status} this match already.`;
  return new AppError({ kind: "conflict", reason: "already_decided", message });
}

/** It is found again should the missing side come back. */
async function close(tx: Transaction, match: ListedMatch, by: number, now: number): Promise<MatchDecided> {
  await deleteMatch(tx, match.id);
  await note(tx, { match, by, action: "match.close", details: {} }, now);
  return { outcome: "gone" };
}

async function approve(tx: Transaction, match: ListedMatch, { moderator, keep }: MatchDecision, now: number): Promise<MatchDecided> {
  const by = moderator.userId;
  const record = recordOf(match);
  if (record === null) {
    const { from, into } = await whoStays(tx, match, keep);
    const { mergeId } = await mergeInto(tx, { kind: match.kind, from, into, by }, now);
    return { outcome: "merged", mergeId, into };
  }
  await approveIdentity(tx, { ...record, id: record.subjectId, by }, now);
  if (hasOneOwner(match)) await rejectRivals(tx, record, { at: now, by });
  return { outcome: "linked", into: match.subjectId };
}

async function whoStays(tx: Transaction, { kind, subjectId: a, otherId: b }: ListedMatch, keep: number | undefined): Promise<{ from: number; into: number }> {
  if (keep === undefined) return staying(tx, kind, a, b!);
  if (keep !== a && keep !== b) throw invalid("keep", "Give the id of one of the two.");
  return { from: keep === a ? b! : a, into: keep };
}

async function reject(tx: Transaction, match: ListedMatch, by: number, now: number): Promise<MatchDecided> {
  const record = recordOf(match);
  if (record !== null) await rejectIdentity(tx, { ...record, id: record.subjectId, by }, now);
  return { outcome: "rejected" };
}

/** The provider's record of a match; null where it is of two of ours. */
export function recordOf({ kind, subjectId, provider, providerId }: ListedMatch): LinkedRecord | null {
  return provider === null ? null : { kind, subjectId, provider, providerId: providerId! };
}

/** A record of an event is a show of each artist on its bill, and a recording may be of several artists. */
export function hasOneOwner({ kind }: ListedMatch): boolean {
  return kind === "artist" || kind === "venue";
}

interface Noted {
  match: ListedMatch;
  by: number;
  action: string;
  details: Record<string, unknown>;
}

/** For the audit log, with the sides: the row itself may change. */
export async function note(tx: Transaction, { match, by, action, details }: Noted, now: number): Promise<void> {
  const { kind, subjectId, otherId, provider, providerId } = match;
  const sides = otherId === null ? { provider, providerId } : { otherId };
  await audit(tx, { at: now, actorId: by, action, subject: "match", subjectId: match.id, details: { kind, subjectId, ...sides, ...details } });
}
