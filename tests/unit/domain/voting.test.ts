import { describe, expect, it } from "vitest";
import {
  ADDITIONS_PER_SHOW,
  allowanceLeft,
  dayResetsAt,
  decideAddition,
  decideRetractions,
  decideVotes,
  refusalMessage,
  utcDay,
  votingAt,
  type AdditionRefusal,
  type BallotWindow,
  type RefusalReason,
  type VoteFacts,
} from "#server/domain/voting.ts";

const now = Date.parse("2026-06-13T12:00:00Z");
const open: BallotWindow = { status: "upcoming", closesAt: now + 3_600_000, locked: false };
const fact: VoteFacts = { showId: 1, ballot: open, alreadyVoted: false, showVotes: 0, dayVotes: 0 };
const input = { userId: 7, setlistSongId: 70, now };

describe("whether a ballot takes votes", () => {
  const cases: [string, Partial<BallotWindow>, string | null][] = [
    ["before the close", {}, null],
    ["one millisecond before the close", { closesAt: now + 1 }, null],
    ["at the close itself", { closesAt: now }, "closed"],
    ["after the close", { closesAt: now - 1 }, "closed"],
    ["while locked", { locked: true }, "locked"],
    ["on a cancelled show", { status: "cancelled" }, "cancelled"],
    ["on a completed show whose close was moved on", { status: "completed" }, "closed"],
    ["on an ongoing show whose close was moved on", { status: "ongoing" }, null],
    ["locked and closed: closed says more", { locked: true, closesAt: now }, "closed"],
    ["on a postponed show", { status: "postponed" }, "postponed"],
    ["postponed, locked and its old date past: postponed says most", { status: "postponed", locked: true, closesAt: 0 }, "postponed"],
    ["cancelled, locked and closed: cancelled says most", { status: "cancelled", locked: true, closesAt: 0 }, "cancelled"],
  ];
  it.each(cases)("%s", (_, change, reason) => {
    const ballot = { ...open, ...change };
    expect(votingAt(ballot, now)).toEqual({ open: reason === null, closesAt: ballot.closesAt, reason });
  });
});

describe("one vote", () => {
  const closed = { ...open, closesAt: now };
  const cases: [string, VoteFacts | null, RefusalReason | null][] = [
    ["counts", fact, null],
    ["counts as the tenth for a show", { ...fact, showVotes: 9 }, null],
    ["counts as the fiftieth of a day", { ...fact, dayVotes: 49 }, null],
    ["for no song of a ballot", null, "not_found"],
    ["on a closed ballot", { ...fact, ballot: closed }, "voting_closed"],
    ["on a locked ballot", { ...fact, ballot: { ...open, locked: true } }, "voting_closed"],
    ["on a cancelled show", { ...fact, ballot: { ...open, status: "cancelled" } }, "voting_closed"],
    ["on a postponed show", { ...fact, ballot: { ...open, status: "postponed" } }, "voting_closed"],
    ["for a song voted for before", { ...fact, alreadyVoted: true }, "already_voted"],
    ["as the eleventh for a show", { ...fact, showVotes: 10 }, "show_limit"],
    ["as the fifty-first of a day", { ...fact, dayVotes: 50 }, "day_limit"],
  ];
  it.each(cases)("%s", (_, facts, reason) => {
    const verdict = reason ? { verdict: "refused", reason } : { verdict: "counted", showId: 1, day: utcDay(now) };
    expect(decideVotes([facts], [input])).toEqual([verdict]);
  });

  const everythingWrong = { ...fact, ballot: closed, alreadyVoted: true, showVotes: 10, dayVotes: 50 };
  const precedence: [RefusalReason, VoteFacts][] = [
    ["voting_closed", everythingWrong],
    ["already_voted", { ...everythingWrong, ballot: open }],
    ["show_limit", { ...everythingWrong, ballot: open, alreadyVoted: false }],
    ["day_limit", { ...everythingWrong, ballot: open, alreadyVoted: false, showVotes: 9 }],
  ];
  it.each(precedence)("that is wrong in several ways is refused for %s first", (reason, facts) => {
    expect(decideVotes([facts], [input])).toEqual([{ verdict: "refused", reason }]);
  });
});

