import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { startTestServer } from "#tests/support/test-server.ts";

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

test("figures tell when the newest backup was made", async () => {
  await using server = await startTestServer({ env: { METRICS_TOKEN: "a-token-of-enough-length" } });
  const response = await fetch(`${server.url}/metrics`, { headers: { authorization: "Bearer a-token-of-enough-length" } });
  const text = await response.text();
  expect(text).toMatch(/^theset_backup_last_timestamp_seconds 0$/m);
  expect(text).toMatch(/^theset_backup_failures_total 0$/m);
});
