import { addShow } from "./add-show.ts";
import { adapt, type Adaptation, adapted, inputsOf, noAdaptation } from "./adaptation.ts";
import { type ExpectedSong, inOrder } from "./expected-setlist.ts";
import { type Reason, reasonsFor } from "./reasons.ts";
import { FEATURES, lookAt } from "./features.ts";
import { guarded, noteLists } from "./guard.ts";
import { emptyHistory, type History, usualLength } from "./history.ts";
import type { PastShow, ShowSetting } from "./setting.ts";
import { logOdds, type Trees } from "./trees.ts";

/** Of an artist's past so many shows at least teach about the forecasts themselves. */
export const TAUGHT_BY = 200;
/** How many more shows they become before the oldest of them teach no longer. */
const MORE = 100;

/** All that is known of one artist: what was played, and what the forecasts of it have taught. `learn` changes it. */
export interface Forecaster {
  history: History;
  adaptation: Adaptation;
}

export interface Expectation {
  songId: number;
  /** That it is played at this show, 0 to 1. */
  probability: number;
}

export interface ForecastSong extends Expectation {
  reasons: Reason[];
}

export interface Forecast {
  /** Likeliest first; every song that was ever played, and those of the catalogue that never were. */
  songs: ForecastSong[];
  /** Songs that the show is expected to have: the median of the last 10. */
  length: number;
  /** The likeliest songs in their usual order. */
  setlist: ExpectedSong[];
  /** Past shows that it rests on; 0 makes all songs of the catalogue alike. */
  shows: number;
}

export function newForecaster(): Forecaster {
  return { history: emptyHistory(), adaptation: noAdaptation() };
}

/**
 * The forecast of a show from what was learnt before it, in time linear in the artist's songs. Songs of `catalogue`
 * (ids) that were never played share the songs that the artist is wont to play for the first time.
 */
export function forecast({ history, adaptation }: Forecaster, show: ShowSetting, trees: Trees, catalogue: readonly number[] = []): Forecast {
  const { probabilities, scene } = probabilitiesOf({ history, adaptation }, show, trees);
  const order = byChance(probabilities);
  const past = order.map((i) => {
    const song = history.songs[i]!;
    return { songId: song.songId, probability: probabilities[i]!, reasons: reasonsFor(song, history, scene) };
  });
  const songs = [...past, ...withoutPast(history, catalogue)].sort((a, b) => b.probability - a.probability);
  const length = usualLength(history);
  const setlist = inOrder(order.slice(0, length).map((i) => history.songs[i]!));
  return { songs, length, setlist, shows: history.shows };
}

/**
 * Learns from a show that has been: from how the forecast of it went, then from the show. Shows come in order.
 * Answers what was expected of it, likeliest first, just as `forecast` would have said before.
 */
export function learn(forecaster: Forecaster, show: PastShow, trees: Trees): Expectation[] {
  const { history, adaptation } = forecaster;
  const played = new Set(show.songs.map(({ songId }) => songId));
  if (played.size === 0) return [];
  const { inputs, layer, probabilities, standings } = probabilitiesOf(forecaster, show, trees);
  const expected = byChance(probabilities).map((i) => ({ songId: history.songs[i]!.songId, probability: probabilities[i]! }));
  if (history.shows > 0) {
    noteLists(history, layer, standings, adaptation.merits, played);
    adapt(adaptation, inputs, layer, (i) => played.has(history.songs[i]!.songId));
  }
  addShow(history, show);
  return expected;
}

/**
 * Of `shows` past shows those before this one add to the history alone: what they taught about the forecasts
 * themselves would have faded to an eighth. It moves on every 100 shows; until then a forecaster that goes on from
 * the shows before is the same as one that learns from all.
 */
export function taughtFrom(shows: number): number {
  return Math.max(0, Math.floor((shows - TAUGHT_BY) / MORE) * MORE);
}

/** Learns from the show at a place among an artist's past shows, in order, when there are `of`. */
export function learnAt(forecaster: Forecaster, show: PastShow, { at, of }: { at: number; of: number }, trees: Trees): void {
  if (at < taughtFrom(of)) addShow(forecaster.history, show);
  else learn(forecaster, show, trees);
}

/** A forecaster that has learnt from all of an artist's past shows, in order. */
export function learnAll(shows: readonly PastShow[], trees: Trees): Forecaster {
  const forecaster = newForecaster();
  shows.forEach((show, at) => learnAt(forecaster, show, { at, of: shows.length }, trees));
  return forecaster;
}

function byChance(probabilities: Float64Array): number[] {
  return Array.from(probabilities, (_, i) => i).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
}

function probabilitiesOf({ history, adaptation }: Forecaster, show: ShowSetting, trees: Trees) {
  const { rows, standings, scene } = lookAt(history, show);
  const odds = Float64Array.from(history.songs, (_, i) => logOdds(trees, rows, i * FEATURES.length));
  const inputs = inputsOf(history, standings, odds, adaptation);
  const layer = adapted(adaptation, inputs);
  return { inputs, layer, probabilities: guarded(layer, standings, adaptation), standings, scene };
}

/** None is likelier than the rule of succession has what did not come in so many shows: 1 / (shows + 2) (Laplace 1774). */
function withoutPast(history: History, catalogue: readonly number[]): ForecastSong[] {
  const unheard = [...new Set(catalogue)].filter((id) => !history.indexOf.has(id));
  const debuts = usualLength(history) * (history.shows === 0 ? 1 : history.sameness.debuts);
  const probability = Math.min(1 / (history.shows + 2), debuts / Math.max(1, unheard.length));
  return unheard.map((songId) => ({ songId, probability, reasons: [{ kind: "never played" }] }));
}
