import { expect, test } from "vitest";
import { scoreArtists, type ArtistSide } from "#server/domain/matching/score-artists.ts";

const titles = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word} Number ${at}`);
const verdict = (a: ArtistSide, b: ArtistSide) => scoreArtists(a, b).verdict;
const names = (a: string, b: string) => verdict({ name: a }, { name: b });

test.each([
  ["The Paper Lanterns", "PAPER LANTERNS"],
  ["Oak & Ash", "Oak and Ash"],
  ["Björn Sörensen", "Bjorn Sorensen"],
  ["M.K. Dahl", "MK Dahl"],
  ["Vale, Nora", "Nora Vale"],
  ["Vale, Nora & the Tides", "Nora Vale and The Tides"],
  ["Quiet Rooms, The", "The Quiet Rooms"],
  ["Twenty Paper Boats", "20 Paper Boats"],
  ["Ke$ha Lund", "Kesha Lund"],
  ["Ivo Brand & Mara Quist", "Mara Quist and Ivo Brand"],
  ["Анна Соколова", "анна соколова"],
  ["Анна Соколова", "Anna Sokolova"],
  ["Γιώργος Νταλάρας", "Giorgos Dalaras"],
])("%s is %s by name alone", (a, b) => {
  expect(names(a, b)).toBe("automatic");
});

test.each([
  ["Nora Vale feat. Ivo Brand", "Nora Vale"],
  ["Nora Vale & the Tides", "Nora Vale"],
  ["Paper Lanterns (UK)", "Paper Lanterns"],
  ["Papr Lanterns", "Paper Lanterns"],
  ["Pete Halloran", "Peter Halloran"],
  ["P. Halloran", "Peter Halloran"],
  ["Long Distance Runners Club", "LDRC"],
  ["Пётр Чайкин", "Pyotr Tchaykin"],
  ["محمد منير", "Mohamed Mounir"],
  ["ピンク・ランタン", "Pink Lantern"],
  ["Nora \"Tide\" Vale", "Nora Vale"],
  ["Vale Nora", "Nora Vale"],
])("%s may be %s: a moderator is asked", (a, b) => {
  expect(names(a, b)).toBe("review");
});

test.each([
  ["Anna Sokolova", "Anna Sorokina"],
  ["Paper Lanterns", "Paper Trains"],
  ["Ivo Brand", "Nora Brand"],
  ["Blink 181", "Blink 183"],
  ["Vale", "Nora Vale"],
  ["Paper Lanterns", "The Paper Lanterns Tribute"],
  ["Black Harbour Light", "Black Harbour Night"],
])("%s is not %s", (a, b) => {
  expect(names(a, b)).toBe("none");
});

test.each(["!!!", "?!", "🎉🎉", "+/-", "..."])("a name of signs, %s, is found by the same signs only", (name) => {
  expect(names(name, name)).not.toBe("none");
  expect(names(name, "???")).toBe("none");
});

test("a name of one word is enough with any context that agrees, and not without", () => {
  expect(names("Lanterns", "lanterns")).toBe("review");
  expect(verdict({ name: "Lanterns", country: "GB" }, { name: "Lanterns", country: "GB" })).toBe("automatic");
  expect(verdict({ name: "Lanterns", genres: ["indie rock"] }, { name: "Lanterns", genres: ["Rock"] })).toBe("automatic");
});

test("two artists of one name stay two when country, genre and songs differ", () => {
  const one = { name: "Paper Lanterns", country: "GB", genres: ["folk"], songTitles: titles("River", 12) };
  const other = { name: "Paper Lanterns", country: "BR", genres: ["metal"], songTitles: titles("Iron", 12) };
  expect(verdict(one, other)).toBe("none");
  expect(verdict({ ...one, songTitles: [], genres: [] }, other)).toBe("review");
  expect(verdict(one, { ...other, country: null, genres: [] })).toBe("none");
});

test("a name that one source writes in one word is not less sure the other way round", () => {
  expect([names("PaperLanterns", "Paper Lanterns"), names("Paper Lanterns", "PaperLanterns")]).toEqual(["automatic", "automatic"]);
});

test("another name with the same songs is looked at", () => {
  const songs = titles("River", 20);
  expect(verdict({ name: "Ivo Brand", songTitles: songs }, { name: "Salt Union", songTitles: songs })).toBe("review");
  expect(verdict({ name: "Ivo Brand", songTitles: songs }, { name: "Salt Union", songTitles: titles("Iron", 20) })).toBe("none");
});

test("an id that a provider states outweighs every name", () => {
  const a: ArtistSide = { name: "Old Name", ids: [{ provider: "musicbrainz", id: "m1" }] };
  const b: ArtistSide = { name: "New Name", ids: [{ provider: "ticketmaster", id: "t1" }, { provider: "musicbrainz", id: "m1" }] };
  const { verdict, evidence } = scoreArtists(a, b);
  expect(verdict).toBe("automatic");
  expect(evidence[0]).toEqual({ kind: "stated_id", provider: "musicbrainz", id: "m1" });
});

test("a stated id beside two other ids of one provider is for a person to judge", () => {
  const a: ArtistSide = { name: "Nora Vale", ids: [{ provider: "musicbrainz", id: "m1" }, { provider: "spotify", id: "s1" }] };
  const b: ArtistSide = { name: "Nora Vale", ids: [{ provider: "musicbrainz", id: "m2" }, { provider: "spotify", id: "s1" }] };
  expect(scoreArtists(a, b)).toMatchObject({ verdict: "review", confidence: 0.9 });
});

test("two records of a careful provider are two artists, of another one perhaps a duplicate", () => {
  const of = (provider: "musicbrainz" | "ticketmaster", id: string): ArtistSide => ({ name: "Nora Vale", ids: [{ provider, id }] });
  expect(verdict(of("musicbrainz", "m1"), of("musicbrainz", "m2"))).toBe("none");
  expect(verdict(of("ticketmaster", "t1"), of("ticketmaster", "t2"))).toBe("review");
});

test("aliases and sort names are compared too, an alias for less", () => {
  expect(verdict({ name: "Salt Union", aliases: ["Nora Vale Trio"] }, { name: "Nora Vale Trio" })).toBe("review");
  expect(verdict({ name: "Нора Вале", sortName: "Vale, Nora" }, { name: "Nora Vale" })).toBe("automatic");
});
