import fc from "fast-check";
import { expect, test } from "vitest";
import { brierOf, calibrationErrorOf, calibrationOf, together } from "#server/domain/scoring/calibration.ts";
import { scoreCrowd } from "#server/domain/scoring/crowd-score.ts";
import { crowdList, lastShowsList } from "#server/domain/scoring/expectations.ts";
import { scoreList } from "#server/domain/scoring/list-score.ts";
import { chance, playedOf, probability, song, unknown } from "./stage.ts";

const list = (...songIds: number[]) => ({ songIds, probabilities: new Map<number, number>() });
const tally = (votes: Record<number, number>) => Object.entries(votes).map(([id, count], i) => ({ songId: Number(id), votes: count, position: i }));
const songIds = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 25 });
const said = fc.array(fc.record({ probability, came: fc.boolean() }), { maxLength: 50 });

test("overlap is of as many songs as were played, unmatched titles included", () => {
  const played = playedOf([song(1), song(2), song(3), unknown("new"), song(1)]);
  expect(scoreList(list(1, 9, 2, 8, 3), played, [])).toMatchObject({ hits: 2, of: 4, overlap: 0.5 });
});

test("a list that is shorter than the show is measured by the show all the same", () => {
  const marathon = playedOf(Array.from({ length: 300 }, (_, i) => song(i + 1)));
  expect(scoreList(list(1, 2, 3), marathon, []).overlap).toBeCloseTo(0.01);
});

test("the same songs in a better order have a better rank quality", () => {
  const played = playedOf([song(1), song(2), song(3), song(4)]);
  expect(scoreList(list(1, 2, 8, 9), played, []).rankQuality).toBeCloseTo((1 + 1) / 4);
  expect(scoreList(list(8, 9, 1, 2), played, []).rankQuality).toBeCloseTo((1 / 3 + 2 / 4) / 4);
  expect(scoreList(list(4, 3, 2, 1), played, []).rankQuality).toBe(1);
});

test("a further hit never lowers overlap or rank quality, and both stay from 0 to 1", () => {
  fc.assert(fc.property(songIds, songIds, fc.nat(24), (order, heard, at) => {
    const played = playedOf(heard.map((id) => song(id)));
    const top = order.slice(0, heard.length);
    const before = scoreList(list(...top), played, []);
    const missing = heard.find((id) => !top.includes(id));
    const place = at % top.length;
    if (missing !== undefined && !played.songIds.has(top[place]!)) {
      const after = scoreList(list(...top.with(place, missing)), played, []);
      expect(after.hits).toBe(before.hits + 1);
      expect(after.rankQuality).toBeGreaterThan(before.rankQuality);
    }
    for (const figure of [before.overlap, before.rankQuality]) {
      expect(figure).toBeGreaterThanOrEqual(0);
      expect(figure).toBeLessThanOrEqual(1);
    }
  }));
});

test("the crowd's list holds what somebody voted for, equals as on the ballot", () => {
  const ballot = [{ songId: 5, votes: 3, position: 2 }, { songId: 6, votes: 3, position: 1 }, { songId: 7, votes: 0, position: 0 }];
  const crowd = crowdList(ballot, 4, [chance(5, 0.5), chance(6, 0.5), chance(7, 0.5)])!;
  expect(crowd.songIds).toEqual([6, 5]);
  expect(crowd.probabilities.get(7)).toBeCloseTo((20 * 0.5) / 24);
  expect(crowdList(ballot.map((each) => ({ ...each, votes: 0 })), 0, [])).toBeNull();
});

test("the last shows' songs go by plays of ten shows, then by the latest", () => {
  const shows = [[3, 2], [2, 1, 1], [], [1, 3], ...Array.from({ length: 7 }, () => [9]), [4]];
  const { songIds, probabilities } = lastShowsList(shows)!;
  expect(songIds).toEqual([9, 2, 3, 1]);
  expect(probabilities.get(1)).toBeCloseTo(0.2);
  expect(lastShowsList([[]])).toBeNull();
});

