import { confidence } from "../forecast/confidence.ts";
import { chanceIn, type SongChance } from "./chances.ts";

/** Somebody's list for a show: songs in order, likeliest first, and how likely each was held (0 to 1). */
export interface ExpectedList {
  songIds: readonly number[];
  probabilities: ReadonlyMap<number, number>;
}

/** A song of the ballot with its tally at the close. */
export interface BallotTally {
  songId: number;
  votes: number;
  /** The tie-break among equal tallies, as on the show's page. */
  position: number;
}

/** How many of the artist's last shows the plain guess is made of. */
export const LAST_SHOWS = 10;

/**
 * The crowd's list: songs with a vote, by votes. How likely it held each song of the ballot is the blend of the chance
 * before the votes and the votes of `fans` (how many voted at the show). Null where nobody voted.
 */
export function crowdList(ballot: readonly BallotTally[], fans: number, chances: readonly SongChance[]): ExpectedList | null {
  const chance = chanceIn(chances);
  const voted = ballot.filter(({ votes }) => votes > 0).toSorted((a, b) => b.votes - a.votes || a.position - b.position || a.songId - b.songId);
  if (voted.length === 0) return null;
  const blended = ballot.map(({ songId, votes }) => [songId, confidence({ probability: chance(songId).played }, votes, fans)] as const);
  return { songIds: voted.map(({ songId }) => songId), probabilities: new Map(blended) };
}

/** The forecast's list, likeliest first; of equals the smaller id. Null without a forecast. */
export function forecastList(chances: readonly SongChance[]): ExpectedList | null {
  return listOf(chances.map(({ songId, played }) => [songId, played]));
}

/**
 * The plain guess, "the last shows' songs": songs by how many of the artist's last ten shows had them, which is also
 * how likely they are held; of equals the one that was played last, then the smaller id. `shows` newest first. Null
 * without one.
 */
export function lastShowsList(shows: readonly (readonly number[])[]): ExpectedList | null {
  const last = shows.filter((songs) => songs.length > 0).slice(0, LAST_SHOWS);
  const plays = new Map<number, number>();
  for (const songs of last) for (const id of new Set(songs)) plays.set(id, (plays.get(id) ?? 0) + 1);
  const ago = (id: number) => last.findIndex((songs) => songs.includes(id));
  return listOf([...plays].sort(([a], [b]) => ago(a) - ago(b) || a - b).map(([id, count]) => [id, count / last.length]), false);
}

function listOf(songs: readonly (readonly [number, number])[], byId = true): ExpectedList | null {
  if (songs.length === 0) return null;
  const sorted = songs.toSorted((a, b) => b[1] - a[1] || (byId ? a[0] - b[0] : 0));
  return { songIds: sorted.map(([id]) => id), probabilities: new Map(songs) };
}
