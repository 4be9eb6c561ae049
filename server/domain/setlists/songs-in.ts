import type { SetLines } from "./written-down.ts";

/** How many entries some sets have, tapes left out. */
export function songsIn(sets: readonly SetLines[]): number {
  return sets.reduce((sum, { songs }) => sum + songs.filter(({ tape }) => !tape).length, 0);
}
