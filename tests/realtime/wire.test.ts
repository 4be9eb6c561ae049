import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { FRAMES_A_TURN } from "#server/realtime/fan-out.ts";
import { buildShow, titles } from "#tests/support/builders.ts";
import { send } from "#tests/support/raw-http.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A client that sends these bytes and keeps what comes back as it stands on the wire. */
function speak(bytes: string) {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const state = { text: "", wake: () => {} };
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    state.text += chunk;
    state.wake();
  });
  socket.on("error", () => {});
  socket.write(bytes);
  return {
    socket,
    get text() {
      return state.text;
    },
    /** Versions of the tallies that have come whole, in their order. */
    get versions() {
      return [...state.text.matchAll(/^event: tally\nid: (\d+)\ndata: \{.*\}\n\n/gm)].map(([, id]) => Number(id));
    },
    async until(condition: (text: string) => boolean): Promise<void> {
      while (!condition(state.text)) await new Promise<void>((resolve) => (state.wake = resolve));
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

function asking(path: string, version = "1.1"): string {
  return `GET ${path} HTTP/${version}\r\nHost: example.org\r\n\r\n`;
}

test.each(["1.1", "1.0"])("over HTTP/%s a stream has no chunks and lasts as long as its connection", async (version) => {
  const show = await buildShow(server.database, { ballot: [] });
  using client = speak(asking(`/shows/${show.slug}/live`, version));
  await client.until((text) => text.includes("data: "));
  const [head = "", body] = client.text.split("\r\n\r\n");
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(head.toLowerCase()).toContain("\r\nconnection: close");
  expect(head.toLowerCase()).not.toMatch(/transfer-encoding|content-length|content-encoding/);
  expect(body).toBe('retry: 2000\n\nevent: tally\nid: 0\ndata: {"version":0,"total":0,"songs":[]}\n\n');
});

test("a stream asked for before the answer to something else has come begins after that answer", async () => {
  const show = await buildShow(server.database, { ballot: titles(1) });
  const fan = await server.fan();
  using client = speak(asking("/readyz") + asking(`/shows/${show.slug}/live`));
  await client.until((text) => text.includes("data: "));
  expect(client.text.indexOf('{"status":"ready"}')).toBeLessThan(client.text.indexOf("text/event-stream"));
  expect(client.text.indexOf('{"status":"ready"}')).toBeGreaterThan(0);
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  await client.until((text) => text.includes('"total":1'));
  expect(client.versions).toEqual([0, 1]);
});

test("a client that says that it has nothing more to say gives its place back", async () => {
  const show = await buildShow(server.database, { ballot: [] });
  using client = speak(asking(`/shows/${show.slug}/live`));
  await client.until((text) => text.includes("data: "));
  expect(server.liveCounts().streams).toBeGreaterThan(0);
  client.socket.end();
  await vi.waitFor(() => expect(server.liveCounts()).toEqual({ streams: 0, subscribers: 0 }), 5_000);
});

test("a crowd of several slices gets every tally in order, each once, and all of it the last", async () => {
  const show = await buildShow(server.database, { ballot: titles(10) });
  const fans = await Promise.all([1, 2, 3].map(() => server.fan()));
  const crowd = Array.from({ length: 2 * FRAMES_A_TURN + 20 }, () => speak(asking(`/shows/${show.slug}/live`)));
  try {
    await Promise.all(crowd.map((client) => client.until((text) => text.includes("data: "))));
    for (const fan of fans) {
      for (const setlistSongId of show.setlistSongIds) await fan.client.votes.cast.mutate({ setlistSongId });
    }
    await Promise.all(crowd.map((client) => client.until((text) => text.includes('"total":30'))));
    for (const { versions } of crowd) {
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
      expect(versions.at(-1)).toBe(30);
    }
  } finally {
    for (const { socket } of crowd) socket.destroy();
  }
  await vi.waitFor(() => expect(server.liveCounts()).toEqual({ streams: 0, subscribers: 0 }), 5_000);
});

test("one stream too many is told so in words, and when to come again", async () => {
  await using limited = await startTestServer({ env: { LIVE_STREAMS: "1" } });
  const show = await buildShow(limited.database);
  const { hostname, port } = new URL(limited.url);
  const only = connect({ host: hostname, port: Number(port) });
  only.write(asking(`/shows/${show.slug}/live`));
  await once(only, "data");
  const refused = await send(limited.url, { path: `/shows/${show.slug}/live` });
  only.destroy();
  expect(refused.status).toBe(503);
  expect(refused.headers["retry-after"]).toBe("10");
  expect(refused.json()).toEqual({
    error: { reason: "too_many_streams", message: "Too many live pages are open. Reload to see the latest tally." },
  });
});
