import type { SetLines, SongLine } from "./written-down.ts";

/** Where two versions of a setlist differ, as lines: what stood from line `at` (from 1) on, and what stands there now. */
export interface SetlistChange {
  at: number;
  before: string[];
  after: string[];
}

/** A setlist as lines of text, one for each set and each song, that differ where anything of it does. */
export function setlistText(sets: readonly SetLines[], note: string | null): string[] {
  const lines = sets.flatMap(({ name, encore, songs }) => [setText(name, encore), ...songs.map(songText)]);
  return note === null ? lines : [...lines, `Note: ${note}`];
}

function setText(name: string | null, encore: number | null): string {
  return `${encore === null ? "Set" : `Encore ${encore}`}${name === null ? "" : ` "${name}"`}:`;
}

function songText({ title, songId, coverOf, guest, tape, note, segue, medley }: SongLine): string {
  const said = [
    songId === null ? "no song of ours" : `song ${songId}`,
    coverOf === null ? "" : `of ${coverOf}`,
    guest === null ? "" : `with ${guest}`,
    tape ? "tape" : "",
    medley === null ? "" : `medley ${medley}`,
    note === null ? "" : `note: ${note}`,
    segue ? ">" : "",
  ];
  return [title, ...said.filter((text) => text !== "")].join("; ");
}

/** What has changed between two texts, as short as one piece of them can be; null where nothing has. */
export function changeBetween(before: readonly string[], after: readonly string[]): SetlistChange | null {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same += 1;
  if (same === before.length && same === after.length) return null;
  let end = 0;
  while (end < shorter - same && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { at: same + 1, before: before.slice(same, before.length - end), after: after.slice(same, after.length - end) };
}
