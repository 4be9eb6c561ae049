import fc from "fast-check";
import { expect, test } from "vitest";
import { blockKeys } from "#server/domain/matching/block-keys.ts";
import { rankMatches } from "#server/domain/matching/best-match.ts";
import { scoreArtists } from "#server/domain/matching/score-artists.ts";
import { scoreShows } from "#server/domain/matching/score-shows.ts";
import { scoreSongs } from "#server/domain/matching/score-songs.ts";
import { scoreVenues } from "#server/domain/matching/score-venues.ts";
import { PROVIDERS } from "#server/domain/provider-records.ts";

const bits = fc.constantFrom("Nora", "Vale", "The", "&", "and", " feat. ", "(UK)", "'Tide'", ",", ", ", "/", " - ", "Part 2", "!", "$", "é", "Анна", "ピンク", "핑크", "محمد", "12", "A.", "B.", "🎉", "");
const name = fc.oneof(fc.array(bits, { maxLength: 7 }).map((parts) => parts.join(" ")), fc.array(bits, { maxLength: 5 }).map((parts) => parts.join("")), fc.string({ unit: "binary", maxLength: 30 }));
const id = fc.record({ provider: fc.constantFrom(...PROVIDERS), id: fc.constantFrom("1", "2") });
const country = fc.option(fc.constantFrom("GB", "BR"), { nil: null });
const artist = fc.record({ name, country, sortName: fc.option(name), aliases: fc.array(name, { maxLength: 2 }), genres: fc.array(fc.constantFrom("folk", "rock"), { maxLength: 2 }), songTitles: fc.array(name, { maxLength: 12 }), ids: fc.array(id, { maxLength: 3 }) });
const place = fc.option(fc.double({ min: -80, max: 80, noNaN: true }), { nil: null });
const venue = fc.record({ name, city: fc.option(fc.constantFrom("Leeds", "York"), { nil: null }), country, latitude: place, longitude: place });
const show = fc.record({ artist, venue: fc.option(venue, { nil: null }), localDate: fc.constantFrom("2027-05-01", "2027-05-02", null), localTime: fc.constantFrom("14:00", "20:00", null), ids: fc.array(id, { maxLength: 2 }) });
const song = fc.record({ title: name, artist: fc.option(name), isrcs: fc.array(fc.constantFrom("I1", "I2"), { maxLength: 2 }) });

function symmetric<T>(side: fc.Arbitrary<T>, score: (a: T, b: T) => { confidence: number; verdict: string }): void {
  fc.assert(
    fc.property(side, side, (a, b) => {
      const [there, back] = [score(a, b), score(b, a)];
      expect(back.confidence).toBeCloseTo(there.confidence, 9);
      expect(back.verdict).toBe(there.verdict);
      expect(there.confidence).toBeGreaterThanOrEqual(0);
      expect(there.confidence).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
}

test("whichever side comes first, the score is the same", () => {
  symmetric(artist, scoreArtists);
  symmetric(venue, scoreVenues);
  symmetric(show, scoreShows);
  symmetric(song, scoreSongs);
});

const words = fc.array(fc.stringMatching(/^k[a-zà-öø-ý]{2,9}$/), { minLength: 2, maxLength: 4 });

test("case, accents and spaces make no other artist", () => {
  fc.assert(
    fc.property(words, words, (mine, yours) => {
      const [a, b] = [mine.join(" "), yours.join(" ")];
      const { confidence } = scoreArtists({ name: a }, { name: b });
      for (const spelled of [a.toUpperCase(), a.normalize("NFD"), `  ${a.replaceAll(" ", "  ")} `]) expect(scoreArtists({ name: spelled }, { name: b }).confidence).toBe(confidence);
      expect(scoreArtists({ name: a }, { name: a.normalize("NFD").replace(/[\u0300-\u036f]/g, "") }).verdict).toBe("automatic");
    }),
    { numRuns: 200 },
  );
});

test("a family name put first is the same artist with a comma, and a question without", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[b-df-hj-np-tv-z][a-z]{3,8}$/), fc.stringMatching(/^[b-df-hj-np-tv-z][a-z]{3,8}$/), (given, family) => {
      expect(scoreArtists({ name: `${given} ${family}` }, { name: `${family}, ${given}` }).verdict).toBe("automatic");
      expect(scoreArtists({ name: `${given} ${family}` }, { name: `${family} ${given}` }).verdict).not.toBe("none");
    }),
  );
});

