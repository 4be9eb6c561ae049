import { describe, expect, test } from "vitest";
import type { TheSetClient } from "#server/client.ts";
import { IMPORTS_PER_FAN } from "#server/commands/request-import.ts";
import { startImportStage } from "#tests/support/import-stage.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

const refusal = (reason: string) => ({ data: { reason } });

async function ask({ imports }: TheSetClient, name: string): Promise<number> {
  const answer = await imports.request.mutate({ name });
  if (answer.outcome !== "queued") throw new Error(`${name} is here already`);
  return answer.importId;
}

const log = (server: TestServer) => server.database.rows("SELECT action, subject, actor_id AS actorId FROM audit_log ORDER BY id");

describe("asking for an artist", () => {
  test("puts an import into the queue, and the fan sees it among their own", async () => {
    await using server = await startTestServer();
    const fan = await server.fan();
    const id = await ask(fan.client, "  The  Ghosts ");
    expect(await fan.client.imports.get.query({ id })).toMatchObject({
      id,
      name: "The  Ghosts",
      artist: null,
      phase: "initializing",
      state: "queued",
      waiting: null,
      rate: null,
      secondsLeft: null,
      problem: null,
      askedAt: "2026-06-13T12:00:00.000Z",
      finishedAt: null,
      cancellable: true,
    });
    expect((await fan.client.imports.mine.query()).items).toMatchObject([{ id }]);
    expect((await (await server.fan()).client.imports.mine.query()).items).toEqual([]);
    expect(await log(server)).toEqual([{ action: "import.request", subject: "import", actorId: fan.id }]);
  });

  test("twice, by whomever and however it is written, is one import that both may watch", async () => {
    await using server = await startTestServer();
    const [first, second] = [await server.fan(), await server.fan()];
    const id = await ask(first.client, "Café Tacvba");
    expect(await ask(second.client, "CAFE  TACVBA")).toBe(id);
    expect(await ask(second.client, "cafe tacvba")).toBe(id);
    expect(await second.client.imports.get.query({ id })).toMatchObject({ id, cancellable: false });
    expect((await second.client.imports.mine.query()).items).toHaveLength(1);
    expect(await server.database.rows("SELECT count(*) AS jobs FROM jobs WHERE name = 'import-artist'")).toEqual([{ jobs: 1 }]);
    const byId = { provider: "musicbrainz", id: "5b11f4ce-a62d-471e-81fc-a69a8278c7da" } as const;
    const [one, two] = [await first.client.imports.request.mutate(byId), await second.client.imports.request.mutate(byId)];
    expect(one).toEqual(two);
  });

  test("a fan has so many under way at once, and may still join what is asked for; an admin has any number", async () => {
    await using server = await startTestServer();
    const [fan, admin] = [await server.fan(), await server.fan("Ada", "admin")];
    const ids: number[] = [];
    for (let i = 0; i < IMPORTS_PER_FAN; i += 1) ids.push(await ask(fan.client, `Band ${i}`));
    await expect(ask(fan.client, "One more")).rejects.toMatchObject(refusal("import_limit"));
    expect(await ask(fan.client, "Band 0")).toBe(ids[0]);
    await fan.client.imports.cancel.mutate({ id: ids[0]! });
    await ask(fan.client, "One more");
    for (let i = 0; i <= IMPORTS_PER_FAN; i += 1) await ask(admin.client, `Other ${i}`);
  });

  test("who is here already is not imported again, unless an admin insists", async () => {
    await using server = await startTestServer();
    await using stage = await startImportStage(server, [{ name: "Ghosts", recordings: 3, albums: 1, upcomingShows: 1, pastShows: 1 }]);
    const [fan, admin] = [await server.fan(), await server.fan("Ada", "admin")];
    const id = await ask(fan.client, "Ghosts");
    await stage.work();
    const done = await fan.client.imports.get.query({ id });
    expect(done).toMatchObject({ phase: "done", state: "over", name: "Ghosts", artist: "ghosts", cancellable: false, counts: { songs: { read: expect.any(Number) as number } } });
    const here = { outcome: "here", artist: { name: "Ghosts", slug: "ghosts" } };
    const mbid = { provider: "musicbrainz", id: stage.world.id("musicbrainz", { kind: "artist", artist: 0, item: 0 }) } as const;
    for (const wanted of [{ name: "GHOSTS" }, mbid]) {
      expect(await fan.client.imports.request.mutate(wanted)).toEqual(here);
      expect(await fan.client.imports.request.mutate({ ...wanted, force: true })).toEqual(here);
      expect(await admin.client.imports.request.mutate(wanted)).toEqual(here);
      expect(await admin.client.imports.request.mutate({ ...wanted, force: true })).toMatchObject({ outcome: "queued" });
    }
    expect((await fan.client.artists.get.query({ artist: "ghosts" })).songs.length).toBeGreaterThan(0);
  });

  test("several of the name: the fan is told who, chooses one, and gets that one", async () => {
    await using server = await startTestServer();
    const few = { recordings: 2, albums: 1, upcomingShows: 0, pastShows: 0 };
    await using stage = await startImportStage(server, [
      { name: "Nirvana", disambiguation: "60s band from the UK", ...few },
      { name: "Nirvana", disambiguation: "80s–90s US grunge band", ...few },
    ]);
    const { client } = await server.fan();
    const id = await ask(client, "Nirvana");
    await stage.work();
    const { phase, problem } = await client.imports.get.query({ id });
    expect([phase, problem?.reason]).toEqual(["failed", "ambiguous"]);
    expect(problem!.candidates).toMatchObject([{ provider: "musicbrainz", name: "Nirvana", about: expect.stringContaining("60s") as string }, { about: expect.stringContaining("grunge") as string }]);
    const { provider, id: there, name } = problem!.candidates![1]!;
    const chosen = await client.imports.request.mutate({ provider: provider as "musicbrainz", id: there, name });
    await stage.work();
    expect(await client.imports.get.query({ id: (chosen as { importId: number }).importId })).toMatchObject({ phase: "done", artist: "nirvana" });
    expect((await client.artists.get.query({ artist: "nirvana" })).artist.disambiguation).toBe("80s–90s US grunge band");
  });

  test("an artist called Ask does not take the address of the page that asks", async () => {
    await using server = await startTestServer();
    await using stage = await startImportStage(server, [{ name: "Ask", recordings: 1, albums: 1 }]);
    const { client } = await server.fan();
    const id = await ask(client, "Ask");
    await stage.work();
    expect(await client.imports.get.query({ id })).toMatchObject({ phase: "done", artist: "ask-2" });
  });

  test("nobody of the name: the import says so", async () => {
    await using server = await startTestServer();
    await using stage = await startImportStage(server, [{ name: "Ghosts", recordings: 1, albums: 1 }]);
    const { client } = await server.fan();
    const id = await ask(client, "Zzyzx Qqq");
    await stage.work();
    expect(await client.imports.get.query({ id })).toMatchObject({ phase: "failed", problem: { reason: "not_found" } });
  });

  test.for<[string, object]>([
    ["no name", { name: "  " }],
    ["a name that is too long", { name: "x".repeat(201) }],
    ["a provider that there is not", { provider: "napster", id: "1" }],
    ["an id with a path in it", { provider: "spotify", id: "../me" }],
  ])("%s is turned down", async ([, input]) => {
    await using server = await startTestServer();
    const { client } = await server.fan();
    await expect(client.imports.request.mutate(input as { name: string })).rejects.toMatchObject(refusal("invalid"));
  });
});

