import type { Transaction } from "#db/client.ts";
import type { MergePair } from "#db/merge-sql.ts";
import { dropRows, moveRows } from "#db/queries/merge-log.ts";
import { DROPPED, MOVED } from "#db/merge-tables.ts";
import type { LinkKind } from "../../domain/matching/link-file.ts";

/** A merge that is being made. */
export interface MergeUnderWay {
  pair: MergePair;
  /** Null where nobody was asked. */
  by: number | null;
  /** Epoch ms. */
  now: number;
}

/** Makes a merge that is a part of another one. */
export type MergePart = (tx: Transaction, part: { kind: LinkKind; from: number; into: number; by: number | null; parentId: number }, now: number) => Promise<unknown>;

/** Gives what simply belongs to what goes to what stays. */
export async function moveAll(tx: Transaction, kind: LinkKind, pairs: MergePair[]): Promise<void> {
  for (const pointer of MOVED[kind]) await moveRows(tx, pointer, pairs);
}

/** Drops what only the one that goes has a use for. */
export async function dropAll(tx: Transaction, kind: LinkKind, pairs: MergePair[]): Promise<void> {
  for (const pointer of DROPPED[kind]) await dropRows(tx, pointer, pairs);
}
