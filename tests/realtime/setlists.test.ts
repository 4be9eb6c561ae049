import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { appendEvents } from "#db/queries/events.ts";
import type { LiveShowEvent, SetlistFrame, TheSetClient } from "#server/client.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import { buildSetlist } from "#tests/support/came-in.ts";
import { openStream, type EventStream, type StreamEvent } from "#tests/support/event-stream.ts";
import { buildCompared, buildExample, buildRunning, exampleSets, writeDown } from "#tests/support/finished-shows.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(() => server.clock.set("2026-06-13T12:00:00Z"));
afterAll(() => server[Symbol.asyncDispose]());

const open = (show: BuiltShow, lastEventId?: number): Promise<EventStream> =>
  openStream(`${server.url}/shows/${show.slug}/live`, lastEventId === undefined ? {} : { "last-event-id": String(lastEventId) });

function setlistOf({ event, id, data }: StreamEvent): SetlistFrame {
  expect({ event, id }).toEqual({ event: "setlist", id: null });
  return JSON.parse(data) as SetlistFrame;
}

const titlesOf = ({ sets }: SetlistFrame) => sets.flatMap(({ songs }) => songs.map(({ title }) => title));

describe("the stream of a show that is being played", () => {
  test("begins with the tally and, behind it, with what has been played so far", async () => {
    const show = await buildRunning(server.database);
    await using stream = await open(show);
    expect((await stream.next()).event).toBe("tally");
    const setlist = setlistOf(await stream.next());
    expect(titlesOf(setlist)).toEqual(["Harbour Lights", "Lanterns"]);
    expect(setlist).toMatchObject({ status: "live", count: 2, unknown: 0, lists: { crowd: { hits: 2, of: 2 }, forecast: { hits: 2, of: 2 } }, noScore: null });
    expect(setlist.sets[0]!.songs[0]).toMatchObject({ songId: show.song(1), kind: "song", worth: 1 });
    expect(setlist.account).toMatchObject({ source: "setlist.fm", linkText: "This setlist on setlist.fm" });
  });

  test("tells each new song to everyone, with the same bytes", async () => {
    const show = await buildRunning(server.database);
    await using one = await open(show);
    await using two = await open(show);
    for (const stream of [one, two]) await stream.until(({ event }) => event === "setlist");
    await writeDown(server.database, show, "Driftwood", show.song(9));
    const [a, b] = [await one.next(), await two.next()];
    expect(a).toEqual(b);
    const setlist = setlistOf(a);
    expect(titlesOf(setlist)).toEqual(["Harbour Lights", "Lanterns", "Driftwood"]);
    expect(setlist.lists.crowd).toMatchObject({ hits: 2, of: 3 });
    expect(setlist.sets[0]!.songs[2]!.worth).toBe(23);
  });

  test("gives a reader who comes back what is played now, though the tally is known", async () => {
    const show = await buildRunning(server.database);
    const before = await open(show);
    await before.until(({ event }) => event === "setlist");
    before.close();
    await writeDown(server.database, show, "Driftwood", show.song(9));
    await using again = await open(show, 0);
    // Nothing but setlists: the tally is not sent again.
    const seen = await again.until(({ data }) => data.includes("Driftwood"));
    expect(seen.map(({ event }) => event).filter((event) => event !== "setlist")).toEqual([]);
  });

  test("says nothing of a setlist while there is none, and tells the first song as it comes", async () => {
    const show = await buildExample(server.database, { localDate: "2026-06-13", startTime: "13:00", status: "ongoing" });
    await using stream = await open(show);
    await stream.next();
    const { id } = await buildSetlist(server.database, show, { sets: [{ songs: [] }] });
    await writeDown(server.database, { showId: show.showId, setlistId: id }, "Lanterns", show.song(2));
    expect(titlesOf(setlistOf(await stream.next()))).toEqual(["Lanterns"]);
  });

  test("tells that a setlist was taken back", async () => {
    const show = await buildRunning(server.database);
    await using stream = await open(show);
    await stream.until(({ event }) => event === "setlist");
    await server.database.change(async (tx) => {
      await tx.run(`DELETE FROM actual_setlists WHERE id = ${show.setlistId}`);
      await appendEvents(tx, 0, [{ kind: "setlist.changed", showId: show.showId, payload: {} }]);
    });
    expect(setlistOf(await stream.next())).toBeNull();
  });

  test("leaves other shows' readers alone, and does not repeat what has not changed", async () => {
    const [here, there] = [await buildRunning(server.database), await buildRunning(server.database)];
    await using stream = await open(here);
    await stream.until(({ event }) => event === "setlist");
    await writeDown(server.database, there, "Driftwood", there.song(9));
    // Nothing of this show's setlist changes with it.
    await server.database.change((tx) => appendEvents(tx, 0, [{ kind: "setlist.changed", showId: here.showId, payload: {} }]));
    await writeDown(server.database, here, "Glass", here.song(10));
    expect(titlesOf(setlistOf(await stream.next()))).toEqual(["Harbour Lights", "Lanterns", "Glass"]);
  });
});

test("what was kept of a show that nobody watches has the song that a played one was merged into", async () => {
  const show = await buildCompared(server.database);
  const ada = await server.fan("Merging Ada", "moderator");
  const before = await open(show);
  await before.until(({ event }) => event === "setlist");
  before.close();
  await before.ended;
  const pair = { kind: "song" as const, from: show.song(3), into: show.song(11) };
  await ada.client.matching.merge.mutate(pair);
  await using after = await open(show);
  const seen = await after.until(({ event, data }) => event === "setlist" && data.includes(`"songId":${pair.into},`));
  expect(setlistOf(seen.at(-1)!).sets.flatMap(({ songs }) => songs).map(({ songId }) => songId)).not.toContain(pair.from);
});

