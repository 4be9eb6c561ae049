import { SETLIST_COLUMNS, type SetlistColumn } from "./file-columns.ts";
import type { SetlistFault } from "./file-faults.ts";
import { LONGEST_TITLE, MOST_SETS, MOST_SONGS, type SetLines, type SongLine } from "./written-down.ts";

/** A song as a row of a file has it. */
export interface FileRow {
  line: number;
  artist: string;
  /** yyyy-mm-dd; "" where the row does not say. */
  localDate: string;
  venue: string;
  /** Name of its set; null for one without. */
  set: string | null;
  encore: number | null;
  song: SongLine;
}

const YES = ["yes", "true", "1", "x"];
const NO = ["", "no", "false", "0"];
const UNSHOWN = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Reads one row by its columns. */
export function readRow(line: number, cells: ReadonlyMap<SetlistColumn, string>): FileRow | SetlistFault {
  const said = (name: SetlistColumn) => (cells.get(name) ?? "").trim();
  const wrong = SETLIST_COLUMNS.find((name) => UNSHOWN.test(said(name)) || said(name).length > LONGEST_TITLE);
  if (wrong !== undefined) return { line, reason: "not_text", name: wrong };
  if (said("title") === "") return { line, reason: "missing", names: ["title"] };
  if (said("date") !== "" && !isDate(said("date"))) return { line, reason: "not_a_date", found: said("date") };
  for (const name of ["tape", "segue"] as const) if (yesOrNo(said(name)) === null) return { line, reason: "not_yes_or_no", name, found: said(name) };
  for (const name of ["encore", "medley"] as const) if (said(name) !== "" && countOf(said(name), MOST[name]) === null) return { line, reason: "not_a_number", name, found: said(name), most: MOST[name] };
  const words = (name: SetlistColumn) => said(name) || null;
  const song = { title: said("title"), songId: null, coverOf: words("cover_of"), guest: words("guest"), note: words("note") };
  return {
    line,
    artist: said("artist"),
    localDate: said("date"),
    venue: said("venue"),
    set: words("set"),
    encore: countOf(said("encore"), MOST.encore),
    song: { ...song, tape: yesOrNo(said("tape"))!, segue: yesOrNo(said("segue"))!, medley: countOf(said("medley"), MOST.medley) },
  };
}

const MOST = { encore: MOST_SETS, medley: MOST_SONGS };

function yesOrNo(text: string): boolean | null {
  const word = text.toLowerCase();
  return YES.includes(word) ? true : NO.includes(word) ? false : null;
}

function countOf(text: string, most: number): number | null {
  return /^[1-9]\d{0,3}$/.test(text) && Number(text) <= most ? Number(text) : null;
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().startsWith(text);
}

/** The cells of a setlist, a row for each song, in the order of the columns. */
export function rowsOfSetlist({ artist, localDate, venue, sets }: { artist: string; localDate: string; venue: string; sets: readonly SetLines[] }): string[][] {
  return sets.flatMap(({ name, encore, songs }) =>
    songs.map(({ title, coverOf, guest, tape, segue, medley, note }) => [
      artist, localDate, venue, name ?? "", encore === null ? "" : String(encore), title, coverOf ?? "", guest ?? "",
      tape ? "yes" : "", segue ? "yes" : "", medley === null ? "" : String(medley), note ?? "",
    ]),
  );
}
