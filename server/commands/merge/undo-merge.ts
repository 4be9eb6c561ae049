import type { Transaction } from "#db/client.ts";
import { RECORDS } from "#db/merge-tables.ts";
import { audit } from "#db/queries/journal.ts";
import { rejectPair } from "#db/queries/merge-matches.ts";
import { changeBack, forgetRows, removeAdded, restoreRows } from "#db/queries/merge-restore.ts";
import { keepTitlesApart } from "#db/queries/merge-songs.ts";
import { laterMerge, laterMove, mergeables, mergeById, noteUndone, partsOfMerge, type Merge } from "#db/queries/merges.ts";
import { artistsOfSongs, nightsOfShows } from "#db/queries/rescored.ts";
import { formerSlugs, matches } from "#db/schema/index.ts";
import { notFound } from "../../domain/errors.ts";
import { bringUpToDate } from "../catalogue/up-to-date.ts";
import { rescoreArtists } from "../scores/rescore-artists.ts";
import { conflict } from "./conflict.ts";
import { rescoreNights } from "./rescore-nights.ts";
import { undoArtist } from "./undo-artist.ts";
import { undoShow } from "./undo-show.ts";
import { undoSongs } from "./undo-songs.ts";
import { undoVenue } from "./undo-venue.ts";

/**
 * Takes a merge back: what went is there again under its id and address with all that was its own and is still there;
 * what came after the merge stays with the other. Throws `not_found`, and the conflicts `already_undone`, `part_of_merge`,
 * `merged_since`, which names the merge to be undone before, and `no_way_back` where what it belonged to is gone.
 */
export async function undoMerge(tx: Transaction, { mergeId, by }: { mergeId: number; by: number | null }, now: number): Promise<void> {
  const merge = await mergeById(tx, mergeId);
  if (!merge) throw notFound("merge");
  if (merge.undoneAt !== null) throw conflict("already_undone", "This merge has been undone already.");
  if (merge.parentId !== null) throw conflict("part_of_merge", `This is a part of merge ${merge.parentId}. Undo that one.`);
  const parts = await partsOfMerge(tx, mergeId);
  const ids = [mergeId, ...parts.map(({ id }) => id)];
  await checkLater(tx, merge, ids);
  await noteUndone(tx, ids, { by, now });
  await undoAll(tx, merge, parts, now);
  await settleMatches(tx, merge, ids, { by, now });
  await removeAdded(tx, { table: formerSlugs, key: ["kind", "slug"] }, ids);
  await forgetRows(tx, ids);
  await bringUpToDate(tx, merge.kind, [merge.fromId, merge.intoId]);
  const details = { merge: mergeId, from: merge.fromId, fromName: merge.fromName, intoName: merge.intoName };
  await audit(tx, { at: now, actorId: by, action: "record.unmerge", subject: merge.kind, subjectId: merge.intoId, details });
}

/** A merge is undone after all later ones of its records. */
async function checkLater(tx: Transaction, merge: Merge, family: number[]): Promise<void> {
  const later = (await laterMerge(tx, family)) ?? (await laterMove(tx, merge));
  if (!later) return;
  const { id, parentId, fromName, intoName } = later;
  throw conflict("merged_since", `${fromName} has been merged into ${intoName} since. Undo that first: it is merge ${parentId ?? id}.`);
}

/** What went is there again before anything is given back to it. */
async function bringBack(tx: Transaction, { id, kind, fromId, fromName }: Merge): Promise<void> {
  if (kind === "song") await keepTitlesApart(tx, [id]);
  await restoreRows(tx, RECORDS[kind], [id]);
  const [back] = await mergeables(tx, kind, [fromId]);
  if (!back) throw conflict("no_way_back", `${fromName} cannot come back: what it belonged to is gone, or its address is another one's now.`);
}

/** Parts go apart in the reverse order, between the return of what went and that of what it had. */
async function undoAll(tx: Transaction, merge: Merge, parts: Merge[], now: number): Promise<void> {
  await bringBack(tx, merge);
  const ofKind = (kind: Merge["kind"]) => [merge, ...parts].filter((one) => one.kind === kind);
  for (const show of ofKind("show").toReversed()) await undoShow(tx, show, now);
  await undoSongs(tx, ofKind("song"), now);
  if (merge.kind === "artist") await undoArtist(tx, merge, now);
  if (merge.kind === "venue") await undoVenue(tx, merge, now);
  if (merge.kind === "song") await rescoreArtists(tx, await artistsOfSongs(tx, [merge.fromId, merge.intoId]), now);
  // An artist's shows are all scored again.
  if (merge.kind !== "artist") await rescoreNights(tx, await nightsOfShows(tx, ofKind("show").flatMap(({ fromId, intoId }) => [fromId, intoId])), now);
}

/** The matches are as they were; that of the two is rejected, so that they are not joined again unasked. */
async function settleMatches(tx: Transaction, { kind, fromId: a, intoId: b }: Merge, ids: number[], { by, now }: { by: number | null; now: number }): Promise<void> {
  await changeBack(tx, matches, ["subject_id", "other_id", "status", "decided_at", "decided_by"], ids);
  await restoreRows(tx, matches, ids);
  await rejectPair(tx, { kind, a, b, by }, now);
}
