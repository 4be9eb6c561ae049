import { describe, expect, test } from "vitest";
import { csvLine } from "#server/domain/matching/csv.ts";
import { SETLIST_COLUMNS } from "#server/domain/setlists/file-columns.ts";
import { setlistFaultWords } from "#server/domain/setlists/file-faults.ts";
import { rowsOfSetlist } from "#server/domain/setlists/file-rows.ts";
import { readSetlistFile } from "#server/domain/setlists/setlist-file.ts";
import { plainSong } from "#server/domain/setlists/written-down.ts";

const read = (text: string, format: "csv" | "json" = "csv", whole = true) => readSetlistFile(text, format, { whole });
const faultsOf = (text: string, format: "csv" | "json" = "csv", whole = true) => read(text, format, whole).faults.map((fault) => setlistFaultWords(fault, format));

describe("a file of setlists", () => {
  test("has a row for each song; a set begins where its name or its encore changes", () => {
    const text = "artist,date,venue,set,encore,title,cover_of,tape,segue,medley\nLarks,2026-06-01,Hall,,,Intro,,yes,,\nLarks,2026-06-01,Hall,,,Dawn,,,x,\nLarks,2026-06-01,Hall,Acoustic,,Dusk,Others,,,1\nLarks,2026-06-01,Hall,,1,Ferry,,,,\nOwl,2026-06-02,,,,Hoot,,,,\n";
    const { setlists, faults } = read(text);
    expect(faults).toEqual([]);
    expect(setlists).toEqual([
      {
        line: 2, artist: "Larks", localDate: "2026-06-01", venue: "Hall",
        sets: [
          { name: null, encore: null, songs: [{ ...plainSong("Intro"), tape: true }, { ...plainSong("Dawn"), segue: true }] },
          { name: "Acoustic", encore: null, songs: [{ ...plainSong("Dusk"), coverOf: "Others", medley: 1 }] },
          { name: null, encore: 1, songs: [plainSong("Ferry")] },
        ],
      },
      { line: 6, artist: "Owl", localDate: "2026-06-02", venue: "", sets: [{ name: null, encore: null, songs: [plainSong("Hoot")] }] },
    ]);
  });

  test("comes back as it was written, also what a spreadsheet would calculate", () => {
    const sets = [{ name: "=Set, \"one\"", encore: null, songs: [{ ...plainSong("-1+2"), note: "a, b", guest: "Ms. \"G\"", medley: 2, segue: true }, { ...plainSong("שיר"), tape: true }] }, { name: null, encore: 2, songs: [plainSong("Dusk")] }];
    const text = [[...SETLIST_COLUMNS], ...rowsOfSetlist({ artist: "Larks", localDate: "2026-06-01", venue: "Hall", sets })].map(csvLine).join("");
    expect(read(text)).toEqual({ faults: [], setlists: [{ line: 2, artist: "Larks", localDate: "2026-06-01", venue: "Hall", sets }] });
  });

  test("may be JSON with the same names, and true and false", () => {
    const items = [{ artist: "Larks", date: "2026-06-01", title: "Dawn", tape: true, encore: 1, note: null }, { artist: "Larks", date: "2026-06-01", title: "Dusk", tape: false }];
    const { setlists, faults } = read(JSON.stringify(items), "json");
    expect(faults).toEqual([]);
    expect(setlists[0]!.sets).toEqual([{ name: null, encore: 1, songs: [{ ...plainSong("Dawn"), tape: true }] }, { name: null, encore: null, songs: [plainSong("Dusk")] }]);
  });

  test("of one show needs titles and nothing else", () => {
    expect(read("title\nDawn\nDusk", "csv", false).setlists).toMatchObject([{ artist: "", localDate: "", sets: [{ songs: [{ title: "Dawn" }, { title: "Dusk" }] }] }]);
  });

  test("tells all that is wrong with it at once, each with its line", () => {
    const text = "artist,date,title,encore,tape\n,2026-06-01,Dawn,,\nLarks,2026-02-30,Dusk,,\nLarks,2026-06-01,,,\nLarks,2026-06-01,Dusk,x,\nLarks,2026-06-01,Dusk,,maybe\nLarks,2026-06-01\n";
    expect(faultsOf(text)).toEqual([
      "Line 2: It says nothing under artist. Each song needs that.",
      'Line 3: "2026-02-30" is no date. A date looks like 2026-12-31.',
      "Line 4: It says nothing under title. Each song needs that.",
      'Line 5: "x" under encore is no whole number from 1 to 60.',
      'Line 6: "maybe" under tape is neither yes nor no. Leave it empty for no.',
      "Line 7: It has 2 cells and must have 5, as the first line; an empty one is a comma too.",
    ]);
  });

  test.each([
    ["nothing", "", "csv", "There is no song in it. The first line names the columns; each further line is a song."],
    ["a column that is none", "title,colour\nDawn,red", "csv", 'Line 1: "colour" is no column. There are artist, date, venue, set, encore, title, cover_of, guest, tape, segue, medley, note.'],
    ["a column twice", "title,title\nDawn,Dusk", "csv", 'Line 1: The column "title" is there twice. Remove one of them.'],
    ["an open quote", 'title\n"Dawn', "csv", "Line 2: A quote is never closed. Is the file whole?"],
    ["what is no JSON", "{", "json", 'This is no JSON list of songs. It must look like [{"artist": "…", "date": "2026-06-13", "title": "…"}, …].'],
    ["what is no song", '["Dawn"]', "json", "Item 1: It must be an object with texts, numbers, true or false under artist, date, venue, set, encore, title, cover_of, guest, tape, segue, medley, note."],
    ["signs that can't be shown", "title\n\u202eDawn", "csv", "Line 2: What is under title is longer than 300 characters, or has signs that can't be shown."],
    ["a show in two places", "artist,date,title\nL,2026-06-01,A\nO,2026-06-01,B\nL,2026-06-01,C", "csv", "Line 4: The setlist of L 2026-06-01 has begun on line 2 already. Put its songs one after another, or name the venues if it is two shows."],
    ["401 songs", `artist,date,title\n${"L,2026-06-01,A\n".repeat(401)}`, "csv", "Line 402: A setlist has at most 400 songs; this is one more."],
  ] as const)("with %s says so", (_what, text, format, says) => {
    expect(faultsOf(text, format, text.startsWith("artist"))).toEqual([says]);
  });
});
