import fc from "fast-check";
import { expect, test } from "vitest";
import { type Calls, precisionOf, scoreFan, WHOLE_SHARE } from "#server/domain/scoring/fan-score.ts";
import { MOST_POINTS } from "#server/domain/scoring/points.ts";
import { ballots, finished, keyOf, shows, song, votesFor } from "./stage.ts";

const six = keyOf(finished(
  { 1: 0.5, 2: 0.25, 3: 0.125, 4: 0.5, 5: 0.5, 6: 0.9, 7: 0.5 },
  [song(1), song(2), song(3), song(4), song(5, { encore: true }), song(6, { encore: true })],
));
const calls = fc.record({ opener: fc.integer({ min: 1, max: 28 }), closer: fc.integer({ min: 1, max: 28 }), encore: fc.integer({ min: 1, max: 28 }) }, { requiredKeys: [] });

test("hits earn by how unlikely they were; a miss takes nothing away", () => {
  const score = scoreFan(six, votesFor(2, 3, 7));
  expect(score).toEqual({ votes: 3, hits: 2, points: 20 + 30, callHits: 0, callPoints: 0, share: 5_555, lastVoteAt: 1_002 });
  expect(precisionOf(score)).toBeCloseTo(2 / 3);
  expect(scoreFan(six, votesFor(2, 3)).points).toBe(50);
});

test("calls of a role earn extra, on songs that the fan has voted for", () => {
  const right: Calls = { opener: 1, closer: 6, encore: 5 };
  expect(scoreFan(six, votesFor(1, 5, 6), right)).toMatchObject({ callHits: 3, callPoints: 10 + 20 + 30, points: 10 + 10 + 2 + 60 });
  expect(scoreFan(six, votesFor(5), right)).toMatchObject({ callHits: 1, callPoints: 30 });
  expect(scoreFan(six, votesFor(1, 2), { opener: 2, closer: 1 })).toMatchObject({ callHits: 0, callPoints: 0 });
});

test("with calls on top of all that was possible the share is whole, and no more", () => {
  const everything = scoreFan(six, votesFor(1, 2, 3, 4, 5, 6), { opener: 1, closer: 6, encore: 5 });
  expect(everything.points).toBeGreaterThan(six.possible);
  expect(everything.share).toBe(WHOLE_SHARE);
});

test("nothing earns nothing", () => {
  const score = scoreFan(six, []);
  expect(score).toEqual({ votes: 0, hits: 0, points: 0, callHits: 0, callPoints: 0, share: null, lastVoteAt: null });
  expect(precisionOf(score)).toBeNull();
  expect(scoreFan(six, votesFor(7))).toMatchObject({ votes: 1, hits: 0, points: 0, share: 0 });
});

test("two ballot songs that have become one song count once", () => {
  expect(scoreFan(six, [...votesFor(2), { songId: 2, castAt: 5_000 }])).toMatchObject({ votes: 1, hits: 1, points: 20, lastVoteAt: 5_000 });
});

test("a further vote never takes anything away", () => {
  fc.assert(fc.property(shows, ballots, calls, fc.integer({ min: 1, max: 28 }), (show, songs, called, another) => {
    const key = keyOf(show);
    const before = scoreFan(key, votesFor(...songs), called);
    const after = scoreFan(key, votesFor(...songs, another), called);
    expect(after.hits).toBeGreaterThanOrEqual(before.hits);
    expect(after.points).toBeGreaterThanOrEqual(before.points);
    expect(after.share ?? 0).toBeGreaterThanOrEqual(before.share ?? 0);
    if (after.hits > before.hits) expect(after.points).toBeGreaterThan(before.points);
  }));
});

test("the order of votes, of the ballot and of the chances is of no account, and scoring again gives the same", () => {
  fc.assert(fc.property(shows, ballots, calls, (show, songs, called) => {
    const votes = votesFor(...songs);
    const score = scoreFan(keyOf(show), votes, called);
    const turned = { ...show, ballot: show.ballot.toReversed(), chances: show.chances.toReversed() };
    expect(scoreFan(keyOf(turned), votes.toReversed(), called)).toEqual(score);
    expect(scoreFan(keyOf(show), votes, called)).toEqual(score);
  }));
});

test("figures are whole and bounded; no hit, no points", () => {
  fc.assert(fc.property(shows, ballots, calls, (show, songs, called) => {
    const { votes, hits, points, callHits, callPoints, share } = scoreFan(keyOf(show), votesFor(...songs), called);
    expect(hits).toBeLessThanOrEqual(votes);
    expect(points).toBeGreaterThanOrEqual(hits);
    expect(points - callPoints).toBeLessThanOrEqual(hits * MOST_POINTS);
    expect(callPoints).toBeLessThanOrEqual(callHits * MOST_POINTS);
    expect(callHits).toBeLessThanOrEqual(3);
    if (hits === 0) expect(points).toBe(0);
    for (const figure of [points, share ?? 0]) expect(Number.isInteger(figure)).toBe(true);
    expect(share ?? 0).toBeGreaterThanOrEqual(0);
    expect(share ?? 0).toBeLessThanOrEqual(WHOLE_SHARE);
  }));
});

test("making one hit song less likely never lowers the points of those who voted for it", () => {
  fc.assert(fc.property(shows, fc.double({ min: 0, max: 1, noNaN: true }), (show, factor) => {
    const daring = { ...show, chances: show.chances.map((each) => (each.songId === 1 ? { ...each, played: each.played * factor } : each)) };
    expect(scoreFan(keyOf(daring), votesFor(1)).points).toBeGreaterThanOrEqual(scoreFan(keyOf(show), votesFor(1)).points);
  }));
});
