import { liftAt } from "./gaps.ts";
import type { History } from "./history.ts";
import { lastShow } from "./song-past.ts";
import type { Standings } from "./standings.ts";

/** Songs less likely than this teach nothing worth the time. */
const TOO_UNLIKELY = 0.002;
/** Of what each show taught so much is kept by the next one. */
const KEPT = 0.99;
/** Of a song's surprises so much is kept by the next show. */
const SURPRISE_KEPT = 0.97;
const SURPRISE_PRIOR = 2;
/** 1, the trees' log-odds, the best half-life's, the middle one's, the gap's lift, the song's surprises. */
const PRIOR_MEAN = [0, 1, 0, 0, 0, 0.2];
const PRIOR_PRECISION = [80, 200, 200, 200, 200, 120];
const SIZE = PRIOR_MEAN.length;
const MIDDLE = 3;

/**
 * What one artist taught: a logistic layer over the trees and the simple baselines, learnt online as a Gaussian
 * around "believe the trees", so that little history changes little.
 */
export interface Adaptation {
  mean: number[];
  /** The inverse covariance, row by row. */
  precision: number[];
  /** By song in the history's order: faded sums of what was not expected, and of how much chance there was. */
  surprises: { sum: number; chance: number }[];
  /** Faded sums of the F1 of the layer's list, and of the list by the best half-life alone. */
  merits: { layer: number; simple: number };
}

export function noAdaptation(): Adaptation {
  return { mean: [...PRIOR_MEAN], precision: priorPrecision(), surprises: [], merits: { layer: 0, simple: 0 } };
}

function priorPrecision(): number[] {
  return Array.from({ length: SIZE * SIZE }, (_, i) => (i % (SIZE + 1) === 0 ? PRIOR_PRECISION[i / (SIZE + 1)]! : 0));
}

/** What the layer looks at, a row of SIZE for each song. */
export function inputsOf(history: History, standings: Standings, odds: Float64Array, { surprises }: Adaptation): Float64Array {
  const inputs = new Float64Array(odds.length * SIZE);
  history.songs.forEach((song, i) => {
    const surprise = surprises[i];
    inputs.set([
      1, odds[i]!, logit(standings.frequencies[standings.best]![i]!), logit(standings.frequencies[MIDDLE]![i]!),
      Math.log(liftAt(history.lift, history.shows - lastShow(song))),
      surprise === undefined ? 0 : surprise.sum / (surprise.chance + SURPRISE_PRIOR),
    ], i * SIZE);
  });
  return inputs;
}

function logit(frequency: number): number {
  const held = Math.min(0.98, Math.max(0.02, frequency));
  return Math.log(held / (1 - held));
}

/** The probability of each song. */
export function adapted({ mean }: Adaptation, inputs: Float64Array): Float64Array {
  const probabilities = new Float64Array(inputs.length / SIZE);
  for (let i = 0; i < probabilities.length; i += 1) {
    let sum = 0;
    for (let j = 0; j < SIZE; j += 1) sum += mean[j]! * inputs[i * SIZE + j]!;
    probabilities[i] = 1 / (1 + Math.exp(-sum));
  }
  return probabilities;
}

/** Learns from a show: one Newton step of the layer, and the surprise of each song. */
export function adapt(state: Adaptation, inputs: Float64Array, probabilities: Float64Array, played: (song: number) => boolean): void {
  const prior = priorPrecision();
  const precision = Float64Array.from(state.precision, (value, i) => prior[i]! + KEPT * (value - prior[i]!));
  const slope = new Float64Array(SIZE);
  for (let i = 0; i < probabilities.length; i += 1) {
    const p = probabilities[i]!;
    const wrong = Number(played(i)) - p;
    noteSurprise(state, i, wrong, p);
    if (p >= TOO_UNLIKELY || wrong > 0) observe(precision, slope, inputs.subarray(i * SIZE, (i + 1) * SIZE), p, wrong);
  }
  const step = solve(precision, slope);
  state.precision = Array.from(precision);
  state.mean = state.mean.map((value, i) => value + step[i]!);
}

function observe(precision: Float64Array, slope: Float64Array, input: Float64Array, p: number, wrong: number): void {
  for (let a = 0; a < SIZE; a += 1) {
    const x = input[a]!;
    slope[a]! += wrong * x;
    for (let b = 0; b < SIZE; b += 1) precision[a * SIZE + b]! += p * (1 - p) * x * input[b]!;
  }
}

function noteSurprise({ surprises }: Adaptation, song: number, wrong: number, p: number): void {
  const surprise = (surprises[song] ??= { sum: 0, chance: 0 });
  surprise.sum = surprise.sum * SURPRISE_KEPT + wrong;
  surprise.chance = surprise.chance * SURPRISE_KEPT + p * (1 - p);
}

/** Solves a symmetric positive definite system by Gaussian elimination. */
function solve(matrix: Float64Array, right: Float64Array): number[] {
  const rows = Array.from(right, (value, i) => [...matrix.slice(i * SIZE, (i + 1) * SIZE), value]);
  for (let at = 0; at < SIZE; at += 1) {
    for (let below = at + 1; below < SIZE; below += 1) {
      const factor = rows[below]![at]! / rows[at]![at]!;
      for (let column = at; column <= SIZE; column += 1) rows[below]![column]! -= factor * rows[at]![column]!;
    }
  }
  const answer = new Array<number>(SIZE).fill(0);
  for (let at = SIZE - 1; at >= 0; at -= 1) {
    let rest = rows[at]![SIZE]!;
    for (let column = at + 1; column < SIZE; column += 1) rest -= rows[at]![column]! * answer[column]!;
    answer[at] = rest / rows[at]![at]!;
  }
  return answer;
}
