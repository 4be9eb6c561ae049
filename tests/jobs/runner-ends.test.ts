import { expect, test } from "vitest";
import { definitions, PRIORITY, queued } from "#jobs/definitions.ts";
import { ProviderError } from "#jobs/providers/http.ts";
import { GiveUp, PutOff, type RunningJob } from "#jobs/tasks/job.ts";
import { AppError } from "#server/domain/errors.ts";
import { fetchOf, gate, HOUR, MINUTE, SECOND, settled, startRunnerStage, type RunnerStage } from "./runner-stage.ts";

const figures = ({ database }: RunnerStage) => database.rows("SELECT result, runs FROM job_days ORDER BY result");
const runs = ({ database }: RunnerStage) => database.rows("SELECT result, count(*) AS runs FROM job_runs GROUP BY result ORDER BY result");

async function ask(stage: RunnerStage, name = "X") {
  const { jobId, importId } = await stage.write("requestImport", { by: null, unlimited: true, name, job: queued("import-artist", name, { target: { name } }, PRIORITY.asked) });
  const row = async () => (await stage.database.rows("SELECT phase, problem, finished_at FROM imports WHERE id = ?", importId))[0]!;
  return { jobId, row };
}

test("a job that is done is gone, except an import, which stays to be seen; each leaves a run", async () => {
  await using stage = await startRunnerStage();
  const fetched = await stage.add(...fetchOf(1));
  const { jobId } = await ask(stage);
  let elapsed = 0;
  const handler = async () => void (elapsed += 250);
  await stage.runner({ "fetch-setlist": handler, "import-artist": handler }, { elapsed: () => elapsed }).work();
  expect(await stage.job(fetched)).toBeUndefined();
  expect(await stage.job(jobId)).toMatchObject({ state: "done", owner: null, lease_until: null, finished_at: stage.clock.now() });
  expect(await stage.database.rows("SELECT name, result, peak_bytes FROM job_runs ORDER BY name")).toEqual([
    { name: "fetch-setlist", result: "done", peak_bytes: 64 << 20 },
    { name: "import-artist", result: "done", peak_bytes: 64 << 20 },
  ]);
});

