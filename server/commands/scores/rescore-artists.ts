import type { Transaction } from "#db/client.ts";
import { playingArtists, scorableShowsOf } from "#db/queries/rescored.ts";
import { askFor } from "./ask-for.ts";

/** Has all shows of some artists scored again and the artists studied again, by jobs: their songs or shows are others now, as after a merge. */
export async function rescoreArtists(tx: Transaction, artistIds: readonly number[], now: number): Promise<void> {
  await askFor(tx, { studies: await playingArtists(tx, artistIds), scores: await scorableShowsOf(tx, artistIds) }, now);
}
