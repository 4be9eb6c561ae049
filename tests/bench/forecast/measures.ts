/** Sums of how well probabilities held, over pairs of a song and a show. */
export interface Calibration {
  pairs: number;
  /** Sum of squared errors. */
  squares: number;
  /** By tenth: pairs, sum of probabilities, and how many were played. */
  tenths: { pairs: number; expected: number; played: number }[];
}

export function noCalibration(): Calibration {
  return { pairs: 0, squares: 0, tenths: Array.from({ length: 10 }, () => ({ pairs: 0, expected: 0, played: 0 })) };
}

export function note(calibration: Calibration, probability: number, played: boolean): void {
  const tenth = calibration.tenths[Math.min(9, Math.floor(probability * 10))]!;
  tenth.pairs += 1;
  tenth.expected += probability;
  tenth.played += Number(played);
  calibration.pairs += 1;
  calibration.squares += (probability - Number(played)) ** 2;
}

export function together(all: readonly Calibration[]): Calibration {
  const sum = noCalibration();
  for (const { pairs, squares, tenths } of all) {
    sum.pairs += pairs;
    sum.squares += squares;
    tenths.forEach((tenth, i) => {
      sum.tenths[i]!.pairs += tenth.pairs;
      sum.tenths[i]!.expected += tenth.expected;
      sum.tenths[i]!.played += tenth.played;
    });
  }
  return sum;
}

/** Brier score: the mean squared error of the probabilities. */
export function brier({ squares, pairs }: Calibration): number {
  return pairs === 0 ? Number.NaN : squares / pairs;
}

/**
 * Expected calibration error over ten bins of equal width: the mean distance of what was said from what came, by
 * pairs. `fromTenth` leaves out the bins below, for nearly all pairs are songs that nobody expects.
 */
export function calibrationError({ tenths }: Calibration, fromTenth = 0): number {
  const looked = tenths.slice(fromTenth);
  const pairs = looked.reduce((sum, tenth) => sum + tenth.pairs, 0);
  return pairs === 0 ? Number.NaN : looked.reduce((sum, { expected, played }) => sum + Math.abs(expected - played), 0) / pairs;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export type Group = "rotating" | "middle" | "fixed";

/** An artist's group by how alike neighbouring shows are, the mean F1 of each show's list against the one before. */
export function groupOf(overlap: number): Group {
  return overlap < 0.3 ? "rotating" : overlap < 0.65 ? "middle" : "fixed";
}
