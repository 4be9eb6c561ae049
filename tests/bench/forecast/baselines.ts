/** The baselines that a forecast must beat. Each sees sets of song ids, oldest first, and names the next `k` songs. */

export interface Baseline {
  name: string;
  /** The songs it expects next, at most `k`. */
  expect: (k: number) => number[];
  /** Tells it what was played. */
  add: (played: ReadonlySet<number>, k: number) => void;
}

const HALF_LIVES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

export function baselines(): Baseline[] {
  return [mostPlayed(10), mostPlayed(50), previousShow(), recencyWeighted(), hazardByGap()];
}

/** The keys of the `k` highest values; of equals the one that was put in last. */
export function best(scores: ReadonlyMap<number, number>, k: number): number[] {
  const entries = [...scores].reverse();
  return entries.sort((a, b) => b[1] - a[1]).slice(0, k).map(([id]) => id);
}

function mostPlayed(window: number): Baseline {
  const shows: ReadonlySet<number>[] = [];
  const expect = (k: number) => {
    const counts = new Map<number, number>();
    for (const show of shows) for (const id of show) {
      const count = (counts.get(id) ?? 0) + 1;
      counts.delete(id);
      counts.set(id, count);
    }
    return best(counts, k);
  };
  const add = (played: ReadonlySet<number>) => {
    shows.push(played);
    if (shows.length > window) shows.shift();
  };
  return { name: `last ${window}`, expect, add };
}

function previousShow(): Baseline {
  let last: ReadonlySet<number> = new Set();
  return { name: "previous", expect: () => [...last], add: (played) => void (last = played) };
}

/** A play of n shows ago counts 0.5^(n / half-life); the half-life is the one with the best mean F1 so far. */
function recencyWeighted(): Baseline {
  const weights = HALF_LIVES.map(() => new Map<number, number>());
  const merits = HALF_LIVES.map(() => 0);
  const add = (played: ReadonlySet<number>, k: number) => {
    weights.forEach((of, i) => {
      merits[i]! += f1(best(of, k), played);
      const kept = 0.5 ** (1 / HALF_LIVES[i]!);
      for (const [id, weight] of of) of.set(id, weight * kept);
      for (const id of played) {
        const weight = of.get(id) ?? 0;
        of.delete(id);
        of.set(id, weight + 1);
      }
    });
  };
  const expect = (k: number) => best(weights[merits.indexOf(Math.max(...merits))]!, k);
  return { name: "recency", expect, add };
}

const LONGEST_GAP = 60;

/**
 * A song's frequency (half-life 50 shows) times how much more often than that songs of the artist came back after
 * such a gap, as seen so far.
 */
function hazardByGap(): Baseline {
  const frequency = new Map<number, number>();
  const lastPlay = new Map<number, number>();
  const came = new Array<number>(LONGEST_GAP + 1).fill(0);
  const expected = new Array<number>(LONGEST_GAP + 1).fill(0);
  const kept = 0.5 ** (1 / 50);
  let shows = 0;
  const gapOf = (id: number) => Math.min(LONGEST_GAP, shows - lastPlay.get(id)!);
  const expect = (k: number) => {
    const lifted = [...frequency].map(([id, rate]) => [id, (rate * (came[gapOf(id)]! + 3)) / (expected[gapOf(id)]! + 3)] as const);
    return best(new Map(lifted), k);
  };
  const add = (played: ReadonlySet<number>) => {
    const scale = (1 - kept) / (1 - kept ** Math.max(1, shows));
    for (const [id, rate] of frequency) {
      expected[gapOf(id)]! += rate * scale;
      if (played.has(id)) came[gapOf(id)]! += 1;
      frequency.set(id, rate * kept);
    }
    for (const id of played) {
      frequency.set(id, (frequency.get(id) ?? 0) + 1);
      lastPlay.set(id, shows);
    }
    shows += 1;
  };
  return { name: "hazard", expect, add };
}

/** F1 of a list against what was played, 0 to 1. */
export function f1(expected: readonly number[], played: ReadonlySet<number>): number {
  const hits = expected.filter((id) => played.has(id)).length;
  return expected.length + played.size === 0 ? 0 : (2 * hits) / (expected.length + played.size);
}
