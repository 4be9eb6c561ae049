import { expect, test } from "vitest";
import { factPairs } from "#app/features/matching/side-facts.ts";
import type { MatchSide } from "#app/http/answers.ts";

type Side<K extends MatchSide["kind"]> = Extract<MatchSide, { kind: K }>;

const artist = (change: Partial<Side<"artist">> = {}): Side<"artist"> => ({
  kind: "artist", id: 1, name: "Nora Vale", path: "/artists/nora-vale", ids: [], votes: 0, sortName: null, aliases: [], country: "GB", genres: [], disambiguation: null, songs: 0, titles: [], shows: 0, upcoming: [], ...change,
});
const song = (change: Partial<Side<"song">> = {}): Side<"song"> => ({
  kind: "song", id: 1, name: "Panic", path: "/artists/nora-vale", ids: [], votes: 0, artist: { name: "Nora Vale", path: "/artists/nora-vale" }, titles: [], albums: [], durations: null, years: null, played: 0, ...change,
});
const factOf = (a: MatchSide, b: MatchSide, name: string) => factPairs(a, b).find((pair) => pair.name === name);

test("what both say is marked, whatever its case; what one side does not tell is no likeness", () => {
  expect(factOf(artist({ genres: ["Folk"] }), artist({ genres: ["folk"] }), "Genres")).toMatchObject({ same: true });
  expect(factOf(artist(), artist({ country: "US" }), "From")).toEqual({ name: "From", of: [{ text: "United Kingdom" }, { text: "United States" }], same: false });
  expect(factOf(artist(), artist({ country: null }), "From")).toMatchObject({ of: [{ text: "United Kingdom" }, null], same: false });
  expect(factOf(artist(), artist(), "Genres")).toBeUndefined();
});

test("as many votes or songs are no likeness", () => {
  expect(factOf(artist({ votes: 3, songs: 2 }), artist({ votes: 3, songs: 2 }), "Votes")).toMatchObject({ same: false });
});

test("long lists are cut short and say how much more there is", () => {
  const aliases = ["A", "B", "C", "D", "E", "F", "G"];
  expect(factOf(artist({ aliases }), artist(), "Also called")?.of[0]).toEqual({ text: "A, B, C, D, E and 2 more" });
  const ids = aliases.map((id) => ({ provider: "spotify" as const, providerId: id, url: null, status: "rejected" as const, name: null }));
  const [shown] = factOf(artist({ ids }), artist(), "Ids")!.of;
  expect(shown).toMatchObject({ text: "and 1 more", links: [{ text: "Spotify: A", rejected: true }, {}, {}, {}, {}, {}] });
});

test("songs tell lengths and years from the least to the most, once where they are the same", () => {
  const ranged = song({ durations: { shortest: 198_000, longest: 201_400 }, years: { first: "2004", last: "2019" } });
  const plain = song({ durations: { shortest: 45_000, longest: 45_200 }, years: { first: "2004", last: "2004" }, played: 1 });
  expect(factOf(ranged, plain, "Length")?.of).toEqual([{ text: "3 min 18 s to 3 min 21 s" }, { text: "45 s" }]);
  expect(factOf(ranged, plain, "Years")?.of).toEqual([{ text: "2004 to 2019" }, { text: "2004" }]);
  expect(factOf(ranged, plain, "Played")?.of).toEqual([{ text: "In no setlist" }, { text: "In 1 setlist" }]);
});
