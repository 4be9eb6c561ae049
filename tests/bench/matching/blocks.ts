import { blockKeys } from "#server/domain/matching/block-keys.ts";
import type { Scored } from "./figures.ts";

export interface Blocks {
  names: number;
  /** Names that a name is compared with, of all names. */
  meanCompared: number;
  worstCompared: number;
  /** Pairs that score for a review and share a key. */
  found: number;
  of: number;
}

/** How few comparisons the keys leave over, and whether they lose a pair that would be found by comparing all. */
export function measureBlocks(pairs: Scored[], threshold: number): Blocks {
  const names = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const holders = Map.groupBy(names.flatMap((name) => blockKeys(name).map((key) => ({ key, name }))), ({ key }) => key);
  const compared = names.map((name) => new Set(blockKeys(name).flatMap((key) => holders.get(key)!.map((holder) => holder.name))).size - 1);
  const worth = pairs.filter(({ confidence, same }) => same && confidence >= threshold);
  const found = worth.filter(({ a, b }) => blockKeys(a).some((key) => blockKeys(b).includes(key)));
  return { names: names.length, meanCompared: compared.reduce((sum, each) => sum + each, 0) / names.length, worstCompared: Math.max(...compared), found: found.length, of: worth.length };
}

export function lostPairs(pairs: Scored[], threshold: number): Scored[] {
  return pairs.filter(({ a, b, same, confidence }) => same && confidence >= threshold && !blockKeys(a).some((key) => blockKeys(b).includes(key)));
}
