import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildShow } from "#tests/support/builders.ts";
import { createTestDatabase } from "#tests/support/test-database.ts";
import { startTestServer } from "#tests/support/test-server.ts";

test("a taken port ends the start, leaves no thread behind, and keeps the setup token for the next one", async () => {
  await using database = await createTestDatabase();
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const port = String((taken.address() as AddressInfo).port);
  await expect(startTestServer({ database, env: { PORT: port } })).rejects.toMatchObject({ code: "EADDRINUSE" });
  taken.close();
  await using server = await startTestServer({ database });
  expect(server.setupToken).toMatch(/^ths_/);
});

test("a program in a folder with a space and a percent sign in its name finds its migrations and its database", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "theset-")), "My 100% Projects");
  for (const room of ["server", "db", "jobs", "package.json"]) cpSync(room, join(folder, room), { recursive: true });
  symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
  const child = spawn(process.execPath, ["server/main.ts", "migrate"], { cwd: folder, env: { NODE_ENV: "production" }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += String(chunk)));
  let notes = "";
  child.stderr.on("data", (chunk: Buffer) => (notes += String(chunk)));
  const [code] = (await once(child, "exit")) as [number];
  rmSync(join(folder, ".."), { recursive: true });
  expect(output).toBe(`${join(folder, "data/theset.db")} is up to date.\n`);
  expect(notes).toMatch(/^New keys are in .*\n$/);
  expect(code).toBe(0);
}, 30_000);

test("a body that grows beyond 64 kB piece by piece is answered, not cut off", async () => {
  await using server = await startTestServer();
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await once(socket, "connect");
  let answer = "";
  socket.on("data", (chunk: Buffer) => (answer += String(chunk)));
  const piece = "x".repeat(20_000);
  socket.write("POST /api/trpc/votes.cast HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (let i = 0; i < 5 && !answer; i += 1) {
    socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await once(socket, "close");
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
});

test("behind a proxy that writes a host of its own, forms are taken by the public address", async () => {
  await using server = await startTestServer({ pages: true, env: { PUBLIC_URL: "https://vote.example.org" } });
  const response = await fetch(`${server.url}/sign-up`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: "https://vote.example.org", "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ email: "fan@example.org", password: "correct horse battery", displayName: "Fan" }),
  });
  expect(response.status).toBe(303);
  expect(server.errors).toEqual([]);
});

test("once told to stop, the server opens no new stream on a connection that is still there", async () => {
  const server = await startTestServer();
  await using _database = server.database;
  const show = await buildShow(server.database);
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await once(socket, "connect");
  let answer = "";
  socket.on("data", (chunk: Buffer) => (answer += String(chunk)));
  const body = JSON.stringify({ setlistSongId: 1 });
  const head = `POST /api/trpc/votes.cast HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  socket.write(head + body.slice(0, 3));
  // The stop begins with that request under way.
  const probe = await fetch(`${server.url}/healthz`);
  expect(probe.status).toBe(200);
  const stopped = server.stop();
  socket.write(`${body.slice(3)}GET /shows/${show.slug}/live HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await stopped;
  expect(answer).not.toContain("text/event-stream");
});

test.each([
  ["an infinite place", '[1e999,"2026-01-01",1]'],
  ["half a place", "[1]"],
  ["no place", "{}"],
  ["no JSON", "x"],
])("a made-up cursor with %s is refused by name", async (_what, json) => {
  await using server = await startTestServer();
  const cursor = Buffer.from(json).toString("base64url");
  await expect(server.client.shows.list.query({ cursor })).rejects.toMatchObject({
    data: { httpStatus: 400, fields: { cursor: expect.any(String) as unknown } },
  });
  expect(server.errors).toEqual([]);
});

test("a name of nothing to see is refused", async () => {
  await using server = await startTestServer();
  const form = { email: "fan@example.org", password: "correct horse battery", displayName: "\u200b" };
  await expect(server.client.auth.register.mutate(form)).rejects.toMatchObject({
    data: { fields: { displayName: "Tell us what to call you." } },
  });
});
