import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PastShow } from "#server/domain/forecast/setting.ts";
import { accuracyAt } from "#server/domain/statistics/accuracy.ts";
import { scopesOf } from "#server/domain/statistics/scopes.ts";
import { addTo, figuresOf, newTally } from "#server/domain/statistics/tally.ts";
import { histories } from "../forecast/stage.ts";

const night = (date: string, songs: number[], encore: number[] = [], tour: string | null = null): PastShow => ({
  date, venue: null, city: null, tour, festival: false,
  songs: [...songs.map((songId) => ({ songId, encore: false })), ...encore.map((songId) => ({ songId, encore: true }))],
});

function figures(shows: readonly PastShow[]) {
  const tally = newTally();
  for (const show of shows) addTo(tally, show);
  return figuresOf(tally);
}

describe("what an artist has played", () => {
  const shows = [night("2024-05-01", [1, 2, 3], [4]), night("2024-05-02", [1, 3], [4]), night("2024-06-01", [2, 5, 5, 1]), night("2024-06-02", [1, 6], [4])];

  test("is counted by song: plays, first and last, openers, closers, encores", () => {
    const said = figures(shows)!;
    expect(said).toMatchObject({ shows: 4, songs: 6, firstOn: "2024-05-01", lastOn: "2024-06-02", rare: 4 });
    expect(said.mostPlayed.slice(0, 2)).toEqual([
      { songId: 1, plays: 4, firstOn: "2024-05-01", lastOn: "2024-06-02" },
      { songId: 4, plays: 3, firstOn: "2024-05-01", lastOn: "2024-06-02" },
    ]);
    expect(said.openers).toEqual([{ songId: 1, times: 3, plays: 4 }, { songId: 2, times: 1, plays: 2 }]);
    expect(said.closers).toEqual([{ songId: 4, times: 3, plays: 3 }, { songId: 1, times: 1, plays: 4 }]);
    expect(said.encores).toEqual([{ songId: 4, times: 3, plays: 3 }]);
    expect(said.rarities.map(({ songId }) => songId)).toEqual([6, 2, 5, 3]);
  });

  test("a song that comes twice counts once, in the length too", () => {
    expect(figures(shows)!.length).toEqual({ mean: 3.25, median: 3, shortest: 3, longest: 4 });
  });

  test("a song that closes after it came before in the show has closed it", () => {
    expect(figures([night("2024-05-01", [1, 2, 1])])!.closers).toEqual([{ songId: 1, times: 1, plays: 1 }]);
  });

  test("tells how long songs have been away, and their longest gap before", () => {
    const on = (n: number) => `2024-07-${String(n).padStart(2, "0")}`;
    const long = Array.from({ length: 12 }, (_, n) => night(on(n + 1), n === 0 || n === 1 || n === 6 ? [1, 9] : [1]));
    expect(figures(long)!.gaps).toEqual([{ songId: 9, plays: 3, lastOn: on(7), away: 5, longest: 4 }]);
  });

  test("over time: by month for two years, then by year", () => {
    expect(figures(shows)!.over).toEqual([
      { period: "2024-05", shows: 2, meanLength: 3.5, songs: 4 },
      { period: "2024-06", shows: 2, meanLength: 3, songs: 5 },
    ]);
    const years = figures([...shows, night("2027-01-01", [1])])!.over;
    expect(years.map(({ period, shows: count }) => [period, count])).toEqual([["2024", 4], ["2027", 1]]);
  });

  test("of nothing is nothing", () => {
    expect(figures([])).toBeNull();
    expect(figures([night("2024-01-01", [])])).toBeNull();
  });

  test("adds up: plays and lengths are the same songs counted two ways, and lists are short", () => {
    fc.assert(
      fc.property(histories, (drawn) => {
        const said = figures(drawn);
        if (said === null) return;
        const played = drawn.map(({ songs }) => new Set(songs.map(({ songId }) => songId)).size).filter((size) => size > 0);
        expect(said.shows).toBe(played.length);
        expect(said.over.reduce((sum, { shows: count }) => sum + count, 0)).toBe(played.length);
        expect(said.length.mean).toBeCloseTo(played.reduce((sum, size) => sum + size, 0) / played.length, 2);
        for (const list of [said.mostPlayed, said.rarities, said.openers, said.gaps]) expect(list.length).toBeLessThanOrEqual(20);
        expect(JSON.stringify(said).length).toBeLessThan(20_000);
      }),
    );
  });
});

test("a show counts among all, in its year, and on its tour where it has one", () => {
  expect(scopesOf(night("2024-05-01", [1], [], " The Tour "))).toEqual([{ scope: "all", name: "" }, { scope: "year", name: "2024" }, { scope: "tour", name: "The Tour" }]);
  expect(scopesOf(night("2024-05-01", [1], [], " "))).toHaveLength(2);
});

test("how right the lists were is the mean over the shows that had one", () => {
  const shows = [{ played: 10, crowd: 5, forecast: 6, lastShows: null }, { played: 20, crowd: 4, forecast: null, lastShows: null }];
  expect(accuracyAt(shows)).toEqual({ shows: 2, crowd: { shows: 2, share: 0.35 }, forecast: { shows: 1, share: 0.6 }, lastShows: { shows: 0, share: null } });
});
