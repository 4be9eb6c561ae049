import { expect, test } from "vitest";
import { buildShow } from "#tests/support/builders.ts";
import { runExample } from "#tests/support/example-process.ts";
import { buildRunning, setStatus, writeDown } from "#tests/support/finished-shows.ts";
import { startTestServer } from "#tests/support/test-server.ts";

test("vote.ts votes with a token and says what is left", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, { artist: "The Band", venue: "The Hall", ballot: ["Opener", "Closer"] });
  const { token } = await server.fan();
  const env = { THESET_URL: server.url, THESET_TOKEN: token };
  expect(await runExample("vote.ts", [show.slug, "Closer"], env).finish()).toEqual({
    code: 0,
    out: 'The Band, The Hall, 2026-06-14: "Closer" now at 1.\nYou have 9 votes left for this show and 49 for today.',
    complaints: "",
  });
  // With no song given it takes the first that has no vote of this fan's yet.
  const { out } = await runExample("vote.ts", [], env).finish();
  expect(out).toContain('"Opener" now at 1.');
  expect((await server.client.shows.get.query({ show: show.slug })).totalVotes).toBe(2);
});

test("vote.ts signs up at first, signs in after that, and prints a refusal in words with its code", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, { ballot: ["Opener"] });
  const env = { THESET_URL: server.url, THESET_EMAIL: "script@example.org", THESET_PASSWORD: "a long enough password" };
  const first = await runExample("vote.ts", [show.slug, "Opener"], env).finish();
  expect([first.code, first.complaints]).toEqual([0, ""]);
  expect(await runExample("vote.ts", [show.slug, "Opener"], env).finish()).toEqual({
    code: 1,
    out: "",
    complaints: "You have already voted for this song. (already_voted)\n",
  });
  expect((await server.client.shows.get.query({ show: show.slug })).totalVotes).toBe(1);
});

test("vote.ts says what is missing", async () => {
  await using server = await startTestServer();
  const anonymous = await runExample("vote.ts", [], { THESET_URL: server.url }).finish();
  expect(anonymous).toMatchObject({ code: 1, complaints: "Set THESET_TOKEN, or THESET_EMAIL and THESET_PASSWORD.\n" });
  const { token } = await server.fan();
  const empty = await runExample("vote.ts", [], { THESET_URL: server.url, THESET_TOKEN: token }).finish();
  expect(empty).toMatchObject({ code: 1, complaints: "No show is open for votes.\n" });
});

test("watch.ts prints the tally, now and as it changes, and ends when asked to", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, { artist: "The Band", venue: "The Hall", ballot: ["Opener", "Closer"] });
  const fan = await server.fan();
  await using watching = runExample("watch.ts", [show.slug, "2"], { THESET_URL: server.url });
  expect(await watching.line()).toBe("The Band, The Hall");
  expect(await watching.line()).toBe("Votes 0: Opener 0, Closer 0");
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[1]! });
  expect(await watching.line()).toBe("Votes 1: Closer 1, Opener 0");
  await fan.client.setlists.suggest.mutate({ show: show.slug, songId: show.catalogueSongIds[0]! });
  expect(await watching.finish()).toEqual({ code: 0, out: "Votes 1: Closer 1, Opener 0, A new song 0", complaints: "" });
});

test("watch.ts says that there is no such show", async () => {
  await using server = await startTestServer();
  const { code, complaints } = await runExample("watch.ts", ["no-such-show"], { THESET_URL: server.url }).finish();
  expect(code).toBe(1);
  expect(complaints).toContain("There is no such show.");
});

test("follow.ts prints what is played as it is written down, and ends with the final setlist", async () => {
  await using server = await startTestServer();
  const show = await buildRunning(server.database, 1);
  await using following = runExample("follow.ts", [show.slug], { THESET_URL: server.url });
  expect(await following.line()).toBe("Harbour Lights (1)");
  expect(await following.line()).toBe("live: crowd 1 of 1, forecast 1 of 1, lastShows 1 of 1");
  await writeDown(server.database, show, "Driftwood", show.song(9));
  expect(await following.line()).toBe("Driftwood (23)");
  expect(await following.line()).toBe("live: crowd 1 of 2, forecast 1 of 2, lastShows 1 of 2");
  await setStatus(server.database, show.setlistId, "final");
  await writeDown(server.database, show, "Glass", show.song(10));
  expect(await following.finish()).toMatchObject({ code: 0, complaints: "" });
});