test("an open page hears what voting that opens again and votes that are held do to the scores", async () => {
  const show = await buildCompared(server.database);
  const ada = await server.fan("Opening Ada", "admin");
  await using stream = await open(show);
  const before = setlistOf((await stream.until(({ event }) => event === "setlist")).at(-1)!).lists.crowd;
  await server.database.change(async (tx) => {
    await tx.run(`UPDATE setlist_songs SET votes = 0 WHERE id = ${show.row(1)}`);
    await tx.run(`UPDATE shows SET tally_version = tally_version + 1 WHERE id = ${show.showId}`);
    await appendEvents(tx, 0, [{ kind: "tally.changed", showId: show.showId, payload: {} }]);
  });
  const held = (await stream.until(({ event }) => event === "setlist")).at(-1)!;
  expect(setlistOf(held).lists.crowd).not.toEqual(before);
  await server.database.change((tx) => tx.run(`UPDATE shows SET status = 'upcoming' WHERE id = ${show.showId}`));
  await ada.client.shows.moveClose.mutate({ show: show.slug, closesAt: "2026-06-14T12:00:00Z" });
  const opened = (await stream.until(({ event }) => event === "setlist")).at(-1)!;
  expect(setlistOf(opened)).toMatchObject({ noScore: "voting_open", worth: null });
});

test("who leaves and comes back to a show that nobody watched meanwhile still gets the newest songs", async () => {
  const show = await buildRunning(server.database);
  const alone = await open(show);
  await alone.until(({ event }) => event === "setlist");
  alone.close();
  await alone.ended;
  await writeDown(server.database, show, "Old Maps", show.song(8));
  // Heard by the outbox before the next reader comes, or read with the page of that reader: either way it is there.
  await using next = await open(show);
  const seen = await next.until(({ event, data }) => event === "setlist" && data.includes("Old Maps"));
  expect(seen.length).toBeLessThanOrEqual(3);
});

/** `live.show` as a script has it. */
function watch(client: TheSetClient, show: string, lastEventId?: string) {
  const seen: { id: string; data: LiveShowEvent }[] = [];
  let wake = () => {};
  const subscription = client.live.show.subscribe(
    { show, lastEventId },
    {
      onData: (event) => {
        seen.push(event);
        wake();
      },
      onError: (error) => expect.fail(error.message),
    },
  );
  return {
    seen,
    async until(find: (event: LiveShowEvent) => boolean): Promise<LiveShowEvent> {
      for (;;) {
        const found = seen.find(({ data }) => find(data));
        if (found) return found.data;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    [Symbol.dispose]: () => subscription.unsubscribe(),
  };
}

describe("a script that follows a show", () => {
  test("gets tally, voting and setlist, each whole, with the tally version as id", async () => {
    const show = await buildRunning(server.database);
    const admin = await server.fan("Ada", "admin");
    using watched = watch(server.client, show.slug);
    await watched.until(({ event }) => event === "setlist");
    await writeDown(server.database, show, "Driftwood", show.song(9));
    const grown = await watched.until((told) => told.event === "setlist" && titlesOf(told.setlist!).length === 3);
    expect(grown).toMatchObject({ setlist: { lists: { crowd: { hits: 2, of: 3 } } } });
    await admin.client.shows.moveClose.mutate({ show: show.slug, closesAt: "2026-06-13T10:59:00Z" });
    expect(await watched.until(({ event }) => event === "voting")).toMatchObject({ voting: { open: false, reason: "closed" } });
    expect(watched.seen[0]!.data).toMatchObject({ event: "tally", tally: { version: 0, total: 193 } });
    expect(new Set(watched.seen.map(({ id }) => id))).toEqual(new Set(["0"]));
  });

  test("that knows the tally begins with the setlist", async () => {
    const show = await buildRunning(server.database);
    using watched = watch(server.client, show.slug, "0");
    await watched.until(({ event }) => event === "setlist");
    expect(watched.seen.map(({ data }) => data.event)).toEqual(["setlist"]);
  });

  test("of a show that is to come hears of votes as they come", async () => {
    const show = await buildShow(server.database);
    const fan = await server.fan();
    using watched = watch(server.client, show.slug);
    await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
    await watched.until((told) => told.event === "tally" && told.tally.total === 1);
    expect(watched.seen.every(({ data }) => data.event === "tally")).toBe(true);
  });
});

test("what is sent has no word of any fan", async () => {
  const show = await buildRunning(server.database, exampleSets({ song: () => 1 })[0]!.songs.length - 1);
  await using stream = await open(show);
  const events = await stream.until(({ event }) => event === "setlist");
  expect(Object.keys(setlistOf(events.at(-1)!)).sort()).toEqual(["account", "count", "lists", "noScore", "others", "sets", "status", "unknown", "verdict", "worth"]);
});

test("so has what was kept where the song is on no ballot", async () => {
  const show = await buildRunning(server.database);
  const pair = { kind: "song" as const, from: show.song(9), into: show.song(11) };
  await server.database.change((tx) => tx.run(`DELETE FROM setlist_songs WHERE song_id = ${pair.from}`));
  await writeDown(server.database, show, "Driftwood", pair.from);
  const ada = await server.fan("Ada who merges", "moderator");
  const before = await open(show);
  await before.until(({ data }) => data.includes(`"songId":${pair.from},`));
  before.close();
  await before.ended;
  const { mergeId } = await ada.client.matching.merge.mutate(pair);
  await using after = await open(show);
  await after.until(({ event, data }) => event === "setlist" && data.includes(`"songId":${pair.into},`));
  await ada.client.matching.undoMerge.mutate({ id: mergeId });
  await after.until(({ event, data }) => event === "setlist" && data.includes(`"songId":${pair.from},`));
});
