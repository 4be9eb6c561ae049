import fc from "fast-check";
import { expect, test } from "vitest";
import { scoreFan } from "#server/domain/scoring/fan-score.ts";
import { EMPTY_SHOWS, type FanResult, LEAST_SHOWS } from "#server/domain/scoring/leaderboard.ts";
import type { ShowKey } from "#server/domain/scoring/show-key.ts";
import { ratingOf, standingOf } from "#tests/support/board-oracle.ts";
import { ballots, finished, keyOf, result, shows, song, votesFor } from "./stage.ts";

const rating = (results: FanResult[]) => {
  const standing = standingOf(1, results, { kind: "all" });
  return standing === null ? 0 : ratingOf(standing);
};
const season = (keys: ShowKey[], votes: (at: number) => number[]) =>
  rating(keys.map((key, at) => result({ showId: at, ...scoreFan(key, votesFor(...votes(at))) })));

test("at the same shows, whoever votes for the same songs and more is never rated lower", () => {
  fc.assert(fc.property(fc.array(fc.tuple(shows, ballots), { minLength: 5, maxLength: 12 }), (drawn) => {
    const keys = drawn.map(([show]) => keyOf(show));
    const one = season(keys, (at) => drawn[at]![1].slice(0, 1));
    const all = season(keys, (at) => drawn[at]![1]);
    expect(one).toBeLessThanOrEqual(all);
  }));
});

test("one song of nine in ten at each show never rates above 4 %, whatever else was played and however many shows", () => {
  fc.assert(fc.property(fc.array(shows, { minLength: 5, maxLength: 12 }), fc.double({ min: 0.9, max: 1, noNaN: true }), (drawn, sure) => {
    const keys = drawn.map((show) => keyOf({ ...show, chances: show.chances.map((each) => (each.songId === 1 ? { ...each, played: sure } : each)) }));
    expect(season(keys, () => [1])).toBeLessThan(40_000);
    const often = Array.from({ length: 20 }, () => keys).flat();
    expect(season(often, () => [1])).toBeLessThan(40_000);
  }));
});

test("ten votes of the same worth rate above one, even at the fewest shows against the most", () => {
  const evenly = (worth: number) => keyOf(finished(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i + 1, worth])), Array.from({ length: 20 }, (_, i) => song(i + 1))));
  for (const chance of [0.01, 0.1, 0.35, 0.5, 0.9, 0.99]) {
    const key = evenly(chance);
    const share = (songs: number[]) => scoreFan(key, votesFor(...songs)).share!;
    const shows = LEAST_SHOWS.artist;
    const ten = ratingOf({ shares: shows * share([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), shows });
    const one = ratingOf({ shares: 10_000 * share([1]), shows: 10_000 });
    expect(ten).toBeGreaterThan(one);
    expect(shows / (shows + EMPTY_SHOWS)).toBeGreaterThan(1 / 10);
  }
});

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A show of songs with all sorts of chances, each played with just its chance. */
function nextShow(chance: () => number): { key: ShowKey; byChance: number[]; played: number[] } {
  const chances = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i + 1, 0.02 + 0.96 * (i / 39) ** 1.5]));
  const entries = Object.entries(chances).filter(([, played]) => chance() < played).map(([id]) => song(Number(id)));
  const byChance = Object.entries(chances).sort((a, b) => b[1] - a[1]).map(([id]) => Number(id));
  return { key: keyOf(finished(chances, entries)), byChance, played: Object.values(chances) };
}

test("of 200 seasons, the best of one sure song a show is rated below the worst of ten honest ones, safe or daring", () => {
  const chance = chanceFrom(20_260_613);
  const ratings = { one: [] as number[], safe: [] as number[], daring: [] as number[] };
  for (let fan = 0; fan < 200; fan += 1) {
    const drawn = Array.from({ length: 5 + Math.floor(chance() * 30) }, () => nextShow(chance));
    const keys = drawn.map(({ key }) => key);
    const toEven = (at: number) => drawn[at]!.byChance.toSorted((a, b) => Math.abs(drawn[at]!.played[a - 1]! - 0.37) - Math.abs(drawn[at]!.played[b - 1]! - 0.37));
    ratings.one.push(season(keys, (at) => drawn[at]!.byChance.slice(0, 1)));
    ratings.safe.push(season(keys, (at) => drawn[at]!.byChance.slice(0, 10)));
    ratings.daring.push(season(keys, (at) => toEven(at).slice(0, 10)));
  }
  expect(Math.max(...ratings.one)).toBeLessThan(Math.min(...ratings.safe));
  expect(Math.max(...ratings.one)).toBeLessThan(Math.min(...ratings.daring));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(ratings.safe)).toBeLessThan(mean(ratings.daring));
});
