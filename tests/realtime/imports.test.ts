import { request } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { ImportProgress } from "#server/views/import-progress.ts";
import { openStream, type StreamEvent } from "#tests/support/event-stream.ts";
import { startImportStage } from "#tests/support/import-stage.ts";
import { startTestServer, type TestFan, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

let serial = 0;

async function ask({ client }: TestFan, name = `Band ${(serial += 1)}`): Promise<number> {
  const answer = await client.imports.request.mutate({ name });
  return (answer as { importId: number }).importId;
}

const bearer = ({ token }: TestFan) => ({ authorization: `Bearer ${token}` });
const pathOf = (id: number) => `${server.url}/imports/${id}/progress`;
const open = (id: number, fan: TestFan, headers = {}) => openStream(pathOf(id), { ...bearer(fan), ...headers });
const progressOf = ({ data }: StreamEvent) => JSON.parse(data) as ImportProgress;

/** Takes up the import's job, as a runner does. */
async function begin() {
  const [job] = await server.write("claimJobs", { lanes: [{ lane: "asked", names: ["import-artist"], limit: 1 }], owner: "a test", leaseMs: 60_000, gone: [] });
  const held = { jobId: job!.id, claim: job!.claim };
  const step = (read: number) =>
    server.write("saveJobStep", { step: { ...held, cursor: {}, progress: { phase: "songs", came: { list: "songs", read, more: 0 } } } });
  const end = () => server.write("saveJobStep", { step: { ...held, cursor: {}, progress: { phase: "done" } } });
  return { step, end };
}

function statusOf(url: string, { method = "GET", headers = {} } = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, method, headers }, (incoming) => {
      let body = "";
      incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      incoming.once("end", () => resolve({ status: incoming.statusCode ?? 0, body }));
    });
    outgoing.once("error", reject);
    outgoing.end();
  });
}

test("the one who asked sees it taken up, getting on and done; then the stream ends", async () => {
  const fan = await server.fan();
  const id = await ask(fan);
  await using stream = await open(id, fan);
  expect(stream.headers).toMatchObject({ "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store, no-transform" });
  const first = await stream.next();
  expect([first.event, progressOf(first)]).toMatchObject(["progress", { id, phase: "initializing", state: "queued" }]);
  const job = await begin();
  await job.step(25);
  const songs = (await stream.until((event) => progressOf(event).counts.songs.read === 25)).at(-1)!;
  expect(progressOf(songs)).toMatchObject({ phase: "songs", state: "running" });
  await job.end();
  const all = await stream.until((event) => progressOf(event).state === "over");
  expect(progressOf(all.at(-1)!)).toMatchObject({ phase: "done", finishedAt: "2026-06-13T12:00:00.000Z" });
  expect(await stream.ended).toBe(true);
  const ids = [first, songs, all.at(-1)!].map((event) => Number(event.id));
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  await vi.waitFor(() => expect(server.liveCounts().streams).toBe(0));
});

test("many steps at once are few frames, the last of them the whole truth", async () => {
  const fan = await server.fan();
  const id = await ask(fan);
  const job = await begin();
  await using stream = await open(id, fan);
  const start = performance.now();
  for (let i = 0; i < 40; i += 1) await job.step(5);
  const frames = await stream.until((event) => progressOf(event).counts.songs.read === 200);
  const elapsed = performance.now() - start;
  // The current state, one at once, and then one each 250 ms; a timer may be a little early.
  expect(frames.length).toBeLessThanOrEqual(3 + elapsed / 240);
});

test("who comes back has missed nothing and gets nothing twice", async () => {
  const fan = await server.fan();
  const id = await ask(fan);
  const job = await begin();
  const before = await open(id, fan);
  const { id: seen } = await before.next();
  before.close();
  await using same = await open(id, fan, { "last-event-id": seen });
  await job.step(7);
  expect(progressOf(await same.next()).counts.songs.read).toBe(7);
  await using late = await open(id, fan, { "last-event-id": seen });
  expect(progressOf(await late.next()).counts.songs.read).toBe(7);
});

