/** How often songs come back after how many shows. A gap of 1 means: played at the show before. */
const BUCKETS = 24;
/** Of each show ago so much is kept of what is known about the artist's gaps. */
const KEPT = 0.99;
/** Shows' worth of "as often as always" that stands against a few observations. */
const PRIOR = 3;

/** Each gap up to 12 by itself, then ever wider ones: 13-16, 17-22, 23-30, … */
export function gapBucket(gap: number): number {
  if (gap <= 12) return gap - 1;
  return Math.min(BUCKETS - 1, 12 + Math.floor(Math.log(gap / 12.5) / Math.log(1.33)));
}

/** Counts of gaps by bucket. */
export function noGaps(): number[] {
  return new Array<number>(BUCKETS).fill(0);
}

export interface OwnGaps {
  /** The share of the song's gaps that were no longer than this one, 0 to 1. */
  quantile: number;
  /** Of the times that it was away so long, how often it came back now; `rate` stands in for two of them. */
  hazard: number;
}

/** Where a gap lies among the gaps a song has had. */
export function amongGaps(counts: readonly number[], gap: number, rate: number): OwnGaps {
  const bucket = gapBucket(gap);
  let all = 0;
  let below = 0;
  for (let i = 0; i < BUCKETS; i += 1) {
    all += counts[i]!;
    if (i <= bucket) below += counts[i]!;
  }
  const here = counts[bucket]! / bucketWidth(bucket);
  const asLong = all - below + counts[bucket]!;
  return { quantile: all === 0 ? 0.5 : below / all, hazard: (here + 2 * rate) / (asLong + 2) };
}

function bucketWidth(bucket: number): number {
  return bucket < 12 ? 1 : Math.max(1, 12.5 * 1.33 ** (bucket - 12) * 0.33);
}

/** For all songs of an artist together: how often they were played after a gap, against what their frequency made expect. */
export interface GapLift {
  played: number[];
  expected: number[];
}

export function noLift(): GapLift {
  return { played: noGaps(), expected: noGaps() };
}

/** How many times as often as usual the artist's songs are played after such a gap. */
export function liftAt({ played, expected }: GapLift, gap: number): number {
  const bucket = gapBucket(gap);
  return (played[bucket]! + PRIOR) / (expected[bucket]! + PRIOR);
}

/** Makes room for a new show: what was seen before counts a little less. */
export function fadeLift(lift: GapLift): void {
  for (let i = 0; i < BUCKETS; i += 1) {
    lift.played[i]! *= KEPT;
    lift.expected[i]! *= KEPT;
  }
}

export function noteGap(lift: GapLift, gap: number, expected: number, played: boolean): void {
  const bucket = gapBucket(gap);
  lift.expected[bucket]! += expected;
  if (played) lift.played[bucket]! += 1;
}
