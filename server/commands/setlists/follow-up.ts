import type { Transaction } from "#db/client.ts";
import { scoredAfter, scoringShow } from "#db/queries/scores.ts";
import { LAST_SHOWS } from "../../domain/scoring/expectations.ts";
import { askForScores, askForStudy } from "../scores/ask-for.ts";

export interface ChangedSetlist {
  showId: number;
  artistId: number;
  /** Whether the setlist is final now. */
  final: boolean;
}

/**
 * What follows from an actual setlist that has changed: its artist is studied again, and its show is scored once the
 * setlist is final and somebody has voted, and where scores of it are stored. So are the next shows that have scores, of
 * which it is one of the "last shows". To be called in the transaction of the change.
 */
export async function followSetlist(tx: Transaction, { showId, artistId, final }: ChangedSetlist, now: number): Promise<void> {
  await askForStudy(tx, artistId, now);
  const show = await scoringShow(tx, showId);
  if (show === null) return;
  if (show.scored || (final && show.votes)) await askForScores(tx, showId, now);
  for (const later of await scoredAfter(tx, { artistId, localDate: show.localDate }, LAST_SHOWS)) await askForScores(tx, later, now);
}
