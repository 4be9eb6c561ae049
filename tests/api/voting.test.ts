import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { buildShow, titles } from "#tests/support/builders.ts";
import { eventsSince, lastSeq, miscounts } from "#tests/support/outbox.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(() => server.clock.set("2026-06-13T12:00:00Z"));
afterAll(() => server[Symbol.asyncDispose]());

test("a vote is counted, shown as mine and announced once", async () => {
  const show = await buildShow(server.database);
  const fan = await server.fan();
  const before = await lastSeq(server.database);
  const [song] = show.setlistSongIds;
  const answer = await fan.client.votes.cast.mutate({ setlistSongId: song! });
  expect(answer).toEqual({
    verdict: "counted",
    votes: 1,
    tallyVersion: 1,
    allowance: { show: 9, day: 49, additions: 5, dayResetsAt: "2026-06-14T00:00:00.000Z" },
  });
  const page = await fan.client.shows.get.query({ show: show.slug });
  expect(page.ballot[0]).toMatchObject({ setlistSongId: song, votes: 1, share: 1, mine: true });
  expect(page).toMatchObject({ tallyVersion: 1, totalVotes: 1, allowance: { show: 9, day: 49 } });
  expect(await eventsSince(server.database, before)).toEqual([
    { kind: "tally.changed", show: show.showId, payload: { version: 1 } },
  ]);
});

test("the ballot is ranked by votes, and ties keep their place", async () => {
  const show = await buildShow(server.database, { ballot: ["One", "Two", "Three", "Four"] });
  const [, two, three] = show.setlistSongIds;
  for (const ids of [[three!], [two!, three!], [two!], [three!]]) {
    const fan = await server.fan();
    await fan.client.votes.castMany.mutate({ setlistSongIds: ids });
  }
  const { ballot, totalVotes } = await server.client.shows.get.query({ show: show.slug });
  expect(ballot.map(({ song, votes, share, mine }) => [song.title, votes, share, mine])).toEqual([
    ["Three", 3, 0.6, false],
    ["Two", 2, 0.4, false],
    ["One", 0, 0, false],
    ["Four", 0, 0, false],
  ]);
  expect(totalVotes).toBe(5);
});

test("taking a vote back returns the show's allowance and not the day's", async () => {
  const show = await buildShow(server.database);
  const fan = await server.fan();
  const ten = show.setlistSongIds.slice(0, 10);
  await fan.client.votes.castMany.mutate({ setlistSongIds: ten });
  expect(await refusalOf(fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[10]! }))).toMatchObject({
    reason: "show_limit",
  });
  const back = await fan.client.votes.retract.mutate({ setlistSongId: ten[3]! });
  expect(back).toMatchObject({ verdict: "retracted", votes: 0, allowance: { show: 1, day: 40 } });
  const again = await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[10]! });
  expect(again).toMatchObject({ verdict: "counted", votes: 1, allowance: { show: 0, day: 39 } });
});

test("the day's votes come back at midnight UTC and not before", async () => {
  const fan = await server.fan();
  for (let i = 0; i < 5; i += 1) {
    const show = await buildShow(server.database, { localDate: "2026-06-20" });
    await fan.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 10) });
  }
  const next = await buildShow(server.database, { localDate: "2026-06-20" });
  const vote = () => fan.client.votes.cast.mutate({ setlistSongId: next.setlistSongIds[0]! });
  server.clock.set("2026-06-13T23:59:59.999Z");
  expect(await refusalOf(vote())).toEqual({
    status: 409,
    reason: "day_limit",
    message: "You have used your 50 votes for today. They come back at midnight UTC.",
  });
  server.clock.set("2026-06-14T00:00:00Z");
  const answer = await vote();
  expect(answer.allowance).toEqual({ show: 9, day: 49, additions: 5, dayResetsAt: "2026-06-15T00:00:00.000Z" });
});

test("a vote taken back the day after costs neither day anything more", async () => {
  const show = await buildShow(server.database, { localDate: "2026-06-20" });
  const fan = await server.fan();
  const [song] = show.setlistSongIds;
  await fan.client.votes.cast.mutate({ setlistSongId: song! });
  server.clock.set("2026-06-14T08:00:00Z");
  const back = await fan.client.votes.retract.mutate({ setlistSongId: song! });
  expect(back.allowance).toMatchObject({ show: 10, day: 50 });
});

test("castMany gives every song its own verdict, in the order asked", async () => {
  const show = await buildShow(server.database);
  const locked = await buildShow(server.database, { locked: true });
  const fan = await server.fan();
  const before = await lastSeq(server.database);
  const [first, second, ...others] = show.setlistSongIds;
  const asked = [first!, first!, 999_999, locked.setlistSongIds[0]!, second!, ...others.slice(0, 9)];
  const { results } = await fan.client.votes.castMany.mutate({ setlistSongIds: asked });
  expect(results.map((result) => result.setlistSongId)).toEqual(asked);
  expect(results.map((result) => (result.verdict === "refused" ? result.reason : result.verdict))).toEqual([
    "counted",
    "already_voted",
    "not_found",
    "voting_closed",
    ...Array.from({ length: 9 }, () => "counted"),
    "show_limit",
  ]);
  expect(results[1]).toMatchObject({ message: "You have already voted for this song." });
  expect(await eventsSince(server.database, before)).toEqual([
    { kind: "tally.changed", show: show.showId, payload: { version: 1 } },
  ]);
});

test("a hundred votes at once by one fan on one show count ten", async () => {
  const show = await buildShow(server.database, { ballot: titles(20) });
  const fan = await server.fan();
  const songs = Array.from({ length: 100 }, (_, i) => show.setlistSongIds[i % 20]!);
  const outcomes = await Promise.allSettled(songs.map((setlistSongId) => fan.client.votes.cast.mutate({ setlistSongId })));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(10);
  const { totalVotes, allowance } = await fan.client.shows.get.query({ show: show.showId });
  expect({ totalVotes, left: allowance?.show }).toEqual({ totalVotes: 10, left: 0 });
  expect(await miscounts(server.database)).toEqual([]);
});

test("sixty votes at once by one fan over six shows count fifty", async () => {
  const fan = await server.fan();
  const songs: number[] = [];
  for (let i = 0; i < 6; i += 1) songs.push(...(await buildShow(server.database, { ballot: titles(10) })).setlistSongIds);
  const outcomes = await Promise.all(
    songs.map((setlistSongId) =>
      fan.client.votes.cast.mutate({ setlistSongId }).then(
        () => "counted",
        (error: { data?: { reason?: string } }) => error.data?.reason,
      ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === "counted")).toHaveLength(50);
  expect(outcomes.filter((outcome) => outcome === "day_limit")).toHaveLength(10);
  expect(await miscounts(server.database)).toEqual([]);
});
