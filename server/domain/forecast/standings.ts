import type { History } from "./history.ts";
import { evenOut, HALF_LIVES, lastShow } from "./song-past.ts";

/** Of each show ago so much is kept of how well a half-life did. */
const MERIT_KEPT = 0.98;

/** Frequencies of all songs as they stand before a show, and who leads by them. */
export interface Standings {
  /** By half-life: the frequency of each song, 0 to 1, in the history's order of songs. */
  frequencies: Float64Array[];
  /** Which half-life has foretold best so far. */
  best: number;
}

export function standingsOf(history: History): Standings {
  const { songs, shows, merits } = history;
  const even = evenOut(shows);
  const frequencies = HALF_LIVES.map((halfLife, i) => {
    const faded = Float64Array.from(songs, (song) => song.weights[i]! * 0.5 ** ((shows - 1 - lastShow(song)) / halfLife));
    return faded.map((weight) => weight * even[i]!);
  });
  const best = merits.reduce((winner, merit, i) => (merit > merits[winner]! ? i : winner), 0);
  return { frequencies, best };
}

/** Places of the `k` highest scores; of equals the earlier one. */
export function topOf(scores: ArrayLike<number>, k: number): number[] {
  const order: number[] = [];
  for (let i = 0; i < scores.length; i += 1) if (scores[i]! > 0) order.push(i);
  order.sort((a, b) => scores[b]! - scores[a]! || a - b);
  return order.slice(0, k);
}

/** For each score how many are higher: 0 for the highest. Equals share a rank. */
export function ranksOf(scores: ArrayLike<number>): Float64Array {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const ranks = new Float64Array(scores.length);
  order.forEach((at, i) => {
    const before = order[i - 1];
    ranks[at] = before !== undefined && scores[before] === scores[at] ? ranks[before]! : i;
  });
  return ranks;
}

/** Notes how well each half-life would have foretold a show, by F1 of its first `k` songs. */
export function noteMerits(history: History, { frequencies }: Standings, k: number, played: ReadonlySet<number>): void {
  frequencies.forEach((scores, i) => {
    const top = topOf(scores, k);
    const hits = top.filter((at) => played.has(history.songs[at]!.songId)).length;
    history.merits[i] = history.merits[i]! * MERIT_KEPT + (2 * hits) / (top.length + played.size);
  });
}
