import type { Transaction } from "#db/client.ts";
import { playingArtists, type ScoredNight } from "#db/queries/rescored.ts";
import { scoredAfter, scoringShow } from "#db/queries/scores.ts";
import { LAST_SHOWS } from "../../domain/scoring/expectations.ts";
import { askForScores, askForStudy } from "../scores/ask-for.ts";

/**
 * Has shows that were joined or parted scored again, each once, with those that are scored and of whose "last shows" they
 * are; their artists are studied again. A show that is gone still says which ones came after it.
 */
export async function rescoreNights(tx: Transaction, nights: readonly ScoredNight[], now: number): Promise<void> {
  for (const artistId of await playingArtists(tx, [...new Set(nights.map((night) => night.artistId))])) await askForStudy(tx, artistId, now);
  const asked = new Set<number>();
  for (const { id } of nights) {
    const show = await scoringShow(tx, id);
    if (show !== null && (show.scored || (show.settled && show.votes))) asked.add(id);
  }
  const dates = new Map(nights.map((night) => [`${night.artistId} ${night.localDate}`, night]));
  for (const date of dates.values()) for (const later of await scoredAfter(tx, date, LAST_SHOWS)) asked.add(later);
  for (const showId of asked) await askForScores(tx, showId, now);
}
