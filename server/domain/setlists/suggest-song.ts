import { titleBlocks } from "../matching/alike-songs.ts";
import { readTitleSide } from "../matching/compare-titles.ts";
import { scoreSongs } from "../matching/score-songs.ts";

export interface SuggestedSong {
  songId: number;
  /** How sure it is that the title is this song, 0 to 1. */
  confidence: number;
}

/** What many songs share tells nothing. */
const MOST_SHARING = 30;

/** For each of some titles the song of an artist that it is most like; none for a title that is like no song. */
export function suggestSongs(titles: readonly string[], songs: readonly { id: number; title: string }[]): Map<string, SuggestedSong> {
  const sharing = new Map<string, { id: number; title: string }[]>();
  for (const song of titles.length === 0 ? [] : songs) {
    for (const block of titleBlocks(readTitleSide(song.title))) {
      const group = sharing.get(block);
      if (group) group.push(song);
      else sharing.set(block, [song]);
    }
  }
  return new Map(titles.flatMap((title) => {
    const found = mostAlike(title, sharing);
    return found === null ? [] : [[title, found] as const];
  }));
}

function mostAlike(title: string, sharing: ReadonlyMap<string, { id: number; title: string }[]>): SuggestedSong | null {
  const groups = titleBlocks(readTitleSide(title)).map((block) => sharing.get(block) ?? []);
  const candidates = new Map(groups.filter(({ length }) => length <= MOST_SHARING).flat().map((song) => [song.id, song]));
  const scored = [...candidates.values()].map((song) => ({ songId: song.id, score: scoreSongs({ title }, song) }));
  const [best] = scored.filter(({ score }) => score.verdict !== "none").toSorted((a, b) => b.score.confidence - a.score.confidence || a.songId - b.songId);
  return best ? { songId: best.songId, confidence: best.score.confidence } : null;
}
