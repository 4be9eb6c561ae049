import { chancesFromForecast } from "../scoring/chances.ts";
import { LEAST_CHANCE, MOST_BALLOT_SONGS } from "../likelihood.ts";
import type { Forecast } from "./forecast.ts";
import type { History } from "./history.ts";
import type { Reason } from "./reasons.ts";

/** Songs of a show of which chances are kept. */
const MOST_SONGS = 200;
/** The likeliest songs have their chance kept however small it is: they come to ballots. */
const ALWAYS_KEPT = MOST_BALLOT_SONGS;
/** Places after the point to which chances are kept. */
const PLACES = 4;

export interface KeptChance {
  songId: number;
  /** That it is played. */
  played: number;
  /** That it has the role if it is played. */
  opener: number;
  closer: number;
  encore: number;
  /** Its place in the expected setlist, from 1; null where it is not in it. */
  place: number | null;
  reasons: Reason[];
}

/** A forecast as it is kept with a show. */
export interface KeptForecast {
  /** Past shows that it rests on. */
  shows: number;
  /** Songs that the show is expected to have. */
  length: number;
  /** By song id. */
  songs: KeptChance[];
}

/** What is kept of a forecast: the songs of the ballot, the likeliest ones, and the others that have a chance, 200 at most. */
export function keptForecast({ songs, setlist, length, shows }: Forecast, history: History, ballot: ReadonlySet<number>): KeptForecast {
  const wanted = songs.filter(({ songId, probability }, i) => i < ALWAYS_KEPT || ballot.has(songId) || probability >= LEAST_CHANCE);
  const first = wanted.toSorted((a, b) => Number(ballot.has(b.songId)) - Number(ballot.has(a.songId))).slice(0, MOST_SONGS);
  const places = new Map(setlist.map(({ songId }, i) => [songId, i + 1]));
  const chances = chancesFromForecast(first, history);
  const kept = first.map(({ songId, reasons }, i): KeptChance => {
    const { played, roles } = chances[i]!;
    const { opener, closer, encore } = roles;
    return { songId, played: rounded(played), opener: rounded(opener), closer: rounded(closer), encore: rounded(encore), place: places.get(songId) ?? null, reasons };
  });
  return { shows, length, songs: kept.sort((a, b) => a.songId - b.songId) };
}

function rounded(chance: number): number {
  return Number(chance.toFixed(PLACES));
}
