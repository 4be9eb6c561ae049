import { command } from "#db/command.ts";
import { appendEvents } from "#db/queries/events.ts";
import { showDetails, type ShowKey } from "#db/queries/shows.ts";
import type { Authorized } from "../../auth/actor.ts";
import { AppError, notFound } from "../../domain/errors.ts";
import { accountThatCounts } from "../../domain/setlists/accounts.ts";
import { accountsAt, ownAccount } from "./account-lines.ts";
import { dropAccounts } from "./drop-accounts.ts";
import { expectVersion } from "./expect-version.ts";
import { followSetlist } from "./follow-up.ts";
import { noteUnmatched } from "./note-unmatched.ts";

interface Removal {
  by: Authorized<"moderate">;
  show: ShowKey;
  /** The version that is meant, null for none; left out to remove whatever is there. */
  expected?: string | null | undefined;
}

/** Removes what was written down here of a show: a provider's account counts again. The audit log keeps it whole. Throws `not_found`, `not_recorded`, and the conflict `changed_meanwhile`. */
export const removeRecordedSetlist = command<Removal, void>(async (tx, { input: { by, show: key, expected }, now }) => {
  const show = await showDetails(tx, key);
  if (!show) throw notFound("show");
  const accounts = await accountsAt(tx, show.id);
  const own = accounts.filter(({ provider }) => provider === null);
  if (own.length === 0) throw new AppError({ kind: "not_found", reason: "not_recorded", message: "No setlist of this show was written down here." });
  await expectVersion(tx, show.id, ownAccount(own), expected);
  await dropAccounts(tx, { by: by.userId, showId: show.id, accounts: own }, now);
  const left = accountThatCounts(accounts.filter(({ provider }) => provider !== null));
  await appendEvents(tx, now, [{ kind: "setlist.changed", showId: show.id, payload: { status: left?.status ?? null } }]);
  await noteUnmatched(tx, show.artist.id, { before: own.flatMap(({ sets }) => sets), after: [] });
  await followSetlist(tx, { showId: show.id, artistId: show.artist.id, final: left?.status === "final" }, now);
});
