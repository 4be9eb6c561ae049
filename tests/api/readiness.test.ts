import { once } from "node:events";
import { connect } from "node:net";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { LEAST_FREE_BYTES } from "#server/backup/room.ts";
import { get } from "#server/cli/ask-server.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

test("a server that takes votes is ready", async () => {
  await using server = await startTestServer();
  const response = await fetch(`${server.url}/readyz`);
  expect([response.status, await response.json()]).toEqual([200, { status: "ready" }]);
});

test("while it drains it is alive and not ready, as long as a connection is there to ask on", async () => {
  const server = await startTestServer();
  await using _database = server.database;
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await once(socket, "connect");
  let answer = "";
  socket.on("data", (chunk: Buffer) => (answer += String(chunk)));
  const body = JSON.stringify({ setlistSongId: 1 });
  socket.write(`POST /api/trpc/votes.cast HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 3)}`);
  // Once this is answered the server has read what came before.
  await (await fetch(`${server.url}/healthz`)).text();
  const stopped = server.stop();
  socket.write(`${body.slice(3)}GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await stopped;
  expect(answer).toMatch(/HTTP\/1\.1 503 [^]*"status":"not_ready","problem":"The server is stopping\."/);
});

/** What `/readyz` says on a connection of its own. */
async function readiness(server: TestServer): Promise<[number, unknown]> {
  const { status, body } = await get({ host: "127.0.0.1", port: Number(new URL(server.url).port), socket: null }, "/readyz", 5_000);
  return [status, JSON.parse(body)];
}

test("told to stop it still takes new connections for a moment, says there that it stops, and then takes none", async () => {
  const server = await startTestServer();
  await using _database = server.database;
  const stopped = server.stop({ goodbyeMs: 500 });
  expect(await readiness(server)).toEqual([503, { status: "not_ready", problem: "The server is stopping." }]);
  await stopped;
  await expect(readiness(server)).rejects.toThrow(/ECONNREFUSED/);
});

test("with less than 16 MB free where the database lies it is not ready, says how much is free, and is ready again when there is more", async () => {
  let free = LEAST_FREE_BYTES;
  const asked = new Set<string>();
  await using server = await startTestServer({ freeBytes: async (folder) => (asked.add(folder), free) });
  expect(await readiness(server)).toEqual([200, { status: "ready" }]);
  free -= 1;
  expect(await readiness(server)).toEqual([503, { status: "not_ready", problem: "The disk is nearly full: 17 MB are free." }]);
  free = LEAST_FREE_BYTES;
  expect(await readiness(server)).toEqual([200, { status: "ready" }]);
  expect([...asked]).toEqual([dirname(server.database.path)]);
});

test("figures tell when the newest backup was made", async () => {
  await using server = await startTestServer({ env: { METRICS_TOKEN: "a-token-of-enough-length" } });
  const response = await fetch(`${server.url}/metrics`, { headers: { authorization: "Bearer a-token-of-enough-length" } });
  const text = await response.text();
  expect(text).toMatch(/^theset_backup_last_timestamp_seconds 0$/m);
  expect(text).toMatch(/^theset_backup_failures_total 0$/m);
});
