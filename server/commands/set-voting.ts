import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { audit } from "#db/queries/journal.ts";
import { setBallotWindow, showDetails, type ShowKey } from "#db/queries/shows.ts";
import type { Authorized } from "../auth/actor.ts";
import { notFound } from "../domain/errors.ts";
import { iso } from "../domain/instant.ts";
import { votingClosesAt } from "../domain/show-time.ts";
import { votingAt, type Voting } from "../domain/voting.ts";
import { refreshScores } from "./scores/ask-for.ts";

interface VotingChange {
  admin: Authorized<"manage-shows">;
  show: ShowKey;
  note: string;
}

/** Stops voting at once, whatever the close. */
export const lockVoting = command<VotingChange, Voting>((tx, { input, now }) =>
  change(tx, input, now, "voting.lock", () => ({ lockedAt: now })),
);

/** Lets voting go on until the close. */
export const unlockVoting = command<VotingChange, Voting>((tx, { input, now }) =>
  change(tx, input, now, "voting.unlock", () => ({ lockedAt: null })),
);

/** Moves the close to an instant (epoch ms), or with null back to where the show's start puts it. */
export const moveClose = command<VotingChange & { closesAt: number | null }, Voting>((tx, { input, now }) =>
  change(tx, input, now, "voting.move_close", (show) => ({
    closesAt: input.closesAt ?? votingClosesAt({ ...show, timeZone: show.venue.timeZone }),
    closeMoved: input.closesAt !== null,
  })),
);

type Show = NonNullable<Awaited<ReturnType<typeof showDetails>>>;
type BallotChange = Parameters<typeof setBallotWindow>[2];

async function change(
  tx: Transaction,
  { admin, show: key, note }: VotingChange,
  now: number,
  action: string,
  decide: (show: Show) => BallotChange,
): Promise<Voting> {
  const show = await showDetails(tx, key);
  if (!show) throw notFound("show");
  const after = { ...show, ...decide(show) };
  await setBallotWindow(tx, show.id, decide(show));
  const details = { note, before: windowOf(show), after: windowOf(after) };
  await audit(tx, { at: now, actorId: admin.userId, action, subject: "show", subjectId: show.id, details });
  await appendEvents(tx, now, [{ kind: "voting.changed", showId: show.id, payload: windowOf(after) }]);
  await refreshScores(tx, show.id, now);
  const ballot = { status: after.status, closesAt: after.closesAt, locked: after.lockedAt !== null };
  return votingAt(ballot, now);
}

function windowOf({ closesAt, lockedAt }: { closesAt: number; lockedAt: number | null }) {
  return { closesAt: iso(closesAt), locked: lockedAt !== null };
}
