import fc from "fast-check";
import { expect, test } from "vitest";
import type { FanResult } from "#server/domain/scoring/leaderboard.ts";
import { ratingOf, standingOf } from "#tests/support/board-oracle.ts";
import { result } from "./stage.ts";

// What the rating is worth; that the boards are made by these words tests/api/leaderboard-rules.test.ts says.
const season = (shares: (number | null)[], told: Partial<FanResult> = {}) => shares.map((share, i) => result({ showId: i + 1, share, ...told }));

test("the rating is the mean share, with five more shows that brought nothing", () => {
  expect(ratingOf({ shares: 5 * 4_000, shows: 5 })).toBe(200_000);
  expect(ratingOf({ shares: 45 * 4_000, shows: 45 })).toBe(360_000);
  expect(ratingOf({ shares: 0, shows: 0 })).toBe(0);
});

test("one more hit never lowers a fan", () => {
  fc.assert(fc.property(fc.array(fc.nat(9_000), { minLength: 5, maxLength: 30 }), fc.nat(1_000), (shares, more) => {
    const before = standingOf(1, season(shares), { kind: "all" })!;
    const after = standingOf(1, season([shares[0]! + more, ...shares.slice(1)]), { kind: "all" })!;
    expect(ratingOf(after)).toBeGreaterThanOrEqual(ratingOf(before));
  }));
});
