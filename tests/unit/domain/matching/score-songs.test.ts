import { expect, test } from "vitest";
import { scoreSongs } from "#server/domain/matching/score-songs.ts";

const titles = (a: string, b: string) => scoreSongs({ title: a }, { title: b }).verdict;

test.each([
  ["Lantern Song", "LANTERN SONG (2011 Remaster)"],
  ["Lantern Song - Live at Leeds", "Lantern Song"],
  ["Talkin' River", "Talking River"],
])("%s and %s are one song", (a, b) => {
  expect(titles(a, b)).toBe("automatic");
});

test.each([
  ["Something in the Harbour", "There Is Something in the Harbour"],
  ["Lanterns on the Rivr", "Lanterns on the River"],
  ["River, River", "River"],
  ["She Took the Long Road", "She Took the Long Road and Left Me the Keys"],
  ["Night Ferry (Paper Boats)", "Night Ferry"],
])("%s and %s may be one song", (a, b) => {
  expect(titles(a, b)).toBe("review");
});

test.each([
  ["Tide", "Tide II"],
  ["Paper Boats Part 1", "Paper Boats Part 2"],
  ["Night Ferry", "Night Fever"],
  ["Harbour", "Say Harbour"],
  ["Long Road Home", "Long Road Home (Reprise)"],
  ["", ""],
])("%s and %s are two", (a, b) => {
  expect(titles(a, b)).toBe("none");
});

test("works and recordings settle it, whatever the titles say", () => {
  const work = [{ provider: "musicbrainz" as const, id: "w1" }];
  expect(scoreSongs({ title: "Night Ferry", workIds: work }, { title: "Nattfärjan", workIds: work }).verdict).toBe("automatic");
  expect(scoreSongs({ title: "Night Ferry", isrcs: ["GBAAA2700001"] }, { title: "Untitled 3", isrcs: ["GBAAA2700001"] }).verdict).toBe("automatic");
});

test("songs of one title by two artists are two", () => {
  expect(scoreSongs({ title: "Tide", artist: "Nora Vale" }, { title: "Tide", artist: "Salt Union" }).verdict).toBe("none");
  expect(scoreSongs({ title: "Tide", artist: "Nora Vale" }, { title: "Tide", artist: "Vale, Nora" }).verdict).toBe("automatic");
});
