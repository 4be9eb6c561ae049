import fc from "fast-check";
import { expect, test } from "vitest";
import { aliasKeys, lookUpKeys } from "#server/domain/catalogue/aliases.ts";
import { ballotWorthy } from "#server/domain/catalogue/ballot.ts";
import { readTitle } from "#server/domain/catalogue/titles.ts";

const bits = fc.constantFrom(
  "(", ")", "[", "]", "（", "）", " - ", " – ", " / ", ": ", " ", "live", "Live at", "feat.", "with", "Remix", "2011 Remaster", "Part", "Pt. 2", "II",
  "the", "a", "'n'", "&", "+", "U.S.", "?!", "🎉", "é", "ß", "ガ", "Lantern", "1", "2", "intro", "take 3", "acoustic",
);
const title = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.array(bits, { maxLength: 14 }).map((parts) => parts.join(" ").trim()), fc.array(bits).map((parts) => parts.join("")));

const variant = { kind: "original", live: false, video: false, durationMs: null, note: null } as const;

test("any title has a key, a title to show and aliases other than the key", () => {
  fc.assert(
    fc.property(title, fc.option(title), (text, note) => {
      const { key, title: shown } = readTitle(text, note);
      expect(key).not.toBe("");
      expect(shown.trim()).not.toBe("");
      expect(aliasKeys(text)).not.toContain(key);
      expect(aliasKeys(text)).not.toContain("");
      expect(lookUpKeys(text)[0]).toBe(key);
      expect(ballotWorthy(shown, [variant]).why).toBeTruthy();
    }),
    { numRuns: 2_000 },
  );
});

test("the title that is shown reads as itself", () => {
  fc.assert(
    fc.property(title, (text) => {
      const first = readTitle(text);
      expect(readTitle(first.title)).toMatchObject({ title: first.title, key: first.key });
    }),
    { numRuns: 2_000 },
  );
});

test("case, accents and spaces make no other song", () => {
  const word = fc.stringMatching(/^[a-zà-öø-ÿ]{1,9}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      const { key } = readTitle(words.join(" "));
      expect(readTitle(words.join(" ").toUpperCase()).key).toBe(key);
      expect(readTitle(words.join(" ").normalize("NFD")).key).toBe(key);
      expect(readTitle(words.join(" ").normalize("NFD").replace(/[\u0300-\u036f]/g, "")).key).toBe(key);
      expect(readTitle(`  ${words.join(" \t\u00a0 ")}\n`).key).toBe(key);
    }),
  );
});

const LONGEST = 10_000;
const SLOW_MS = 500;

test.each(["a", "a.", "(", ")", "(a", "[(", " - ", "- live ", "(live) ", "ing ", "a/", "'n'", "feat. ", "part 1 ", " - part 1, take 2", "a, ", "é", "–", "remaster ", "\u0301", ". a", "1 "])(
  "10,000 characters of %j are read at once",
  (bit) => {
    for (const length of [490, LONGEST]) {
      const text = `x${bit.repeat(length)}`.slice(0, length);
      const began = performance.now();
      const { title: shown } = readTitle(text, text);
      aliasKeys(text);
      ballotWorthy(shown, [{ ...variant, note: text }]);
      expect(performance.now() - began).toBeLessThan(SLOW_MS);
    }
  },
);
