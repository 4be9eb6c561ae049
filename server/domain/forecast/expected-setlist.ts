import type { SongPast } from "./song-past.ts";

export interface ExpectedSong {
  songId: number;
  encore: boolean;
}

/** More often than not. */
const USUALLY = 0.5;

/** Songs in the order that they usually come in: the usual opener first, encores last. */
export function inOrder(songs: readonly SongPast[]): ExpectedSong[] {
  const sorted = songs.toSorted((a, b) => stretchOf(a) - stretchOf(b) || a.place - b.place);
  return sorted.map((song) => ({ songId: song.songId, encore: isEncore(song) }));
}

function stretchOf(song: SongPast): number {
  return song.opens >= USUALLY ? 0 : isEncore(song) ? 2 : 1;
}

function isEncore(song: SongPast): boolean {
  return song.encores >= USUALLY;
}
