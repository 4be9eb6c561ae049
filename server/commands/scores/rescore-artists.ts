import type { Transaction } from "#db/client.ts";
import { playingArtists, scorableShowsOf } from "#db/queries/rescored.ts";
import { askForScores, askForStudy } from "./ask-for.ts";

/** Has all shows of some artists scored again and the artists studied again, by jobs: their songs or shows are others now, as after a merge. */
export async function rescoreArtists(tx: Transaction, artistIds: readonly number[], now: number): Promise<void> {
  for (const artistId of await playingArtists(tx, artistIds)) await askForStudy(tx, artistId, now);
  for (const showId of await scorableShowsOf(tx, artistIds)) await askForScores(tx, showId, now);
}
