import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planDemoVotes, seededRandom, type DemoVote } from "#server/domain/demo-votes.ts";
import { DAY_MS, utcDay } from "#server/domain/voting.ts";

const until = Date.parse("2026-06-13T12:00:00Z");
const fans = [1, 2, 3, 4, 5];

function ballots(count: number, { interest = 1, songs = 20 } = {}) {
  return Array.from({ length: count }, (_, i) => ({
    showId: i,
    setlistSongIds: Array.from({ length: songs }, (_song, n) => i * 1_000 + n),
    until,
    interest,
  }));
}

function most(votes: DemoVote[], key: (vote: DemoVote) => string): number {
  const groups = [...Map.groupBy(votes, key).values()];
  return Math.max(0, ...groups.map((group) => group.length));
}

const plan = fc.record({
  seed: fc.nat(),
  shows: fc.integer({ min: 0, max: 120 }),
  interest: fc.double({ min: 0, max: 1.4, noNaN: true }),
  songs: fc.integer({ min: 0, max: 30 }),
});

describe("planned demo votes", () => {
  it("keep within every limit of real ones", () => {
    let fullest = 0;
    fc.assert(
      fc.property(plan, ({ seed, shows, ...shape }) => {
        const votes = planDemoVotes(fans, ballots(shows, shape), seededRandom(seed));
        const day = most(votes, (vote) => `${vote.userId} ${vote.day}`);
        fullest = Math.max(fullest, day);
        expect(day).toBeLessThanOrEqual(50);
        expect(most(votes, (vote) => `${vote.userId} ${vote.showId}`)).toBeLessThanOrEqual(10);
        expect(most(votes, (vote) => `${vote.userId} ${vote.setlistSongId}`)).toBeLessThanOrEqual(1);
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(fullest, "some fan's day is full").toBe(50);
  });

  it("fall before the close, in the three weeks up to it, on their own UTC day and show", () => {
    const votes = planDemoVotes(fans, ballots(60), seededRandom(3));
    expect(votes.length).toBeGreaterThan(0);
    for (const vote of votes) {
      expect(vote.castAt).toBeLessThan(until);
      expect(vote.castAt).toBeGreaterThan(until - 22 * DAY_MS);
      expect(vote.day).toBe(utcDay(vote.castAt));
      expect(Math.floor(vote.setlistSongId / 1_000)).toBe(vote.showId);
    }
  });

  it("are the same for the same seed and different for another", () => {
    const from = (seed: number) => planDemoVotes(fans, ballots(5), seededRandom(seed));
    expect(from(7)).toEqual(from(7));
    expect(from(7)).not.toEqual(from(8));
  });

  it("favour the songs at the top of the ballot", () => {
    const votes = planDemoVotes(fans, ballots(40), seededRandom(1));
    const placed = (from: number, to: number) =>
      votes.filter((vote) => vote.setlistSongId % 1_000 >= from && vote.setlistSongId % 1_000 < to).length;
    expect(placed(0, 5)).toBeGreaterThan(2 * placed(15, 20));
  });

  it("grow with the interest in a show", () => {
    const count = (interest: number) => planDemoVotes(fans, ballots(100, { interest }), seededRandom(1)).length;
    expect(count(0)).toBe(0);
    expect(count(0.8)).toBeGreaterThan(2 * count(0.2));
  });
});

it("repeatable randomness stays in [0, 1) and spreads", () => {
  const random = seededRandom(42);
  const values = Array.from({ length: 10_000 }, random);
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
  expect(new Set(values).size).toBeGreaterThan(9_990);
});