test("a job that fails is tried again ever later, then left to be looked at, and its figures add up", async () => {
  await using stage = await startRunnerStage();
  const { jobId, row } = await ask(stage);
  const { work } = stage.runner({ "import-artist": () => Promise.reject(new TypeError("cannot read properties of undefined")) });
  const waits: number[] = [];
  for (let i = 0; i < definitions["import-artist"].attempts; i += 1) {
    await work();
    const job = (await stage.job(jobId))!;
    if (job.state === "failed") break;
    waits.push((Number(job.run_at) - stage.clock.now()) / SECOND);
    stage.clock.set(new Date(Number(job.run_at)).toISOString());
  }
  expect(waits).toEqual([7.5, 15, 30, 60, 120, 240, 480]);
  expect(await stage.job(jobId)).toMatchObject({ state: "failed", attempts: 8, error: "cannot read properties of undefined" });
  const { phase, problem } = await row();
  expect(phase).toBe("failed");
  expect(problem).toMatch(/^{"reason":"failed","message":"Something went wrong on our side\./);
  expect([await figures(stage), await runs(stage)]).toEqual([[{ result: "failed", runs: 8 }], [{ result: "failed", runs: 8 }]]);
});

test("what a provider puts off costs no attempt, goes on where it stopped, and waits as long as the provider says", async () => {
  await using stage = await startRunnerStage();
  const id = await stage.add(...fetchOf(1));
  const seen: unknown[] = [];
  const errors = [
    new ProviderError("setlistfm", "rate_limited", "fewer", { retryAfterMs: 10 * MINUTE }),
    new ProviderError("setlistfm", "unavailable", "down"),
    new PutOff("a provider is away", 2 * HOUR),
    new AppError({ kind: "busy", reason: "busy", message: "busy" }),
  ];
  const { work } = stage.runner({
    "fetch-setlist": async (job) => {
      seen.push(job.cursor);
      const error = errors.shift();
      if (seen.length === 1) await stage.write("saveJobStep", { step: job.step("page 2") });
      if (error) throw error;
    },
  });
  const waits: number[] = [];
  while (errors.length > 0) {
    await work();
    const job = (await stage.job(id))!;
    expect(job).toMatchObject({ state: "queued", attempts: 0 });
    waits.push((Number(job.run_at) - stage.clock.now()) / SECOND);
    stage.clock.set(new Date(Number(job.run_at)).toISOString());
  }
  await work();
  expect(waits).toEqual([600, 22.5, 7_200, 90]);
  expect(seen).toEqual([null, "page 2", "page 2", "page 2", "page 2"]);
  expect(await runs(stage)).toEqual([{ result: "delayed", runs: 4 }, { result: "done", runs: 1 }]);
});

test("what can't be helped fails at once, and whoever asked reads why; tried again, it goes on from its cursor", async () => {
  await using stage = await startRunnerStage();
  const { jobId, row } = await ask(stage);
  const seen: unknown[] = [];
  const { work } = stage.runner({
    "import-artist": async (job) => {
      seen.push(job.cursor);
      if (seen.length > 1) return;
      await stage.write("saveJobStep", { step: job.step("page 3") });
      throw new GiveUp("not_found", "Nobody is called that.");
    },
  });
  await work();
  expect(await stage.job(jobId)).toMatchObject({ state: "failed", attempts: 1 });
  expect(await row()).toMatchObject({ phase: "failed", problem: JSON.stringify({ reason: "not_found", message: "Nobody is called that." }) });
  await stage.write("retryJob", { id: jobId, by: null });
  expect(await row()).toEqual({ phase: "initializing", problem: null, finished_at: null });
  await work();
  expect([seen, (await stage.job(jobId))?.state]).toEqual([[null, "page 3"], "done"]);
});

test("a payload that does not fit fails by name, at once and without being tried again", async () => {
  await using stage = await startRunnerStage();
  const [id] = await stage.write("enqueueJobs", [{ ...queued("fetch-setlist", "1", { showId: 1 }), payload: { show: "one" }, runAt: 0 }]);
  const at = gate();
  await stage.runner({ "fetch-setlist": at.handler }).work();
  expect(at.begun).toEqual([]);
  const job = await stage.job(id!);
  expect(job).toMatchObject({ state: "failed", attempts: 1, finished_at: stage.clock.now() });
  expect(job?.error).toMatch(/fetch-setlist.*showId/s);
});

test("of a job that fails again and again one failure stays, and those of imports all do", async () => {
  await using stage = await startRunnerStage();
  const fail = () => Promise.reject(new GiveUp("no", "No."));
  const { work } = stage.runner({ "fetch-setlist": fail, "import-artist": fail });
  for (let i = 0; i < 3; i += 1) {
    await stage.add(...fetchOf(1));
    await ask(stage);
    await work();
  }
  expect(await stage.database.rows("SELECT name, count(*) AS n FROM jobs GROUP BY name ORDER BY name")).toEqual([
    { name: "fetch-setlist", n: 1 },
    { name: "import-artist", n: 3 },
  ]);
});

test("a job that is cancelled while it runs ends at its next step, is logged so, and its import too", async () => {
  await using stage = await startRunnerStage();
  const { jobId, row } = await ask(stage);
  const door = Promise.withResolvers<void>();
  const written: unknown[] = [];
  const { runner } = stage.runner({
    "import-artist": async (job) => {
      await door.promise;
      written.push(await stage.write("saveJobStep", { step: job.step("too late") }));
    },
  });
  runner.poll();
  await settled();
  await stage.write("cancelJob", { id: jobId, by: null });
  door.resolve();
  await runner.idle();
  expect([written, (await row()).phase]).toEqual([[], "cancelled"]);
  expect(await stage.job(jobId)).toMatchObject({ state: "cancelled", cursor: null });
  expect([await runs(stage), await figures(stage)]).toEqual([[{ result: "cancelled", runs: 1 }], [{ result: "cancelled", runs: 1 }]]);
});

test("the end of a run that had lost its job fails nobody's import", async () => {
  await using stage = await startRunnerStage();
  const { jobId, row } = await ask(stage);
  const first = gate();
  const { runner } = stage.runner({
    "import-artist": async (job) => {
      await first.handler(job).catch(() => {});
      throw new GiveUp("no", "No.");
    },
  });
  runner.poll();
  await settled();
  stage.clock.advance(HOUR);
  const second = gate();
  const other = stage.runner({ "import-artist": second.handler });
  other.runner.poll();
  await settled();
  first.open();
  await runner.idle();
  expect([(await row()).phase, (await stage.job(jobId))?.state]).toEqual(["initializing", "running"]);
  second.open();
  await other.runner.idle();
  expect((await stage.job(jobId))?.state).toBe("done");
});

test("a stop gives back what runs at its next step, takes up nothing more, and what waits for a provider ends at once", async () => {
  await using stage = await startRunnerStage();
  const asking = gate();
  const pages: number[] = [];
  const paging = async (job: RunningJob) => {
    for (let page = 1; ; page += 1) {
      job.signal.throwIfAborted();
      pages.push(page);
      await stage.write("saveJobStep", { step: job.step(page) });
    }
  };
  const { jobId } = await ask(stage);
  const waiting = await stage.add(...fetchOf(1));
  const { runner } = stage.runner({ "fetch-setlist": asking.handler, "import-artist": paging });
  runner.poll();
  await settled();
  await stage.add(...fetchOf(2));
  await runner.stop();
  runner.poll();
  await settled();
  expect(await stage.job(jobId)).toMatchObject({ state: "queued", cursor: JSON.stringify(pages.at(-1)), owner: null, attempts: 0 });
  expect(await stage.job(waiting)).toMatchObject({ state: "queued", attempts: 0, delays: 0 });
  expect(asking.begun).toHaveLength(1);
  expect(await runs(stage)).toEqual([{ result: "released", runs: 2 }]);
});

test("what runs every few minutes is told only to who asks for everything, the rest is told", async () => {
  await using stage = await startRunnerStage();
  await stage.add("advance-shows", "", {});
  await stage.add("trim-jobs", "", {});
  await stage.runner({ "advance-shows": async () => {}, "trim-jobs": async () => {} }).work();
  expect(stage.lines.map(([level, , { job }]) => [job, level]).toSorted()).toEqual([
    ["advance-shows", "debug"],
    ["trim-jobs", "info"],
  ]);
});