test("an import that is over is told once, and the stream ends", async () => {
  const fan = await server.fan();
  const id = await ask(fan);
  await fan.client.imports.cancel.mutate({ id });
  await using stream = await open(id, fan);
  const { id: seen, data } = await stream.next();
  expect(JSON.parse(data)).toMatchObject({ phase: "cancelled", state: "over" });
  expect(await stream.ended).toBe(true);
  await using again = await open(id, fan, { "last-event-id": seen });
  expect(await again.ended).toBe(true);
  await expect(again.next()).rejects.toThrow("ended");
});

test("nobody else gets a byte of it: 401 for visitors, 404 for other fans; an admin watches all", async () => {
  const fan = await server.fan();
  const id = await ask(fan);
  const other = await server.fan();
  expect(await statusOf(pathOf(id))).toMatchObject({ status: 401, body: expect.stringContaining("unauthenticated") as string });
  expect(await statusOf(pathOf(id), { headers: { authorization: "Bearer ths_made-up" } })).toMatchObject({ status: 401 });
  expect(await statusOf(pathOf(id), { headers: bearer(other) })).toMatchObject({ status: 404, body: expect.stringContaining("not_found") as string });
  const admin = await server.fan("Ada", "admin");
  expect(await statusOf(pathOf(4711), { headers: bearer(admin) })).toMatchObject({ status: 404 });
  await using stream = await open(id, admin);
  expect(progressOf(await stream.next())).toMatchObject({ id });
  expect(server.errors).toEqual([]);
});

test("a subscription tells the same, and completes when the import is over", async () => {
  const fan = await server.fan();
  const id = await ask(fan);
  const seen: ImportProgress[] = [];
  let begun = () => {};
  const first = new Promise<void>((resolve) => (begun = resolve));
  const completed = new Promise<void>((resolve, reject) => {
    fan.client.live.import.subscribe(
      { id },
      {
        onData: ({ data }) => {
          seen.push(data);
          begun();
        },
        onComplete: resolve,
        onError: reject,
      },
    );
  });
  await first;
  await fan.client.imports.cancel.mutate({ id });
  await completed;
  expect([seen[0]!.state, seen.at(-1)!.phase]).toEqual(["queued", "cancelled"]);
});

test("a subscription to somebody else's import ends with its reason", async () => {
  const id = await ask(await server.fan());
  const other = await server.fan();
  const error = await new Promise<unknown>((resolve) => other.client.live.import.subscribe({ id }, { onError: resolve }));
  expect(error).toMatchObject({ data: { reason: "not_found" } });
});

test("streams of imports take places like all others", async () => {
  await using limited = await startTestServer({ env: { LIVE_STREAMS_PER_ADDRESS: "1" } });
  const fan = await limited.fan();
  const id = await ask(fan);
  const url = `${limited.url}/imports/${id}/progress`;
  await using _first = await openStream(url, bearer(fan));
  expect(await statusOf(url, { headers: bearer(fan) })).toMatchObject({ status: 503, body: expect.stringContaining("too_many_streams") as string });
});

test("a real import, from the queue to its end: phases in their order, figures that only rise", async () => {
  await using own = await startTestServer();
  await using stage = await startImportStage(own, [{ name: "Ghosts", recordings: 60, albums: 4, upcomingShows: 3, pastShows: 30 }]);
  const fan = await own.fan();
  const id = await ask(fan, "Ghosts");
  await using stream = await openStream(`${own.url}/imports/${id}/progress`, bearer(fan));
  await stage.work();
  const frames = (await stream.until((event) => progressOf(event).state === "over")).map(progressOf);
  expect(frames.at(-1)).toMatchObject({ phase: "done", artist: "ghosts", name: "Ghosts" });
  const order = ["initializing", "identities", "songs", "shows", "setlists", "ballots", "done"];
  const phases = frames.map(({ phase }) => order.indexOf(phase));
  expect(phases).toEqual(phases.toSorted((a, b) => a - b));
  const songs = frames.map(({ counts }) => counts.songs.read);
  expect(songs).toEqual(songs.toSorted((a, b) => a - b));
  expect(songs.at(-1)).toBeGreaterThan(0);
});
