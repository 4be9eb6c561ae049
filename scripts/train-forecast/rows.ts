import { FEATURES, lookAt } from "#server/domain/forecast/features.ts";
import { addShow } from "#server/domain/forecast/add-show.ts";
import { emptyHistory } from "#server/domain/forecast/history.ts";
import type { PastShow } from "#server/domain/forecast/setting.ts";

/** Shows that are sampled of each artist, so that none counts more than another. */
const SHOWS_SAMPLED = 200;
/** Songs away for longer than this are sampled thinly and weigh the more. */
const LONG_GAP = 60;
const THINNED = 4;
const GAP = FEATURES.indexOf("gap");

export interface Rows {
  /** One row of features after another. */
  features: Float32Array;
  played: Uint8Array;
  weights: Float32Array;
}

/** Rows of one artist: for sampled shows each song with its features before the show and whether it was played. */
export function rowsOf(shows: readonly PastShow[], random: () => number): Rows {
  const history = emptyHistory();
  const wanted = sample(shows.length, random);
  const features: number[] = [];
  const played: number[] = [];
  const weights: number[] = [];
  shows.forEach((show, at) => {
    if (wanted.has(at)) {
      const { rows } = lookAt(history, show);
      const now = new Set(show.songs.map(({ songId }) => songId));
      history.songs.forEach((song, i) => {
        const row = rows.subarray(i * FEATURES.length, (i + 1) * FEATURES.length);
        const thin = row[GAP]! > LONG_GAP && !now.has(song.songId);
        if (thin && random() > 1 / THINNED) return;
        for (const value of row) features.push(value);
        played.push(Number(now.has(song.songId)));
        weights.push(thin ? THINNED : 1);
      });
    }
    addShow(history, show);
  });
  return { features: Float32Array.from(features), played: Uint8Array.from(played), weights: Float32Array.from(weights) };
}

/** Of an artist's shows a third anywhere and the others among the last 400, never the first. */
function sample(shows: number, random: () => number): Set<number> {
  const wanted = new Set<number>();
  const target = Math.min(SHOWS_SAMPLED, Math.floor((shows - 1) * 0.8));
  while (wanted.size < target) {
    const from = random() < 1 / 3 ? 1 : Math.max(1, shows - 400);
    wanted.add(from + Math.floor(random() * (shows - from)));
  }
  return wanted;
}
