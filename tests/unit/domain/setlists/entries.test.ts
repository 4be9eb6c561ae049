import { describe, expect, test } from "vitest";
import { entriesOf, entryKind } from "#server/domain/setlists/entries.ts";

const entry = (title: string, more: { songId?: number; tape?: boolean } = {}) => ({ title, songId: more.songId ?? null, tape: more.tape ?? false });

describe("an entry of a setlist is", () => {
  test.each([
    ["a tape, though it is one of our songs", entry("Overture", { songId: 4, tape: true }), "tape"],
    ["a song where it is one of ours, however it is called", entry("Jam", { songId: 4 }), "song"],
    ["a song where it is one that we do not know", entry("Somebody Else's Song"), "song"],
    ["a jam", entry("Jam"), "jam"],
    ["a jam", entry("Drum Solo"), "jam"],
    ["a jam", entry("Late Night Guitar Solo"), "jam"],
    ["a song whose name only begins like one", entry("Jamaica Farewell"), "song"],
    ["talk", entry("Band Introductions"), "talk"],
    ["talk", entry("Intro"), "talk"],
  ] as const)("%s (%o)", (_what, written, kind) => {
    expect(entryKind(written)).toBe(kind);
  });

  test("told in order, with what tells unmatched titles apart", () => {
    const songs = [
      { title: "Intro", titleKey: "intro", songId: null, tape: true, encore: false },
      { title: "Harbour", titleKey: "harbour", songId: 7, tape: false, encore: false },
      { title: "Nobody's", titleKey: "nobodys", songId: null, tape: false, encore: true },
    ];
    expect(entriesOf(songs)).toEqual([
      { kind: "tape", songId: null, titleKey: "intro", encore: false },
      { kind: "song", songId: 7, titleKey: "harbour", encore: false },
      { kind: "song", songId: null, titleKey: "nobodys", encore: true },
    ]);
  });
});
