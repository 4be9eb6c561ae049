import { describe, expect, test } from "vitest";
import { draftOf, edited, inMedley, lineName, setsOfDraft, type Draft, type DraftEdit } from "#server/domain/setlists/draft.ts";
import { plainSong, type SetLines } from "#server/domain/setlists/written-down.ts";

const songs = (...titles: string[]) => titles.map((title) => plainSong(title));
const sets: SetLines[] = [
  { name: null, encore: null, songs: songs("Dawn", "Dusk") },
  { name: "Acoustic", encore: null, songs: songs("Lantern") },
  { name: null, encore: 1, songs: songs("Ferry") },
  { name: null, encore: 2, songs: songs("Home") },
];
const after = (draft: Draft, ...edits: DraftEdit[]) => edits.reduce<Draft>(edited, draft);
const names = (draft: Draft) => draft.map(lineName);

describe("a draft", () => {
  test("is the sets as lines, and becomes the same sets again", () => {
    expect(names(draftOf(sets))).toEqual(["Dawn", "Dusk", "Acoustic", "Lantern", "Encore", "Ferry", "Encore", "Home"]);
    expect(setsOfDraft(draftOf(sets))).toEqual(sets);
    expect(setsOfDraft(draftOf([]))).toEqual([]);
  });

  test("holds of a stored song only what is saved, however its row was read", () => {
    const { medley, segue, ...said } = plainSong("Dawn");
    const row = { position: 4, medley, segue, ...said };
    expect(setsOfDraft(draftOf([{ name: null, encore: null, songs: [row] }]))).toEqual([{ name: null, encore: null, songs: songs("Dawn") }]);
    expect(JSON.stringify(draftOf([{ name: null, encore: null, songs: [row] }]))).toBe(JSON.stringify(after([], { do: "add", title: "Dawn", songId: null })));
  });

  test("grows by songs and breaks; a break with nothing behind it begins no set", () => {
    const draft = after([], { do: "add", title: "Dawn", songId: 3 }, { do: "break", encore: false }, { do: "break", encore: true }, { do: "add", title: "Ferry", songId: null }, { do: "break", encore: true });
    expect(setsOfDraft(draft)).toEqual([{ name: null, encore: null, songs: [plainSong("Dawn", 3)] }, { name: null, encore: 1, songs: songs("Ferry") }]);
  });

  test("has its lines moved past one another, sets too, and never beyond its ends", () => {
    const draft = draftOf(sets);
    expect(names(edited(draft, { do: "move", at: 1, to: 2 }))).toEqual(["Dawn", "Acoustic", "Dusk", "Lantern", "Encore", "Ferry", "Encore", "Home"]);
    expect(names(edited(draft, { do: "move", at: 7, to: 0 }))[0]).toBe("Home");
    for (const [at, to] of [[0, -1], [7, 8], [9, 0]] as const) expect(edited(draft, { do: "move", at, to })).toBe(draft);
  });

  test("gives back what was removed, where it was", () => {
    const draft = draftOf(sets);
    expect(after(draft, { do: "remove", at: 3 }, { do: "insert", at: 3, line: draft[3]! })).toEqual(draft);
  });

  test("forgets which song a line is when its title changes, and keeps it otherwise", () => {
    const draft = after([], { do: "add", title: "Dawn", songId: 3 });
    const change = (to: { title?: string; guest?: string }) => edited(draft, { do: "change", at: 0, with: to })[0];
    expect(change({ guest: "Ms. Guest", title: "Dawn" })).toMatchObject({ songId: 3, guest: "Ms. Guest" });
    expect(change({ title: "Dusk" })).toMatchObject({ songId: null, title: "Dusk" });
  });

  test("joins a song with the one before to a medley, and parts them", () => {
    const draft = after(draftOf(sets), { do: "medley", at: 1, joined: true });
    expect(inMedley(draft, 1)).toBe(true);
    expect(setsOfDraft(draft)[0]!.songs.map(({ medley }) => medley)).toEqual([1, 1]);
    expect(inMedley(edited(draft, { do: "medley", at: 1, joined: false }), 1)).toBe(false);
    // Before the first song of a set stands a break.
    expect(edited(draft, { do: "medley", at: 3, joined: true })).toBe(draft);
  });
});
