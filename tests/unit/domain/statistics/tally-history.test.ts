import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#server/domain/durations.ts";
import { dispensable, historyFromVotes, isToThin, isWorthKeeping, sampled, snapshotOf } from "#server/domain/statistics/tally-history.ts";

const NOW = Date.parse("2026-06-13T12:00:00Z");
const TEN_MINUTES = HOUR_MS / 6;

test("of two days everything stays, of two weeks one an hour, of two months one in six hours, beyond one a day", () => {
  const ats = Array.from({ length: 90 * 24 * 6 }, (_, i) => NOW - i * TEN_MINUTES).reverse();
  const gone = new Set(dispensable(ats, NOW));
  const left = ats.filter((at) => !gone.has(at));
  const within = (from: number, to: number) => left.filter((at) => NOW - at > from * DAY_MS && NOW - at <= to * DAY_MS).length;
  expect(left.filter((at) => NOW - at <= 2 * DAY_MS)).toHaveLength(2 * 24 * 6 + 1);
  expect(within(3, 13)).toBe(10 * 24);
  expect(within(15, 59)).toBe(44 * 4);
  expect(within(61, 89)).toBe(28);
  expect(left.length).toBeLessThan(900);
});

test("thinning again finds nothing more to do, and keeps the first and the last", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 100 * 24 * 6 }), { maxLength: 200 }), (steps) => {
      const ats = steps.map((step) => NOW - step * TEN_MINUTES).sort((a, b) => a - b);
      const gone = new Set(dispensable(ats, NOW));
      const left = ats.filter((at) => !gone.has(at));
      expect(dispensable(left, NOW)).toEqual([]);
      expect([left[0], left.at(-1)]).toEqual([ats[0], ats.at(-1)]);
    }),
  );
});

test("votes tell a history: from nothing, hour by hour, up to now", () => {
  const hour = (n: number) => NOW - n * HOUR_MS;
  const history = historyFromVotes([{ hour: hour(5), setlistSongId: 1, votes: 2 }, { hour: hour(5), setlistSongId: 2, votes: 3 }, { hour: hour(0), setlistSongId: 1, votes: 4 }], NOW + 60_000);
  expect(history).toEqual([
    { at: hour(5), total: 0, tallies: [] },
    { at: hour(4), total: 5, tallies: [[2, 3], [1, 2]] },
    { at: NOW + 60_000, total: 9, tallies: [[1, 6], [2, 3]] },
  ]);
  expect(historyFromVotes([], NOW)).toEqual([]);
});

test("a snapshot leaves out songs without a vote", () => {
  expect(snapshotOf(5, [[1, 0], [2, 1], [3, 4], [4, 1]])).toEqual({ at: 5, total: 6, tallies: [[3, 4], [2, 1], [4, 1]] });
});

test("a long history is told by evenly chosen points with both ends", () => {
  const all = Array.from({ length: 1_000 }, (_, i) => i);
  const some = sampled(all, 240);
  expect(some).toHaveLength(240);
  expect([some[0], some.at(-1)]).toEqual([0, 999]);
  expect(new Set(some).size).toBe(240);
  expect(sampled([1, 2], 240)).toEqual([1, 2]);
});

test("a tally is kept beside the last one once nine minutes have passed and votes have moved, and a first one once there are any", () => {
  const minute = HOUR_MS / 60;
  const [none, one, other] = [snapshotOf(NOW, []), snapshotOf(NOW, [[1, 2]]), snapshotOf(NOW + 9 * minute, [[1, 3]])];
  expect([isWorthKeeping(none, undefined), isWorthKeeping(one, undefined)]).toEqual([false, true]);
  expect(isWorthKeeping(other, one)).toBe(true);
  expect(isWorthKeeping({ ...other, at: NOW + 9 * minute - 1 }, one)).toBe(false);
  expect(isWorthKeeping({ ...one, at: NOW + HOUR_MS }, one)).toBe(false);
});

test("a history is thinned when a quarter of a day has ended since its last snapshot", () => {
  expect([isToThin(undefined, NOW), isToThin(NOW, NOW + HOUR_MS), isToThin(NOW - 1, NOW)]).toEqual([false, false, true]);
});
