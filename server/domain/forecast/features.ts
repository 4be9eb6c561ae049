import { amongGaps, liftAt, type OwnGaps } from "./gaps.ts";
import { type History, LONG, usualLength } from "./history.ts";
import { followers, likeness } from "./look-alikes.ts";
import type { ReasonScene } from "./reasons.ts";
import { dayOf, type ShowSetting } from "./setting.ts";
import { lastShow, playsWithin, type SongPast } from "./song-past.ts";
import { ranksOf, type Standings, standingsOf } from "./standings.ts";
import { arrive, lastVisit } from "./whereabouts.ts";

const WINDOWS = [2, 3, 5, 10, 20, 50] as const;

/** What the trees look at of each song, in the order of the weights file. NaN stands for "not known". */
export const FEATURES = [
  "frequency 1", "frequency 3", "frequency 8", "frequency 20", "frequency 60", "frequency 200",
  "rank 8", "rank 20", "rank 60", "rank of the best half-life", "frequency of the best half-life",
  "plays of 2", "plays of 3", "plays of 5", "plays of 10", "plays of 20", "plays of 50",
  "gap", "gap quantile", "own hazard", "gap against usual", "lift", "lifted frequency", "lifted rank",
  "own hazard rank", "follows rank",
  "gap before", "gap before that", "days since", "plays", "age in shows", "age in days", "rate since first",
  "leg share", "played in the run", "played at the last visit", "opens", "closes", "encores", "place", "follows",
  "leg shows", "run night", "days since the last show", "sameness lately", "sameness long", "debuts", "length",
  "songs in use", "shows", "festival", "last likeness", "best half-life",
] as const;

/** A row of features for each song of the history, one after another. */
export interface FeatureTable {
  rows: Float32Array;
  standings: Standings;
  scene: ReasonScene;
}

interface Scene extends ReasonScene {
  history: History;
  standings: Standings;
  /** By four frequencies, `lifted`, hazard and `follows`. */
  ranks: Float64Array[];
  /** For each song its frequency times how much likelier its gap makes it. */
  lifted: Float64Array;
  /** For each song where it stands among its own gaps, and how it follows on shows like the last one. */
  gaps: OwnGaps[];
  follows: Float64Array;
  day: number;
  length: number;
}

/** Looks at every song the artist has played, as things stand before the show. */
export function lookAt(history: History, show: ShowSetting): FeatureTable {
  const scene = sceneOf(history, show);
  const rows = new Float32Array(history.songs.length * FEATURES.length);
  const ofShow = showFeatures(scene, show);
  history.songs.forEach((song, i) => {
    const start = i * FEATURES.length;
    const ofSong = [...standingFeatures(scene, i), ...gapFeatures(scene, song, i), ...habitFeatures(scene, song, i)];
    rows.set(ofSong, start);
    rows.set(ofShow, start + ofSong.length);
  });
  return { rows, standings: scene.standings, scene };
}

function sceneOf(history: History, show: ShowSetting): Scene {
  const standings = standingsOf(history);
  const day = dayOf(show.date);
  const where = arrive(history.where, show, history.shows, day - history.lastDay);
  const lifted = Float64Array.from(history.songs, (song, i) => {
    return standings.frequencies[LONG]![i]! * liftAt(history.lift, history.shows - lastShow(song));
  });
  const gaps = history.songs.map((song, i) => amongGaps(song.gaps, history.shows - lastShow(song), standings.frequencies[LONG]![i]!));
  const followed = followers(history.recent);
  const follows = Float64Array.from(history.songs, ({ songId }) => followed.get(songId) ?? 0);
  const ranked = [...[2, 3, LONG, standings.best].map((i) => standings.frequencies[i]!), lifted, gaps.map(({ hazard }) => hazard), follows];
  return {
    history, standings, lifted, where, day, gaps, follows, ranks: ranked.map(ranksOf), visit: lastVisit(where), length: usualLength(history),
  };
}

function standingFeatures({ standings, ranks, length, history }: Scene, i: number): number[] {
  const frequencies = standings.frequencies.map((of) => of[i]!);
  const relative = ranks.slice(0, 4).map((rank) => rank[i]! / length);
  const plays = WINDOWS.map((window) => playsWithin(history.songs[i]!, history.shows, window));
  return [...frequencies, ...relative, frequencies[standings.best]!, ...plays];
}

function gapFeatures({ history, standings, lifted, ranks, gaps, length }: Scene, song: SongPast, i: number): number[] {
  const gap = history.shows - lastShow(song);
  const rate = standings.frequencies[LONG]![i]!;
  const { quantile, hazard } = gaps[i]!;
  const relative = ranks.slice(4).map((rank) => rank[i]! / length);
  const [before, beforeThat] = [1, 2].map((n) => {
    const [later, earlier] = [song.latest[song.latest.length - n], song.latest[song.latest.length - n - 1]];
    return earlier === undefined ? Number.NaN : later! - earlier;
  });
  return [gap, quantile, hazard, gap * rate, liftAt(history.lift, gap), lifted[i]!, ...relative, before!, beforeThat!];
}

function habitFeatures({ history, where, visit, follows, day }: Scene, song: SongPast, i: number): number[] {
  const age = history.shows - song.firstShow;
  const legShows = history.shows - where.legStart;
  const runNights = history.shows - where.runStart;
  return [
    day - song.lastDay, song.plays, age, day - song.firstDay, song.plays / age,
    legShows === 0 ? Number.NaN : playsWithin(song, history.shows, Math.min(legShows, 50)) / Math.min(legShows, 50),
    runNights === 0 ? 0 : Number(lastShow(song) >= where.runStart),
    visit === null ? Number.NaN : Number(visit.has(song.songId)),
    song.opens, song.closes, song.encores, song.place, follows[i]!,
  ];
}

function showFeatures({ history, standings, where, day, length }: Scene, show: ShowSetting): number[] {
  const { sameness, recent, shows } = history;
  const [last, beforeLast] = [recent[recent.length - 1], recent[recent.length - 2]];
  const inUse = standings.frequencies[3]!.reduce((sum, frequency) => sum + Math.min(1, frequency * 20), 0);
  return [
    Math.min(shows - where.legStart, 200), where.place === null ? Number.NaN : shows - where.runStart, day - history.lastDay,
    sameness.lately, sameness.long, sameness.debuts, length, inUse / length, shows, Number(show.festival),
    last && beforeLast ? likeness(last, beforeLast) : Number.NaN, standings.best,
  ];
}
