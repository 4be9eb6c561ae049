import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { audit } from "#db/queries/journal.ts";
import {
  applyApprovals,
  applyEventApprovals,
  applyEventRejections,
  applyRecordingRejections,
  applyRejections,
  settleMatches,
} from "#db/queries/link-apply.ts";
import { approvedTwice, becameOf, linesByKind, linkedElsewhere, recordingLines, saidBothWays, unknownIds, unknownRecordings } from "#db/queries/link-files.ts";
import type { Authorized } from "../../auth/actor.ts";
import { Faults, type LinkFileOutcome } from "../../domain/matching/link-faults.ts";
import { LINK_KINDS } from "../../domain/matching/link-file.ts";
import { checkMerges, mergeAll, type OpenFile } from "./link-file-merges.ts";
import { standingFile } from "./stage-link-file.ts";

export interface CarriedOutFile {
  by: Authorized<"moderate"> | null;
  fileId: number;
  /** Whether only to tell what would come of it. */
  dryRun: boolean;
}

/**
 * Carries out a file whose lines have all come: everything that it says, or nothing and why. An id that has become another
 * one by a merge means that one. What is so already is not written. Throws `gone` where the file is no more.
 */
export const carryOutLinkFile = command<CarriedOutFile, LinkFileOutcome>(async (tx, { input: { by, fileId, dryRun }, now }) => {
  await standingFile(tx, by, fileId);
  const counts = await linesByKind(tx, fileId);
  const says: OpenFile["says"] = (kind, action) => counts.some((one) => one.kind === kind && (action === undefined || one.action === action));
  const file = { fileId, by: by?.userId ?? null, now, faults: new Faults(), says };
  const lines = counts.reduce((sum, { n }) => sum + n, 0);
  return allOrNothing(tx, async (nested) => {
    const outcome = await carryOut(nested, file, lines);
    return { outcome, keep: outcome.ok && !dryRun };
  });
});

class NotKept extends Error {}

/** Runs work whose writes stay only if it says so. */
async function allOrNothing<T>(tx: Transaction, work: (nested: Transaction) => Promise<{ outcome: T; keep: boolean }>): Promise<T> {
  let told: { outcome: T } | null = null;
  await tx
    .transaction(async (nested) => {
      const { outcome, keep } = await work(nested);
      told = { outcome };
      if (!keep) throw new NotKept();
    })
    .catch((error: unknown) => {
      if (!(error instanceof NotKept)) throw error;
    });
  return told!.outcome;
}

async function carryOut(tx: Transaction, file: OpenFile, lines: number): Promise<LinkFileOutcome> {
  const { fileId, faults } = file;
  await checkIds(tx, file);
  await checkMerges(tx, file);
  if (faults.count > 0) return faults.outcome();
  const merged = await mergeAll(tx, file);
  await checkPairs(tx, file);
  if (faults.count > 0) return faults.outcome();
  const rejected = await reject(tx, file);
  const approved = await approve(tx, file);
  const settled = await settleMatches(tx, file);
  const done = { approved, rejected, merged };
  if (approved + rejected + merged + settled > 0) {
    await audit(tx, { at: file.now, actorId: file.by, action: "links.import", subject: "link_file", subjectId: fileId, details: { lines, ...done, settled } });
  }
  return { ok: true, lines, ...done };
}

async function checkIds(tx: Transaction, { fileId, faults, says }: OpenFile): Promise<void> {
  for (const kind of LINK_KINDS.filter((one) => says(one))) {
    const unknown = await unknownIds(tx, fileId, kind);
    if (unknown.length === 0) continue;
    const became = new Set((await becameOf(tx, fileId, kind)).map(({ id }) => id));
    for (const { line, id } of unknown) if (!became.has(id)) faults.add({ line, reason: "unknown_id", kind, id });
  }
}

/** What lines say of records, with ours named as they are after the merges. */
async function checkPairs(tx: Transaction, { fileId, faults, says }: OpenFile): Promise<void> {
  if (LINK_KINDS.some((kind) => says(kind, "reject"))) {
    for (const against of await saidBothWays(tx, fileId)) faults.add({ ...against, reason: "contradiction" });
  }
  for (const kind of LINK_KINDS.filter((one) => says(one, "approve"))) {
    for (const against of await approvedTwice(tx, fileId, kind)) faults.add({ ...against, reason: "contradiction" });
    if (kind !== "song") for (const one of await linkedElsewhere(tx, fileId, kind)) faults.add({ ...one, reason: "linked_elsewhere", kind });
  }
  if (!says("song")) return;
  for (const { line } of await unknownRecordings(tx, fileId)) faults.add({ line, reason: "unknown_recording" });
  const rejected = await recordingLines(tx, fileId, "reject");
  for (const { line, from, into } of rejected) if (from === into) faults.add({ line, reason: "own_recording" });
}

/** Before what is approved: an id can go from one of ours to another in one file. */
async function reject(tx: Transaction, file: OpenFile): Promise<number> {
  let lines = 0;
  for (const kind of ["artist", "venue"] as const) if (file.says(kind, "reject")) lines += await applyRejections(tx, kind, file);
  if (file.says("show", "reject")) lines += await applyEventRejections(tx, file);
  if (file.says("song", "reject")) lines += await applyRecordingRejections(tx, file);
  return lines;
}

async function approve(tx: Transaction, file: OpenFile): Promise<number> {
  let lines = 0;
  for (const kind of ["artist", "venue"] as const) if (file.says(kind, "approve")) lines += await applyApprovals(tx, kind, file);
  return file.says("show", "approve") ? lines + (await applyEventApprovals(tx, file)) : lines;
}
