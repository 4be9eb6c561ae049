import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { changeMatch, forgetApart, forgetLink, mergeMadeAt, reviveRivals, type LinkedRecord } from "#db/queries/match-decisions.ts";
import { matchesByIds, matchStands, mergesOf, type ListedMatch } from "#db/queries/match-lists.ts";
import type { Authorized } from "../auth/actor.ts";
import { notFound } from "../domain/errors.ts";
import { bringUpToDate } from "./catalogue/up-to-date.ts";
import { hasOneOwner, note, recordOf } from "./decide-match.ts";
import { rejectIdentity } from "./links/reject-identity.ts";
import { conflict } from "./merge/conflict.ts";
import { undoMerge } from "./merge/undo-merge.ts";

export interface MatchReopening {
  moderator: Authorized<"moderate">;
  id: number;
}

/** What a match is after it: it waits again; those that were joined without asking are kept apart from now on. */
export interface MatchReopened {
  status: "review" | "rejected";
}

/**
 * Takes back what was decided of a match, or undoes what was joined without asking. Throws `not_found`, the conflicts
 * `not_decided` and `side_gone`, and what undoing a merge throws.
 */
export const reopenMatch = command<MatchReopening, MatchReopened>(async (tx, { input: { moderator, id }, now }) => {
  const by = moderator.userId;
  const [match] = await matchesByIds(tx, [id]);
  if (!match) throw notFound("match");
  if (match.status === "review") throw conflict("not_decided", "This match waits for a decision: there is nothing to take back.");
  await takeBack(tx, match, by, now);
  if (!(await matchStands(tx, match))) throw conflict("side_gone", "One of the two is gone, so there is nothing to take back.");
  const status = match.status === "automatic" ? "rejected" : "review";
  await changeMatch(tx, id, status === "review" ? { status, decidedAt: null, decidedBy: null } : { status, decidedAt: now, decidedBy: by });
  await note(tx, { match, by, action: "match.reopen", details: { was: match.status } }, now);
  return { status };
});

async function takeBack(tx: Transaction, match: ListedMatch, by: number, now: number): Promise<void> {
  const record = recordOf(match);
  if (record === null) return match.status === "rejected" ? undefined : undoMergeOf(tx, match, by, now);
  if (match.status === "automatic") {
    await rejectIdentity(tx, { ...record, id: record.subjectId, by }, now);
  } else if (match.kind === "song") {
    await takeBackRecording(tx, match, record, by, now);
  } else {
    await forgetLink(tx, record);
    await bringUpToDate(tx, match.kind, [record.subjectId]);
    if (hasOneOwner(match) && match.status === "approved") await reviveRivals(tx, record, match.decidedAt ?? 0);
  }
}

/** The one that made the two one; undone already where a moderator did that by itself. */
async function undoMergeOf(tx: Transaction, { kind, subjectId, otherId }: ListedMatch, by: number, now: number): Promise<void> {
  const ids = [subjectId, otherId!];
  const merges = await mergesOf(tx, ids.map((id) => ({ kind, id })));
  const merge = merges.find(({ intoId }) => ids.includes(intoId)) ?? merges[0];
  if (merge) await undoMerge(tx, { mergeId: merge.id, by }, now);
}

async function takeBackRecording(tx: Transaction, match: ListedMatch, record: LinkedRecord, by: number, now: number): Promise<void> {
  const at = match.decidedAt ?? 0;
  if (match.status === "rejected") return forgetApart(tx, record, at);
  const mergeId = await mergeMadeAt(tx, { kind: "song", intoId: match.subjectId, at });
  if (mergeId !== null) await undoMerge(tx, { mergeId, by }, now);
}
