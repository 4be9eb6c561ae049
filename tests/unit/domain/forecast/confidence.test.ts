import fc from "fast-check";
import { expect, test } from "vitest";
import { confidence } from "#server/domain/forecast/confidence.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });

test.each([
  ["without votes it is the forecast", 0.3, 0, 0, 0.3],
  ["twenty fans weigh as much as the forecast", 0.5, 20, 20, 0.75],
  ["with many fans it is their share", 0.1, 90_000, 100_000, 0.9],
])("%s", (_, probability, votes, fans, expected) => {
  expect(confidence({ probability }, votes, fans)).toBeCloseTo(expected, 3);
});

test("one more vote never lowers it, and it stays from 0 to 1", () => {
  fc.assert(fc.property(share, fc.nat(1_000), fc.nat(1_000), (probability, votes, others) => {
    const before = confidence({ probability }, votes, votes + others);
    const after = confidence({ probability }, votes + 1, votes + others + 1);
    expect(after).toBeGreaterThanOrEqual(before - 1e-12);
    expect(before).toBeGreaterThanOrEqual(0);
    expect(after).toBeLessThanOrEqual(1);
  }));
});