const nothing = fc.constantFrom("", " ", "\t\n", "\u00a0", "\u200b", "\ufeff", "\u0000");

test("a name of nothing is nobody's", () => {
  fc.assert(
    fc.property(nothing, fc.oneof(name, nothing), fc.array(id, { maxLength: 2 }), (empty, other, ids) => {
      expect(scoreArtists({ name: empty, ids }, { name: other, ids }).confidence).toBe(0);
      expect(scoreVenues({ name: empty, ids }, { name: other, ids }).confidence).toBe(0);
      expect(scoreSongs({ title: empty }, { title: other }).verdict).toBe("none");
      expect(blockKeys(empty)).toEqual([]);
    }),
  );
});

test("one more stated id never makes it less likely", () => {
  fc.assert(
    fc.property(artist, artist, id, (a, b, more) => {
      const before = scoreArtists(a, b).confidence;
      const after = scoreArtists({ ...a, ids: [...a.ids, more] }, { ...b, ids: [...b.ids, more] }).confidence;
      expect(after).toBeGreaterThanOrEqual(before);
    }),
    { numRuns: 500 },
  );
});

const LONGEST = 10_000;
const SLOW_MS = 500;

test.each(["a", "a ", "a.", "(", "(a", "[(", " - ", ", ", " & ", "a, ", "/", " feat. ", "'n'", "%41", "&amp;", "é", "\u0301", "!", "$", "Ж", "ア", "한", "12", "www.", "\ufffd", "é, ", "x "])(
  "names of 10,000 characters of %j are compared at once",
  (bit) => {
    for (const length of [299, LONGEST]) {
      const long = `x${bit.repeat(length)}`.slice(0, length);
      const started = performance.now();
      scoreArtists({ name: long }, { name: `${long}y` });
      scoreVenues({ name: long }, { name: `${long}y` });
      scoreSongs({ title: long }, { title: `${long}y` });
      blockKeys(long);
      expect(performance.now() - started).toBeLessThan(SLOW_MS);
    }
  },
);

test("two long texts that only begin alike are two", () => {
  const long = "lantern ".repeat(1_250);
  expect(scoreArtists({ name: `${long}a` }, { name: `${long}b` }).verdict).toBe("none");
  expect(scoreArtists({ name: `${long}a` }, { name: `${long}A` }).verdict).toBe("automatic");
});

test("names that are joined at once are always found by their keys", () => {
  fc.assert(
    fc.property(name, name, (a, b) => {
      if (scoreArtists({ name: a }, { name: b }).verdict !== "automatic") return;
      expect(blockKeys(a).filter((key) => blockKeys(b).includes(key))).not.toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test("of two that fit equally well none is taken, unless one is stated", () => {
  const of = (ids: { provider: "musicbrainz"; id: string }[]) => scoreArtists({ name: "Nora Vale", ids: [{ provider: "musicbrainz", id: "m1" }] }, { name: "Nora Vale", ids });
  const [a, b] = rankMatches([{ of: "a", score: of([]) }, { of: "b", score: of([]) }]);
  expect([a!.score.verdict, b!.score.verdict]).toEqual(["review", "review"]);
  expect(a!.score.evidence.at(-1)).toEqual({ kind: "rivals", count: 1 });
  const ranked = rankMatches([{ of: "a", score: of([]) }, { of: "b", score: of([{ provider: "musicbrainz", id: "m1" }]) }]);
  expect(ranked.map((each) => [each.of, each.score.verdict])).toEqual([["b", "automatic"], ["a", "review"]]);
});
