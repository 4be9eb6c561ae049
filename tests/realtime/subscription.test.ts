import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "#server/api/root.ts";
import type { TheSetClient } from "#server/client.ts";
import { createTheSetClient } from "#server/client.ts";
import { buildShow, titles } from "#tests/support/builders.ts";
import { createTestDatabase } from "#tests/support/test-database.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

interface Tally {
  version: number;
  total: number;
}

/** A subscription as a script has it: the tallies in the order they came, or the error that ended it. */
function watch(client: TheSetClient, show: string | number, lastEventId?: string) {
  const seen: { id: string; tally: Tally }[] = [];
  let wake = () => {};
  let failure: TRPCClientError<AppRouter> | null = null;
  let trouble: string | null = null;
  const subscription = client.live.tally.subscribe(
    { show, lastEventId },
    {
      onData: ({ id, data }) => {
        seen.push({ id, tally: data });
        wake();
      },
      onConnectionStateChange: ({ error }) => {
        trouble = error?.data?.reason ?? trouble;
        wake();
      },
      onError: (error) => {
        failure = error;
        wake();
      },
    },
  );
  const until = async <T>(find: () => T | null | undefined): Promise<T> => {
    for (;;) {
      const found = find();
      if (found !== null && found !== undefined) return found;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return {
    seen,
    total: (total: number) => until(() => seen.find(({ tally }) => tally.total === total)?.tally),
    failure: () => until(() => failure),
    /** The reason for which the connection is tried again. */
    trouble: () => until(() => trouble),
    [Symbol.dispose]: () => subscription.unsubscribe(),
  };
}

test("a script sees the tally at once and after each change, with the tally version as id", async () => {
  const show = await buildShow(server.database, { ballot: titles(2) });
  const fan = await server.fan();
  using watched = watch(server.client, show.slug);
  await watched.total(0);
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  expect(await watched.total(1)).toEqual({
    version: 1,
    total: 1,
    songs: [
      { setlistSongId: show.setlistSongIds[0], votes: 1 },
      { setlistSongId: show.setlistSongIds[1], votes: 0 },
    ],
  });
  expect(watched.seen.map(({ id }) => id)).toEqual(["0", "1"]);
});

test("a script that knows the tally hears of the next change only", async () => {
  const show = await buildShow(server.database);
  const fan = await server.fan();
  using watched = watch(server.client, show.showId, "0");
  await vi.waitFor(() => expect(server.liveCounts().subscribers).toBeGreaterThan(0));
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  await watched.total(1);
  expect(watched.seen.map(({ id }) => id)).toEqual(["1"]);
});

test("a script goes on by itself when the server is started again, without gap or repetition", async () => {
  await using database = await createTestDatabase();
  const first = await startTestServer({ database });
  const show = await buildShow(database);
  const fan = await first.fan();
  using watched = watch(createTheSetClient({ url: first.url }), show.slug);
  await watched.total(0);
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  await watched.total(1);
  await first.stop();
  await using second = await startTestServer({ database, env: { PORT: new URL(first.url).port } });
  expect(second.url).toBe(first.url);
  const client = createTheSetClient({ url: second.url, token: fan.token });
  await client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(1, 3) });
  await watched.total(3);
  expect(watched.seen.map(({ id }) => id)).toEqual(["0", "1", "2"]);
});

test("an unknown show ends the subscription with its reason", async () => {
  using watched = watch(server.client, "no-such-show");
  const { message, data } = await watched.failure();
  expect({ message, reason: data?.reason, status: data?.httpStatus }).toEqual({
    message: "There is no such show.",
    reason: "not_found",
    status: 404,
  });
});

test("a wrong input ends the subscription with the field named", async () => {
  using watched = watch(server.client, "Not A Slug");
  const { data } = await watched.failure();
  expect(data).toMatchObject({ reason: "invalid", fields: { show: expect.any(String) as string } });
});

test("a revoked token ends the subscription before it begins", async () => {
  const show = await buildShow(server.database);
  using watched = watch(createTheSetClient({ url: server.url, token: `ths_${"A".repeat(43)}` }), show.slug);
  expect(await watched.failure()).toBeInstanceOf(Error);
  expect(watched.seen).toEqual([]);
});

test("unsubscribing frees the subscription on the server", async () => {
  const show = await buildShow(server.database);
  await using own = await startTestServer({ database: server.database });
  const watched = watch(createTheSetClient({ url: own.url }), show.slug);
  await watched.total(0);
  expect(own.liveCounts()).toEqual({ streams: 1, subscribers: 1 });
  watched[Symbol.dispose]();
  await vi.waitFor(() => expect(own.liveCounts()).toEqual({ streams: 0, subscribers: 0 }));
});

test("one stream too many is told why, and begins by itself once there is room", async () => {
  await using limited = await startTestServer({ env: { LIVE_STREAMS_PER_ADDRESS: "1" } });
  const show = await buildShow(limited.database);
  const first = watch(limited.client, show.slug);
  await first.total(0);
  using second = watch(createTheSetClient({ url: limited.url }), show.slug);
  expect(await second.trouble()).toBe("too_many_streams");
  expect(second.seen).toEqual([]);
  first[Symbol.dispose]();
  expect(await second.total(0)).toMatchObject({ version: 0 });
});
