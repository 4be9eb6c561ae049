import { FEATURES } from "#server/domain/forecast/features.ts";
import type { Binned } from "./boost.ts";
import type { Rows } from "./rows.ts";

/** Bins for known values; one more is for "not known". */
const KNOWN_BINS = 63;
const SAMPLED_VALUES = 100_000;

/** Puts the rows of several artists into bins with about as many rows each. */
export function binned(all: readonly Rows[]): Binned {
  const count = all.reduce((sum, { played }) => sum + played.length, 0);
  const played = new Uint8Array(count);
  const weights = new Float32Array(count);
  let at = 0;
  for (const rows of all) {
    played.set(rows.played, at);
    weights.set(rows.weights, at);
    at += rows.played.length;
  }
  const columns = FEATURES.map((_, feature) => columnOf(all, feature, count));
  const edges = columns.map(edgesOf);
  return { bins: columns.map((column, i) => Uint8Array.from(column, (value) => binOf(edges[i]!, value))), edges, played, weights };
}

function columnOf(all: readonly Rows[], feature: number, count: number): Float32Array {
  const column = new Float32Array(count);
  let at = 0;
  for (const { features, played } of all) {
    for (let row = 0; row < played.length; row += 1) column[at++] = features[row * FEATURES.length + feature]!;
  }
  return column;
}

function edgesOf(column: Float32Array): Float32Array {
  const step = Math.max(1, Math.floor(column.length / SAMPLED_VALUES));
  const values = column.filter((value, i) => i % step === 0 && !Number.isNaN(value)).sort();
  const distinct = new Set(values);
  if (distinct.size <= KNOWN_BINS) return Float32Array.from([...distinct].slice(0, -1));
  const edges = Array.from({ length: KNOWN_BINS - 1 }, (_, i) => values[Math.floor(((i + 1) * values.length) / KNOWN_BINS)]!);
  return Float32Array.from(new Set(edges));
}

/** 0 for "not known"; else 1 and up, the first bin whose upper edge is not below the value. */
function binOf(edges: Float32Array, value: number): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}
