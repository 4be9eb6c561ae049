import type { Adaptation } from "./adaptation.ts";
import type { History } from "./history.ts";
import { usualLength } from "./history.ts";
import { type Standings, topOf } from "./standings.ts";

/** Of each show ago so much is kept of how well the two lists did. */
const KEPT = 0.98;
/** The simple list must have been better by this factor before it is listened to. */
const CLEARLY = 1.003;
/** What share the simple frequencies then have in the log-odds. */
const SHARE = 0.75;

/**
 * Where the artist's own frequencies have foretold better lately than the forecast, they lead: log-odds are mixed,
 * so that the forecast stays near the simplest method even for an artist that it does not understand.
 */
export function guarded(layer: Float64Array, { frequencies, best }: Standings, { merits }: Adaptation): Float64Array {
  if (merits.simple <= merits.layer * CLEARLY) return layer;
  return layer.map((probability, i) => {
    const odds = SHARE * logit(frequencies[best]![i]!, 0.02) + (1 - SHARE) * logit(probability, 1e-9);
    return 1 / (1 + Math.exp(-odds));
  });
}

function logit(probability: number, least: number): number {
  const held = Math.min(1 - least, Math.max(least, probability));
  return Math.log(held / (1 - held));
}

/** Notes how well the layer's list and the simple one foretold a show. Call it before the show is added. */
export function noteLists(history: History, layer: Float64Array, { frequencies, best }: Standings, merits: Adaptation["merits"], played: ReadonlySet<number>): void {
  const f1 = (scores: Float64Array) => {
    const top = topOf(scores, usualLength(history));
    return (2 * top.filter((i) => played.has(history.songs[i]!.songId)).length) / (top.length + played.size);
  };
  merits.layer = merits.layer * KEPT + f1(layer);
  merits.simple = merits.simple * KEPT + f1(frequencies[best]!);
}
