import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { followSetlist } from "./follow-up.ts";

/** A show whose setlist reads otherwise than before, as some of its titles are other songs now. */
export interface RereadShow {
  showId: number;
  /** Whether an account of it is final. */
  final: boolean;
  /** Whether anybody has voted. */
  voted: boolean;
}

/** Tells of shows whose setlists read otherwise. Of those without votes nothing follows but what their artist's history says, once. */
export async function tellShows(tx: Transaction, artistId: number, shows: readonly RereadShow[], now: number): Promise<void> {
  const [first] = shows;
  if (!first) return;
  await appendEvents(tx, now, shows.map(({ showId }) => ({ kind: "setlist.changed", showId, payload: {} })));
  const voted = shows.filter((show) => show.voted);
  for (const { showId, final } of voted.length > 0 ? voted : [first]) await followSetlist(tx, { showId, artistId, final }, now);
}
