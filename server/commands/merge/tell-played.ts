import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { showsThatPlayed } from "#db/queries/song-rows.ts";

/** Tells of the shows at which some songs were played: what is read of their setlists names other songs from now on. */
export async function tellPlayed(tx: Transaction, songIds: number[], now: number): Promise<void> {
  const shows = await showsThatPlayed(tx, songIds);
  await appendEvents(tx, now, shows.map(({ id }) => ({ kind: "setlist.changed", showId: id, payload: {} })));
}
