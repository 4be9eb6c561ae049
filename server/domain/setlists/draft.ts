import { plainSong, withSongs, type SetLines, type SongLine } from "./written-down.ts";

interface Keyed {
  /** Tells the lines of one page apart, the same song twice too; it is not saved. */
  key?: number;
}

/** Where another set or encore begins. */
export interface SetBreak extends Keyed {
  kind: "set";
  name: string | null;
  encore: boolean;
}

export type DraftLine = (SongLine & Keyed & { kind: "song" }) | SetBreak;

/** A setlist as it is being written: lines that can be moved past one another. The first set begins without a break, unless it has a name. */
export type Draft = readonly DraftLine[];

export function draftOf(sets: readonly SetLines[]): Draft {
  return sets.flatMap(({ name, encore, songs }, i): DraftLine[] => {
    const begins = i > 0 || name !== null || encore !== null;
    const lines = songs.map((song): DraftLine => ({ ...songOf(song), kind: "song" }));
    return begins ? [{ kind: "set", name, encore: encore !== null }, ...lines] : lines;
  });
}

/** The sets of a draft, encores counted from 1; a break with nothing behind it begins no set. */
export function setsOfDraft(draft: Draft): SetLines[] {
  const sets: SetLines[] = [{ name: null, encore: null, songs: [] }];
  for (const line of draft) {
    if (line.kind === "song") {
      sets.at(-1)!.songs.push(songOf(line));
      continue;
    }
    if (sets.at(-1)!.songs.length === 0) sets.pop();
    const encores = sets.filter(({ encore }) => encore !== null).length;
    sets.push({ name: line.name, encore: line.encore ? encores + 1 : null, songs: [] });
  }
  return withSongs(sets);
}

/** What is saved of a song, always in the same order. */
function songOf({ title, songId, coverOf, guest, tape, note, segue, medley }: SongLine): SongLine {
  return { title, songId, coverOf, guest, tape, note, segue, medley };
}

/** What can be done to a draft; `at` and `to` count its lines from 0. */
export type DraftEdit =
  | { do: "add"; title: string; songId: number | null }
  | { do: "break"; encore: boolean }
  | { do: "remove"; at: number }
  | { do: "insert"; at: number; line: DraftLine }
  | { do: "move"; at: number; to: number }
  | { do: "change"; at: number; with: Partial<Omit<SongLine, "songId" | "medley">> | { name: string | null } }
  /** One medley with the song before, or not. */
  | { do: "medley"; at: number; joined: boolean };

/** The draft after an edit; one that points beyond its lines changes nothing. */
export function edited(draft: Draft, edit: DraftEdit): Draft {
  switch (edit.do) {
    case "add":
      return [...draft, { ...plainSong(edit.title, edit.songId), kind: "song" }];
    case "break":
      return [...draft, { kind: "set", name: null, encore: edit.encore }];
    case "remove":
      return draft.filter((_, i) => i !== edit.at);
    case "insert":
      return [...draft.slice(0, edit.at), edit.line, ...draft.slice(edit.at)];
    case "move":
      return moved(draft, edit.at, edit.to);
    case "medley":
      return joined(draft, edit.at, edit.joined);
    case "change":
      return draft.map((line, i) => (i === edit.at ? changed(line, edit.with) : line));
  }
}

function moved(draft: Draft, at: number, to: number): Draft {
  const line = draft[at];
  if (line === undefined || to < 0 || to >= draft.length) return draft;
  const others = draft.filter((_, i) => i !== at);
  return [...others.slice(0, to), line, ...others.slice(to)];
}

/** Another title is another song, until it is matched again. */
function changed(line: DraftLine, to: Extract<DraftEdit, { do: "change" }>["with"]): DraftLine {
  if (line.kind === "set") return "name" in to ? { ...line, name: to.name } : line;
  if ("name" in to) return line;
  const retitled = to.title !== undefined && to.title !== line.title;
  return { ...line, ...to, songId: retitled ? null : line.songId };
}

/** Whether a song can be, and is, one medley with the song before. */
export function inMedley(draft: Draft, at: number): boolean {
  const [before, line] = [draft[at - 1], draft[at]];
  return before?.kind === "song" && line?.kind === "song" && line.medley !== null && line.medley === before.medley;
}

function joined(draft: Draft, at: number, join: boolean): Draft {
  const [before, line] = [draft[at - 1], draft[at]];
  if (before?.kind !== "song" || line?.kind !== "song" || join === inMedley(draft, at)) return draft;
  if (!join) return draft.map((one, i) => (i === at ? { ...line, medley: null } : one));
  const last = Math.max(0, ...draft.map((one) => (one.kind === "song" ? (one.medley ?? 0) : 0)));
  const medley = before.medley ?? last + 1;
  return draft.map((one, i) => (i === at || i === at - 1 ? { ...(one as typeof line), medley } : one));
}

/** What a line is called: a song by its title, a break by its name or its kind. */
export function lineName(line: DraftLine): string {
  if (line.kind === "song") return line.title;
  return line.name ?? (line.encore ? "Encore" : "Set break");
}

/** How many songs were played of a draft, tapes left out. */
export function songsInDraft(draft: Draft): number {
  return draft.filter((line) => line.kind === "song" && !line.tape).length;
}
