import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { changeBack, moveBack, restoreRows } from "#db/queries/merge-restore.ts";
import { showsToTell } from "#db/queries/merge-shows.ts";
import { MOVED } from "#db/merge-tables.ts";
import type { Merge } from "#db/queries/merges.ts";
import { dueTimes, matchKeys, venues } from "#db/schema/index.ts";

/** Gives a venue that is there again what was its own and is still the other's. */
export async function undoVenue(tx: Transaction, { id, fromId }: Merge, now: number): Promise<void> {
  for (const pointer of MOVED.venue) await moveBack(tx, pointer, [id]);
  for (const table of [matchKeys, dueTimes]) await restoreRows(tx, table, [id]);
  await changeBack(tx, venues, ["city", "region", "country", "latitude", "longitude", "capacity"], [id]);
  const told = await showsToTell(tx, { venueId: fromId });
  await appendEvents(tx, now, told.map((showId) => ({ kind: "show.changed", showId, payload: { changed: ["venueId"] } })));
}
