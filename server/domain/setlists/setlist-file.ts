import { CsvFault, csvReader, type CsvRow } from "../matching/csv.ts";
import { SETLIST_COLUMNS, type SetlistColumn } from "./file-columns.ts";
import { readRow, type FileRow } from "./file-rows.ts";
import { isFault, type SetlistFault } from "./file-faults.ts";
import { MOST_SONGS, type SetLines } from "./written-down.ts";

export const SETLIST_FORMATS = ["csv", "json"] as const;
export type SetlistFormat = (typeof SETLIST_FORMATS)[number];

/** The largest file that is read, in bytes: about 200,000 songs. It is read whole. */
export const MOST_FILE_BYTES = 16 * 1024 * 1024;

/** A setlist as a file has it. */
export interface FileSetlist {
  /** Where it begins: the line of a CSV, or the place in a JSON list, from 1. */
  line: number;
  /** A name or the last part of an address; "" where the file does not say. */
  artist: string;
  /** yyyy-mm-dd; "" where the file does not say. */
  localDate: string;
  /** Tells several shows of a day apart; "" where the file does not say. */
  venue: string;
  sets: SetLines[];
}

export interface SetlistFile {
  setlists: FileSetlist[];
  /** All that is wrong with the file. What is right beside it is there too, but a file with faults is not to be carried out. */
  faults: SetlistFault[];
}

/** Reads a file of setlists: a row for each song, in order. A `whole` one has artist and date in each row, and may hold no song; the other is of one show. */
export function readSetlistFile(text: string, format: SetlistFormat, { whole }: { whole: boolean }): SetlistFile {
  const read = format === "csv" ? csvRows(text) : jsonRows(text);
  const rows = read.flatMap((row) => (isFault(row) ? [] : [row]));
  const faults: SetlistFault[] = [...read.filter(isFault), ...(whole ? rows.flatMap(unplaced) : [])];
  if (read.length === 0 && (!whole || text.trim() === "")) faults.push({ line: null, reason: "nothing" });
  const setlists = setlistsOf(rows, faults);
  return { setlists, faults: faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

function unplaced({ line, artist, localDate }: FileRow): SetlistFault[] {
  const missing = [artist === "" ? "artist" : "", localDate === "" ? "date" : ""].filter((name) => name !== "");
  return missing.length === 0 ? [] : [{ line, reason: "missing", names: missing }];
}

function csvRows(text: string): (FileRow | SetlistFault)[] {
  try {
    const reader = csvReader();
    const [header, ...rows] = [...reader.push(text), ...reader.end()];
    if (!header) return [];
    const columns = columnsOf(header);
    return isFault(columns) ? [columns] : rows.map((row) => csvRow(row, columns));
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    return [error.error];
  }
}

/** Columns in any order; what is left out is empty. */
function columnsOf({ line, cells }: CsvRow): SetlistColumn[] | SetlistFault {
  const names = cells.map((name) => name.trim().toLowerCase());
  const unknown = names.find((name) => !isColumn(name));
  if (unknown !== undefined) return { line, reason: "unknown_column", found: unknown };
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return { line, reason: "twice", found: twice };
  return names.includes("title") ? (names as SetlistColumn[]) : { line, reason: "missing", names: ["title"] };
}

function isColumn(name: string): name is SetlistColumn {
  return (SETLIST_COLUMNS as readonly string[]).includes(name);
}

function csvRow({ line, cells }: CsvRow, columns: SetlistColumn[]): FileRow | SetlistFault {
  if (cells.length !== columns.length) return { line, reason: "cells", cells: cells.length, columns: columns.length };
  return readRow(line, new Map(columns.map((name, i) => [name, cells[i]!])));
}

function jsonRows(text: string): (FileRow | SetlistFault)[] {
  let list: unknown;
  try {
    list = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return [{ line: null, reason: "not_json" }];
  }
  return Array.isArray(list) ? list.map((item, i) => jsonRow(item, i + 1)) : [{ line: null, reason: "not_json" }];
}

function jsonRow(item: unknown, line: number): FileRow | SetlistFault {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return { line, reason: "not_a_song" };
  const told = Object.entries(item as Record<string, unknown>).filter(([, value]) => value !== null);
  const unknown = told.find(([name]) => !isColumn(name));
  if (unknown) return { line, reason: "unknown_column", found: unknown[0] };
  if (!told.every(([, value]) => ["string", "number", "boolean"].includes(typeof value))) return { line, reason: "not_a_song" };
  return readRow(line, new Map(told.map(([name, value]) => [name as SetlistColumn, String(value)])));
}

/** Rows one after another of one artist, date and venue are a setlist; told in two places it would be two. */
function setlistsOf(rows: readonly FileRow[], faults: SetlistFault[]): FileSetlist[] {
  const begun = new Map<string, FileSetlist>();
  let last = "";
  for (const row of rows) {
    const key = JSON.stringify([row.artist, row.localDate, row.venue]);
    const there = begun.get(key);
    if (there && last !== key) faults.push({ line: row.line, reason: "told_twice", artist: row.artist, localDate: row.localDate, first: there.line });
    const setlist = there ?? { line: row.line, artist: row.artist, localDate: row.localDate, venue: row.venue, sets: [] };
    begun.set(key, setlist);
    last = key;
    if (addSong(setlist, row) === MOST_SONGS + 1) faults.push({ line: row.line, reason: "too_many", most: MOST_SONGS });
  }
  return [...begun.values()];
}

/** A set begins where its name or its encore is another. How many songs the setlist has now. */
function addSong({ sets }: FileSetlist, { set: name, encore, song }: FileRow): number {
  const now = sets.at(-1);
  if (now && now.name === name && now.encore === encore) now.songs.push(song);
  else sets.push({ name, encore, songs: [song] });
  return sets.reduce((sum, { songs }) => sum + songs.length, 0);
}
