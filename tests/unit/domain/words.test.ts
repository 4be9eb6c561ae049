import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold } from "#server/domain/fold.ts";
import { iso } from "#server/domain/instant.ts";
import { slugify } from "#server/domain/slug.ts";

const anyText = fc.string({ unit: "grapheme", maxLength: 300 });

describe("an address", () => {
  it.each([
    [["Sigur Rós"], "sigur-ros"],
    [["Björk", "Harpa", "2026-06-13"], "bjork-harpa-2026-06-13"],
    [["Mø & Æther"], "mo-and-aether"],
    [["Łódź Straße"], "lodz-strasse"],
    [["Þórr", "Ðað"], "thorr-dad"],
    [["İstanbul ışık"], "istanbul-isik"],
    [["Don’t Stop 'til You Get Enough"], "dont-stop-til-you-get-enough"],
    [["AC/DC", "The O2"], "ac-dc-the-o2"],
    [["  !!!  "], ""],
    [["羊文学"], ""],
    [["🎸 solo 🎸"], "solo"],
    [["ﬁnale №1"], "finale-no1"],
    [[], ""],
  ] as [string[], string][])("of %j is %j", (words, slug) => {
    expect(slugify(...words)).toBe(slug);
  });

  it("is at most 96 lower-case letters, digits and single hyphens, whatever the words", () => {
    const manyWords = fc.array(fc.oneof(anyText, fc.string({ unit: "grapheme-ascii" })), { maxLength: 40, size: "max" });
    fc.assert(
      fc.property(manyWords, (words) => {
        const slug = slugify(...words);
        expect(slug).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/);
        expect(slug.length).toBeLessThanOrEqual(96);
        expect(slugify(slug)).toBe(slug);
      }),
      { numRuns: 500 },
    );
  });

  it("does not end in a hyphen where it is cut between two words", () => {
    expect(slugify("a".repeat(95), "b")).toBe("a".repeat(95));
  });
});

describe("text as a search compares it", () => {
  it.each([
    ["Hoppípolla", "hoppipolla"],
    ["  DÉJÀ   Vu \n", "deja vu"],
    ["Ｆｕｌｌ　ｗｉｄｔｈ", "full width"],
    ["ИОСИФ Й", "иосиф и"],
    ["がぎぐ", "かきく"],
    ["🎸 Solo", "🎸 solo"],
    ["", ""],
  ])("of %j is %j", (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it("does not change when compared twice, nor by case or form", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = fold(text);
        expect(fold(folded)).toBe(folded);
        expect(fold(text.normalize("NFD"))).toBe(fold(text.normalize("NFC")));
        expect(folded).toBe(folded.trim());
      }),
      { numRuns: 500 },
    );
  });
});

it("instants leave the program in UTC with milliseconds", () => {
  expect(iso(1_781_352_000_001)).toBe("2026-06-13T12:00:00.001Z");
});
