import type { Transaction } from "#db/client.ts";
import { weightOf } from "#db/queries/merges.ts";
import type { LinkKind } from "../../domain/matching/link-file.ts";

/** Which of two stays when they are merged: the one with most votes, then most rows, then the smaller id. */
export async function staying(tx: Transaction, kind: LinkKind, a: number, b: number): Promise<{ from: number; into: number }> {
  const [ofA, ofB] = [await weightOf(tx, kind, a), await weightOf(tx, kind, b)];
  const more = ofA.votes - ofB.votes || ofA.rows - ofB.rows || b - a;
  return more > 0 ? { from: b, into: a } : { from: a, into: b };
}
