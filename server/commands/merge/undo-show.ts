import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { countAllowances, countTallies, partAllowances, removeEmptyAllowances, restoreAllowances } from "#db/queries/merge-allowances.ts";
import { partCalls } from "#db/queries/merge-calls.ts";
import { partChances, passScores } from "#db/queries/merge-chances.ts";
import { removeCopies } from "#db/queries/merge-ballots.ts";
import { moveBack, changeBack, restoreRows } from "#db/queries/merge-restore.ts";
import { resetWindow } from "#db/queries/merge-shows.ts";
import { MOVED } from "#db/merge-tables.ts";
import { partDays } from "#db/queries/merge-days.ts";
import { partVotes } from "#db/queries/merge-votes.ts";
import type { Merge } from "#db/queries/merges.ts";
import { billedArtists, dueTimes, fraudChecks, predictedSetlists, quarantineFans, setlistSongs, shows, showTrends, tallyHistory } from "#db/schema/index.ts";
import { VOTES_PER_DAY, VOTES_PER_SHOW } from "../../domain/voting.ts";

/** A show that went is there again with its ballot; each vote goes where it was cast, those cast since stay. */
export async function undoShow(tx: Transaction, { id, fromId, intoId }: Merge, now: number): Promise<void> {
  await restoreRows(tx, shows, [id]);
  for (const table of [predictedSetlists, setlistSongs]) await restoreRows(tx, table, [id]);
  await restoreAllowances(tx, [id]);
  for (const pointer of MOVED.show) await moveBack(tx, pointer, [id]);
  await partDays(tx, [id], VOTES_PER_DAY);
  await partVotes(tx, [id], VOTES_PER_SHOW);
  await partCalls(tx, [id]);
  await partChances(tx, [id]);
  await passScores(tx, { from: intoId, into: fromId });
  await restoreRows(tx, quarantineFans, [id]);
  await partAllowances(tx, [id]);
  await removeCopies(tx, [id]);
  await removeEmptyAllowances(tx, [id]);
  for (const table of [showTrends, fraudChecks, dueTimes, tallyHistory]) await restoreRows(tx, table, [id]);
  await moveBack(tx, { table: billedArtists, column: "show_id", key: ["position"] }, [id]);
  await restoreRows(tx, billedArtists, [id]);
  await resetWindow(tx, [id]);
  await changeBack(tx, shows, ["tour", "starts_at"], [id]);
  await countAllowances(tx, [fromId, intoId]);
  await countTallies(tx, [fromId, intoId]);
  await appendEvents(tx, now, [
    { kind: "show.changed", showId: fromId, payload: { restored: true } },
    { kind: "ballot.changed", showId: fromId, payload: {} },
    { kind: "ballot.changed", showId: intoId, payload: {} },
  ]);
}
