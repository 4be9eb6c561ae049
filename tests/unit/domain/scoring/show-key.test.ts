import { expect, test } from "vitest";
import { scoringOf } from "#server/domain/scoring/show-key.ts";
import { finished, keyOf, song, unknown } from "./stage.ts";

const even = (songs: number) => Object.fromEntries(Array.from({ length: songs }, (_, i) => [i + 1, 0.5]));
const list = (songs: number) => Array.from({ length: songs }, (_, i) => song(i + 1));

test.each([
  ["cancelled after votes", { status: "cancelled" as const }, "cancelled"],
  ["put off", { status: "postponed" as const }, "postponed"],
  ["still open when the setlist came", { votingOpen: true }, "voting_open"],
  ["without a song in its setlist", { entries: [] }, "no_songs"],
])("a show that was %s has no scores", (_, told, reason) => {
  expect(scoringOf(finished(even(12), list(12), told))).toEqual({ verdict: "none", reason });
});

test("what was played and not on the ballot is worth nothing, and neither is what was not played", () => {
  const { worth, played } = keyOf(finished({ 1: 0.5, 2: 0.25, 3: 0.5 }, [song(2), song(7), unknown("new")]));
  expect([...worth]).toEqual([[2, 20]]);
  expect(played.count).toBe(3);
});

test("possible are the best ten, each counted as 10 points at least", () => {
  expect(keyOf(finished({ 1: 0.95, 2: 0.25, 3: 0.5 }, list(3))).possible).toBe(10 + 20 + 10);
  expect(keyOf(finished(even(60), Array.from({ length: 300 }, (_, i) => song(i + 1)))).possible).toBe(100);
});

test.each([[4, false], [5, true]])("a show with %i songs of the ballot is rated: %s", (songs, ranked) => {
  expect(keyOf(finished(even(40), list(songs))).ranked).toBe(ranked);
});

test("a setlist of which nothing was on the ballot can be stored, and rates nobody", () => {
  expect(keyOf(finished(even(3), [song(7), unknown("new")]))).toMatchObject({ possible: 0, ranked: false });
});
