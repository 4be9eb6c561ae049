import { command } from "#db/command.ts";
import { appendEvents } from "#db/queries/events.ts";
import { audit } from "#db/queries/journal.ts";
import { deleteSetlist } from "#db/queries/recorded-setlists.ts";
import { showDetails, type ShowKey } from "#db/queries/shows.ts";
import type { Authorized } from "../../auth/actor.ts";
import { AppError, notFound } from "../../domain/errors.ts";
import { accountThatCounts } from "../../domain/setlists/accounts.ts";
import { setlistText } from "../../domain/setlists/setlist-change.ts";
import { accountsAt } from "./account-lines.ts";
import { followSetlist } from "./follow-up.ts";
import { noteUnmatched } from "./note-unmatched.ts";

interface Removal {
  by: Authorized<"moderate">;
  show: ShowKey;
}

/** Removes what was written down here of a show: a provider's account counts again. The audit log keeps it whole. */
export const removeRecordedSetlist = command<Removal, void>(async (tx, { input: { by, show: key }, now }) => {
  const show = await showDetails(tx, key);
  if (!show) throw notFound("show");
  const accounts = await accountsAt(tx, show.id);
  const own = accounts.filter(({ provider }) => provider === null);
  if (own.length === 0) throw new AppError({ kind: "not_found", reason: "not_recorded", message: "No setlist of this show was written down here." });
  for (const { id, version, sets, note } of own) {
    const details = { version, at: 1, before: setlistText(sets, note), after: [] };
    await audit(tx, { at: now, actorId: by.userId, action: "setlist.remove", subject: "show", subjectId: show.id, details });
    await deleteSetlist(tx, id);
  }
  const left = accountThatCounts(accounts.filter(({ provider }) => provider !== null));
  await appendEvents(tx, now, [{ kind: "setlist.changed", showId: show.id, payload: { status: left?.status ?? null } }]);
  await noteUnmatched(tx, show.artist.id, { before: own.flatMap(({ sets }) => sets), after: [] });
  await followSetlist(tx, { showId: show.id, artistId: show.artist.id, final: left?.status === "final" }, now);
});
