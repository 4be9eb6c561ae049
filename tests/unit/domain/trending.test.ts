import fc from "fast-check";
import { expect, test } from "vitest";
import { trendAfter, type Trend } from "#server/domain/trending.ts";

const HOUR = 3_600_000;

test("a show's first trend takes its votes as those of a day", () => {
  expect(trendAfter(null, 48, 5)).toEqual({ votes: 48, rate: 2, at: 5 });
});

test("after twelve hours the votes before count half, and so do those since", () => {
  const trend = trendAfter({ votes: 100, rate: 8, at: 0 }, 100 + 12 * 4, 12 * HOUR);
  expect(trend.rate).toBeCloseTo(8 / 2 + 4 / 2);
});

test("what comes in at a steady pace trends at that pace, however often it is looked at", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.array(fc.integer({ min: 1, max: 48 }), { minLength: 40, maxLength: 60 }), (pace, steps) => {
      let trend: Trend = { votes: 0, rate: 0, at: 0 };
      for (const hours of steps) trend = trendAfter(trend, trend.votes + pace * hours, trend.at + hours * HOUR);
      const elapsed = steps.reduce((sum, hours) => sum + hours, 0);
      expect(trend.rate).toBeCloseTo(pace * (1 - 0.5 ** (elapsed / 12)), 4);
    }),
  );
});

test("a show at rest comes to rest, votes taken back weigh nothing, and no rate is below nought", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1_000), fc.integer({ min: -HOUR, max: 100 * HOUR }))), (looks) => {
      let trend: Trend | null = null;
      for (const [votes, ms] of looks) {
        trend = trendAfter(trend, votes, (trend?.at ?? 0) + ms);
        expect(trend.rate).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(trend.rate)).toBe(true);
      }
    }),
  );
  expect(trendAfter({ votes: 9, rate: 50, at: 0 }, 3, 300 * HOUR)).toEqual({ votes: 3, rate: 0, at: 300 * HOUR });
});
