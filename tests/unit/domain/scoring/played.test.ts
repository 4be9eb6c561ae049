import { expect, test } from "vitest";
import { type PlayedEntry, readPlayed } from "#server/domain/scoring/played.ts";
import { playedOf, song, unknown } from "./stage.ts";

test("tapes and talk do not count, nor does a jam without a song of its own", () => {
  const played = playedOf([song(1, { kind: "tape" }), song(2), song(3, { kind: "talk" }), unknown("jam", { kind: "jam" }), song(4, { kind: "jam" })]);
  expect([...played.songIds]).toEqual([2, 4]);
  expect(played.count).toBe(2);
});

test("a song that comes twice counts once, and so does an unmatched title", () => {
  const played = playedOf([song(1), unknown("new one"), song(2), song(1), unknown("new one"), unknown("other")]);
  expect(played).toMatchObject({ count: 4, unknown: 2 });
});

test("each song of a medley counts, covers too, matched or not", () => {
  const played = playedOf([song(1), song(2), unknown("of somebody else")]);
  expect(played).toMatchObject({ count: 3, unknown: 1 });
});

test("the opener and the closer are the first and last that count, encores are many", () => {
  const played = playedOf([song(9, { kind: "tape" }), song(1), song(2), song(3, { encore: true }), song(4, { encore: true }), song(8, { kind: "tape", encore: true })]);
  expect([...played.roles.opener]).toEqual([1]);
  expect([...played.roles.closer]).toEqual([4]);
  expect([...played.roles.encore]).toEqual([3, 4]);
});

test("where an unmatched title opens, no song of ours has that role", () => {
  const played = playedOf([unknown("surprise"), song(1)]);
  expect([...played.roles.opener]).toEqual([]);
  expect([...played.roles.closer]).toEqual([1]);
});

test("a song that comes first and last has both roles", () => {
  const { roles } = playedOf([song(1), song(2), song(1)]);
  expect([[...roles.opener], [...roles.closer]]).toEqual([[1], [1]]);
});

test.each<[string, PlayedEntry[]]>([
  ["no entries", []],
  ["tapes alone", [song(1, { kind: "tape" })]],
  ["a title without letters", [unknown("")]],
])("%s are no setlist", (_, entries) => {
  expect(readPlayed(entries)).toBeNull();
});

test("a marathon of 300 songs counts them all", () => {
  const played = playedOf(Array.from({ length: 300 }, (_, i) => song(i)));
  expect(played.count).toBe(300);
});
