import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { audit, causeOfLock } from "#db/queries/journal.ts";
import { setBallotWindow, showDetails } from "#db/queries/shows.ts";
import { iso } from "../../domain/instant.ts";
import { votingAt } from "../../domain/voting.ts";
import { accountsAt } from "./account-lines.ts";
import { LOCKED_BY_SETLIST } from "./lock-first.ts";

/**
 * Lets voting go on at a show from which a setlist has gone, where voting was locked by a setlist and by nobody since, no
 * other account with songs is there, and the close has not come. To be called when the setlist is gone.
 */
export async function unlockAgain(tx: Transaction, showId: number, now: number): Promise<void> {
  const show = await showDetails(tx, showId);
  if (!show || show.lockedAt === null) return;
  const { status, closesAt, lockedAt } = show;
  if (!votingAt({ status, closesAt, locked: false }, now).open) return;
  if ((await causeOfLock(tx, showId, lockedAt)) !== LOCKED_BY_SETLIST) return;
  if ((await accountsAt(tx, showId)).some(({ songs }) => songs > 0)) return;
  await setBallotWindow(tx, showId, { lockedAt: null });
  const window = (locked: boolean) => ({ closesAt: iso(closesAt), locked });
  const details = { note: "The setlist that had locked voting is not of this show any more.", before: window(true), after: window(false) };
  await audit(tx, { at: now, actorId: null, action: "voting.unlock", subject: "show", subjectId: showId, details });
  await appendEvents(tx, now, [{ kind: "voting.changed", showId, payload: window(false) }]);
}
