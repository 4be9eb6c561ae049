/** Points for each bit of information. */
export const POINTS_PER_BIT = 10;
/** More than so many bits (a chance of 1 in 64) earn no more. */
export const MOST_BITS = 6;
/** What the least likely hit earns. */
export const MOST_POINTS = POINTS_PER_BIT * MOST_BITS;

/**
 * Points of something that came true although its chance was `probability` (0 to 1): ten times its information
 * content, -log2 p (Shannon 1948, "A Mathematical Theory of Communication"), as a whole number from 1, for what was
 * sure, to 60. One that is nonsense counts as sure.
 */
export function pointsFor(probability: number): number {
  if (Number.isNaN(probability)) return 1;
  const bits = Math.min(MOST_BITS, -Math.log2(Math.max(0, probability)));
  return Math.max(1, Math.round(POINTS_PER_BIT * bits));
}
