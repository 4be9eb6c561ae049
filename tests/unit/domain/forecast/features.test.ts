import { expect, test } from "vitest";
import { FEATURES, lookAt } from "#server/domain/forecast/features.ts";
import { amongGaps, gapBucket, noGaps } from "#server/domain/forecast/gaps.ts";
import { addShow } from "#server/domain/forecast/add-show.ts";
import { emptyHistory, usualLength } from "#server/domain/forecast/history.ts";
import { dayOf, type PastShow, type ShowSetting } from "#server/domain/forecast/setting.ts";
import { setting, show } from "./stage.ts";

function featuresOf(shows: readonly PastShow[], next: ShowSetting) {
  const history = emptyHistory();
  for (const one of shows) addShow(history, one);
  const { rows } = lookAt(history, next);
  expect(rows).toHaveLength(history.songs.length * FEATURES.length);
  return (songId: number, feature: (typeof FEATURES)[number]) => rows[history.indexOf.get(songId)! * FEATURES.length + FEATURES.indexOf(feature)];
}

test("each figure stands where its name says", () => {
  const hall = { venue: "Hall", city: "Town" };
  const shows = [show(0, [1, 2], hall), show(1, [1, 3]), show(5, [1, 2]), show(100, [3, 1, 4]), show(101, [1, 3], hall)];
  const of = featuresOf(shows, setting(102, hall));
  const seen = (songId: number) => ["gap", "gap before", "plays", "plays of 3", "age in shows", "age in days", "days since"].map((name) => of(songId, name as "gap"));
  expect(seen(1)).toEqual([1, 1, 5, 3, 5, 102, 1]);
  expect(seen(2)).toEqual([3, 2, 2, 1, 5, 102, 97]);
  expect(seen(4)).toEqual([2, Number.NaN, 1, 1, 2, 2, 2]);
  expect([1, 2, 3].map((id) => of(id, "played in the run"))).toEqual([1, 0, 1]);
  expect([1, 2, 3].map((id) => of(id, "played at the last visit"))).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect([1, 2, 3].map((id) => of(id, "leg share"))).toEqual([1, 0, 1]);
  expect(of(1, "leg shows")).toBe(2);
  expect(of(1, "run night")).toBe(1);
  expect(of(1, "days since the last show")).toBe(1);
  expect(of(1, "frequency 200")).toBeCloseTo(1, 6);
  expect(of(1, "last likeness")).toBeCloseTo(0.8, 6);
  expect(of(1, "length")).toBe(2);
  expect(of(2, "closes")).toBe(1);
});

test("a return to a place after a while sees what was played there", () => {
  const hall = { venue: "Hall", city: "Town" };
  const of = featuresOf([show(0, [1, 2], hall), show(1, [3, 1])], setting(60, hall));
  expect([1, 2, 3].map((id) => of(id, "played at the last visit"))).toEqual([1, 1, 0]);
});

test("the usual length is the median of the last ten shows", () => {
  const history = emptyHistory();
  for (const [day, length] of [9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].entries()) {
    addShow(history, show(day, Array.from({ length }, (_, i) => i + 1)));
  }
  expect(usualLength(history)).toBe(6);
});

test("gaps fall into buckets that grow, and none is lost", () => {
  const buckets = Array.from({ length: 5_000 }, (_, i) => gapBucket(i + 1));
  expect(buckets.slice(0, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
  expect(Math.max(...buckets)).toBe(noGaps().length - 1);
});

test("a song that came back after two shows three times of four is due after two", () => {
  const counts = noGaps();
  counts[gapBucket(2)] = 3;
  counts[gapBucket(9)] = 1;
  expect(amongGaps(counts, 2, 0.4)).toEqual({ quantile: 0.75, hazard: (3 + 0.8) / (4 + 2) });
  expect(amongGaps(counts, 1, 0.4).hazard).toBeCloseTo(0.8 / 6, 12);
});

test("a date that is none is refused with an example", () => {
  expect(() => dayOf("31.12.2020")).toThrow(/write it like 2026-07-31/);
});
