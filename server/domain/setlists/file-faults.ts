import type { CsvError } from "../matching/csv.ts";
import { SETLIST_COLUMNS } from "./file-columns.ts";

/** Why a file of setlists is not carried out. `line` is that of the file, or the place in a JSON list, from 1; null where it is of the whole. */
export type SetlistFault =
  | CsvError
  | { line: null; reason: "nothing" | "not_json" }
  | { line: null; reason: "too_large"; most: number }
  | { line: number; reason: "unknown_column" | "twice" | "not_a_date"; found: string }
  | { line: number; reason: "missing"; names: string[] }
  | { line: number; reason: "cells"; cells: number; columns: number }
  | { line: number; reason: "not_a_song" }
  | { line: number; reason: "not_text"; name: string }
  | { line: number; reason: "not_yes_or_no"; name: string; found: string }
  | { line: number; reason: "not_a_number"; name: string; found: string; most: number }
  | { line: number; reason: "too_many"; most: number }
  | { line: number; reason: "told_twice"; artist: string; localDate: string; first: number }
  /** What the catalogue says against it. */
  | { line: number; reason: "refused"; message: string };

export function isFault(read: object): read is SetlistFault {
  return "reason" in read;
}

/** A fault as a sentence that says what to do, such as "Line 3: …". */
export function setlistFaultWords(fault: SetlistFault, format: "csv" | "json"): string {
  const place = fault.line === null ? "" : `${format === "csv" ? "Line" : "Item"} ${fault.line}: `;
  return place + WORDS[fault.reason](fault as never);
}

const quoted = (text: string) => (text === "" ? "nothing" : `"${text.slice(0, 80)}"`);

type Words = { [R in SetlistFault["reason"]]: (fault: Extract<SetlistFault, { reason: R }>) => string };

const WORDS: Words = {
  half_line: () => "A quote is never closed. Is the file whole?",
  stray_quote: () => 'A quote stands inside a cell. Put the cell in quotes, and write "" for each quote in it.',
  cell_too_long: () => "A cell is longer than 100,000 characters. Is a quote missing?",
  other_encoding: () => "The file is not in UTF-8. Save it as UTF-8 (in Excel: CSV UTF-8).",
  nothing: () => "There is no song in it. The first line names the columns; each further line is a song.",
  not_json: () => 'This is no JSON list of songs. It must look like [{"artist": "…", "date": "2026-06-13", "title": "…"}, …].',
  too_large: ({ most }) => `The file is larger than ${most / 1024 / 1024} MB. Split it.`,
  unknown_column: ({ found }) => `${quoted(found)} is no column. There are ${SETLIST_COLUMNS.join(", ")}.`,
  twice: ({ found }) => `The column ${quoted(found)} is there twice. Remove one of them.`,
  not_a_date: ({ found }) => `${quoted(found)} is no date. A date looks like 2026-12-31.`,
  missing: ({ names }) => `It says nothing under ${names.join(" and ")}. Each song needs that.`,
  cells: ({ cells, columns }) => `It has ${cells} cells and must have ${columns}, as the first line; an empty one is a comma too.`,
  not_a_song: () => `It must be an object with texts, numbers, true or false under ${SETLIST_COLUMNS.join(", ")}.`,
  not_text: ({ name }) => `What is under ${name} is longer than 300 characters, or has signs that can't be shown.`,
  not_yes_or_no: ({ name, found }) => `${quoted(found)} under ${name} is neither yes nor no. Leave it empty for no.`,
  not_a_number: ({ name, found, most }) => `${quoted(found)} under ${name} is no whole number from 1 to ${most}.`,
  too_many: ({ most }) => `A setlist has at most ${most} songs; this is one more.`,
  told_twice: ({ artist, localDate, first }) => `The setlist of ${artist || "this show"} ${localDate} has begun on line ${first} already. Put its songs one after another, or name the venues if it is two shows.`,
  refused: ({ message }) => message,
};
