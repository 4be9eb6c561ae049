import { createHash } from "node:crypto";

/** A pair that was scored, and what it is. */
export interface Scored {
  a: string;
  b: string;
  same: boolean;
  confidence: number;
  why: string;
}

export interface Figures {
  right: number;
  wrong: number;
  missed: number;
  precision: number;
  recall: number;
  f1: number;
}

/** What comes of saying "the same" from a confidence on. */
export function figuresFrom(pairs: Scored[], threshold: number): Figures {
  const said = pairs.filter(({ confidence }) => confidence >= threshold);
  const right = said.filter(({ same }) => same).length;
  const wrong = said.length - right;
  const missed = pairs.filter(({ same }) => same).length - right;
  return { right, wrong, missed, precision: right / (right + wrong), recall: right / (right + missed), f1: (2 * right) / (2 * right + wrong + missed) };
}

const FOLDS = 5;

/** F1 of each fifth of the pairs; both orders of a pair and all pairs of a first name are in one fifth. */
export function foldsFrom(pairs: Scored[], threshold: number): number[] {
  const fold = ({ a }: Scored) => createHash("sha256").update(a).digest()[0]! % FOLDS;
  return Array.from({ length: FOLDS }, (_, at) => figuresFrom(pairs.filter((pair) => fold(pair) === at), threshold).f1);
}

/** The pairs without those of the name that occurs most, which one name with many spellings can lift or sink. */
export function withoutCommonest(pairs: Scored[]): Scored[] {
  const counts = Map.groupBy(pairs.filter(({ same }) => same), ({ a }) => a);
  const [most] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  return pairs.filter(({ a }) => a !== most?.[0]);
}

export function shown({ precision, recall, f1, right, wrong, missed }: Figures): string {
  return `F1 ${f1.toFixed(4)}  precision ${precision.toFixed(4)}  recall ${recall.toFixed(4)}  (right ${right}, wrong ${wrong}, missed ${missed})`;
}
