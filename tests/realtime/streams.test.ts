import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { appendEvents } from "#db/queries/events.ts";
import { createTheSetClient } from "#server/client.ts";
import { buildShow, titles, type BuiltShow } from "#tests/support/builders.ts";
import { openStream, type EventStream, type StreamEvent } from "#tests/support/event-stream.ts";
import { send } from "#tests/support/raw-http.ts";
import { startServerProcess } from "#tests/support/server-process.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(() => server.clock.set("2026-06-13T12:00:00Z"));
afterAll(() => server[Symbol.asyncDispose]());

interface Tally {
  version: number;
  total: number;
  songs: { setlistSongId: number; votes: number }[];
}

function tallyOf(event: StreamEvent): Tally {
  expect(event.event).toBe("tally");
  const tally = JSON.parse(event.data) as Tally;
  expect(event.id).toBe(String(tally.version));
  return tally;
}

function liveUrl(on: { url: string }, show: BuiltShow): string {
  return `${on.url}/shows/${show.slug}/live`;
}

/** The stream of a show, as a browser with this last event id opens it. */
function open(on: { url: string }, show: BuiltShow, lastEventId?: number): Promise<EventStream> {
  return openStream(liveUrl(on, show), lastEventId === undefined ? {} : { "last-event-id": String(lastEventId) });
}

/** A show's tally as the database has it. */
async function storedTally(database: TestDatabase, show: BuiltShow): Promise<Tally> {
  const [row] = await database.rows("SELECT tally_version AS version, total_votes AS total FROM shows WHERE id = ?", show.showId);
  const songs = await database.rows("SELECT id AS setlistSongId, votes FROM setlist_songs WHERE show_id = ? ORDER BY id", show.showId);
  return { ...row, songs } as unknown as Tally;
}

test("the first frame comes at once and holds the whole tally", async () => {
  const show = await buildShow(server.database, { ballot: titles(3) });
  const fan = await server.fan();
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[1]! });
  await using stream = await open(server, show);
  expect(stream.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
  expect(stream.headers["cache-control"]).toContain("no-transform");
  expect(tallyOf(await stream.next())).toEqual({
    version: 1,
    total: 1,
    songs: show.setlistSongIds.map((setlistSongId, i) => ({ setlistSongId, votes: i === 1 ? 1 : 0 })),
  });
});

test("a show with an empty ballot has a tally too", async () => {
  const show = await buildShow(server.database, { ballot: [] });
  await using stream = await open(server, show);
  expect(tallyOf(await stream.next())).toEqual({ version: 0, total: 0, songs: [] });
});

test("a vote, taking it back and an added song move every open stream", async () => {
  const show = await buildShow(server.database, { ballot: titles(2) });
  const fan = await server.fan();
  await using one = await open(server, show);
  await using two = await open(server, show);
  const frames = async () => {
    const [a, b] = [tallyOf(await one.next()), tallyOf(await two.next())];
    expect(a).toEqual(b);
    return a;
  };
  expect((await frames()).version).toBe(0);
  const [song] = show.setlistSongIds;
  await fan.client.votes.cast.mutate({ setlistSongId: song! });
  expect(await frames()).toMatchObject({ version: 1, total: 1, songs: [{ setlistSongId: song, votes: 1 }, { votes: 0 }] });
  await fan.client.votes.retract.mutate({ setlistSongId: song! });
  expect(await frames()).toMatchObject({ version: 2, total: 0, songs: [{ votes: 0 }, { votes: 0 }] });
  const added = await fan.client.setlists.suggest.mutate({ show: show.showId, songId: show.catalogueSongIds[0]! });
  const { version, songs } = await frames();
  expect(version).toBe(3);
  expect(songs).toContainEqual({ setlistSongId: added.setlistSongId, votes: 0 });
});

test("votes for another show leave a stream alone", async () => {
  const [here, there] = [await buildShow(server.database), await buildShow(server.database)];
  const fan = await server.fan();
  await using stream = await open(server, here);
  await stream.next();
  await fan.client.votes.cast.mutate({ setlistSongId: there.setlistSongIds[0]! });
  await fan.client.votes.cast.mutate({ setlistSongId: here.setlistSongIds[0]! });
  expect(tallyOf(await stream.next())).toMatchObject({ version: 1, total: 1 });
});

