import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { deleteLinkLines, insertLinkFile, insertLinkLines, isLinkFile, staleLinkFile } from "#db/queries/link-files.ts";
import type { Authorized } from "../../auth/actor.ts";
import { AppError } from "../../domain/errors.ts";
import type { LinkLine } from "../../domain/matching/link-file.ts";

/** A file that takes longer than this to come in, in ms, is given up. */
const IN_TIME_MS = 60 * 60_000;
/** Lines that are dropped at once, so that votes do not wait for long. */
const DROPPED_AT_ONCE = 5_000;

type Moderator = Authorized<"moderate"> | null;

/** Begins a file of links; its number, under which its lines are kept until all have come. */
export const beginLinkFile = command<{ by: Moderator }, number>((tx, { input, now }) => insertLinkFile(tx, input.by?.userId ?? null, now));

/** Keeps lines of a file. Throws `gone` where it was given up. */
export const stageLinkLines = command<{ by: Moderator; fileId: number; lines: LinkLine[] }, void>(async (tx, { input: { by, fileId, lines } }) => {
  await standingFile(tx, by, fileId);
  await insertLinkLines(tx, fileId, lines);
});

/** Drops some lines of a file that is done with; whether there are more, so that it is to be called again. */
export const dropLinkFile = command<{ by: Moderator; fileId: number }, boolean>(async (tx, { input: { by, fileId } }) => {
  if (!(await isLinkFile(tx, fileId, by?.userId ?? null))) return false;
  return (await deleteLinkLines(tx, fileId, DROPPED_AT_ONCE)) === DROPPED_AT_ONCE;
});

/** Drops some lines of a file whose sender is gone, such as a process that was killed; whether there may be more. */
export const dropStaleLinkFile = command<void, boolean>(async (tx, { now }) => {
  const stale = await staleLinkFile(tx, now - IN_TIME_MS);
  if (stale === null) return false;
  await deleteLinkLines(tx, stale, DROPPED_AT_ONCE);
  return true;
});

/** Checks that a file is on its way in, by this sender. Throws `gone`. */
export async function standingFile(tx: Transaction, by: Moderator, fileId: number): Promise<void> {
  if (await isLinkFile(tx, fileId, by?.userId ?? null)) return;
  throw new AppError({ kind: "gone", reason: "gone", message: "The file took longer than an hour to come in, and was given up. Send it again." });
}
