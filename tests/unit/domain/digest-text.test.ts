import fc from "fast-check";
import { expect, test } from "vitest";
import { stableText } from "#server/domain/digest-text.ts";

test("equal values are the same text, whatever the order of their fields; others are not", () => {
  expect(stableText({ a: 1, b: { d: [2, { f: 3, e: 4 }], c: null } })).toBe(stableText({ b: { c: null, d: [2, { e: 4, f: 3 }] }, a: 1 }));
  expect(stableText([1, 2])).not.toBe(stableText([2, 1]));
  expect(stableText({ a: null })).not.toBe(stableText({}));
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(stableText(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
