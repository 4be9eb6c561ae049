/** Milliseconds below which a part (0 to 1) of the samples lie. */
export function percentile(samples: ArrayLike<number>, part: number): number {
  return ranked(Float64Array.from(samples).sort(), part);
}

export interface Spread {
  p50: number;
  p95: number;
  p99: number;
}

export function spread(samples: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(samples).sort();
  return { p50: ranked(sorted, 0.5), p95: ranked(sorted, 0.95), p99: ranked(sorted, 0.99) };
}

export function inMs({ p50, p95, p99 }: Spread): string {
  return `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}

function ranked(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** What a figure has to reach, both ends included. */
export type Bar = { atLeast: number } | { atMost: number };

/** One row of the table. */
export interface Figure {
  name: string;
  /** The median of its rounds. */
  value: number;
  unit: string;
  /** The lowest and the highest of its rounds. */
  low?: number;
  high?: number;
  rounds?: number;
  bar?: Bar;
  note?: string;
}

/** A figure of several rounds: their median, lowest and highest. */
export function figure(
  name: string,
  unit: string,
  rounds: readonly number[],
  more: Pick<Figure, "bar" | "note"> = {},
): Figure {
  const sorted = [...rounds].sort((a, b) => a - b);
  return { name, unit, value: median(sorted), low: sorted[0], high: sorted.at(-1), rounds: sorted.length, ...more };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Whether a figure reaches its bar; null without one. */
export function isMet({ value, bar }: Figure): boolean | null {
  if (!bar) return null;
  return "atLeast" in bar ? value >= bar.atLeast : value <= bar.atMost;
}
