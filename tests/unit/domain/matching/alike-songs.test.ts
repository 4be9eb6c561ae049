import { expect, test } from "vitest";
import { alikeSongs, type SongToCompare } from "#server/domain/matching/alike-songs.ts";
import { songTitle } from "#tests/support/sandbox/names.ts";

function songs(...titles: (string | [string, string])[]): SongToCompare[] {
  return titles.map((title, at) => (typeof title === "string" ? { id: at + 1, title, isrcs: [] } : { id: at + 1, title: title[0], isrcs: [title[1]] }));
}

const pairs = (all: SongToCompare[]) => [...alikeSongs(all)].flat();

test.each([
  ["the other way round", "Something on Your Mind", "There Is Something on Your Mind"],
  ["a wrong letter", "Northern Lighthouse", "Nothern Lighthouse"],
  ["two wrong letters", "Wandering Satellites", "Wandring Satelites"],
  ["the beginning of it", "She Caught the Katy", "She Caught the Katy and Left Me a Mule to Ride"],
])("titles of one artist that may be one song are found: %s", (_, a, b) => {
  expect(pairs(songs(a, "Quite Another Thing", b)).map(({ a, b, verdict }) => [a, b, verdict])).toEqual([[1, 3, "review"]]);
});

test("two songs with one recording are one, whatever they are called; two titles alone never are", () => {
  const found = pairs(songs(["Untitled", "DEAB12600001"], ["Track Nine", "DEAB12600001"], "Untitled (Demo)"));
  expect(found.map(({ a, b, verdict }) => [a, b, verdict])).toContainEqual([1, 2, "automatic"]);
  expect(found.filter(({ verdict }) => verdict === "automatic")).toHaveLength(1);
});

test("the order in which songs come makes no difference", () => {
  const all = songs("Silent River", "River of the Silent", "Oh, Silent River", "Northern Lighthouse", "Nothern Lighthouse");
  const key = (found: ReturnType<typeof pairs>) => found.map(({ a, b, confidence }) => `${Math.min(a, b)} ${Math.max(a, b)} ${confidence}`).sort();
  expect(key(pairs(all.toReversed()))).toEqual(key(pairs(all)));
  expect(key(pairs(all)).length).toBeGreaterThan(0);
});

test("5,000 songs are compared with pauses", () => {
  const all = Array.from({ length: 5_000 }, (_, at) => ({ id: at + 1, title: songTitle("many", 0, at), isrcs: [] }));
  const pauses = [...alikeSongs(all)];
  expect(pauses.length).toBeGreaterThanOrEqual(40);
});

test("names of signs alone and empty titles are alike to nothing", () => {
  expect(pairs(songs("", "", "!!!", "???"))).toEqual([]);
});
