import { seededRandom } from "#server/domain/demo-votes.ts";
import { forecast, learn, newForecaster } from "#server/domain/forecast/forecast.ts";
import type { PastShow } from "#server/domain/forecast/setting.ts";
import type { Trees } from "#server/domain/forecast/trees.ts";

export interface Speed {
  songs: number;
  shows: number;
  /** ms: the median and the slowest of 50 forecasts, and the mean of learning one show. */
  median: number;
  slowest: number;
  learning: number;
}

/** Times forecasts of an artist with 500 songs and 3,000 past shows, made up with a fixed seed. */
export function measureSpeed(trees: Trees): Speed {
  const shows = madeUpShows(3_000, 500);
  const forecaster = newForecaster();
  const started = performance.now();
  for (const show of shows) learn(forecaster, show, trees);
  const learning = (performance.now() - started) / shows.length;
  const times = Array.from({ length: 50 }, () => {
    const before = performance.now();
    forecast(forecaster, shows[shows.length - 1]!, trees);
    return performance.now() - before;
  }).sort((a, b) => a - b);
  return { songs: forecaster.history.songs.length, shows: forecaster.history.shows, median: times[25]!, slowest: times[49]!, learning };
}

/** Shows of 20 songs, three days apart, of which the first songs come more often than the last. */
export function madeUpShows(count: number, songs: number): PastShow[] {
  const random = seededRandom(5);
  return Array.from({ length: count }, (_, at) => {
    const ids = new Set<number>();
    if (at < songs) ids.add(at + 1);
    while (ids.size < 20) ids.add(1 + Math.floor(songs * random() ** 2));
    const date = new Date(Date.UTC(1990, 0, 1 + at * 3)).toISOString().slice(0, 10);
    const place = `Hall ${Math.floor(at / 2) % 150}`;
    return { date, venue: place, city: place, tour: `Tour ${Math.floor(at / 60)}`, festival: false, songs: [...ids].map((songId, i) => ({ songId, encore: i > 17 })) };
  });
}
