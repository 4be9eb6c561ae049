import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { audit } from "#db/queries/journal.ts";
import { setBallotWindow, type ShowDetails } from "#db/queries/shows.ts";
import { iso } from "../../domain/instant.ts";
import { arrivalOf, mayHaveBegun, type Arrival } from "../../domain/setlists/arrival.ts";
import { votingAt } from "../../domain/voting.ts";

/** Who brought a setlist: a moderator, or nobody for a provider and for the operator. */
export interface Bringer {
  userId: number | null;
  /** In which words the audit log names what it was, such as "A setlist of setlist.fm". */
  what: string;
}

/** What the arrival of a setlist with songs does to a show's ballot at an instant. */
export function arrivalAt({ localDate, venue, status, closesAt, lockedAt }: ShowDetails, now: number): Arrival {
  const { open } = votingAt({ status, closesAt, locked: lockedAt !== null }, now);
  return arrivalOf({ localDate, timeZone: venue.timeZone, votingOpen: open }, now);
}

/** The same for a provider's, which nobody at the show has looked at: before the show can have begun it is early. */
export function toldAt(show: ShowDetails, now: number): Arrival {
  const { localDate, startsAt, venue } = show;
  return mayHaveBegun({ localDate, startsAt, timeZone: venue.timeZone }, now) ? arrivalAt(show, now) : "early";
}

/** What the audit log names as the cause of such a lock. */
export const LOCKED_BY_SETLIST = "setlist";

/** Closes voting before a setlist that came early enough to vote by is told of. */
export async function lockFirst(tx: Transaction, { id, closesAt }: ShowDetails, { userId, what }: Bringer, now: number): Promise<void> {
  await setBallotWindow(tx, id, { lockedAt: now });
  const window = (locked: boolean) => ({ closesAt: iso(closesAt), locked });
  const details = { cause: LOCKED_BY_SETLIST, note: `${what} came in while voting was open.`, before: window(false), after: window(true) };
  await audit(tx, { at: now, actorId: userId, action: "voting.lock", subject: "show", subjectId: id, details });
  await appendEvents(tx, now, [{ kind: "voting.changed", showId: id, payload: window(true) }]);
}
