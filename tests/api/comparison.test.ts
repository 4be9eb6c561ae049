import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { titles } from "../unit/domain/scoring/example.ts";
import { comparison } from "#server/views/comparison.ts";
import type { Reader } from "#server/views/reader.ts";
import { buildShow } from "#tests/support/builders.ts";
import { buildSetlist } from "#tests/support/came-in.ts";
import { asks } from "#tests/support/count-queries.ts";
import { buildFans } from "#tests/support/fans.ts";
import { buildCompared, buildExample, exampleSets, voteAs } from "#tests/support/finished-shows.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { createTestDatabase } from "#tests/support/test-database.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const results = (show: string | number, client = server.client) => client.results.get.query({ show });

describe("the example of docs/scoring.md", () => {
  test("is told as it is worked there: three lists and who was better", async () => {
    const { slug } = await buildCompared(server.database);
    const { state, noScore, setlist, verdict, fans } = await results(slug);
    expect({ state, noScore, fans }).toEqual({ state: "final", noScore: null, fans: 40 });
    const { lists, count, unknown } = setlist!;
    expect([count, unknown]).toEqual([9, 1]);
    const figures = Object.entries(lists).map(([name, list]) => [name, list!.hits, list!.of, list!.rankQuality.toFixed(3), list!.brier!.toFixed(3)]);
    expect(figures).toEqual([
      ["crowd", 8, 9, "0.778", "0.205"],
      ["forecast", 7, 9, "0.737", "0.200"],
      ["lastShows", 6, 9, "0.598", "0.352"],
    ]);
    expect(verdict).toBe("The crowd was better than the forecast by 1 song. Against the last shows’ songs: crowd 2 songs better, forecast 1 song better.");
  });

  test("says of each song that was played what was expected of it", async () => {
    const { slug, song } = await buildCompared(server.database);
    const { sets } = await results(slug);
    expect(sets.map(({ encore, songs }) => [encore, songs.length])).toEqual([[null, 9], [1, 2]]);
    const [tape, lights, , , cover, , , driftwood, again] = sets[0]!.songs;
    expect(tape).toMatchObject({ title: "Overture", kind: "tape", worth: null, crowd: null, onBallot: false });
    expect(lights).toMatchObject({ songId: song(1), worth: 1, onBallot: true, crowd: { rank: 1, votes: 31, hit: true }, forecast: { rank: 1, chance: 0.95, hit: true }, mine: false });
    expect(cover).toMatchObject({ songId: null, kind: "song", coverOf: "Somebody Else", onBallot: false, worth: null });
    expect(driftwood).toMatchObject({ songId: song(9), worth: 23, crowd: { rank: 7, votes: 14, hit: true }, forecast: { rank: 9, chance: 0.2, hit: true } });
    expect(again).toMatchObject({ songId: song(1), again: true, crowd: null });
    expect(sets[1]!.songs[0]).toMatchObject({ songId: song(10), worth: 33, crowd: { rank: 9, hit: true }, forecast: { rank: 10, hit: false } });
  });

  test.each([
    ["Ada", { votes: 6, hits: 5, points: 9, callPoints: 0, share: 775 }],
    ["Ben", { votes: 4, hits: 2, points: 56, callPoints: 0, share: 4827 }],
    ["Cleo", { votes: 1, hits: 1, points: 1, callPoints: 0, share: 86 }],
    ["Dan", { votes: 4, hits: 4, points: 71, callPoints: 12, share: 6120 }],
  ])("%s gets that fan's own score", async (name, score) => {
    const show = await buildCompared(server.database);
    const fan = await server.fan(name);
    await voteAs(server.database, show, name, fan.id);
    const { mine, fans } = await results(show.slug, fan.client);
    expect(mine!.score).toMatchObject(score);
    expect(mine!.held).toBe(false);
    expect(fans).toBe(40);
  });

  test("a call that came true is told at its song, with its points, and a miss too", async () => {
    const show = await buildCompared(server.database);
    const fan = await server.fan("Dan");
    await voteAs(server.database, show, "Dan", fan.id);
    const { mine, sets } = await results(show.slug, fan.client);
    expect(mine!.called).toEqual([
      { role: "opener", songId: show.song(1), points: 5 },
      { role: "closer", songId: show.song(3), points: 7 },
      { role: "encore", songId: show.song(9), points: 0 },
    ]);
    const marked = sets.flatMap(({ songs }) => songs).filter(({ mine: voted }) => voted);
    expect(marked.map(({ title, calls }) => [title, calls])).toEqual([["Harbour Lights", ["opener"]], ["Driftwood", []], ["Glass", []], ["Paper Boat", ["closer"]]]);
  });

  test("every song that somebody expected is there, with its rank in each list and whether it came", async () => {
    const { slug } = await buildCompared(server.database);
    const { songs } = await results(slug);
    const by = (list: "crowd" | "forecast" | "lastShows") =>
      songs.filter((song) => song[list]).sort((a, b) => a[list]!.rank - b[list]!.rank).map(({ title, played }) => (played ? title : `not ${title}`));
    expect(by("crowd")).toEqual(["Harbour Lights", "Lanterns", "not Ferry Home", "Paper Boat", "Cold Tea", "Northbound", "Driftwood", "Second Street", "Glass", "not Old Maps", "not Winter Coat"]);
    expect(by("forecast").slice(0, 7)).toEqual(["Harbour Lights", "Lanterns", "Paper Boat", "Northbound", "Cold Tea", "not Ferry Home", "Second Street"]);
    expect(songs.find(({ title }) => title === "Harbour Lights")!.lastShows).toEqual({ rank: 1, plays: 3, of: 3 });
    expect(songs.map(({ title }) => title).sort()).toEqual(titles.toSorted());
  });
});

