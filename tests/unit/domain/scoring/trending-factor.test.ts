import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR_MS } from "#server/domain/durations.ts";
import { type SongPace, trendingFactor, trendingFactors } from "#server/domain/scoring/trending-factor.ts";

const now = 1_000 * HOUR_MS;
const ago = (hours: number) => now - hours * HOUR_MS;
const pace = (told: Partial<SongPace> = {}): SongPace => ({ songId: 1, since: ago(106), recentVotes: 0, votesBefore: 0, ...told });
const paces = fc.record({
  songId: fc.constant(1), since: fc.integer({ min: 0, max: 999 }).map((hour) => hour * HOUR_MS), recentVotes: fc.nat(1_000), votesBefore: fc.nat(10_000),
});

test.each<[string, SongPace, number, number]>([
  ["a song nobody votes for is as usual", pace(), 0, 1],
  ["a song at its own pace is as usual", pace({ recentVotes: 60, votesBefore: 1_000 }), 10, 1],
  ["a big song at twice its pace is nearly twice", pace({ recentVotes: 120, votesBefore: 1_000 }), 10, 125 / 65],
  ["two votes where there were none are little", pace({ recentVotes: 2 }), 0, 7 / 5],
  ["a song that has come to a halt is below one", pace({ votesBefore: 1_000 }), 10, 5 / 65],
  ["a song that is new on the ballot is held against the others", pace({ since: ago(3), recentVotes: 6 }), 2, 1],
  ["a song that comes to the ballot this moment is as usual", pace({ since: now }), 2, 1],
  ["votes that were taken back count as none", pace({ recentVotes: -3 }), 0, 1],
])("%s", (_, song, ballotPace, factor) => {
  expect(trendingFactor(song, ballotPace, now)).toBeCloseTo(factor);
});

test("on a ballot of three hours the song that gets most is the one that trends", () => {
  const songs = [10, 2, 0].map((recentVotes, i) => pace({ songId: i, since: ago(3), recentVotes }));
  const factors = trendingFactors(songs, now);
  expect([factors.get(0)! > 1, factors.get(1)! < 1, factors.get(2)! < factors.get(1)!]).toEqual([true, true, true]);
  expect(trendingFactors([], now).size).toBe(0);
});

test("one more vote raises it, a faster past lowers it, and it is never nothing", () => {
  fc.assert(fc.property(paces, fc.double({ min: 0, max: 100, noNaN: true }), (song, ballotPace) => {
    const factor = trendingFactor(song, ballotPace, now);
    expect(factor).toBeGreaterThan(0);
    expect(trendingFactor({ ...song, recentVotes: song.recentVotes + 1 }, ballotPace, now)).toBeGreaterThan(factor);
    expect(trendingFactor({ ...song, votesBefore: song.votesBefore + 1 }, ballotPace, now)).toBeLessThan(factor);
  }));
});
