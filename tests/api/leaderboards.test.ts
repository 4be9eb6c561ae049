import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { ratingOf } from "#tests/support/board-oracle.ts";
import { buildFans } from "#tests/support/fans.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { buildSeason, type SeasonShow, voted } from "#tests/support/season.ts";
import { startTestServer, type TestFan, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;
let season: SeasonShow[];
let fans: number[];
let ada: TestFan;

beforeAll(async () => {
  server = await startTestServer();
  const { database, clock } = server;
  season = await buildSeason(database, 6, { tour: "The tour", at: clock.now() });
  fans = await buildFans(database, 9);
  ada = await server.fan("Ada");
  // The fans of equal votes differ in nothing but when they voted, and that by a millisecond.
  for (const [i, show] of season.entries()) {
    for (const fan of fans.slice(0, 7)) await voted(database, show, fan, [1, 2, 3]);
    await voted(database, show, fans[7]!, [1, 2, 3, 4, 5, 6]);
    if (i < 3) await voted(database, show, ada.id, [1, 2, 3, 4, 5]);
    if (i < 2) await voted(database, show, fans[8]!, [1]);
    await server.write("scoreFans", { showId: show.showId, after: 0, allBoards: null });
  }
});
afterAll(() => server[Symbol.asyncDispose]());

describe("the leaderboard", () => {
  test("has who has shows enough, best first, each with what it goes by", async () => {
    const { rows, leastShows, mine } = await server.client.leaderboards.list.query();
    expect(rows.map(({ rank, fan }) => [rank, fan.id])).toEqual([[1, fans[7]], ...fans.slice(0, 7).map((id, i) => [i + 2, id])]);
    expect(rows[0]).toMatchObject({ shows: 6, votes: 36, hits: 36, fan: { name: expect.any(String) as string } });
    const [{ shares }] = (await server.database.rows("SELECT shares FROM standings WHERE board = 'all' AND user_id = ?", fans[7]!)) as [{ shares: number }];
    expect(rows[0]!.rating).toBe(ratingOf({ shares, shows: 6 }) / 1_000_000);
    expect(rows[0]!.rating).toBeGreaterThan(rows[1]!.rating);
    expect(rows[1]!.rating).toBe(rows[2]!.rating);
    expect([leastShows, mine]).toEqual([5, null]);
  });

  test("shows everyone once, page by page, also where they are equal", async () => {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await server.client.leaderboards.list.query({ board: "all", cursor, limit: 3 });
      seen.push(...page.rows.map(({ fan }) => fan.id));
      expect(page.rows.map(({ rank }) => rank)).toEqual(page.rows.map((_, i) => seen.length - page.rows.length + i + 1));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([fans[7], ...fans.slice(0, 7)]);
  });

  test("of some fans alone has them in the same order, ranked among themselves", async () => {
    const { rows } = await server.client.leaderboards.list.query({ board: "all", fans: [fans[5]!, fans[2]!, ada.id] });
    expect(rows.map(({ rank, fan }) => [rank, fan.id])).toEqual([[1, fans[2]], [2, fans[5]]]);
  });

  test("of an artist, a year and a tour is made of their shows, with fewer needed for an artist", async () => {
    const artist = season[0]!.artistSlug;
    const { list } = server.client.leaderboards;
    const ofArtist = await list.query({ board: "artist", artist });
    expect(ofArtist).toMatchObject({ leastShows: 3, artist: { slug: artist } });
    expect(ofArtist.rows.map(({ fan }) => fan.id)).toContain(ada.id);
    expect((await list.query({ board: "tour", artist, tour: "The tour" })).rows.map((row) => row.fan)).toEqual(ofArtist.rows.map((row) => row.fan));
    expect((await list.query({ board: "year", year: 2026 })).rows).toHaveLength(8);
    expect((await list.query({ board: "year", year: 2025 })).rows).toEqual([]);
    expect((await list.query({ board: "tour", artist, tour: "Another" })).rows).toEqual([]);
  });

  test("tells a fan where she stands, and that she needs more shows where she is not listed", async () => {
    const all = await ada.client.leaderboards.list.query();
    expect(all.mine).toMatchObject({ rank: null, shows: 3, fan: { id: ada.id, name: "Ada" } });
    const ofArtist = await ada.client.leaderboards.list.query({ board: "artist", artist: season[0]!.artistSlug });
    expect(ofArtist.mine!.rank).toBe(ofArtist.rows.find(({ fan }) => fan.id === ada.id)!.rank);
  });

  test("is to be found by year, artist and tour where somebody is listed", async () => {
    const { artistSlug } = season[0]!;
    expect(await server.client.leaderboards.boards.query()).toMatchObject({ years: [2026], artists: [{ slug: artistSlug }], tours: [], artist: null });
    expect(await server.client.leaderboards.boards.query({ artist: artistSlug })).toMatchObject({ tours: ["The tour"], artist: { slug: artistSlug } });
  });

  test("refuses what is no board", async () => {
    const { list } = server.client.leaderboards;
    expect(await refusalOf(list.query({ board: "artist", artist: "nobody" }))).toMatchObject({ status: 404, reason: "not_found" });
    expect(await refusalOf(list.query({ board: "all", cursor: "x" }))).toMatchObject({ status: 400 });
    expect(await refusalOf(list.query({ board: "year" } as never))).toMatchObject({ status: 400 });
  });
});

describe("my results", () => {
  test("are shows with points and rank, latest first, page by page, and sums over all of them", async () => {
    const first = await ada.client.results.mine.query({ limit: 2 });
    expect(first.totals).toMatchObject({ shows: 3, votes: 15, hits: 15, precision: 1 });
    expect(first.streaks).toEqual({ current: 3, longest: 3 });
    expect(first.standing).toMatchObject({ rank: null, shows: 3 });
    expect(first.items.map(({ show }) => show.localDate)).toEqual(["2026-01-03", "2026-01-02"]);
    expect(first.items[0]).toMatchObject({ votes: 5, hits: 5, rank: 2, fans: 9, precision: 1 });
    const second = await ada.client.results.mine.query({ limit: 2, cursor: first.nextCursor! });
    expect([second.items.map(({ show }) => show.localDate), second.nextCursor]).toEqual([["2026-01-01"], null]);
    expect(first.series.map(({ localDate }) => localDate)).toEqual(["2026-01-01", "2026-01-02", "2026-01-03"]);
    expect(first.series.at(-1)!.accuracy).toBe(first.totals.accuracy);
  });

  test("are empty for who has never voted, and asked for after signing in alone", async () => {
    const ben = await server.fan("Ben");
    expect(await ben.client.results.mine.query()).toMatchObject({ totals: { shows: 0, precision: null, accuracy: 0.5 }, items: [], series: [], standing: null });
    expect(await refusalOf(server.client.results.mine.query())).toMatchObject({ status: 401 });
  });

  test("have the accuracy drawn towards what is usual, once enough fans have voted to know it", async () => {
    await server.write("noteAccuracy", { mean: 0.25, weight: 15 });
    const { totals, usual } = await ada.client.results.mine.query();
    expect(usual).toBe(0.25);
    expect(totals.accuracy).toBeCloseTo((0.25 * 15 + 15) / 30);
  });
});