describe("the state of a show", () => {
  test.each([
    ["open", { localDate: "2026-06-14", status: "upcoming" }, "no_setlist"],
    ["waiting", { localDate: "2026-06-13", startTime: "12:00", status: "ongoing" }, "no_setlist"],
    ["waiting", { localDate: "2026-06-10", status: "completed" }, "no_setlist"],
    ["none", { localDate: "2026-06-10", status: "cancelled" }, "cancelled"],
    ["none", { localDate: "2026-06-10", status: "postponed" }, "postponed"],
  ] as const)("%s: %j, without a setlist", async (state, spec, reason) => {
    const { slug } = await buildExample(server.database, spec);
    const told = await results(slug);
    expect(told.state).toBe(state);
    expect(told.noScore).toEqual({ reason, message: expect.stringMatching(/\.$/) as string });
    expect([told.setlist, told.sets, told.verdict]).toEqual([null, [], ""]);
    expect(told.songs).toHaveLength(12);
  });

  test.each(["live", "provisional", "final"] as const)("%s, as the setlist has it", async (status) => {
    const { slug } = await buildCompared(server.database, { status });
    const { state, setlist } = await results(slug);
    expect([state, setlist!.status]).toEqual([status, status]);
    expect(setlist!.lists.crowd!.hits).toBe(8);
  });

  test.each([
    ["cancelled", "none", { status: "cancelled" }],
    ["voting_open", "provisional", { localDate: "2026-06-14", status: "upcoming" }],
  ] as const)("a show with a setlist and without a score: %s", async (reason, state, spec) => {
    const show = await buildExample(server.database, spec);
    await buildSetlist(server.database, show, { sets: exampleSets(show) });
    const fan = await server.fan();
    await voteAs(server.database, show, "Ada", fan.id);
    const told = await results(show.slug, fan.client);
    expect([told.state, told.noScore!.reason]).toEqual([state, reason]);
    expect(told.setlist!.lists).toEqual({ crowd: null, forecast: null, lastShows: null });
    expect(told.mine!.score).toBeNull();
  });

  test("a setlist in which nobody has written a song is none yet", async () => {
    const show = await buildExample(server.database);
    await buildSetlist(server.database, show, { sets: [] });
    const { state, noScore } = await results(show.slug);
    expect([state, noScore!.reason]).toEqual(["waiting", "no_songs"]);
  });

  test("a show that nobody voted at has no crowd, and the verdict speaks of the others", async () => {
    const show = await buildCompared(server.database);
    await server.database.change((tx) => tx.run(`UPDATE setlist_songs SET votes = 0 WHERE show_id = ${show.showId}`));
    const { setlist, verdict, songs } = await results(show.slug);
    expect(setlist!.lists.crowd).toBeNull();
    expect(verdict).toBe("The forecast had 7 of 9; nobody voted. Against the last shows’ songs: forecast 1 song better.");
    expect(songs.every(({ crowd }) => crowd === null)).toBe(true);
  });

  test("other accounts of the night are named with their links, and do not count", async () => {
    const show = await buildCompared(server.database);
    const other = await buildSetlist(server.database, show, { sets: [{ songs: ["Only This", { title: "Tape", tape: true }] }] });
    const { otherAccounts, setlist } = await results(show.slug);
    expect(otherAccounts).toEqual([{ id: other.id, source: "setlist.fm", url: other.url, linkText: "This setlist on setlist.fm", status: "provisional", songs: 1 }]);
    expect(setlist!.account.id).toBe(show.setlistId);
  });
});

