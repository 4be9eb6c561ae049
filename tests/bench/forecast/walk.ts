import { addShow } from "#server/domain/forecast/add-show.ts";
import { type Expectation, type Forecaster, learn, newForecaster, TAUGHT_BY } from "#server/domain/forecast/forecast.ts";
import { usualLength } from "#server/domain/forecast/history.ts";
import type { PastShow } from "#server/domain/forecast/setting.ts";
import type { Trees } from "#server/domain/forecast/trees.ts";
import { type Baseline, baselines, f1 } from "./baselines.ts";
import { type Calibration, type Group, groupOf, mean, noCalibration, note } from "./measures.ts";
import type { ArtistShows } from "./read.ts";

/** Shows of each artist that are measured: the last ones. */
export const MEASURED = 300;
/** Shows that nothing is measured of, for there must be ten to take the median length of. */
export const FIRST_MEASURED = 10;

export interface ArtistFigures {
  name: string;
  group: Group;
  /** Shows of the artist, and of those the measured ones. */
  shows: number;
  measured: number;
  /** Mean F1 by method. */
  f1: Record<string, number>;
  calibration: Calibration;
}

/** Walks through an artist's shows in order: each is foretold from the ones before and only then learnt (`learn` says what it had expected). */
export function walk({ name, shows }: ArtistShows, trees: Trees): ArtistFigures | null {
  const forecaster = newForecaster();
  const rivals = baselines();
  const results: Record<string, number[]> = { forecast: [], ...Object.fromEntries(rivals.map((one) => [one.name, []])) };
  const calibration = noCalibration();
  shows.forEach((show, at) => {
    const played = new Set(show.songs.map(({ songId }) => songId));
    const length = usualLength(forecaster.history);
    const songs = at < shows.length - MEASURED - TAUGHT_BY ? addOnly(forecaster, show) : learn(forecaster, show, trees);
    if (at >= Math.max(FIRST_MEASURED, shows.length - MEASURED)) {
      results.forecast!.push(f1(songs.slice(0, length).map(({ songId }) => songId), played));
      for (const { songId, probability } of songs) note(calibration, probability, played.has(songId));
      for (const rival of rivals) results[rival.name]!.push(f1(rival.expect(length), played));
    }
    tell(rivals, show, length);
  });
  if (results.forecast!.length === 0) return null;
  const means = Object.fromEntries(Object.entries(results).map(([method, values]) => [method, mean(values)]));
  return { name, group: groupOf(means.previous!), shows: shows.length, measured: results.forecast!.length, f1: means, calibration };
}

/** Long before the first measured show the history alone is added to, as `learnAll` does. */
function addOnly(forecaster: Forecaster, show: PastShow): Expectation[] {
  addShow(forecaster.history, show);
  return [];
}

function tell(rivals: readonly Baseline[], { songs }: PastShow, length: number): void {
  const played = new Set(songs.map(({ songId }) => songId));
  for (const rival of rivals) rival.add(played, length);
}
