import { expect, test } from "vitest";
import { PRIORITY, queued } from "#jobs/definitions.ts";
import { PutOff } from "#jobs/tasks/job.ts";
import { AppError } from "#server/domain/errors.ts";
import { fetchOf, HOUR, MINUTE, startRunnerStage, type RunnerStage } from "./runner-stage.ts";

const LANES = ["upkeep", "asked", "sync"];

function take({ write }: RunnerStage, names: string[], { lanes = LANES, limit = 10 } = {}) {
  return write("claimJobs", { lanes: lanes.map((lane) => ({ lane, names, limit })), owner: "test", leaseMs: MINUTE, gone: [] });
}

test("of one name and key there is one job, and asking again makes it more urgent and never less", async () => {
  await using stage = await startRunnerStage();
  const now = stage.clock.now();
  const first = await stage.add(...fetchOf(1), { runAt: now + HOUR });
  const again = await stage.add(...fetchOf(1), { priority: PRIORITY.timely });
  await stage.add(...fetchOf(1), { runAt: now + 2 * HOUR });
  const other = await stage.add(...fetchOf(2));
  expect([again === first, other === first]).toEqual([true, false]);
  expect(await stage.job(first)).toMatchObject({ priority: PRIORITY.timely, run_at: now });
});

test("asking again for what a provider has put off does not bring it forward", async () => {
  await using stage = await startRunnerStage();
  const id = await stage.add(...fetchOf(1));
  const [row] = await take(stage, ["fetch-setlist"]);
  const run = { jobId: id, claim: row!.claim, name: row!.name, startedAt: 0, durationMs: 1, peakBytes: null };
  await stage.write("endRun", { run, end: { result: "delayed", delayMs: HOUR, error: "later" } });
  await stage.add(...fetchOf(1), { priority: PRIORITY.asked });
  expect(await stage.job(id)).toMatchObject({ run_at: stage.clock.now() + HOUR, priority: PRIORITY.asked, delays: 1, attempts: 0 });
});

test("the most urgent go first, then those that wait longest, and none before its time", async () => {
  await using stage = await startRunnerStage();
  const now = stage.clock.now();
  await stage.add(...fetchOf(1), { runAt: now - 1 });
  await stage.add(...fetchOf(2), { runAt: now - 2 });
  await stage.add(...fetchOf(3), { priority: PRIORITY.timely });
  await stage.add(...fetchOf(4), { priority: PRIORITY.asked, runAt: now + 1 });
  const order: string[] = [];
  for (let i = 0; i < 5; i += 1) order.push(...(await take(stage, ["fetch-setlist"], { limit: 1 })).map((row) => row.key));
  expect(order).toEqual(["3", "2", "1"]);
  stage.clock.advance(1);
  expect((await take(stage, ["fetch-setlist"])).map((row) => row.key)).toEqual(["4"]);
});

test("a full lane keeps no other lane waiting", async () => {
  await using stage = await startRunnerStage();
  await stage.add(...fetchOf(1));
  await stage.add("import-artist", "x", { target: { name: "X" } });
  const names = ["fetch-setlist", "import-artist"];
  expect((await take(stage, names, { lanes: ["asked"] })).map((row) => row.name)).toEqual(["import-artist"]);
});

test("what only another version of the program knows is left alone, and nobody is kept busy by it", async () => {
  await using stage = await startRunnerStage();
  const [id] = await stage.write("enqueueJobs", [{ name: "dance", key: "", payload: {}, lane: "sync", priority: 0, runAt: 0 }]);
  let writes = 0;
  const counted = ((name, input) => {
    writes += 1;
    return stage.write(name, input);
  }) as typeof stage.write;
  const { work } = stage.runner({ "fetch-setlist": async () => {} }, { write: counted });
  await work();
  await work();
  expect([writes, (await stage.job(id!))?.state]).toEqual([0, "queued"]);
});

test("a job can't be retried while another one of the same is under way", async () => {
  await using stage = await startRunnerStage();
  const first = await stage.add(...fetchOf(1));
  await stage.write("cancelJob", { id: first, by: null });
  const second = await stage.add(...fetchOf(1));
  const refused = await stage.write("retryJob", { id: first, by: null }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({ kind: "conflict", reason: "not_to_be_retried" });
  await stage.write("cancelJob", { id: second, by: null });
  await stage.write("retryJob", { id: first, by: null });
  expect(await stage.job(first)).toMatchObject({ state: "queued", finished_at: null });
});

test("what is over goes after two weeks, what failed after three months, and what waits never", async () => {
  await using stage = await startRunnerStage();
  const day = 24 * HOUR;
  const ids = await stage.write(
    "enqueueJobs",
    ["done", "cancelled", "failed", "queued"].map((key) => ({ ...queued("fetch-setlist", key, { showId: 1 }), runAt: 0 })),
  );
  await stage.database.change(async (tx) => {
    await tx.run(`UPDATE jobs SET state = key, finished_at = ${stage.clock.now()} WHERE key <> 'queued'`);
  });
  const left = async () => (await Promise.all(ids.map((id) => stage.job(id)))).flatMap((row) => (row ? [row.key] : []));
  stage.clock.advance(14 * day + 1);
  await stage.write("trimJobs", undefined);
  expect(await left()).toEqual(["failed", "queued"]);
  stage.clock.advance(76 * day);
  await stage.write("trimJobs", undefined);
  expect(await left()).toEqual(["queued"]);
});

test("a clock that is set back by hours keeps nothing waiting that was asked for before, and nothing put off is asked again and again", async () => {
  await using stage = await startRunnerStage();
  const id = await stage.add("import-artist", "x", { target: { name: "X" } });
  stage.clock.advance(-5 * HOUR);
  let runs = 0;
  const { work } = stage.runner({
    "import-artist": async () => {
      runs += 1;
      throw new PutOff("not now", MINUTE);
    },
  });
  await work();
  await work();
  expect([runs, (await stage.job(id))?.delays]).toEqual([1, 1]);
});
