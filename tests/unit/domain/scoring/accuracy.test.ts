import fc from "fast-check";
import { expect, test } from "vitest";
import { accuracyOf, FANS_TO_LEARN, FIRST_PRIOR, type HitCount, priorFromSums } from "#server/domain/scoring/accuracy.ts";
import { historyOf } from "#server/domain/scoring/fan-history.ts";
import { streaksOf } from "#server/domain/scoring/streaks.ts";
import { result } from "./stage.ts";

/** As the leaderboard of all time is summed up by SQL. */
function priorFrom(fans: readonly HitCount[]) {
  const voters = fans.filter(({ votes }) => votes > 0);
  const sum = (of: (fan: HitCount) => number) => voters.reduce((total, fan) => total + of(fan), 0);
  const squares = { voteSquares: sum(({ votes }) => votes ** 2), hitSquares: sum(({ hits, votes }) => hits ** 2 / votes) };
  return priorFromSums({ fans: voters.length, votes: sum(({ votes }) => votes), hits: sum(({ hits }) => hits), ...squares });
}

const counts = fc.tuple(fc.nat(100), fc.nat(100)).map(([hits, misses]) => ({ hits, votes: hits + misses }));

test("two lucky votes do not make an accurate fan, two hundred do", () => {
  const prior = { mean: 0.5, weight: 20 };
  expect(accuracyOf(prior, { hits: 0, votes: 0 })).toBe(0.5);
  expect(accuracyOf(prior, { hits: 2, votes: 2 })).toBeCloseTo(12 / 22);
  expect(accuracyOf(prior, { hits: 180, votes: 200 })).toBeCloseTo(190 / 220);
});

test("accuracy rises with each hit and stays from 0 to 1", () => {
  fc.assert(fc.property(counts, ({ hits, votes }) => {
    const before = accuracyOf(FIRST_PRIOR, { hits, votes });
    expect(accuracyOf(FIRST_PRIOR, { hits: hits + 1, votes: votes + 1 })).toBeGreaterThan(before);
    expect(before).toBeGreaterThanOrEqual(0);
    expect(before).toBeLessThanOrEqual(1);
  }));
});

test("with few fans nothing is learnt of them", () => {
  const fans = Array.from({ length: FANS_TO_LEARN - 1 }, () => ({ hits: 9, votes: 10 }));
  expect(priorFrom([...fans, { hits: 0, votes: 0 }])).toEqual(FIRST_PRIOR);
  expect(priorFrom([...fans, { hits: 9, votes: 10 }]).mean).toBeCloseTo(0.9);
});

test("where all fans are alike the prior weighs much, where they differ little", () => {
  const alike = Array.from({ length: 40 }, () => ({ hits: 60, votes: 100 }));
  const apart = Array.from({ length: 40 }, (_, i) => ({ hits: i % 2 === 0 ? 10 : 90, votes: 100 }));
  expect(priorFrom(alike)).toEqual({ mean: 0.6, weight: 1_000 });
  expect(priorFrom(apart)).toEqual({ mean: 0.5, weight: 5 });
});

test("the weight comes back that fans were drawn with", () => {
  // Two kinds of fans whose rates have the mean and the variance of a Beta(6, 6), and so many votes that chance adds nothing.
  const rates = [0.5 - Math.sqrt(0.25 / 13), 0.5 + Math.sqrt(0.25 / 13)];
  const fans = rates.flatMap((rate) => Array.from({ length: 500 }, () => ({ hits: rate * 100_000, votes: 100_000 })));
  expect(priorFrom(fans).weight).toBeCloseTo(12, 1);
});

test("what chance alone spreads is no difference of fans", () => {
  const waysOfTen = [1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1];
  const tossers = waysOfTen.flatMap((ways, hits) => Array.from({ length: ways }, () => ({ hits, votes: 10 })));
  expect(priorFrom(tossers)).toEqual({ mean: 0.5, weight: 1_000 });
});

test("the order of fans is of no account", () => {
  fc.assert(fc.property(fc.array(counts, { maxLength: 60 }), (fans) => {
    const one = priorFrom(fans);
    const other = priorFrom(fans.toReversed());
    expect(other.mean).toBeCloseTo(one.mean, 9);
    expect(Math.abs(other.weight - one.weight) / one.weight).toBeLessThan(1e-6);
    expect(one.weight).toBeGreaterThanOrEqual(5);
    expect(one.weight).toBeLessThanOrEqual(1_000);
  }));
});

test("a streak is of shows with at least half of five votes or more", () => {
  const good = { hits: 5, votes: 10 };
  const bad = { hits: 4, votes: 10 };
  const few = { hits: 1, votes: 1 };
  expect(streaksOf([])).toEqual({ current: 0, longest: 0 });
  expect(streaksOf([good, good, good, bad, good])).toEqual({ current: 1, longest: 3 });
  expect(streaksOf([good, few, good])).toEqual({ current: 2, longest: 2 });
  expect(streaksOf([few, few, few])).toEqual({ current: 0, longest: 0 });
  expect(streaksOf([good, { hits: 0, votes: 4 }])).toEqual({ current: 1, longest: 1 });
});

test("a fan's history goes by date, and each point knows what was before it alone", () => {
  const prior = { mean: 0.5, weight: 10 };
  const later = result({ showId: 2, localDate: "2026-07-01", votes: 10, hits: 10 });
  const sooner = result({ showId: 3, localDate: "2026-06-01", votes: 10, hits: 0 });
  const sameDay = result({ showId: 1, localDate: "2026-07-01", votes: 10, hits: 5 });
  const without = result({ showId: 4, votes: 0, hits: 0, share: null });
  const { shows, accuracy, streaks } = historyOf([later, without, sooner, sameDay], prior);
  expect(shows.map(({ showId, precision }) => [showId, precision])).toEqual([[3, 0], [1, 0.5], [2, 1]]);
  expect(shows.map((point) => point.accuracy)).toEqual([5 / 20, 10 / 30, 20 / 40]);
  expect(accuracy).toBe(0.5);
  expect(streaks).toEqual({ current: 2, longest: 2 });
});

test("a fan without a show is as usual", () => {
  expect(historyOf([], FIRST_PRIOR)).toEqual({ shows: [], accuracy: FIRST_PRIOR.mean, streaks: { current: 0, longest: 0 } });
});
