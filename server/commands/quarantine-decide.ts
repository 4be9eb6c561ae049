import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { audit } from "#db/queries/journal.ts";
import { caseById, fansOfCase, moveHeldVotes, updateCase, type Decision } from "#db/queries/quarantine.ts";
import type { Authorized } from "../auth/actor.ts";
import { notFound } from "../domain/errors.ts";
import { refreshScores } from "./scores/ask-for.ts";

export interface CaseDecision {
  moderator: Authorized<"moderate">;
  id: number;
  note: string;
}

/** What a decision has moved: fans and votes, none where they stood as decided already. */
export interface Decided {
  decision: Decision;
  fans: number;
  votes: number;
}

/** Takes the votes of a case's fans out of the tally, or leaves them out, by a moderator's word. */
export const holdCase = command<CaseDecision, Decided>((tx, { input, now }) => decide(tx, input, now, "held"));

/** Lets the votes of a case's fans count, by a moderator's word. Throws `not_found`. */
export const releaseCase = command<CaseDecision, Decided>((tx, { input, now }) => decide(tx, input, now, "released"));

async function decide(
  tx: Transaction,
  { moderator, id, note }: CaseDecision,
  now: number,
  decision: Decision,
): Promise<Decided> {
  const found = await caseById(tx, id);
  if (!found) throw notFound("case");
  const heldAt = decision === "held" ? (found.heldAt ?? now) : null;
  const moved = await moveAndAnnounce(tx, { showId: found.showId, userIds: await fansOfCase(tx, id), heldAt }, now);
  const decidedBy = moderator.userId;
  await updateCase(tx, id, { heldAt, decision, decidedAt: now, decidedBy, note });
  const details = { note, show: found.showId, ...moved };
  const action = decision === "held" ? "quarantine.hold" : "quarantine.release";
  await audit(tx, { at: now, actorId: decidedBy, action, subject: "quarantine_case", subjectId: id, details });
  return { decision, ...moved };
}

/** Moves held votes, leaves `tally.changed` where the tally has moved, and has the show scored again. */
export async function moveAndAnnounce(
  tx: Transaction,
  held: { showId: number; userIds: readonly number[]; heldAt: number | null },
  now: number,
): Promise<{ fans: number; votes: number }> {
  const move = await moveHeldVotes(tx, held);
  if (!move) return { fans: 0, votes: 0 };
  const { fans, votes, version } = move;
  await refreshScores(tx, held.showId, now);
  if (votes > 0) {
    await appendEvents(tx, now, [{ kind: "tally.changed", showId: held.showId, payload: { version } }]);
  }
  return { fans, votes };
}
