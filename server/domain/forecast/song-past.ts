import { gapBucket, noGaps } from "./gaps.ts";
import type { PlayedSong } from "./setting.ts";

/** Half-lives in shows of the frequencies that are kept of each song. */
export const HALF_LIVES = [1, 3, 8, 20, 60, 200] as const;
/** Of each song so many latest plays are kept by number of show. */
const PLAYS_KEPT = 50;
/** Each new play moves a song's habits by so much at least. */
const HABIT_STEP = 0.08;

/** Everything the forecast remembers of a song. Bounded: it does not grow with the plays. */
export interface SongPast {
  songId: number;
  plays: number;
  /** Numbers of the shows (0, 1, …) of the latest plays, oldest first. */
  latest: number[];
  firstShow: number;
  firstDay: number;
  lastDay: number;
  /** By half-life: the sum of faded plays as of the last one. */
  weights: number[];
  gaps: number[];
  longestGap: number;
  opens: number;
  closes: number;
  encores: number;
  /** Its usual place in the list, 0 the first song, 1 the last. */
  place: number;
}

export function newSong(songId: number, show: number, day: number): SongPast {
  return {
    songId, plays: 0, latest: [], firstShow: show, firstDay: day, lastDay: day, weights: HALF_LIVES.map(() => 0),
    gaps: noGaps(), longestGap: 0, opens: 0, closes: 0, encores: 0, place: 0.5,
  };
}

/** What part a song had in a show. */
export interface Part {
  place: number;
  opens: boolean;
  closes: boolean;
  encore: boolean;
}

export function partOf(song: PlayedSong, at: number, length: number): Part {
  return { place: length === 1 ? 0.5 : at / (length - 1), opens: at === 0, closes: at === length - 1, encore: song.encore };
}

export function lastShow(song: SongPast): number {
  return song.latest[song.latest.length - 1]!;
}

export function notePlay(song: SongPast, show: number, day: number, part: Part): void {
  if (song.plays > 0) noteGap(song, show - lastShow(song));
  HALF_LIVES.forEach((halfLife, i) => {
    const faded = song.plays === 0 ? 0 : song.weights[i]! * 0.5 ** ((show - lastShow(song)) / halfLife);
    song.weights[i] = faded + 1;
  });
  song.plays += 1;
  song.lastDay = day;
  song.latest.push(show);
  if (song.latest.length > PLAYS_KEPT) song.latest.shift();
  const step = Math.max(HABIT_STEP, 1 / song.plays);
  song.place += step * (part.place - song.place);
  song.opens += step * (Number(part.opens) - song.opens);
  song.closes += step * (Number(part.closes) - song.closes);
  song.encores += step * (Number(part.encore) - song.encores);
}

function noteGap(song: SongPast, gap: number): void {
  song.gaps[gapBucket(gap)]! += 1;
  song.longestGap = Math.max(song.longestGap, gap);
}

/** What turns a sum of faded plays into a frequency from 0 to 1 when `shows` have been, by half-life. */
export function evenOut(shows: number): number[] {
  return HALF_LIVES.map((halfLife) => {
    const kept = 0.5 ** (1 / halfLife);
    return shows === 0 ? 0 : (1 - kept) / (1 - kept ** shows);
  });
}

/** How often of the last `window` shows a song was played, when `shows` have been. */
export function playsWithin(song: SongPast, shows: number, window: number): number {
  let count = 0;
  for (let i = song.latest.length - 1; i >= 0 && song.latest[i]! >= shows - window; i -= 1) count += 1;
  return count;
}
