import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { countTallies } from "#db/queries/merge-allowances.ts";
import { dropForeignPlaces, ownForeignPlaces, ownPlayed, showsWithForeignSongs } from "#db/queries/own-songs.ts";

/**
 * After two artists have parted: songs of the other one that are left on an artist's ballots become songs of its own, with
 * their votes. `keep` says whether those stay too that nobody has voted for.
 */
export async function ownSongs(tx: Transaction, artistId: number, { keep }: { keep: boolean }, now: number): Promise<void> {
  const told = await showsWithForeignSongs(tx, artistId);
  if (!keep) await dropForeignPlaces(tx, artistId);
  await ownForeignPlaces(tx, artistId);
  await ownPlayed(tx, artistId);
  if (told.length === 0) return;
  await countTallies(tx, told);
  await appendEvents(tx, now, told.map((showId) => ({ kind: "ballot.changed", showId, payload: {} })));
}
