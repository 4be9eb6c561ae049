import { describe, expect, test } from "vitest";
import { outcomeOf, type OutcomeFacts, type WrittenSetlist } from "#server/domain/scoring/outcome.ts";

const CLOSE = 1_000;
const AFTER = CLOSE + 1;

const song = (songId: number | null, title = `Song ${songId}`) => ({ title, titleKey: title.toLowerCase(), songId, tape: false, encore: false });

function setlist(id: number, songs: (number | null)[], more: Partial<WrittenSetlist> = {}): WrittenSetlist {
  return { id, provider: "setlistfm", version: "a", status: "final", songs: songs.length, entries: songs.map((songId) => song(songId)), ...more };
}

function facts(more: Partial<OutcomeFacts> = {}): OutcomeFacts {
  const ballot = [1, 2, 3, 4, 5, 6].map((songId) => ({ songId, votes: 7 - songId, position: songId }));
  return {
    show: { status: "completed", closesAt: CLOSE, locked: false },
    setlists: [setlist(1, [1, 2, 3, 4, 5])],
    ballot,
    fans: 6,
    chances: null,
    lastShows: [[setlist(9, [1, 2, 6])], [setlist(8, [1, 3, 6])]],
    ...more,
  };
}

describe("the outcome of a show", () => {
  test("is none while nobody has written anything down", () => {
    expect(outcomeOf(facts({ setlists: [] }), AFTER)).toBeNull();
  });

  test.each([
    ["cancelled", { show: { status: "cancelled", closesAt: CLOSE, locked: false } }, AFTER],
    ["voting_open", { show: { status: "upcoming", closesAt: CLOSE, locked: false } }, CLOSE - 1],
    ["no_songs", { setlists: [setlist(1, [])] }, AFTER],
  ] as const)("has no score: %s", (reason, more, now) => {
    const outcome = outcomeOf(facts(more), now)!;
    expect(outcome.scoring).toEqual({ verdict: "none", reason });
    expect(outcome.crowd).toBeNull();
  });

  test("is told before the close once the ballot is locked", () => {
    const locked = facts({ show: { status: "upcoming", closesAt: CLOSE, locked: true } });
    expect(outcomeOf(locked, CLOSE - 1)!.scoring.verdict).toBe("scored");
  });

  test("follows the account that counts, and says which", () => {
    const outcome = outcomeOf(facts({ setlists: [setlist(1, [1, 2, 3, 4, 5]), setlist(2, [6], { provider: null })] }), AFTER)!;
    expect(outcome.setlist.id).toBe(2);
    expect(outcome.crowd!.crowd).toMatchObject({ hits: 0, of: 1 });
  });

  test("without a forecast goes by the shows before, and the forecast has no score", () => {
    const { chances, crowd } = outcomeOf(facts(), AFTER)!;
    expect(chances.find(({ songId }) => songId === 1)!.played).toBeGreaterThan(chances.find(({ songId }) => songId === 4)!.played);
    expect(crowd!.forecast).toBeNull();
    expect(crowd!.lastShows).toMatchObject({ of: 5, hits: 3 });
  });

  test("with a forecast goes by that, and scores it too", () => {
    const roles = { opener: 0.1, closer: 0.1, encore: 0.2 };
    const kept = [1, 2, 3, 4, 5, 6].map((songId) => ({ songId, played: songId === 6 ? 0.9 : 0.5, roles }));
    const { scoring, crowd } = outcomeOf(facts({ chances: { kind: "forecast", songs: kept } }), AFTER)!;
    expect(scoring.verdict === "scored" && [...scoring.key.worth]).toEqual([[1, 10], [2, 10], [3, 10], [4, 10], [5, 10]]);
    expect(crowd!.forecast).toMatchObject({ hits: 4, of: 5 });
    expect(crowd!.verdict).toMatchObject({ better: "crowd", by: { songs: 1 } });
  });

  test("kept base rates are no forecast", () => {
    const roles = { opener: 0.1, closer: 0.1, encore: 0.2 };
    const base = { kind: "base" as const, songs: [1, 2, 3, 4, 5, 6].map((songId) => ({ songId, played: 0.25, roles })) };
    const { scoring, crowd } = outcomeOf(facts({ chances: base }), AFTER)!;
    expect(scoring.verdict === "scored" && scoring.key.worth.get(1)).toBe(20);
    expect(crowd!.forecast).toBeNull();
  });

  test("of the shows before takes the account that counts of each, tapes and unknown titles left out", () => {
    const tape = { ...song(4), tape: true };
    const before = [[setlist(9, [6, 6, 6]), setlist(10, [1], { provider: null, entries: [tape, song(null, "Nobody's"), song(2)] })]];
    const { crowd } = outcomeOf(facts({ lastShows: before, setlists: [setlist(1, [2])] }), AFTER)!;
    expect(crowd!.lastShows).toMatchObject({ hits: 1, of: 1 });
  });
});
