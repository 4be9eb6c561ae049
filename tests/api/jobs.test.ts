import { expect, test } from "vitest";
import { queued } from "#jobs/definitions.ts";
import { providerFigures } from "#server/views/jobs-page.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

const LANE = { lane: "upkeep", names: ["trim-events"], limit: 1 };

async function failedJob({ write, clock }: TestServer): Promise<number> {
  const [id] = await write("enqueueJobs", [{ ...queued("trim-events", "", {}), runAt: clock.now() }]);
  const [job] = await write("claimJobs", { lanes: [LANE], owner: "a test", leaseMs: 60_000, gone: [] });
  const run = { jobId: job!.id, claim: job!.claim, name: job!.name, startedAt: clock.now(), durationMs: 40, peakBytes: 50_000_000 };
  await write("endRun", { run, end: { result: "failed", retryMs: null, error: "The disk is full.", reason: "failed", message: "It failed." } });
  return id!;
}

test("an admin sees what failed and why, tries it again, and takes it out of the queue", async () => {
  await using server = await startTestServer();
  const admin = await server.fan("Ada", "admin");
  const { jobs } = admin.client;
  const id = await failedJob(server);
  expect((await jobs.list.query()).failed).toMatchObject([{ id, name: "trim-events", state: "failed", error: "The disk is full." }]);
  await jobs.retry.mutate({ id });
  expect(await jobs.list.query()).toMatchObject({ failed: [], running: [], queued: [{ id, error: null }] });
  await jobs.cancel.mutate({ id });
  expect((await jobs.list.query()).queued).toEqual([]);
  await expect(jobs.cancel.mutate({ id })).rejects.toMatchObject({ data: { reason: "over" } });
  await expect(jobs.retry.mutate({ id: 4711 })).rejects.toMatchObject({ data: { reason: "not_found" } });
  const entries = await server.database.rows("SELECT action, subject_id AS id, actor_id AS actorId FROM audit_log WHERE subject = 'job'");
  expect(entries).toEqual([
    { action: "job.retry", id, actorId: admin.id },
    { action: "job.cancel", id, actorId: admin.id },
  ]);
});

test("from the command line a job is tried again in nobody's name", async () => {
  await using server = await startTestServer();
  const id = await failedJob(server);
  await server.write("retryJob", { id, by: null });
  expect(await server.database.rows("SELECT action, actor_id AS actorId FROM audit_log")).toEqual([{ action: "job.retry", actorId: null }]);
});

test("the last run of each kind and the figures by day", async () => {
  await using server = await startTestServer();
  const { client } = await server.fan("Ada", "admin");
  await failedJob(server);
  server.clock.advance(86_400_000);
  await failedJob(server);
  const { scheduled, others, days } = await client.jobs.runs.query({ days: 2 });
  expect(scheduled.find(({ name }) => name === "trim-events")).toMatchObject({ schedule: "*/10 * * * *", last: { result: "failed", durationMs: 40, startedAt: "2026-06-14T12:00:00.000Z" } });
  expect(scheduled.find(({ name }) => name === "sync-shows")).toEqual({ name: "sync-shows", schedule: "0 * * * *", last: null });
  expect(others).toEqual([]);
  expect(days).toMatchObject([{ day: "2026-06-14", runs: 1, totalMs: 40 }, { day: "2026-06-13", runs: 1 }]);
  expect((await client.jobs.runs.query({ days: 1 })).days).toHaveLength(1);
  await expect(client.jobs.runs.query({ days: 0 })).rejects.toMatchObject({ data: { reason: "invalid" } });
});

test("a process that runs no jobs tells of the providers what the database counts", async () => {
  await using server = await startTestServer();
  const { client } = await server.fan("Ada", "admin");
  expect(await client.providers.states.query()).toEqual({ asksHere: false, items: [] });
  for (let i = 0; i < 3; i += 1) await server.write("countProviderRequest", { provider: "setlistfm", day: "2026-06-13" });
  await server.write("countProviderRequest", { provider: "spotify", day: "2026-06-12" });
  const figures = { provider: "setlistfm", usedToday: 3, dailyQuota: null, breaker: null, closedMs: 0, waiting: 0 };
  expect(await client.providers.states.query()).toEqual({ asksHere: false, items: [figures] });
});

test("a process that runs jobs tells of each provider that it asks, with what all processes have sent", async () => {
  await using server = await startTestServer();
  for (let i = 0; i < 3; i += 1) await server.write("countProviderRequest", { provider: "setlistfm", day: "2026-06-13" });
  const state = { breaker: "open", closedMs: 30_000, waiting: 2, usedToday: 1, dailyQuota: 1_440 } as const;
  const asked = [{ provider: "setlistfm", ...state }, { provider: "musicbrainz", ...state, dailyQuota: null }] as const;
  expect(await providerFigures(server.database.reader, [...asked], server.clock.now())).toEqual([
    { provider: "musicbrainz", ...state, usedToday: 0, dailyQuota: null },
    { provider: "setlistfm", ...state, usedToday: 3 },
  ]);
});
