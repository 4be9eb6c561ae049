import type { Transaction } from "#db/client.ts";
import { scoredWithAny, scoringShows } from "#db/queries/scores.ts";
import { askFor } from "../scores/ask-for.ts";

export interface ChangedSetlist {
  showId: number;
  artistId: number;
  /** Whether the setlist is final now. */
  final: boolean;
  /** Whether what is studied of the artist may have changed: not while a setlist was live and is live, for such ones are left out. Yes where it is left out. */
  study?: boolean;
  /** When the show was, yyyy-mm-dd; for one that may be gone. */
  localDate?: string;
}

/** What follows from one actual setlist that has changed, as from several. */
export function followSetlist(tx: Transaction, changed: ChangedSetlist, now: number): Promise<void> {
  return followSetlists(tx, [changed], now);
}

/**
 * What follows from actual setlists that have changed: their artists are studied again, and their shows are scored once the
 * setlist is final and somebody has voted, and where scores of it are stored. So are the shows that have scores and one of
 * these among their "last shows". To be called in the transaction of the change, once for all that it has changed.
 */
export async function followSetlists(tx: Transaction, changed: readonly ChangedSetlist[], now: number): Promise<void> {
  if (changed.length === 0) return;
  const shows = new Map((await scoringShows(tx, changed.map(({ showId }) => showId))).map((show) => [show.showId, show]));
  const own = changed.filter(({ showId, final }) => {
    const show = shows.get(showId);
    return show !== undefined && (show.scored || (final && show.votes));
  });
  const nights = changed.flatMap(({ showId, artistId, localDate = shows.get(showId)?.localDate }) => (localDate === undefined ? [] : [{ showId, artistId, localDate }]));
  const studies = changed.flatMap(({ artistId, study }) => (study === false ? [] : [artistId]));
  await askFor(tx, { studies, scores: [...own.map(({ showId }) => showId), ...(await scoredWithAny(tx, nights))] }, now);
}
