/** Pairs of what was said (0 to 1) and what came, summed up; sums of several shows can be added. */
export interface CalibrationSums {
  pairs: number;
  /** Sum of squared errors. */
  squares: number;
  /** By tenth of what was said, from 0-10 %. */
  tenths: { pairs: number; said: number; came: number }[];
}

export interface Said {
  probability: number;
  came: boolean;
}

const TENTHS = 10;

export function calibrationOf(all: readonly Said[]): CalibrationSums {
  const tenths = Array.from({ length: TENTHS }, () => ({ pairs: 0, said: 0, came: 0 }));
  let squares = 0;
  for (const { probability, came } of all) {
    const tenth = tenths[Math.min(TENTHS - 1, Math.floor(probability * TENTHS))]!;
    tenth.pairs += 1;
    tenth.said += probability;
    tenth.came += Number(came);
    squares += (probability - Number(came)) ** 2;
  }
  return { pairs: all.length, squares, tenths };
}

/** The sums of several shows. */
export function together(all: readonly CalibrationSums[]): CalibrationSums {
  const sum = (of: (sums: CalibrationSums) => number) => all.reduce((total, each) => total + of(each), 0);
  const tenths = Array.from({ length: TENTHS }, (_, i) => ({
    pairs: sum(({ tenths }) => tenths[i]!.pairs), said: sum(({ tenths }) => tenths[i]!.said), came: sum(({ tenths }) => tenths[i]!.came),
  }));
  return { pairs: sum(({ pairs }) => pairs), squares: sum(({ squares }) => squares), tenths };
}

/** The mean squared error, 0 to 1, less is better (Brier 1950, Monthly Weather Review 78:1-3). Null without pairs. */
export function brierOf({ pairs, squares }: CalibrationSums): number | null {
  return pairs === 0 ? null : squares / pairs;
}

/**
 * Expected calibration error, 0 to 1: over ten bins of equal width how far the mean of what was said lies from the
 * share that came, weighted by pairs (Naeini, Cooper, Hauskrecht 2015, AAAI). Null without pairs.
 */
export function calibrationErrorOf({ pairs, tenths }: CalibrationSums): number | null {
  return pairs === 0 ? null : tenths.reduce((sum, { said, came }) => sum + Math.abs(said - came), 0) / pairs;
}