describe("votes of one batch", () => {
  it("count the same song once for a fan and once for each other fan", () => {
    const inputs = [input, input, { ...input, userId: 8 }];
    expect(decideVotes([fact, fact, fact], inputs).map((v) => ("reason" in v ? v.reason : v.verdict))).toEqual([
      "counted",
      "already_voted",
      "counted",
    ]);
  });

  it("use up the show's allowance in order, each show its own", () => {
    const inputs = Array.from({ length: 12 }, (_, i) => ({ ...input, setlistSongId: i }));
    const facts = inputs.map((_, i) => ({ ...fact, showVotes: 8, showId: i < 6 ? 1 : 2 }));
    const counted = decideVotes(facts, inputs).map((v) => v.verdict === "counted");
    expect(counted).toEqual([true, true, false, false, false, false, true, true, false, false, false, false]);
  });

  it("count exactly fifty of sixty over six shows in one day, and the rest tomorrow", () => {
    const inputs = Array.from({ length: 60 }, (_, i) => ({ ...input, setlistSongId: i }));
    const facts = inputs.map((_, i) => ({ ...fact, showId: Math.floor(i / 10) }));
    const today = decideVotes(facts, inputs);
    expect(today.filter((v) => v.verdict === "counted")).toHaveLength(50);
    expect(today.slice(50)).toEqual(Array.from({ length: 10 }, () => ({ verdict: "refused", reason: "day_limit" })));
    const over2Days = inputs.map((one, i) => ({ ...one, now: i < 50 ? now : dayResetsAt(now) }));
    const later = facts.map((one) => ({ ...one, ballot: { ...open, closesAt: Infinity } }));
    expect(decideVotes(later, over2Days).every((v) => v.verdict === "counted")).toBe(true);
  });

  it("are judged by their own instant: the close falls between two of them", () => {
    const inputs = [input, { ...input, setlistSongId: 71, now: open.closesAt }];
    expect(decideVotes([fact, fact], inputs).map((v) => v.verdict)).toEqual(["counted", "refused"]);
  });

  it("that are refused use nothing up", () => {
    const closed = { ...fact, ballot: { ...open, locked: true }, showVotes: 9 };
    const inputs = [input, { ...input, setlistSongId: 71 }];
    expect(decideVotes([closed, { ...fact, showVotes: 9 }], inputs).map((v) => v.verdict)).toEqual([
      "refused",
      "counted",
    ]);
  });
});

describe("taking a vote back", () => {
  const voted = { showId: 1, ballot: open, voted: true };
  const cases: [string, typeof voted | null, RefusalReason | null][] = [
    ["works while voting is open", voted, null],
    ["of a song on no ballot", null, "not_found"],
    ["after the close", { ...voted, ballot: { ...open, closesAt: now } }, "voting_closed"],
    ["while the show is postponed", { ...voted, ballot: { ...open, status: "postponed" } }, "voting_closed"],
    ["that was never cast", { ...voted, voted: false }, "not_voted"],
    ["that was never cast, after the close", { ...voted, voted: false, ballot: { ...open, closesAt: now } }, "voting_closed"],
  ];
  it.each(cases)("%s", (_, facts, reason) => {
    const verdict = reason ? { verdict: "refused", reason } : { verdict: "retracted", showId: 1 };
    expect(decideRetractions([facts], [input])).toEqual([verdict]);
  });

  it("works once for each fan in a batch", () => {
    const inputs = [input, input, { ...input, userId: 8 }];
    expect(decideRetractions([voted, voted, voted], inputs)).toEqual([
      { verdict: "retracted", showId: 1 },
      { verdict: "refused", reason: "not_voted" },
      { verdict: "retracted", showId: 1 },
    ]);
  });
});

describe("adding a song to a ballot", () => {
  const fine = { sameArtist: true, onBallot: false, additions: 0 };
  const cases: [string, BallotWindow, typeof fine, AdditionRefusal | null][] = [
    ["works", open, fine, null],
    ["works a fifth time", open, { ...fine, additions: ADDITIONS_PER_SHOW - 1 }, null],
    ["ends with the fifth", open, { ...fine, additions: ADDITIONS_PER_SHOW }, "addition_limit"],
    ["of another artist", open, { ...fine, sameArtist: false }, "not_found"],
    ["that is on it", open, { ...fine, onBallot: true, additions: 5 }, "already_on_ballot"],
    ["while the show is postponed", { ...open, status: "postponed" }, fine, "voting_closed"],
    ["while locked", { ...open, locked: true }, { sameArtist: false, onBallot: true, additions: 5 }, "voting_closed"],
  ];
  it.each(cases)("%s", (_, ballot, facts, reason) => {
    expect(decideAddition(ballot, facts, now)).toBe(reason);
  });
});

describe("what a fan is told", () => {
  it("says how many votes there were and what to do", () => {
    expect(refusalMessage("show_limit")).toBe(
      "You have used your 10 votes for this show. Take one back to vote for another.",
    );
    expect(refusalMessage("day_limit")).toContain("50 votes");
    expect(refusalMessage("addition_limit")).toContain("5 songs");
  });

  it("counts what is left and when the day is whole again", () => {
    expect(allowanceLeft({ showVotes: 3, dayVotes: 50, additions: 1 }, now)).toEqual({
      show: 7,
      day: 0,
      additions: 4,
      dayResetsAt: Date.parse("2026-06-14T00:00:00Z"),
    });
  });

  it.each([
    ["2026-06-13T23:59:59.999Z", "2026-06-14T00:00:00.000Z"],
    ["2026-06-14T00:00:00.000Z", "2026-06-15T00:00:00.000Z"],
    ["2028-02-28T10:00:00.000Z", "2028-02-29T00:00:00.000Z"],
    ["2026-12-31T23:00:00.000Z", "2027-01-01T00:00:00.000Z"],
  ])("at %s the day resets at %s", (at, reset) => {
    expect(new Date(dayResetsAt(Date.parse(at))).toISOString()).toBe(reset);
  });
});