describe("an import under way", () => {
  test("tells what came in, how fast, and until when it waits", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan();
    const id = await ask(client, "Ghosts");
    const [job] = await server.write("claimJobs", { lanes: [{ lane: "asked", names: ["import-artist"], limit: 1 }], owner: "a test", leaseMs: 60_000, gone: [] });
    const held = { jobId: job!.id, claim: job!.claim };
    expect(await client.imports.get.query({ id })).toMatchObject({ state: "running", rate: null });
    await server.write("saveJobStep", { step: { ...held, cursor: {}, progress: { phase: "songs", came: { list: "songs", read: 100, more: 1_000 } } } });
    server.clock.advance(60_000);
    await server.write("saveJobStep", { step: { ...held, cursor: {}, progress: { phase: "songs", came: { list: "songs", read: 300, more: 0 }, refused: { no_title: 2 } } } });
    const counts = { songs: { read: 400, of: 1_000 }, refused: { no_title: 2 } };
    expect(await client.imports.get.query({ id })).toMatchObject({ phase: "songs", counts, rate: 300, secondsLeft: 120 });
    const run = { ...held, name: "import-artist", startedAt: server.clock.now(), durationMs: 1, peakBytes: null };
    await server.write("endRun", { run, end: { result: "delayed", delayMs: 90_000, error: "setlist.fm asks to wait." } });
    expect(await client.imports.get.query({ id })).toMatchObject({
      state: "waiting",
      waiting: { until: "2026-06-13T12:02:30.000Z", why: "setlist.fm asks to wait." },
      rate: null,
      secondsLeft: null,
    });
  });

  test("that fails by itself tells a fan to ask whoever runs the site, and an admin what it was", async () => {
    await using server = await startTestServer();
    const [fan, admin] = [await server.fan(), await server.fan("Ada", "admin")];
    const id = await ask(fan.client, "Ghosts");
    const [job] = await server.write("claimJobs", { lanes: [{ lane: "asked", names: ["import-artist"], limit: 1 }], owner: "a test", leaseMs: 60_000, gone: [] });
    const run = { jobId: job!.id, claim: job!.claim, name: "import-artist", startedAt: 0, durationMs: 1, peakBytes: null };
    await server.write("endRun", { run, end: { result: "failed", retryMs: null, error: "Cannot read x of undefined", reason: "failed", message: "It failed." } });
    const shown = await fan.client.imports.get.query({ id });
    expect(shown.problem?.message).toContain("Whoever runs this site can see what");
    expect(JSON.stringify(shown)).not.toContain("undefined");
    expect((await admin.client.imports.list.query()).failed).toMatchObject([{ id, error: "Cannot read x of undefined" }]);
    await admin.client.imports.retry.mutate({ id });
    expect(await fan.client.imports.get.query({ id })).toMatchObject({ state: "queued", problem: null });
    await expect(admin.client.imports.retry.mutate({ id: 4711 })).rejects.toMatchObject(refusal("not_found"));
  });

  test("that was asked for again since is not tried again beside that one", async () => {
    await using server = await startTestServer();
    const admin = await server.fan("Ada", "admin");
    const id = await ask(admin.client, "Ghosts");
    await admin.client.imports.cancel.mutate({ id });
    await ask(admin.client, "Ghosts");
    await expect(admin.client.imports.retry.mutate({ id })).rejects.toMatchObject(refusal("not_to_be_retried"));
  });
});

