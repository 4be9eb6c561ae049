import { mkdtemp, rm } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { buildShow } from "#tests/support/builders.ts";
import { startTestServer } from "#tests/support/test-server.ts";

/** How a request for a show's stream is answered that came by a Unix socket with this chain. */
async function openBy(socketPath: string, path: string, forwardedFor: string): Promise<number> {
  const asked = request({ socketPath, path, headers: { host: "vote.example.org", "x-forwarded-for": forwardedFor }, agent: false }).end();
  onTestFinished(() => void asked.on("error", () => {}).destroy());
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  answer.on("error", () => {}).resume();
  return answer.statusCode!;
}

async function socketPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "theset-socket-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, "set.sock");
}

test("by a Unix socket, limits count the visitors that the proxy names, and not those that they invent", async () => {
  const SOCKET = await socketPath();
  await using server = await startTestServer({ env: { SOCKET, TRUST_PROXY: "10.0.0.2", BASE_PATH: "/theset", LIVE_STREAMS_PER_ADDRESS: "1" } });
  const path = `/theset/shows/${(await buildShow(server.database)).slug}/live`;
  expect(await openBy(SOCKET, path, "198.51.100.1")).toBe(200);
  expect(await openBy(SOCKET, path, "203.0.113.99, 198.51.100.1:50123")).toBe(503);
  expect(await openBy(SOCKET, path, "203.0.113.98, 198.51.100.1, 10.0.0.2")).toBe(503);
  expect(await openBy(SOCKET, path, "198.51.100.1, 198.51.100.2")).toBe(200);
});

test("by a Unix socket without trust, all visitors are one", async () => {
  const SOCKET = await socketPath();
  await using server = await startTestServer({ env: { SOCKET, LIVE_STREAMS_PER_ADDRESS: "1" } });
  const path = `/shows/${(await buildShow(server.database)).slug}/live`;
  expect(await openBy(SOCKET, path, "198.51.100.1")).toBe(200);
  expect(await openBy(SOCKET, path, "198.51.100.2")).toBe(503);
});
