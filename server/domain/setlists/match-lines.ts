import { lookUpKeys } from "../catalogue/aliases.ts";
import { readTitle } from "../catalogue/titles.ts";
import { partsOf, type MedleyPart } from "./medleys.ts";
import type { SetLines, SongLine } from "./written-down.ts";

/** An entry with what its title is looked up under. */
export type MatchedLine<S extends SongLine> = S & { titleKey: string };

/** Ids of an artist's songs by each key that names exactly one. */
export type NamedSongs = ReadonlyMap<string, number>;

/** All keys under which the songs of some sets may be found, parts of medleys included. */
export function keysOfLines(sets: readonly SetLines[]): string[] {
  const titles = sets.flatMap(({ songs }) => songs.flatMap(({ title }) => [title, ...partsOf(title).map((part) => part.title)]));
  return [...new Set(titles.flatMap(lookUpKeys))];
}

/**
 * Says which songs the entries are. A title that is none, and of which every part is another song, becomes the entries of
 * one medley. What the writer has said already stays.
 */
export function matchLines<S extends SongLine>(sets: readonly SetLines<S>[], named: NamedSongs): SetLines<MatchedLine<S>>[] {
  return sets.map((set) => ({ ...set, songs: matchSet(set.songs, named) }));
}

function matchSet<S extends SongLine>(songs: readonly S[], named: NamedSongs): MatchedLine<S>[] {
  let medley = Math.max(0, ...songs.map((song) => song.medley ?? 0));
  return songs.flatMap((song) => {
    const parts = song.songId === null && song.medley === null ? medleyOf(song.title, named) : null;
    if (parts === null) return [matched(song, song.songId ?? songNamed(song.title, named))];
    medley += 1;
    return parts.map((part, i) => partLine(song, part, { medley, first: i === 0, last: i === parts.length - 1, named }));
  });
}

function matched<S extends SongLine>(song: S, songId: number | null): MatchedLine<S> {
  return { ...song, songId, titleKey: readTitle(song.title).key };
}

function songNamed(title: string, named: NamedSongs): number | null {
  const key = lookUpKeys(title).find((one) => named.has(one));
  return key === undefined ? null : named.get(key)!;
}

/** The parts of a title that is no song as a whole, where each of them is a song and no two are the same. */
function medleyOf(title: string, named: NamedSongs): MedleyPart[] | null {
  if (named.has(readTitle(title).key)) return null;
  const parts = partsOf(title);
  const songs = parts.map((part) => songNamed(part.title, named));
  return parts.length > 1 && !songs.includes(null) && new Set(songs).size === parts.length ? parts : null;
}

interface Place {
  medley: number;
  first: boolean;
  last: boolean;
  named: NamedSongs;
}

/** A part has what was said of the whole; a note stands once, and the last part goes on as the whole did. */
function partLine<S extends SongLine>(whole: S, part: MedleyPart, { medley, first, last, named }: Place): MatchedLine<S> {
  const song = { ...whole, title: part.title, note: first ? whole.note : null, segue: last ? whole.segue : part.segue, medley };
  return matched(song, songNamed(part.title, named));
}