test("two hundred votes in a burst come as a few frames, the last of them the whole truth", async () => {
  const show = await buildShow(server.database, { ballot: titles(10) });
  const fans = await Promise.all(Array.from({ length: 20 }, () => server.fan()));
  await using stream = await open(server, show);
  await stream.next();
  const start = performance.now();
  const burst = Promise.all(
    fans.map(async (fan) => {
      // One after the other, so that there are many commits to bring together.
      for (const setlistSongId of show.setlistSongIds) await fan.client.votes.cast.mutate({ setlistSongId });
    }),
  );
  const frames = (await stream.until((event) => tallyOf(event).total === 200)).map(tallyOf);
  const elapsed = performance.now() - start;
  await burst;
  // At most one at once and then one each 50 ms; a timer may be a little early.
  expect(frames.length).toBeLessThanOrEqual(2 + elapsed / 45);
  const stored = await storedTally(server.database, show);
  expect(frames.at(-1)).toEqual(stored);
  const versions = frames.map((frame) => frame.version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
});

test("after a restart a browser misses nothing and gets nothing twice", async () => {
  await using database = await createTestDatabase();
  const first = await startTestServer({ database });
  const show = await buildShow(database);
  const fan = await first.fan();
  const [one, two, three] = show.setlistSongIds;
  const before = await open(first, show);
  await before.next();
  await fan.client.votes.cast.mutate({ setlistSongId: one! });
  const { version } = tallyOf(await before.next());
  await first.stop();
  expect(await before.ended).toBe(true);

  await using second = await startTestServer({ database });
  await using upToDate = await open(second, show, version);
  const again = await second.fan();
  await again.client.votes.cast.mutate({ setlistSongId: two! });
  // The first thing sent is the change: what it had was not sent again.
  expect(tallyOf(await upToDate.next())).toEqual(await storedTally(database, show));

  await again.client.votes.cast.mutate({ setlistSongId: three! });
  await using behind = await open(second, show, version);
  expect(tallyOf(await behind.next())).toEqual({ ...(await storedTally(database, show)), version: version + 2 });
});

test("who comes between two frames gets the tally of that moment, and the others still get it too", async () => {
  const show = await buildShow(server.database);
  const fan = await server.fan();
  await using early = await open(server, show);
  await early.next();
  // The first change goes out at once, and the second is held back for the interval.
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[1]! });
  await using late = await open(server, show);
  expect(tallyOf(await late.next())).toMatchObject({ version: 2, total: 2 });
  expect((await early.until((event) => tallyOf(event).total === 2)).length).toBeLessThanOrEqual(2);
});

test.each(["nonsense", "-1", "1e3", "9".repeat(40), ""])("a made-up Last-Event-ID (%j) gets the current tally", async (id) => {
  const show = await buildShow(server.database);
  await using stream = await openStream(liveUrl(server, show), { "last-event-id": id });
  expect(tallyOf(await stream.next()).version).toBe(0);
});

test("a version from the future, as after a backup was restored, gets the current tally", async () => {
  const show = await buildShow(server.database);
  await using stream = await open(server, show, 1_000);
  expect(tallyOf(await stream.next()).version).toBe(0);
});

test("votes that another process takes reach this one's streams", async () => {
  await using database = await createTestDatabase();
  await using here = await startTestServer({ database });
  const show = await buildShow(database);
  const { token } = await here.fan();
  await using there = await startServerProcess(database);
  await using stream = await open(here, show);
  await stream.next();
  const client = createTheSetClient({ url: there.url, token });
  await client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 10) });
  expect(tallyOf(await stream.next())).toEqual({ ...(await storedTally(database, show)), total: 10 });
});

