import { type GapLift, noLift } from "./gaps.ts";
import { HALF_LIVES, type SongPast } from "./song-past.ts";
import { nowhere, type Whereabouts } from "./whereabouts.ts";

/** The expected length where nobody has seen a show of the artist. */
const USUAL_LENGTH = 16;
/** Of the pooled half-life that hazards are held against: index into HALF_LIVES. */
export const LONG = 4;

/** What an artist has played so far, as the forecast needs it. `addShow` changes it; nothing else does. */
export interface History {
  shows: number;
  lastDay: number;
  songs: SongPast[];
  /** Where in `songs` a song id is. */
  indexOf: Map<number, number>;
  recent: ReadonlySet<number>[];
  lengths: number[];
  where: Whereabouts;
  lift: GapLift;
  /** By half-life: how well it has foretold, faded. */
  merits: number[];
  /** How alike neighbouring shows are, lately (8 shows) and for long (60), and the share of songs never played before. */
  sameness: { lately: number; long: number; debuts: number };
}

export function emptyHistory(): History {
  return {
    shows: 0, lastDay: 0, songs: [], indexOf: new Map(), recent: [], lengths: [], where: nowhere(), lift: noLift(),
    merits: HALF_LIVES.map(() => 0), sameness: { lately: 0.6, long: 0.6, debuts: 0.3 },
  };
}

/** The median length of the last 10 shows, in songs, rounded; 16 before the first one. */
export function usualLength({ lengths }: History): number {
  if (lengths.length === 0) return USUAL_LENGTH;
  const sorted = lengths.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Math.max(1, Math.round((sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2));
}
