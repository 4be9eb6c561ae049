import type { Transaction } from "#db/client.ts";
import { becameOf, mergeLines, recordingLines, renameIds } from "#db/queries/link-files.ts";
import { AppError } from "../../domain/errors.ts";
import type { Faults } from "../../domain/matching/link-faults.ts";
import { LINK_KINDS, type LinkKind, type LinkLine } from "../../domain/matching/link-file.ts";
import { planMerge } from "../../domain/matching/merge-plan.ts";
import { mergeInto } from "../merge/merge-into.ts";

/** A file asks for so many merges at most: each moves what may be thousands of rows, while votes wait. */
export const MOST_MERGES = 500;

export interface OpenFile {
  fileId: number;
  by: number | null;
  now: number;
  faults: Faults;
  /** Whether it has lines of a kind that say this; without an action, that say anything. */
  says: (kind: LinkKind, action?: LinkLine["action"]) => boolean;
}

/** A line that makes one of ours another one. */
interface Asked {
  line: number;
  from: number;
  into: number;
}

/** Adds a fault for merges of the file that go round, or make one two. */
export async function checkMerges(tx: Transaction, { fileId, faults, says }: OpenFile): Promise<void> {
  for (const kind of LINK_KINDS) if (says(kind, "merge")) addPlanFaults(faults, kind, await mergeLines(tx, fileId, kind));
}

function addPlanFaults(faults: Faults, kind: LinkKind, asked: Asked[]): boolean {
  const plan = planMerge(asked);
  for (const fault of plan.ok ? [] : plan.faults) faults.add({ line: null, reason: "merge", kind, fault });
  return plan.ok;
}

/**
 * Carries out the merges that a file asks for and that do not stand yet, those of artists first, as their songs and shows
 * come with them; after it all lines name what ours have become. How many merges.
 */
export async function mergeAll(tx: Transaction, file: OpenFile): Promise<number> {
  let merged = 0;
  for (const kind of LINK_KINDS) {
    if (!file.says(kind)) continue;
    merged += await mergeSome(tx, file, kind, await openMerges(tx, file, kind), merged);
    await renameIds(tx, file.fileId, kind, await becameOf(tx, file.fileId, kind));
  }
  if (!file.says("song", "approve")) return merged;
  const recordings = await recordingLines(tx, file.fileId, "approve");
  if (recordings.length === 0 || !addPlanFaults(file.faults, "song", recordings)) return merged;
  merged += await mergeSome(tx, file, "song", recordings, merged);
  await renameIds(tx, file.fileId, "song", await becameOf(tx, file.fileId, "song"));
  return merged;
}

/** What the file asks for and is not so yet, by the ids of today. */
async function openMerges(tx: Transaction, { fileId, faults, says }: OpenFile, kind: LinkKind): Promise<Asked[]> {
  if (!says(kind, "merge")) return [];
  const asked = await mergeLines(tx, fileId, kind);
  const became = new Map((await becameOf(tx, fileId, kind)).map(({ id, into }) => [id, into]));
  return asked.flatMap(({ line, from, into }) => {
    const [source, target] = [became.get(from) ?? from, became.get(into) ?? into];
    if (source === target) return [];
    if (source === from) return [{ line, from, into: target }];
    faults.add({ line, reason: "merged_elsewhere", kind, id: from, into: source });
    return [];
  });
}

async function mergeSome(tx: Transaction, { by, now, faults }: OpenFile, kind: LinkKind, asked: Asked[], before: number): Promise<number> {
  const plan = planMerge(asked);
  if (!plan.ok) return 0;
  const pairs = plan.groups.flatMap(({ into, absorbed }) => absorbed.map((from) => ({ from, into })));
  const count = before + pairs.length;
  if (count > MOST_MERGES) {
    faults.add({ line: null, reason: "too_many_merges", count, most: MOST_MERGES });
    return 0;
  }
  const lines = new Map(asked.map(({ line, from }) => [from, line]));
  for (const { from, into } of pairs) await mergeOne(tx, { kind, from, into, by }, now).catch(toldOf(faults, lines.get(from)!));
  return pairs.length;
}

function mergeOne(tx: Transaction, merge: Parameters<typeof mergeInto>[1], now: number): Promise<unknown> {
  return tx.transaction((nested) => mergeInto(nested, merge, now));
}

function toldOf(faults: Faults, line: number) {
  return (error: unknown): void => {
    if (!(error instanceof AppError)) throw error;
    faults.add({ line, reason: "refused", message: error.message });
  };
}