describe("a fan's own side", () => {
  test("is none for a visitor and for who has no vote there", async () => {
    const { slug } = await buildCompared(server.database);
    expect((await results(slug)).mine).toBeNull();
    const { mine, signedIn } = await results(slug, (await server.fan()).client);
    expect([mine, signedIn]).toEqual([null, true]);
  });

  test("has no score while a moderator checks the votes", async () => {
    const show = await buildCompared(server.database);
    const fan = await server.fan();
    await voteAs(server.database, show, "Ada", fan.id);
    await server.database.change((tx) => tx.run(`UPDATE show_allowances SET quarantined_at = 1 WHERE user_id = ${fan.id}`));
    const { mine } = await results(show.slug, fan.client);
    expect([mine!.held, mine!.score]).toEqual([true, null]);
  });

  test("has a place among the fans of a settled show: points, then hits, then who was earlier", async () => {
    const show = await buildCompared(server.database);
    const [first, ada, later] = [await server.fan(), await server.fan(), await server.fan()];
    for (const fan of [first, ada, later]) await voteAs(server.database, show, "Ada", fan.id);
    await server.database.change((tx) => tx.run(`INSERT INTO show_scores (show_id, setlist_id, setlist_version, played, unknown, fans, possible, ranked, lists, scored_at)
      VALUES (${show.showId}, ${show.setlistId}, '1', 9, 1, 3, 100, 1, '{}', 0)`));
    const stored = [[first.id, 30, 1], [ada.id, 9, 5], [later.id, 9, 6]];
    for (const [id, points, at] of stored)
      await server.database.change((tx) => tx.run(`INSERT INTO fan_scores (show_id, user_id, votes, hits, points, call_hits, call_points, last_vote_at) VALUES (${show.showId}, ${id}, 6, 5, ${points}, 0, 0, ${at})`));
    const place = async (fan: typeof ada) => (await results(show.slug, fan.client)).mine!.place;
    expect([await place(first), await place(ada), await place(later)]).toEqual([1, 2, 3].map((at) => ({ place: at, fans: 3 })));
  });
});

test("there are no results of a show that is not there", async () => {
  expect(await refusalOf(results("no-such-show"))).toMatchObject({ reason: "not_found" });
});

test("the database is asked as often however long the show was and however much was expected", async () => {
  await using database = await createTestDatabase();
  const [fan] = await buildFans(database, 1);
  for (const songs of [3, 300]) {
    const show = await buildShow(database, { localDate: "2026-06-10", status: "completed", ballot: Array.from({ length: songs }, (_, i) => `Song ${i}`) });
    await buildSetlist(database, show, { sets: [{ songs: Array.from({ length: songs }, (_, i) => `Song ${i}`) }] });
    const ask = (userId: number | null) => asks(database, (reader: Reader) => comparison(reader, { show: show.slug, userId, now: Date.parse("2026-06-13T12:00:00Z") }));
    expect([await ask(null), await ask(fan!)]).toEqual([10, 14]);
  }
});
