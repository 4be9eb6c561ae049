import type { FanScore } from "./fan-score.ts";

/** Whole numbers by which rows are put in order, smallest first; the last is an id, so that no two are equal. */
export type OrderKey = readonly number[];

/** Compares two keys of one length, number by number, as SQL compares row values. */
export function compareKeys(a: OrderKey, b: OrderKey): number {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

/** The order of fans at one show: most points, most hits, earliest last vote, smallest id. */
export function keyAtShow({ points, hits, lastVoteAt }: FanScore, userId: number): OrderKey {
  return [0 - points, 0 - hits, lastVoteAt ?? Number.MAX_SAFE_INTEGER, userId];
}

export interface Page<Row> {
  rows: Row[];
  /** Where the next page begins, null at the end. */
  next: OrderKey | null;
}

/** Up to `size` rows that come after a key, in order; from the first where it is null. */
export function pageAfter<Row>(rows: readonly Row[], keyOf: (row: Row) => OrderKey, after: OrderKey | null, size: number): Page<Row> {
  const sorted = rows.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b)));
  const rest = after === null ? sorted : sorted.filter((row) => compareKeys(keyOf(row), after) > 0);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return { rows: page, next: last !== undefined && rest.length > page.length ? keyOf(last) : null };
}
