import { command } from "#db/command.ts";
import { appendEvents } from "#db/queries/events.ts";
import { setShowStatus, unfinishedShows } from "#db/queries/shows.ts";
import { addDays, localDateAt, statusAt } from "../domain/show-time.ts";

/** Moves upcoming and ongoing shows on as their time comes; how many changed. */
export const advanceShows = command<void, number>(async (tx, { now }) => {
  // The furthest zone is a day ahead of UTC.
  const due = await unfinishedShows(tx, addDays(localDateAt(now, "UTC"), 1));
  const changed = due
    .map((show) => ({ ...show, next: statusAt(show, now) }))
    .filter((show) => show.next !== show.status && !(show.status === "ongoing" && show.next === "upcoming"));
  for (const show of changed) {
    await setShowStatus(tx, show.id, show.next);
    await appendEvents(tx, now, [{ kind: "show.changed", showId: show.id, payload: { status: show.next } }]);
  }
  return changed.length;
});
