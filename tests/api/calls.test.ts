import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import { putPlayed, songsOn } from "#tests/support/played.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { startTestServer, type TestFan, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;
let fan: TestFan;
let show: BuiltShow;
let first: number;
let second: number;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  server.clock.set("2026-06-13T12:00:00Z");
  show = await buildShow(server.database);
  [first, second] = show.setlistSongIds as [number, number];
  fan = await server.fan();
  await fan.client.votes.castMany.mutate({ setlistSongIds: [first, second] });
});

const callsNow = async () => (await fan.client.shows.get.query({ show: show.slug })).calls;

test("a fan names songs voted for, one for each role, and changes that as long as voting is open", async () => {
  const { callSong: call, takeCallBack: uncall } = fan.client.votes;
  expect(await call.mutate({ setlistSongId: first, role: "opener" })).toEqual({ verdict: "called", calls: { opener: first } });
  await call.mutate({ setlistSongId: first, role: "encore" });
  expect(await call.mutate({ setlistSongId: second, role: "opener" })).toEqual({ verdict: "called", calls: { opener: second, encore: first } });
  expect(await callsNow()).toEqual({ opener: second, encore: first });
  // Another song is the opener by now.
  expect(await uncall.mutate({ setlistSongId: first, role: "opener" })).toEqual({ verdict: "taken_back", calls: { opener: second, encore: first } });
  expect(await uncall.mutate({ setlistSongId: second, role: "opener" })).toEqual({ verdict: "taken_back", calls: { encore: first } });
});

test("a visitor has no calls, and each fan has their own", async () => {
  await fan.client.votes.callSong.mutate({ setlistSongId: first, role: "closer" });
  const other = await server.fan();
  expect((await server.client.shows.get.query({ show: show.slug })).calls).toBeNull();
  expect((await other.client.shows.get.query({ show: show.slug })).calls).toEqual({});
  expect(await refusalOf(server.client.votes.callSong.mutate({ setlistSongId: first, role: "closer" }))).toMatchObject({ status: 401 });
});

test("a song without a vote, of no ballot or of a closed one is not called", async () => {
  const { callSong: call, takeCallBack: uncall } = fan.client.votes;
  const refusal = (setlistSongId: number) => refusalOf(call.mutate({ setlistSongId, role: "opener" }));
  expect(await refusal(show.setlistSongIds[5]!)).toMatchObject({ status: 409, reason: "not_voted", message: "Vote for this song first, then call it." });
  expect(await refusal(999_999)).toMatchObject({ reason: "not_found" });
  expect(await refusalOf(call.mutate({ setlistSongId: first, role: "drummer" } as never))).toMatchObject({ status: 400 });
  await call.mutate({ setlistSongId: first, role: "opener" });
  server.clock.set("2026-06-14T18:00:00Z");
  expect(await refusal(second)).toMatchObject({ reason: "voting_closed" });
  expect(await refusalOf(uncall.mutate({ setlistSongId: first, role: "opener" }))).toMatchObject({ reason: "voting_closed" });
  expect(await callsNow()).toEqual({ opener: first });
});

test("a call that comes true earns points, and none where the vote was taken back", async () => {
  const { callSong: call, retract } = fan.client.votes;
  await call.mutate({ setlistSongId: first, role: "opener" });
  await call.mutate({ setlistSongId: second, role: "encore" });
  await retract.mutate({ setlistSongId: second });
  expect(await callsNow()).toEqual({ opener: first, encore: second });
  server.clock.set("2026-06-16T12:00:00Z");
  const songs = await songsOn(server.database, show.showId);
  await putPlayed(server.database, { showId: show.showId, songs: [songs[0]!, ...songs.slice(2, 7), songs[1]!], encores: 1, at: server.clock.now() });
  await server.write("scoreFans", { showId: show.showId, after: 0, allBoards: null });
  const [score] = await server.database.rows("SELECT votes, hits, call_hits AS calls, points - call_points AS ofHits, call_points > 0 AS extra FROM fan_scores WHERE show_id = ?", show.showId);
  expect(score).toMatchObject({ votes: 1, hits: 1, calls: 1, extra: 1 });
});