test("the crowd, the forecast and the last shows are measured alike, and the better one is named", () => {
  const played = playedOf([song(1), song(2), song(3), song(4)]);
  const chances = [chance(1, 0.9), chance(5, 0.8), chance(6, 0.7), chance(2, 0.6), chance(3, 0.3), chance(4, 0.2)];
  const facts = { ballot: tally({ 1: 9, 2: 8, 3: 7, 4: 0, 5: 1, 6: 0 }), fans: 10, chances, forecast: true, lastShows: [[1, 5, 6]] };
  const score = scoreCrowd(played, facts);
  expect([score.crowd!.hits, score.forecast!.hits, score.lastShows!.hits]).toEqual([3, 2, 1]);
  expect(score.verdict).toEqual({
    better: "crowd", by: { songs: 1, share: 0.25 },
    beyondLastShows: { crowd: { songs: 2, share: 0.5 }, forecast: { songs: 1, share: 0.25 } },
  });
  const turned = scoreCrowd(played, { ...facts, ballot: tally({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 1, 6: 0 }) });
  expect(turned.verdict).toMatchObject({ better: "forecast", by: { songs: 2, share: 0.5 } });
  expect(scoreCrowd(played, { ...facts, ballot: tally({ 1: 2, 2: 1 }) }).verdict.better).toBe("even");
});

test("who had no list is not compared", () => {
  const played = playedOf([song(1)]);
  const score = scoreCrowd(played, { ballot: tally({ 1: 0 }), fans: 0, chances: [chance(1, 0.5)], forecast: false, lastShows: [] });
  expect(score).toEqual({
    crowd: null, forecast: null, lastShows: null,
    verdict: { better: null, by: null, beyondLastShows: { crowd: null, forecast: null } },
  });
});

test("votes for what was played bring the blend nearer the truth than the chances alone", () => {
  const played = playedOf([song(1), song(2)]);
  const chances = [chance(1, 0.5), chance(2, 0.5), chance(3, 0.5)];
  const { crowd, forecast } = scoreCrowd(played, { ballot: tally({ 1: 50, 2: 50, 3: 0 }), fans: 50, chances, forecast: true, lastShows: [] });
  expect(forecast!.brier).toBeCloseTo(0.25);
  expect(crowd!.brier!).toBeLessThan(forecast!.brier!);
});

test("probabilities that hold have no calibration error, those that do not have their distance", () => {
  const holds = calibrationOf(Array.from({ length: 10 }, (_, i) => ({ probability: 0.3, came: i < 3 })));
  expect(calibrationErrorOf(holds)).toBeCloseTo(0);
  expect(brierOf(holds)).toBeCloseTo(0.21);
  const never = calibrationOf([{ probability: 0.8, came: false }, { probability: 1, came: true }]);
  expect(calibrationErrorOf(never)).toBeCloseTo(0.4);
  expect([brierOf(calibrationOf([])), calibrationErrorOf(calibrationOf([]))]).toEqual([null, null]);
});

test("sums of two shows are those of all their pairs, and errors stay from 0 to 1", () => {
  fc.assert(fc.property(said, said, (one, other) => {
    const sums = together([calibrationOf(one), calibrationOf(other)]);
    const all = calibrationOf([...one, ...other]);
    expect(sums.pairs).toBe(all.pairs);
    expect(brierOf(sums) ?? 0).toBeCloseTo(brierOf(all) ?? 0, 9);
    expect(calibrationErrorOf(sums) ?? 0).toBeCloseTo(calibrationErrorOf(all) ?? 0, 9);
    for (const figure of [brierOf(all), calibrationErrorOf(all)]) expect((figure ?? 0) >= 0 && (figure ?? 0) <= 1 + 1e-9).toBe(true);
  }));
});
