import { describe, expect, test } from "vitest";
import { lookUpKeys } from "#server/domain/catalogue/aliases.ts";
import { entryKind } from "#server/domain/setlists/entries.ts";
import { matchLines } from "#server/domain/setlists/match-lines.ts";
import { partsOf, readSegue } from "#server/domain/setlists/medleys.ts";
import { changeBetween, setlistText } from "#server/domain/setlists/setlist-change.ts";
import { suggestSongs } from "#server/domain/setlists/suggest-song.ts";
import { plainSong, type SongLine } from "#server/domain/setlists/written-down.ts";

describe("notes and medleys as setlist.fm writes them", () => {
  test.each([
    [">", null, true],
    ["->", null, true],
    ["unfinished) (>", "unfinished", true],
    [">) (with drum solo", "with drum solo", true],
    ["with 'Garden Road' outro", "with 'Garden Road' outro", false],
    ["a > b", "a > b", false],
    [null, null, false],
  ] as const)("%s", (note, rest, segue) => {
    expect(readSegue(note)).toEqual({ note: rest, segue });
  });

  test.each([
    ["Dawn / Dusk", ["Dawn", "Dusk"], [false, false]],
    ["Dawn > Dusk -> Ferry", ["Dawn", "Dusk", "Ferry"], [true, true, false]],
    ["24/7", ["24/7"], [false]],
    ["Dawn / ", ["Dawn / "], [false]],
  ] as const)("the parts of %s", (title, titles, segues) => {
    expect(partsOf(title)).toEqual(titles.map((part, i) => ({ title: part, segue: segues[i] })));
  });
});

describe("matching", () => {
  const named = new Map(["Dawn", "Dusk", "Night / Day"].map((title, i) => [lookUpKeys(title)[0]!, i + 1]));
  const match = (...songs: SongLine[]) => matchLines([{ name: null, encore: null, songs }], named)[0]!.songs.map(({ title, songId, medley, segue, note }) => [title, songId, medley, segue, note]);

  test("a medley of known songs becomes its parts: what goes on goes on after the last, the note stands once", () => {
    expect(match({ ...plainSong("Dawn / Dusk"), segue: true, note: "slow" })).toEqual([
      ["Dawn", 1, 1, false, "slow"],
      ["Dusk", 2, 1, true, null],
    ]);
  });

  test("what is one song, has an unknown part, names one song twice, or is said to be a song stays whole", () => {
    expect(match(plainSong("Night / Day"), plainSong("Dawn / Elsewhere"), plainSong("Dawn / Dawn"), plainSong("Dawn / Dusk", 9)).map(([title]) => title)).toEqual(["Night / Day", "Dawn / Elsewhere", "Dawn / Dawn", "Dawn / Dusk"]);
  });

  test("a further medley of a set has a further number", () => {
    expect(match({ ...plainSong("Dusk"), medley: 4 }, plainSong("Dawn / Dusk")).map(([, , medley]) => medley)).toEqual([4, 5, 5]);
  });
});

describe("what has changed in a setlist", () => {
  const lines = (...titles: string[]) => setlistText([{ name: null, encore: null, songs: titles.map((title) => plainSong(title)) }], null);

  test("is one piece of it, before and after", () => {
    expect(changeBetween(lines("A", "B", "C"), lines("A", "X", "Y", "C"))).toEqual({ at: 3, before: ["B; no song of ours"], after: ["X; no song of ours", "Y; no song of ours"] });
    expect(changeBetween(lines("A", "A"), lines("A", "A", "A"))).toMatchObject({ before: [], after: ["A; no song of ours"] });
    expect(changeBetween(lines("A"), lines("A"))).toBeNull();
  });

  test("is told by everything that can be said of a song", () => {
    const text = (more: Partial<SongLine>) => setlistText([{ name: "Acoustic", encore: 1, songs: [{ ...plainSong("A", 7), ...more }] }], "Rain.");
    expect(text({ coverOf: "O", guest: "G", tape: true, note: "n", segue: true, medley: 2 })).toEqual(['Encore 1 "Acoustic":', "A; song 7; of O; with G; tape; medley 2; note: n; >", "Note: Rain."]);
  });
});

test("a title that a moderator says is no song is talk, unless it is a song of ours after all", () => {
  expect(entryKind({ title: "Birthday Wishes", songId: null, tape: false, dismissed: true })).toBe("talk");
  expect(entryKind({ title: "Birthday Wishes", songId: 4, tape: false, dismissed: true })).toBe("song");
});

test("a title is suggested the song that it is most like, the same one whatever order they come in", () => {
  const songs = [{ id: 1, title: "Northbound" }, { id: 2, title: "Northbound Train" }, { id: 3, title: "Lanterns" }];
  const expected = new Map([["Northbond", expect.objectContaining({ songId: 1 }) as unknown]]);
  expect(suggestSongs(["Northbond", "Zebra"], songs)).toEqual(expected);
  expect(suggestSongs(["Zebra", "Northbond"], songs.toReversed())).toEqual(expected);
});