test("locking, unlocking, postponing and the show's start are told to those who watch", async () => {
  const show = await buildShow(server.database);
  const admin = await server.fan("Ada", "admin");
  await using stream = await open(server, show);
  await stream.next();
  const voting = async () => {
    const { event, id, data } = await stream.next();
    expect({ event, id }).toEqual({ event: "voting", id: null });
    return JSON.parse(data) as unknown;
  };
  const closesAt = "2026-06-14T18:00:00.000Z";
  await admin.client.shows.lockVoting.mutate({ show: show.slug });
  expect(await voting()).toEqual({ open: false, closesAt, reason: "locked" });
  await admin.client.shows.unlockVoting.mutate({ show: show.slug });
  expect(await voting()).toEqual({ open: true, closesAt, reason: null });
  const setStatus = (status: string) =>
    server.database.change(async (tx) => {
      await tx.run(`UPDATE shows SET status = '${status}' WHERE id = ${show.showId}`);
      // What comes in from elsewhere is told of too, and is nothing to a show's streams.
      await appendEvents(tx, server.clock.now(), [
        { kind: "import.changed", showId: null, payload: {} },
        { kind: "show.changed", showId: show.showId, payload: { status } },
      ]);
    });
  await setStatus("postponed");
  expect(await voting()).toEqual({ open: false, closesAt, reason: "postponed" });
  await setStatus("upcoming");
  expect(await voting()).toEqual({ open: true, closesAt, reason: null });
  server.clock.set(closesAt);
  await server.write("advanceShows", undefined);
  expect(await voting()).toEqual({ open: false, closesAt, reason: "closed" });
});

test("there is no stream of a show that never was, or was removed", async () => {
  await server.database.change((tx) => tx.run("INSERT INTO removed_pages (kind, slug, removed_at) VALUES ('show', 'gone-show', 0)"));
  const never = await send(server.url, { path: "/shows/no-such-show/live" });
  expect([never.status, never.json()]).toEqual([404, { error: { reason: "not_found", message: "There is no such show." } }]);
  const removed = await send(server.url, { path: "/shows/gone-show/live" });
  expect([removed.status, removed.json()]).toEqual([410, { error: { reason: "gone", message: "This show has been removed." } }]);
});

test("an address has a number of streams; one that closes makes room, and others are not touched", async () => {
  await using limited = await startTestServer({ env: { LIVE_STREAMS_PER_ADDRESS: "2", TRUST_PROXY: "1" } });
  const show = await buildShow(limited.database);
  const from = (address: string) => ({ "x-forwarded-for": address });
  const first = await openStream(liveUrl(limited, show), from("198.51.100.1"));
  await using second = await openStream(liveUrl(limited, show), from("198.51.100.1"));
  await second.next();
  const refused = await send(limited.url, { path: `/shows/${show.slug}/live`, headers: from("198.51.100.1") });
  expect(refused.status).toBe(503);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect(refused.json()).toMatchObject({ error: { reason: "too_many_streams" } });
  await using other = await openStream(liveUrl(limited, show), from("198.51.100.2"));
  await other.next();
  expect(limited.liveCounts()).toEqual({ streams: 3, subscribers: 3 });
  first.close();
  await vi.waitFor(() => expect(limited.liveCounts()).toEqual({ streams: 2, subscribers: 2 }));
  await using third = await openStream(liveUrl(limited, show), from("198.51.100.1"));
  expect(tallyOf(await third.next()).version).toBe(0);
});

test("all streams together have a limit", async () => {
  await using limited = await startTestServer({ env: { LIVE_STREAMS: "1" } });
  const show = await buildShow(limited.database);
  await using only = await open(limited, show);
  await only.next();
  expect((await send(limited.url, { path: `/shows/${show.slug}/live` })).status).toBe(503);
});

test("stopping the server ends its streams properly and does not wait for their readers", async () => {
  const stopping = await startTestServer();
  await using database = stopping.database;
  const show = await buildShow(database);
  const streams = await Promise.all(Array.from({ length: 5 }, () => open(stopping, show)));
  await Promise.all(streams.map((stream) => stream.next()));
  await stopping.stop();
  expect(await Promise.all(streams.map((stream) => stream.ended))).toEqual([true, true, true, true, true]);
});
