import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { followSetlists } from "./follow-up.ts";

/** A show whose setlist reads otherwise than before, as some of its titles are other songs now. */
export interface RereadShow {
  showId: number;
  /** Whether an account of it is final. */
  final: boolean;
}

/** Tells of an artist's shows whose setlists read otherwise, with what follows from that. */
export async function tellShows(tx: Transaction, artistId: number, shows: readonly RereadShow[], now: number): Promise<void> {
  await appendEvents(tx, now, shows.map(({ showId }) => ({ kind: "setlist.changed", showId, payload: {} })));
  await followSetlists(tx, shows.map((show) => ({ ...show, artistId })), now);
}
