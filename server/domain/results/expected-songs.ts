import { chanceIn } from "../scoring/chances.ts";
import { crowdList, type ExpectedList, forecastList, LAST_SHOWS, lastShowsList } from "../scoring/expectations.ts";
import type { OutcomeFacts, SaidBefore } from "../scoring/outcome.ts";

/** A song that was on the ballot or in somebody's list, with its rank there, from 1. */
export interface ExpectedSong {
  songId: number;
  onBallot: boolean;
  crowd: { rank: number; votes: number } | null;
  /** `chance` 0 to 1. */
  forecast: { rank: number; chance: number } | null;
  /** At how many of the artist's last shows it was played. */
  lastShows: { rank: number; plays: number; of: number } | null;
}

/** All songs of the ballot, and those that the forecast or the last shows have among their first `listed`; the crowd's order first. */
export function expectedSongs({ ballot, fans }: Pick<OutcomeFacts, "ballot" | "fans">, said: SaidBefore, listed: number): ExpectedSong[] {
  const crowd = ranksIn(crowdList(ballot, fans, said.chances));
  const forecast = ranksIn(said.forecast ? forecastList(said.chances) : null);
  const lastShows = ranksIn(lastShowsList(said.lastShows));
  const chance = chanceIn(said.chances);
  const votes = new Map(ballot.map((song) => [song.songId, song.votes]));
  const shows = said.lastShows.filter((songs) => songs.length > 0).slice(0, LAST_SHOWS);
  const playsOf = (id: number) => shows.filter((songs) => songs.includes(id)).length;
  const known = new Set([...crowd.keys(), ...votes.keys(), ...firstOf(forecast, listed), ...firstOf(lastShows, listed)]);
  return [...known].map((songId) => ({
    songId,
    onBallot: votes.has(songId),
    crowd: at(crowd, songId, (rank) => ({ rank, votes: votes.get(songId)! })),
    forecast: at(forecast, songId, (rank) => ({ rank, chance: chance(songId).played })),
    lastShows: at(lastShows, songId, (rank) => ({ rank, plays: playsOf(songId), of: shows.length })),
  }));
}

function ranksIn(list: ExpectedList | null): Map<number, number> {
  return new Map(list?.songIds.map((id, i) => [id, i + 1]));
}

function firstOf(ranks: ReadonlyMap<number, number>, count: number): number[] {
  return [...ranks.keys()].slice(0, count);
}

function at<T>(ranks: ReadonlyMap<number, number>, songId: number, tell: (rank: number) => T): T | null {
  const rank = ranks.get(songId);
  return rank === undefined ? null : tell(rank);
}
