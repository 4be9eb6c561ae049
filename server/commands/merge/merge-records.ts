import { command } from "#db/command.ts";
import type { Authorized } from "../../auth/actor.ts";
import type { LinkKind } from "../../domain/matching/link-file.ts";
import { mergeInto } from "./merge-into.ts";
import { undoMerge } from "./undo-merge.ts";

export interface RecordsToMerge {
  /** Null for the operator. */
  by: Authorized<"moderate"> | null;
  kind: LinkKind;
  /** Goes. */
  from: number;
  /** Stays. */
  into: number;
}

/** Makes one of ours another one of ours, whatever was said of the two before. Throws as `mergeInto` does. */
export const mergeRecords = command<RecordsToMerge, { mergeId: number }>((tx, { input: { by, ...order }, now }) =>
  mergeInto(tx, { ...order, by: by?.userId ?? null }, now),
);

/** Takes a merge back. Throws as `undoMerge` does. */
export const undoMergeOf = command<{ by: Authorized<"moderate"> | null; mergeId: number }, void>((tx, { input: { by, mergeId }, now }) =>
  undoMerge(tx, { mergeId, by: by?.userId ?? null }, now),
);
