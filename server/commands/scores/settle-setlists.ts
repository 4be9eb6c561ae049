import { command } from "#db/command.ts";
import { appendEvents } from "#db/queries/events.ts";
import { openSetlists, setStatuses } from "#db/queries/settling.ts";
import { setlistStatus } from "../../domain/setlists/status.ts";
import { addDays, localDateAt, statusAt } from "../../domain/show-time.ts";
import { followSetlists } from "../setlists/follow-up.ts";

/** Setlists looked at in one transaction. */
export const SETTLED_AT_ONCE = 500;
/** Of shows so many days ago live pages hear; those before are nobody's evening any more. */
const TOLD_DAYS = 3;

/**
 * Brings the status of setlists that are not final up to what it is by now, those after an id; where to go on, null at
 * the end. What is live no more is studied, and what becomes final is scored. One of a show that has not begun stays as it is.
 */
export const settleSetlists = command<{ after: number }, { settled: number; next: number | null }>(async (tx, { input: { after }, now }) => {
  const open = await openSetlists(tx, after, SETTLED_AT_ONCE);
  const begun = open.filter((setlist) => statusAt(setlist, now) !== "upcoming");
  const changed = begun.map((setlist) => ({ ...setlist, is: setlistStatus(setlist, now) })).filter(({ status, is }) => status !== is);
  await setStatuses(tx, changed.map(({ id, is }) => ({ id, status: is })));
  const followed = changed.filter(({ is, status }) => is === "final" || status === "live");
  await followSetlists(tx, followed.map(({ showId, artistId, status, is }) => ({ showId, artistId, final: is === "final", study: status === "live" })), now);
  const since = addDays(localDateAt(now, "UTC"), -TOLD_DAYS);
  const told = new Map(changed.filter(({ localDate }) => localDate >= since).map(({ showId, is }) => [showId, is]));
  await appendEvents(tx, now, [...told].map(([showId, status]) => ({ kind: "setlist.changed", showId, payload: { status } })));
  return { settled: changed.length, next: open.length < SETTLED_AT_ONCE ? null : open.at(-1)!.id };
});
