/** 0 at or before `from`, 1 at or beyond `to`, straight in between; `from` may be above `to`. */
export function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

/**
 * Bits by which `hits` of `n` are more than a share (0 to 1, exclusive) explains: n times the
 * Kullback-Leibler divergence, Chernoff's bound on a binomial tail. 0 where there are not more.
 */
export function binomialBits(hits: number, n: number, share: number): number {
  const part = n === 0 ? 0 : hits / n;
  if (part <= share) return 0;
  const rest = part === 1 ? 0 : (1 - part) * Math.log2((1 - part) / (1 - share));
  return n * (part * Math.log2(part / share) + rest);
}

/** Bits by which `hits` are more than the `expected`: Chernoff's bound on a Poisson tail. */
export function poissonBits(hits: number, expected: number): number {
  if (hits <= expected) return 0;
  return hits * Math.log2(hits / expected) - (hits - expected) / Math.LN2;
}

/** log2 of the number of ways to choose `k` of `n`. */
export function choiceBits(n: number, k: number): number {
  let bits = 0;
  for (let i = 0; i < Math.min(k, n); i += 1) bits += Math.log2((n - i) / (i + 1));
  return Math.max(0, bits);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Standard deviation by mean; 0 is a metronome, 1 is chance. NaN for no values. */
export function variation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Math.sqrt(square) / mean;
}

/** The same from medians (1.4826 MAD / median), which a pause or two do not hide a metronome from. */
export function robustVariation(values: readonly number[]): number {
  const middle = median(values);
  return (1.4826 * median(values.map((value) => Math.abs(value - middle)))) / middle;
}

/** The gaps between instants in rising order. */
export function gapsOf(instants: readonly number[]): number[] {
  const sorted = [...instants].sort((a, b) => a - b);
  return sorted.slice(1).map((instant, i) => instant - sorted[i]!);
}
