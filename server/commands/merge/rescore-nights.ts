import type { Transaction } from "#db/client.ts";
import { playingArtists, type ScoredNight } from "#db/queries/rescored.ts";
import { scoredWithAny, scoringShows } from "#db/queries/scores.ts";
import { askFor } from "../scores/ask-for.ts";

/**
 * Has shows that were joined or parted scored again, each once, with those that are scored and of whose "last shows" they
 * are; their artists are studied again. A show that is gone still says which ones came after it.
 */
export async function rescoreNights(tx: Transaction, nights: readonly ScoredNight[], now: number): Promise<void> {
  const studies = await playingArtists(tx, [...new Set(nights.map(({ artistId }) => artistId))]);
  const there = await scoringShows(tx, nights.map(({ id }) => id));
  const own = there.filter((show) => show.scored || (show.settled && show.votes)).map(({ showId }) => showId);
  const later = await scoredWithAny(tx, nights.map(({ id, ...night }) => ({ ...night, showId: id })));
  await askFor(tx, { studies, scores: [...own, ...later] }, now);
}
