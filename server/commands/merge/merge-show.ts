import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { countAllowances, countTallies, deleteAllowances, dropLighterCases, joinAllowances } from "#db/queries/merge-allowances.ts";
import { joinCalls } from "#db/queries/merge-calls.ts";
import { joinChances, passScores } from "#db/queries/merge-chances.ts";
import { copyBallot, copySongs, raiseVersion, songsOfBoth } from "#db/queries/merge-ballots.ts";
import type { MergePair } from "#db/merge-sql.ts";
import { changeRows, dropRows, moveRows } from "#db/queries/merge-log.ts";
import { hasBill, setWindow, showFacts } from "#db/queries/merge-shows.ts";
import { chargeReturned } from "#db/queries/merge-days.ts";
import { joinVotes } from "#db/queries/merge-votes.ts";
import { billedArtists, shows } from "#db/schema/index.ts";
import { ADDITIONS_PER_SHOW, VOTES_PER_DAY, VOTES_PER_SHOW } from "../../domain/voting.ts";
import { filled } from "./filled.ts";
import { moveAll, type MergeUnderWay } from "./under-way.ts";

/** Joins a show's ballot with another one's, and gives that all else that is of it. Whoever calls it has scores made anew, once for all shows. */
export async function mergeShow(tx: Transaction, { pair, now }: MergeUnderWay): Promise<void> {
  await fillFacts(tx, pair);
  await copyBallot(tx, pair);
  await copySongs(tx, pair);
  await dropLighterCases(tx, pair);
  await joinAllowances(tx, pair, ADDITIONS_PER_SHOW);
  await moveAll(tx, "show", [pair]);
  const songs = await songsOfBoth(tx, pair);
  await joinVotes(tx, songs, VOTES_PER_SHOW);
  await chargeReturned(tx, pair, VOTES_PER_DAY);
  await joinCalls(tx, songs);
  await joinChances(tx, pair);
  await passScores(tx, pair);
  await deleteAllowances(tx, pair.from);
  await countAllowances(tx, [pair.into]);
  await raiseVersion(tx, pair);
  await countTallies(tx, [pair.into]);
  await mergeBills(tx, pair);
  await appendEvents(tx, now, [
    { kind: "ballot.changed", showId: pair.into, payload: {} },
    { kind: "show.changed", showId: pair.from, payload: { removed: true } },
    { kind: "show.changed", showId: pair.into, payload: { merged: pair.from } },
  ]);
}

/** A start that only the one that goes has comes with the close of its ballot. */
async function fillFacts(tx: Transaction, { mergeId, from, into }: MergePair): Promise<void> {
  const [goes, stays] = [await showFacts(tx, from), await showFacts(tx, into)];
  const is = filled<"tour" | "startsAt">(goes!.show, stays!.show, { tour: "tour", startsAt: "starts_at" });
  if (!is) return;
  await changeRows(tx, shows, [{ mergeId, id: into, is }]);
  if ("starts_at" in is && goes!.closesAt !== null && stays!.closeMoved === false) await setWindow(tx, mergeId, { showId: into, closesAt: goes!.closesAt });
}

async function mergeBills(tx: Transaction, pair: MergePair): Promise<void> {
  const bill = { table: billedArtists, column: "show_id", key: ["position"] };
  if (await hasBill(tx, pair.into)) await dropRows(tx, bill, [pair]);
  else await moveRows(tx, bill, [pair]);
}
