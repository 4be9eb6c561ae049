import fc from "fast-check";
import { expect, test } from "vitest";
import { type FanResult, inScope, keyOnBoard, type LeaderboardScope, ratingOf, type Standing, standingOf } from "#server/domain/scoring/leaderboard.ts";
import { compareKeys, keyAtShow, type OrderKey, type Page, pageAfter } from "#server/domain/scoring/order.ts";
import { result } from "./stage.ts";

const all: LeaderboardScope = { kind: "all" };
const season = (shares: (number | null)[], told: Partial<FanResult> = {}) => shares.map((share, i) => result({ showId: i + 1, share, ...told }));

/** Standings in which many are equal in all but the fan. */
const standings = fc
  .array(fc.record({ shows: fc.integer({ min: 3, max: 5 }), votes: fc.constant(10), hits: fc.nat(2), points: fc.nat(2), shares: fc.nat(2), lastVoteAt: fc.nat(2) }), { maxLength: 40 })
  .map((drawn) => drawn.map((standing, i): Standing => ({ userId: i + 1, ...standing })));

test("the rating is the mean share, with five more shows that brought nothing", () => {
  expect(ratingOf({ shares: 5 * 4_000, shows: 5 })).toBe(200_000);
  expect(ratingOf({ shares: 45 * 4_000, shows: 45 })).toBe(360_000);
  expect(ratingOf({ shares: 0, shows: 0 })).toBe(0);
});

test.each<[LeaderboardScope, number]>([
  [all, 5],
  [{ kind: "year", year: 2026 }, 5],
  [{ kind: "artist", artistId: 1 }, 3],
  [{ kind: "tour", artistId: 1, tour: "Autumn" }, 3],
])("on the leaderboard %j is who has %i rated shows", (scope, least) => {
  const told = { tour: "Autumn" };
  expect(standingOf(7, season(Array<number>(least).fill(4_000), told), scope)).toMatchObject({ userId: 7, shows: least });
  expect(standingOf(7, season([...Array<number>(least - 1).fill(4_000), null], told), scope)).toBeNull();
});

test("a leaderboard is of its own shows", () => {
  const show = { artistId: 1, tour: "Autumn", localDate: "2026-01-01" };
  expect(inScope({ kind: "year", year: 2025 }, show)).toBe(false);
  expect(inScope({ kind: "artist", artistId: 2 }, show)).toBe(false);
  expect(inScope({ kind: "tour", artistId: 2, tour: "Autumn" }, show)).toBe(false);
  expect(inScope({ kind: "tour", artistId: 1, tour: "Spring" }, show)).toBe(false);
  expect(inScope(all, show)).toBe(true);
});

test("a standing sums up rated shows alone, in whatever order they come", () => {
  const results = [...season([1_000, 2_000, 3_000, 4_000, 5_000], { points: 40, hits: 5 }), result({ showId: 9, share: null, points: 60 })];
  const standing = standingOf(7, results, all);
  expect(standing).toEqual({ userId: 7, shows: 5, votes: 50, hits: 25, points: 200, shares: 15_000, lastVoteAt: 1_000 });
  expect(standingOf(7, results.toReversed(), all)).toEqual(standing);
});

test("one more hit never lowers a fan", () => {
  fc.assert(fc.property(fc.array(fc.nat(9_000), { minLength: 5, maxLength: 30 }), fc.nat(1_000), (shares, more) => {
    const before = standingOf(1, season(shares), all)!;
    const after = standingOf(1, season([shares[0]! + more, ...shares.slice(1)]), all)!;
    expect(ratingOf(after)).toBeGreaterThanOrEqual(ratingOf(before));
  }));
});

test("among equals who voted earlier comes first, at a show and on a leaderboard", () => {
  const early = result({ lastVoteAt: 1_000 });
  const late = result({ lastVoteAt: 2_000 });
  expect(compareKeys(keyAtShow(early, 9), keyAtShow(late, 1))).toBeLessThan(0);
  expect(compareKeys(keyAtShow(early, 1), keyAtShow(early, 9))).toBeLessThan(0);
  expect(compareKeys(keyAtShow(result({ points: 41, lastVoteAt: null }), 9), keyAtShow(early, 1))).toBeLessThan(0);
  const standing = { userId: 1, shows: 5, votes: 50, hits: 25, points: 200, shares: 20_000, lastVoteAt: 2_000 };
  expect(compareKeys(keyOnBoard({ ...standing, userId: 9, lastVoteAt: 1_000 }), keyOnBoard(standing))).toBeLessThan(0);
});

test("no two fans are equal, and the order is the same however the rows come", () => {
  fc.assert(fc.property(standings, fc.infiniteStream(fc.nat()), (rows, chance) => {
    const order = (of: Standing[]) => pageAfter(of, keyOnBoard, null, of.length).rows.map(({ userId }) => userId);
    const shuffled = rows.map((row) => ({ row, at: Number(chance.next().value) })).sort((a, b) => a.at - b.at).map(({ row }) => row);
    expect(order(shuffled)).toEqual(order(rows));
    const keys = rows.map(keyOnBoard);
    keys.forEach((a, i) => keys.forEach((b, j) => expect(Math.sign(compareKeys(a, b)) === 0).toBe(i === j)));
    keys.forEach((a) => keys.forEach((b) => expect(Math.sign(compareKeys(a, b)) + Math.sign(compareKeys(b, a))).toBe(0)));
  }), { numRuns: 50 });
});

test("pages tell everyone once, whatever their size", () => {
  fc.assert(fc.property(standings, fc.integer({ min: 1, max: 7 }), (rows, size) => {
    const told: number[] = [];
    let after: OrderKey | null = null;
    do {
      const page: Page<Standing> = pageAfter(rows, keyOnBoard, after, size);
      told.push(...page.rows.map(({ userId }) => userId));
      after = page.next;
    } while (after !== null);
    expect(told).toEqual(pageAfter(rows, keyOnBoard, null, rows.length).rows.map(({ userId }) => userId));
  }));
});

test("a page goes on behind its last row, also when that fan has moved away meanwhile", () => {
  const rows = [1, 2, 3].map((userId): Standing => ({ userId, shows: 5, votes: 50, hits: 5, points: 5, shares: 5_000, lastVoteAt: 1 }));
  const { next } = pageAfter(rows, keyOnBoard, null, 2);
  expect(pageAfter(rows.filter(({ userId }) => userId !== 2), keyOnBoard, next, 2).rows.map(({ userId }) => userId)).toEqual([3]);
});