describe("who may what", () => {
  test("a fan cancels what only they have asked for, an admin anything; both are in the log", async () => {
    await using server = await startTestServer();
    const [fan, other, admin] = [await server.fan(), await server.fan(), await server.fan("Ada", "admin")];
    const own = await ask(fan.client, "Own");
    await fan.client.imports.cancel.mutate({ id: own });
    expect(await fan.client.imports.get.query({ id: own })).toMatchObject({ phase: "cancelled", state: "over" });
    await expect(fan.client.imports.cancel.mutate({ id: own })).rejects.toMatchObject(refusal("over"));
    const both = await ask(fan.client, "Both");
    await ask(other.client, "Both");
    await expect(fan.client.imports.cancel.mutate({ id: both })).rejects.toMatchObject(refusal("others_asked"));
    const foreign = await ask(other.client, "Foreign");
    await expect(fan.client.imports.cancel.mutate({ id: foreign })).rejects.toMatchObject(refusal("not_found"));
    await admin.client.imports.cancel.mutate({ id: both });
    const cancels = (await log(server)).filter(({ action }) => action === "job.cancel");
    expect(cancels.map(({ actorId }) => actorId)).toEqual([fan.id, admin.id]);
  });

  const calls: [string, (client: TheSetClient, id: number) => Promise<unknown>, "fans" | "admins"][] = [
    ["imports.request", ({ imports }) => imports.request.mutate({ name: "Another" }), "fans"],
    ["imports.mine", ({ imports }) => imports.mine.query(), "fans"],
    ["imports.get", ({ imports }, id) => imports.get.query({ id }), "fans"],
    ["imports.cancel", ({ imports }, id) => imports.cancel.mutate({ id }), "fans"],
    ["imports.list", ({ imports }) => imports.list.query(), "admins"],
    ["imports.retry", ({ imports }, id) => imports.retry.mutate({ id }), "admins"],
    ["jobs.list", ({ jobs }) => jobs.list.query(), "admins"],
    ["jobs.runs", ({ jobs }) => jobs.runs.query(), "admins"],
    ["jobs.retry", ({ jobs }, id) => jobs.retry.mutate({ id }), "admins"],
    ["jobs.cancel", ({ jobs }, id) => jobs.cancel.mutate({ id }), "admins"],
    ["providers.states", ({ providers }) => providers.states.query(), "admins"],
  ];

  test.for(calls)("%s", async ([, call, whose]) => {
    await using server = await startTestServer();
    const [fan, moderator, admin] = [await server.fan(), await server.fan("Mo", "moderator"), await server.fan("Ada", "admin")];
    const id = await ask(fan.client, "Ghosts");
    await expect(call(server.client, id)).rejects.toMatchObject(refusal("unauthenticated"));
    if (whose === "admins") {
      for (const { client } of [fan, moderator]) await expect(call(client, id)).rejects.toMatchObject(refusal("forbidden"));
      await call(admin.client, id);
    } else await call(fan.client, id);
  });

  test.for(["get", "cancel"] as const)("an import that somebody else has asked for is not there for a fan (%s)", async (what) => {
    await using server = await startTestServer();
    const id = await ask((await server.fan()).client, "Ghosts");
    const { client } = await server.fan();
    const call = what === "get" ? client.imports.get.query({ id }) : client.imports.cancel.mutate({ id });
    await expect(call).rejects.toMatchObject(refusal("not_found"));
  });
});
