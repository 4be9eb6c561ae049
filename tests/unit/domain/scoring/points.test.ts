import fc from "fast-check";
import { expect, test } from "vitest";
import { MOST_POINTS, pointsFor } from "#server/domain/scoring/points.ts";
import { probability } from "./stage.ts";

test.each([
  ["a sure song earns one point", 1, 1],
  ["nine times of ten", 0.9, 2],
  ["heads or tails", 0.5, 10],
  ["one in four", 0.25, 20],
  ["one in 64", 1 / 64, 60],
  ["one in a million earns no more than one in 64", 1e-6, 60],
  ["never", 0, 60],
  ["more than sure counts as sure", 1.2, 1],
  ["no number counts as sure", Number.NaN, 1],
])("%s", (_, chance, points) => {
  expect(pointsFor(chance)).toBe(points);
});

test("a more daring hit never earns less than a safer one, and each earns a whole number from 1 to 60", () => {
  fc.assert(fc.property(probability, probability, (one, other) => {
    const [daring, safe] = [pointsFor(Math.min(one, other)), pointsFor(Math.max(one, other))];
    expect(daring).toBeGreaterThanOrEqual(safe);
    expect(safe).toBeGreaterThanOrEqual(1);
    expect(daring).toBeLessThanOrEqual(MOST_POINTS);
    expect(Number.isInteger(daring)).toBe(true);
  }));
});

test("ten safe hits earn less than one daring hit", () => {
  expect(10 * pointsFor(0.95)).toBeLessThan(pointsFor(0.1));
});
