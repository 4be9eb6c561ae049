import { afterAll, beforeAll, expect, test } from "vitest";
import { buildShow, titles } from "#tests/support/builders.ts";
import { eventsSince, lastSeq, miscounts } from "#tests/support/outbox.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

test("a fan's song goes to the end of the ballot, at a tally version of its own, and can be voted for", async () => {
  const show = await buildShow(server.database, { ballot: titles(2), catalogue: ["Deep Cut"] });
  const fan = await server.fan();
  const before = await lastSeq(server.database);
  const [songId] = show.catalogueSongIds;
  const added = await fan.client.setlists.suggest.mutate({ show: show.slug, songId: songId! });
  expect(added).toEqual({
    setlistSongId: expect.any(Number) as number,
    tallyVersion: 1,
    allowance: { show: 10, day: 50, additions: 4, dayResetsAt: "2026-06-14T00:00:00.000Z" },
  });
  expect(await eventsSince(server.database, before)).toEqual([
    { kind: "ballot.changed", show: show.showId, payload: { version: 1, setlistSongId: added.setlistSongId } },
  ]);
  const { ballot } = await server.client.shows.get.query({ show: show.slug });
  expect(ballot.map(({ song, suggested }) => [song.title, suggested])).toEqual([
    ["Song 1", false],
    ["Song 2", false],
    ["Deep Cut", true],
  ]);
  const vote = await fan.client.votes.cast.mutate({ setlistSongId: added.setlistSongId });
  expect(vote).toMatchObject({ verdict: "counted", tallyVersion: 2, allowance: { show: 9, additions: 4 } });
});

test("a fan adds five songs to a show and no sixth; another fan still may", async () => {
  const show = await buildShow(server.database, { catalogue: titles(7, "Rarity") });
  const [fan, other] = [await server.fan(), await server.fan()];
  const suggest = (who: typeof fan, i: number) =>
    who.client.setlists.suggest.mutate({ show: show.slug, songId: show.catalogueSongIds[i]! });
  for (let i = 0; i < 5; i += 1) await suggest(fan, i);
  expect(await refusalOf(suggest(fan, 5))).toEqual({
    status: 409,
    reason: "addition_limit",
    message: "You have added 5 songs to this show, which is the most a fan can add.",
  });
  expect(await suggest(other, 5)).toMatchObject({ allowance: { additions: 4 } });
});

test("of one song suggested by many fans at once, one addition counts and nobody else pays for it", async () => {
  const show = await buildShow(server.database, { catalogue: ["Deep Cut"] });
  const fans = await Promise.all(Array.from({ length: 8 }, () => server.fan()));
  const outcomes = await Promise.allSettled(
    fans.map((fan) => fan.client.setlists.suggest.mutate({ show: show.slug, songId: show.catalogueSongIds[0]! })),
  );
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  const left = await Promise.all(fans.map((fan) => fan.client.shows.get.query({ show: show.slug })));
  expect(left.map(({ allowance }) => allowance?.additions).sort()).toEqual([4, 5, 5, 5, 5, 5, 5, 5]);
  expect(left[0]!.ballot).toHaveLength(13);
  expect(await miscounts(server.database)).toEqual([]);
});

test("suggestions that cannot be are refused and leave no event", async () => {
  const show = await buildShow(server.database, { ballot: ["Hit"], catalogue: ["Rarity"] });
  const locked = await buildShow(server.database, { locked: true });
  const fan = await server.fan();
  const { ballot } = await fan.client.shows.get.query({ show: show.slug });
  const before = await lastSeq(server.database);
  const suggest = (key: string | number, songId: number) =>
    refusalOf(fan.client.setlists.suggest.mutate({ show: key, songId }));
  expect(await suggest(show.slug, ballot[0]!.song.id)).toEqual({
    status: 409,
    reason: "already_on_ballot",
    message: "This song is already on the ballot.",
  });
  expect(await suggest(show.slug, locked.catalogueSongIds[0]!)).toEqual({
    status: 404,
    reason: "not_found",
    message: "This song is not by the show's artist.",
  });
  expect(await suggest(show.slug, 999_999)).toEqual({ status: 404, reason: "not_found", message: "There is no such song." });
  expect(await suggest("no-such-show", show.catalogueSongIds[0]!)).toMatchObject({ status: 404, reason: "not_found" });
  expect(await suggest(locked.slug, locked.catalogueSongIds[0]!)).toMatchObject({ status: 409, reason: "voting_closed" });
  expect(await eventsSince(server.database, before)).toEqual([]);
});
