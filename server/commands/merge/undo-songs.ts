import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { countAllowances, countTallies } from "#db/queries/merge-allowances.ts";
import { partCalls } from "#db/queries/merge-calls.ts";
import { showsOfLog } from "#db/queries/merge-ballots.ts";
import { changeBack, moveBack, removeAdded, restoreRows } from "#db/queries/merge-restore.ts";
import { keepTitlesApart } from "#db/queries/merge-songs.ts";
import { MOVED } from "#db/merge-tables.ts";
import { partVotes } from "#db/queries/merge-votes.ts";
import type { Merge } from "#db/queries/merges.ts";
import { setlistSongs, songAliases, songChances, songLinks, songs } from "#db/schema/index.ts";
import { VOTES_PER_SHOW } from "../../domain/voting.ts";
import { tellPlayed } from "./tell-played.ts";

/** Songs that went are there again with their recordings, plays and places on ballots, any number at once. */
export async function undoSongs(tx: Transaction, merges: Merge[], now: number): Promise<void> {
  if (merges.length === 0) return;
  const ids = merges.map(({ id }) => id);
  await keepTitlesApart(tx, ids);
  await restoreRows(tx, songs, ids);
  for (const pointer of MOVED.song) await moveBack(tx, pointer, ids);
  await removeAdded(tx, { table: songAliases, key: ["alias_key", "song_id"] }, ids);
  await restoreRows(tx, songAliases, ids);
  await removeAdded(tx, { table: songLinks, key: ["artist_id", "title_key"] }, ids);
  await restoreRows(tx, songLinks, ids);
  await changeBack(tx, songs, ["released_on", "ballot_worthy", "ballot_reason", "likelihood_rank"], ids);
  await restoreRows(tx, setlistSongs, ids);
  await changeBack(tx, setlistSongs, ["song_id"], ids);
  await partVotes(tx, ids, VOTES_PER_SHOW);
  await partCalls(tx, ids);
  await restoreRows(tx, songChances, ids);
  await tellPlayed(tx, merges.map(({ fromId }) => fromId), now);
  const told = await showsOfLog(tx, ids);
  if (told.length === 0) return;
  await countAllowances(tx, told);
  await countTallies(tx, told);
  await appendEvents(tx, now, told.map((showId) => ({ kind: "ballot.changed", showId, payload: {} })));
}
