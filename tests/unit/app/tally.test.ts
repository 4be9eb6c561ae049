import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allowanceOf,
  hasUnknownSong,
  reduceTally,
  rowsOf,
  tallyOf,
  type Tally,
  type TallyEvent,
} from "#app/features/voting/tally.ts";
import type { ShowPage } from "#server/views/show-page.ts";

const DAY_RESETS_AT = "2026-06-14T00:00:00.000Z";
const voting = { open: true, closesAt: "2026-06-14T18:00:00.000Z", reason: null };

function left(show: number, day: number) {
  return { show, day, additions: 5, dayResetsAt: DAY_RESETS_AT };
}

/** A page of three songs A, B, C with the given votes; ids run against the ballot's order. */
function page(votes: [number, number, number], tallyVersion = 1): ShowPage {
  const totalVotes = votes[0] + votes[1] + votes[2];
  return {
    ballot: ["A", "B", "C"].map((title, i) => ({
      setlistSongId: 30 - i,
      song: { id: 100 + i, title },
      position: i + 1,
      votes: votes[i]!,
      share: totalVotes === 0 ? 0 : votes[i]! / totalVotes,
      mine: false,
      suggested: false,
    })),
    totalVotes,
    tallyVersion,
    voting,
    allowance: left(10, 50),
  } as unknown as ShowPage;
}

const [A, B, C] = [30, 29, 28];

function frame(version: number, votes: [number, number, number]): TallyEvent {
  const songs = [A, B, C].map((setlistSongId, i) => ({ setlistSongId, votes: votes[i]! }));
  return { type: "frame", frame: { version, total: votes[0] + votes[1] + votes[2], songs } };
}

function counted(setlistSongId: number, votes: number, tallyVersion: number, show: number, day: number): TallyEvent {
  const allowance = left(show, day);
  return { type: "answered", answer: { ok: true, intent: "vote", setlistSongId, votes, tallyVersion, allowance } };
}

function refused(setlistSongId: number, reason: string): TallyEvent {
  return {
    type: "answered",
    answer: { ok: false, intent: "vote", setlistSongId, reason, message: "No.", fields: {} },
  };
}

function after(start: Tally, ...events: TallyEvent[]): Tally {
  return events.reduce(reduceTally, start);
}

function seen(tally: Tally): string {
  return rowsOf(tally)
    .map((row) => `${row.title}${row.votes}${row.mine ? "*" : ""}`)
    .join(" ");
}

describe("the ballot on an open page", () => {
  it("ranks by votes and breaks ties by the ballot's order, not by ids", () => {
    expect(seen(tallyOf(page([1, 1, 2])))).toBe("C2 A1 B1");
  });

  it("shows a vote at once and keeps it when the answer comes", () => {
    const wished = after(tallyOf(page([1, 1, 2])), { type: "wished", setlistSongId: B, mine: true });
    expect(seen(wished)).toBe("B2* C2 A1");
    expect(allowanceOf(wished)).toMatchObject({ show: 9, day: 49 });
    const answered = after(wished, counted(B, 2, 2, 9, 49));
    expect(seen(answered)).toBe("B2* C2 A1");
    expect(allowanceOf(answered)).toMatchObject({ show: 9, day: 49 });
  });

  it("rolls a refused vote back, allowance and all", () => {
    const start = tallyOf(page([1, 1, 2]));
    const rolledBack = after(start, { type: "wished", setlistSongId: B, mine: true }, refused(B, "show_limit"));
    expect(seen(rolledBack)).toBe("C2 A1 B1");
    expect(allowanceOf(rolledBack)).toMatchObject({ show: 10, day: 50 });
  });

  it("learns from a refusal that the vote was there already", () => {
    const told = after(tallyOf(page([1, 1, 2])), refused(C, "already_voted"));
    expect(seen(told)).toBe("C2* A1 B1");
  });

  it("does not count a vote twice when the live frame comes before its answer", () => {
    const wished = after(tallyOf(page([0, 0, 0])), { type: "wished", setlistSongId: A, mine: true });
    const framed = after(wished, frame(2, [1, 0, 0]));
    expect(seen(framed)).toBe("A1* B0 C0");
    expect(seen(after(framed, counted(A, 1, 2, 9, 49)))).toBe("A1* B0 C0");
  });

  it("keeps a newer frame when an older answer comes late", () => {
    const late = after(
      tallyOf(page([0, 0, 0])),
      { type: "wished", setlistSongId: A, mine: true },
      frame(9, [7, 0, 0]),
      counted(A, 1, 2, 9, 49),
    );
    expect(seen(late)).toBe("A7* B0 C0");
  });

  it("ignores a frame older than what it shows", () => {
    expect(seen(after(tallyOf(page([5, 0, 0], 8)), frame(7, [4, 0, 0])))).toBe("A5 B0 C0");
  });

  it("notices a song that it has not loaded", () => {
    const tally = tallyOf(page([0, 0, 0]));
    const added = { version: 2, total: 0, songs: [{ setlistSongId: 99, votes: 0 }] };
    expect(hasUnknownSong(tally, added)).toBe(true);
    expect(hasUnknownSong(tally, { ...added, songs: [{ setlistSongId: A, votes: 0 }] })).toBe(false);
  });

  it("ends on the newest version whatever the order of frames", () => {
    const frames = Array.from({ length: 8 }, (_, i) => frame(i + 2, [i, 2 * i, 1]));
    fc.assert(
      fc.property(fc.shuffledSubarray(frames, { minLength: 8 }), (shuffled) => {
        expect(seen(after(tallyOf(page([0, 0, 0])), ...shuffled))).toBe("B14 A7 C1");
      }),
    );
  });
});
