import { existsSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { request } from "node:http";
import { once } from "node:events";
import { expect, test } from "vitest";
import { createTheSetClient, type TheSetClient } from "#server/client.ts";
import { workplace, type Running } from "./program.ts";
import { rowsOf } from "./rows.ts";

const quiet = { LOG_LEVEL: "warn", PORT: "0" };

async function address(server: Running): Promise<string> {
  await server.says("The database is ");
  return /TheSet is at (\S+)/.exec(server.output().stdout)![1]!;
}

/** The answer of a server behind a socket. */
function askSocket(socketPath: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, headers: { host: "localhost" }, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", reject).end();
  });
}

/** Sockets that listen on a port of 127.0.0.1 or of all addresses, as Linux knows them and as a process has them open. */
function listenersOn(port: number): { address: string; socket: string }[] {
  const LISTENING = "0A";
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  const addresses: Record<string, string> = { "0100007F": "127.0.0.1", "00000000": "0.0.0.0", ["0".repeat(32)]: "::" };
  return ["tcp", "tcp6"].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = "", , state]) => state === LISTENING && local.endsWith(`:${wanted}`) && local.split(":")[0]! in addresses)
      .map((fields) => ({ address: addresses[fields[1]!.split(":")[0]!]!, socket: `socket:[${fields[9]!}]` })),
  );
}

function openFilesOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((fd) => {
    try {
      return [readlinkSync(`${folder}/${fd}`)];
    } catch {
      return [];
    }
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

test("with nothing set it serves at port 3000 of this machine, and tells where the data is", async ({ skip }) => {
  using here = workplace();
  // Whoever works on this machine may have a site there.
  const others = listenersOn(3000);
  skip(others.length > 0, "port 3000 is in use");
  await using server = here.start(["serve"]);
  await server.says("The database is ");
  const { stdout } = server.output();
  expect(stdout).toContain(`TheSet is at http://127.0.0.1:3000\nThe database is ${here.path("data/theset.db")}\n`);
  const sockets = listenersOn(3000);
  expect(sockets).toEqual([{ address: "127.0.0.1", socket: expect.any(String) as string }]);
  expect(openFilesOf(server.process.pid!), "it is this very process that listens").toContain(sockets[0]!.socket);
  expect((await fetch("http://127.0.0.1:3000/")).status).toBe(200);
  expect(statSync(here.path("data")).mode & 0o777).toBe(0o700);
  expect((await server.stop()).code).toBe(0);
  expect(listenersOn(3000)).toEqual([]);
});

test("with nothing set and port 3000 taken it says so and ends with 1", async () => {
  using here = workplace();
  const own = createServer();
  if (listenersOn(3000).length === 0) await once(own.listen(3000, "127.0.0.1"), "listening");
  try {
    const stderr = "127.0.0.1:3000 is in use by another program. Stop that one, or set another address, for example PORT=3001.\n";
    expect(await here.run(["serve"], { env: { LOG_LEVEL: "warn" } })).toEqual({ code: 1, stdout: "", stderr });
  } finally {
    own.close();
  }
});

test("with --json it tells address, data and setup token as one document, and stops with 0", async () => {
  using here = workplace();
  await using server = here.start(["serve", "--json"], { env: { ...quiet, DEMO: "0" } });
  await server.says("}\n", "stdout");
  const document = JSON.parse(server.output().stdout) as { url: string };
  expect(document).toMatchObject({ dataDir: here.path("data"), database: here.path("data/theset.db"), setupToken: expect.stringMatching(/^ths_/) as string });
  expect((await fetch(`${document.url}/readyz`)).status).toBe(200);
  const { code, stdout } = await server.stop();
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(document);
});

test("healthcheck asks the server by its settings: 0 when it is ready, 1 when nobody answers", async () => {
  using here = workplace();
  const port = await freePort();
  const env = { ...quiet, DEMO: "0", PORT: String(port), HOST: "0.0.0.0" };
  {
    await using server = here.start(["serve"], { env });
    await address(server);
    expect(await here.run(["healthcheck"], { env })).toEqual({ code: 0, stdout: "ready\n", stderr: "" });
  }
  const after = await here.run(["healthcheck", "--json"], { env });
  expect(after.code).toBe(1);
  expect(after.stderr).toBe(`The server at http://127.0.0.1:${port} is not ready: connect ECONNREFUSED 127.0.0.1:${port}\n`);
  expect(JSON.parse(after.stdout)).toMatchObject({ ready: false, status: null });
});

test("a server that accepts and says nothing is given up on", async () => {
  using here = workplace();
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const { code, stderr } = await here.run(["healthcheck", "--timeout", "1"], { env: { PORT: String(port) } });
  silent.close();
  expect({ code, stderr }).toEqual({ code: 1, stderr: `The server at http://127.0.0.1:${port} is not ready: no answer within 1 s\n` });
});

test("on a Unix socket: closed to others, asked by healthcheck, gone at the end; a stale one is replaced", async () => {
  using here = workplace();
  const socket = here.path("theset.sock");
  const env = { ...quiet, DEMO: "0", SOCKET: socket };
  {
    await using killed = here.start(["serve"], { env });
    await address(killed);
  }
  expect(existsSync(socket), "a killed server leaves its socket").toBe(true);
  await using server = here.start(["serve"], { env });
  expect(await address(server)).toBe(`unix:${socket}`);
  expect(statSync(socket).mode & 0o777).toBe(0o660);
  expect(await askSocket(socket, "/readyz")).toBe(200);
  expect((await here.run(["healthcheck"], { env })).stdout).toBe("ready\n");
  const second = await here.run(["serve"], { env });
  expect(second).toMatchObject({ code: 1, stderr: `${socket} is in use by another program. Stop that one, or set SOCKET to another path.\n` });
  expect(await askSocket(socket, "/readyz"), "the first one goes on").toBe(200);
  expect((await server.stop()).code).toBe(0);
  expect(existsSync(socket)).toBe(false);
});

test("a file at the socket's path is left alone", async () => {
  using here = workplace();
  writeFileSync(here.path("notes"), "mine");
  const { code, stderr } = await here.run(["serve"], { env: { ...quiet, DEMO: "0", SOCKET: here.path("notes") } });
  expect({ code, stderr }).toEqual({ code: 1, stderr: `${here.path("notes")} is a file and not a socket. Move it away, or set SOCKET to another path.\n` });
  expect(statSync(here.path("notes")).size).toBe(4);
});

test("two servers may use one database: votes by both count, and no limit is exceeded", async () => {
  using here = workplace();
  await using first = here.start(["serve"], { env: quiet });
  await using second = here.start(["serve", "--no-jobs"], { env: quiet });
  const urls = [await address(first), await address(second)];
  for (const url of urls) expect((await fetch(`${url}/readyz`)).status).toBe(200);
  await here.run(["user", "create", "fan@example.org"], { env: quiet, input: "correct horse battery" });
  const token = (await here.run(["token", "create", "fan@example.org"], { env: quiet })).stdout.trim();
  const [one, other] = urls.map((url) => createTheSetClient({ url, token })) as [TheSetClient, TheSetClient];
  const { items } = await one.shows.list.query({ sort: "date", limit: 20 });
  const { ballot, show } = await one.shows.get.query({ show: items.find(({ voting }) => voting.open)!.slug });
  // Each song through both at once.
  const cast = ballot.flatMap(({ setlistSongId }) => [one, other].map((server) => server.votes.cast.mutate({ setlistSongId }).then(() => true, () => false)));
  expect((await Promise.all(cast)).filter(Boolean)).toHaveLength(10);
  for (const server of [one, other]) {
    const page = await server.shows.get.query({ show: show.slug });
    expect(page.ballot.filter(({ mine }) => mine)).toHaveLength(10);
    expect(page.allowance).toMatchObject({ show: 0, day: 40 });
  }
  expect((await first.stop()).code).toBe(0);
  expect((await second.stop()).code).toBe(0);
  expect(await rowsOf(here, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  expect((await here.run(["verify"])).code).toBe(0);
});

test("work runs the scheduled jobs without listening, and stops with 0", async () => {
  using here = workplace();
  const env = { ...quiet, DEMO: "0", PORT: String(await freePort()) };
  await using worker = here.start(["work"], { env });
  await worker.says("Running ");
  expect(worker.output().stdout).toMatch(/^Running \d+ scheduled jobs on /);
  expect((await here.run(["healthcheck"], { env })).stderr).toContain("ECONNREFUSED");
  expect(await worker.stop()).toMatchObject({ code: 0, stderr: "" });
});
