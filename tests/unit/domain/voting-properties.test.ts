import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DAY_MS,
  decideRetractions,
  decideVotes,
  utcDay,
  VOTES_PER_DAY,
  VOTES_PER_SHOW,
  type BallotWindow,
  type VoteFacts,
  type VoteInput,
} from "#server/domain/voting.ts";

const SHOWS = 7;
const SONGS_PER_SHOW = 12;
const start = Date.parse("2026-06-13T00:00:00Z");

/** Show 6 is locked and show 5 closes after a day; the others stay open. */
function ballotOf(showId: number): BallotWindow {
  return {
    status: "upcoming",
    closesAt: showId === 5 ? start + DAY_MS : start + 30 * DAY_MS,
    locked: showId === 6,
  };
}

/** What a database would hold, and the facts it would state. */
class Model {
  readonly votes = new Set<string>();
  readonly showVotes = new Map<string, number>();
  readonly dayVotes = new Map<string, number>();

  facts({ userId, setlistSongId, now }: VoteInput): VoteFacts | null {
    const showId = Math.floor(setlistSongId / SONGS_PER_SHOW);
    if (showId >= SHOWS) return null;
    return {
      showId,
      ballot: ballotOf(showId),
      alreadyVoted: this.votes.has(`${userId} ${setlistSongId}`),
      showVotes: this.showVotes.get(`${userId} ${showId}`) ?? 0,
      dayVotes: this.dayVotes.get(`${userId} ${utcDay(now)}`) ?? 0,
    };
  }

  cast(inputs: VoteInput[]): string[] {
    const verdicts = decideVotes(inputs.map((input) => this.facts(input)), inputs);
    verdicts.forEach((verdict, i) => {
      if (verdict.verdict === "refused") return;
      const { userId, setlistSongId } = inputs[i]!;
      this.votes.add(`${userId} ${setlistSongId}`);
      add(this.showVotes, `${userId} ${verdict.showId}`, 1);
      add(this.dayVotes, `${userId} ${verdict.day}`, 1);
    });
    return verdicts.map((v) => (v.verdict === "refused" ? v.reason : v.verdict));
  }

  retract(inputs: VoteInput[]): string[] {
    const facts = inputs.map((input) => {
      const fact = this.facts(input);
      return fact && { ...fact, voted: fact.alreadyVoted };
    });
    const verdicts = decideRetractions(facts, inputs);
    verdicts.forEach((verdict, i) => {
      if (verdict.verdict === "refused") return;
      const { userId, setlistSongId } = inputs[i]!;
      this.votes.delete(`${userId} ${setlistSongId}`);
      add(this.showVotes, `${userId} ${verdict.showId}`, -1);
    });
    return verdicts.map((v) => (v.verdict === "refused" ? v.reason : v.verdict));
  }

  state() {
    return [[...this.votes].sort(), [...this.showVotes].sort(), [...this.dayVotes].sort()];
  }
}

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

const vote = fc.record({
  userId: fc.integer({ min: 1, max: 2 }),
  // One more than there are, so that some songs are on no ballot.
  setlistSongId: fc.integer({ min: 0, max: SHOWS * SONGS_PER_SHOW }),
  now: fc.integer({ min: start, max: start + 2 * DAY_MS - 1 }),
});
const batch = fc.record({
  kind: fc.constantFrom("cast", "cast", "cast", "retract"),
  inputs: fc.array(vote, { minLength: 1, maxLength: 60, size: "max" }),
});
const history = fc.array(batch, { maxLength: 25, size: "max" });

test("no order of votes and retractions takes a fan past 10 a show or 50 a day", () => {
  let most = { show: 0, day: 0 };
  fc.assert(
    fc.property(history, (batches) => {
      const model = new Model();
      for (const { kind, inputs } of batches) {
        if (kind === "cast") model.cast(inputs);
        else model.retract(inputs);
        const show = Math.max(0, ...model.showVotes.values());
        const day = Math.max(0, ...model.dayVotes.values());
        most = { show: Math.max(show, most.show), day: Math.max(day, most.day) };
        expect(show).toBeLessThanOrEqual(VOTES_PER_SHOW);
        expect(day).toBeLessThanOrEqual(VOTES_PER_DAY);
        expect(Math.min(0, ...model.showVotes.values())).toBe(0);
      }
    }),
    { seed: 1, numRuns: 60 },
  );
  expect(most, "the histories are long enough to meet both limits").toEqual({ show: 10, day: 50 });
});

test("deciding votes in one batch or in several gives the same verdicts", () => {
  fc.assert(
    fc.property(history, fc.array(vote, { maxLength: 80, size: "max" }), fc.nat(80), (before, votes, at) => {
      const models = [new Model(), new Model(), new Model()] as const;
      for (const model of models) for (const { inputs } of before) model.cast(inputs);
      const together = models[0].cast(votes);
      expect([...models[1].cast(votes.slice(0, at)), ...models[1].cast(votes.slice(at))]).toEqual(together);
      expect(votes.flatMap((one) => models[2].cast([one]))).toEqual(together);
      expect(models[2].state()).toEqual(models[0].state());
    }),
    { numRuns: 60 },
  );
});

test("taking votes back in one batch or one by one gives the same verdicts", () => {
  fc.assert(
    fc.property(history, fc.array(vote, { maxLength: 80, size: "max" }), (before, votes) => {
      const [a, b] = [new Model(), new Model()];
      for (const model of [a, b]) for (const { inputs } of before) model.cast(inputs);
      expect(votes.flatMap((one) => b.retract([one]))).toEqual(a.retract(votes));
      expect(b.state()).toEqual(a.state());
    }),
    { numRuns: 60 },
  );
});

test("a refused vote changes nothing: leaving it out gives the others the same verdicts", () => {
  fc.assert(
    fc.property(fc.array(vote, { maxLength: 200, size: "max" }), (votes) => {
      const [all, kept] = [new Model(), new Model()];
      const verdicts = all.cast(votes);
      const counted = votes.filter((_, i) => verdicts[i] === "counted");
      expect(kept.cast(counted).every((verdict) => verdict === "counted")).toBe(true);
      expect(kept.state()).toEqual(all.state());
    }),
    { numRuns: 60 },
  );
});

test("a vote taken back can be cast again for another song of the show while the day lasts", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 80 }), (swaps) => {
      const model = new Model();
      const at = (setlistSongId: number): VoteInput => ({ userId: 1, setlistSongId, now: start });
      model.cast(Array.from({ length: 9 }, (_, i) => at(i)));
      for (let i = 0; i < swaps; i += 1) {
        expect(model.cast([at(9)])).toEqual([i < VOTES_PER_DAY - 9 ? "counted" : "day_limit"]);
        model.retract([at(9)]);
      }
    }),
  );
});
