import { expect, test } from "vitest";
import type { RunningJob } from "#jobs/tasks/job.ts";
import { fetchOf, gate, HOUR, MINUTE, SECOND, settled, startRunnerStage, type RunnerStage } from "./runner-stage.ts";

/** Saves a cursor as a task does with each page. */
const save = ({ write }: RunnerStage, job: RunningJob, cursor: unknown) => write("saveJobStep", { step: job.step(cursor) });

test("two runners on one database never run the same job at once, and all get done", async () => {
  await using stage = await startRunnerStage();
  const running = new Set<number>();
  const ran: number[] = [];
  const handler = async (job: RunningJob) => {
    expect(running.has(job.id)).toBe(false);
    running.add(job.id);
    for (let page = 1; page <= 3; page += 1) await save(stage, job, page);
    running.delete(job.id);
    ran.push(job.id);
  };
  const ids: number[] = [];
  for (let show = 1; show <= 60; show += 1) ids.push(await stage.add(...fetchOf(show)));
  const both = [stage.runner({ "fetch-setlist": handler }), stage.runner({ "fetch-setlist": handler })];
  await Promise.all(both.map(({ work }) => work()));
  expect(ran.toSorted((a, b) => a - b)).toEqual(ids);
  expect(await stage.database.rows("SELECT result, count(*) AS n FROM job_runs GROUP BY result")).toEqual([{ result: "done", n: 60 }]);
});

test("the job of a runner that is gone is taken up where it stopped, and the late one can write nothing more", async () => {
  await using stage = await startRunnerStage();
  const first = gate();
  const dead = stage.runner({ "fetch-setlist": first.handler });
  const id = await stage.add(...fetchOf(1));
  dead.runner.poll();
  await settled();
  await save(stage, first.begun[0]!, "page 7");
  const cursors: unknown[] = [];
  const alive = stage.runner({ "fetch-setlist": async (job) => void cursors.push(job.cursor) });
  await alive.watch(60 * SECOND);
  expect(cursors).toEqual([]);
  await alive.watch(5 * SECOND);
  expect(cursors).toEqual(["page 7"]);
  await expect(save(stage, first.begun[0]!, "page 8")).rejects.toMatchObject({ reason: "lease_lost" });
  expect(await stage.job(id)).toBeUndefined();
  first.open();
  await dead.runner.idle();
  expect(await stage.database.rows("SELECT result FROM job_runs ORDER BY id")).toEqual([{ result: "lost" }, { result: "done" }]);
  expect(stage.lines.filter(([level]) => level === "warn").map(([, message]) => message)).toEqual(["A job was taken over by another runner"]);
});

test("a program that starts again takes up at once what ran out while none was there", async () => {
  await using stage = await startRunnerStage();
  const lost = gate();
  stage.runner({ "fetch-setlist": lost.handler }).runner.poll();
  await stage.add(...fetchOf(1));
  stage.runner({ "fetch-setlist": lost.handler }).runner.poll();
  await settled();
  stage.clock.advance(MINUTE + 1);
  let ran = 0;
  await stage.runner({ "fetch-setlist": async () => void ran++ }).work();
  expect(ran).toBe(1);
});

test.each([
  ["an hour ahead", HOUR],
  ["an hour behind", -HOUR],
  ["three days ahead", 72 * HOUR],
])("a runner whose clock is %s takes no job from one that renews", async (_, offset) => {
  await using stage = await startRunnerStage();
  const at = gate();
  const one = stage.runner({ "fetch-setlist": at.handler });
  const other = stage.runner({ "fetch-setlist": at.handler }, { now: () => stage.clock.now() + offset });
  await other.watch(SECOND);
  const id = await stage.add(...fetchOf(1));
  one.runner.poll();
  await settled();
  for (let i = 0; i < 20; i += 1) {
    stage.clock.advance(15 * SECOND);
    await one.runner.renew();
    await other.watch(15 * SECOND);
  }
  expect([at.begun.length, await stage.job(id)]).toMatchObject([1, { state: "running", claim: 1 }]);
  at.open();
  await one.runner.idle();
  await other.runner.idle();
  expect(await stage.database.rows("SELECT result FROM job_runs")).toEqual([{ result: "done" }]);
});

test.each([
  ["forward", 5 * HOUR],
  ["back", -5 * HOUR],
])("a clock that jumps %s by hours takes no job from anybody, and one whose runner is gone is still noticed", async (_, jump) => {
  await using stage = await startRunnerStage();
  const at = gate();
  const one = stage.runner({ "fetch-setlist": at.handler });
  const other = stage.runner({ "fetch-setlist": at.handler });
  await other.watch(SECOND);
  await stage.add(...fetchOf(1));
  await one.watch(SECOND);
  await other.watch(SECOND);
  stage.clock.advance(jump);
  await one.watch(10 * SECOND);
  await other.watch(10 * SECOND);
  await one.runner.renew();
  await other.watch(55 * SECOND);
  expect(at.begun).toHaveLength(1);
  await other.watch(10 * SECOND);
  expect(at.begun).toHaveLength(2);
  at.open();
  await Promise.all([one.runner.idle(), other.runner.idle()]);
});

test("a runner lets go of what it has lost when it next renews", async () => {
  await using stage = await startRunnerStage();
  const at = gate();
  const { runner } = stage.runner({ "fetch-setlist": at.handler });
  const id = await stage.add(...fetchOf(1));
  runner.poll();
  await settled();
  await stage.write("cancelJob", { id, by: null });
  expect(at.begun[0]!.signal.aborted).toBe(false);
  await runner.renew();
  expect(at.begun[0]!.signal.aborted).toBe(true);
  await runner.idle();
});

test("a job that was cancelled and put back at once ends its old run and begins anew", async () => {
  await using stage = await startRunnerStage();
  const at = gate();
  const { runner } = stage.runner({ "fetch-setlist": at.handler });
  const id = await stage.add(...fetchOf(1));
  runner.poll();
  await settled();
  await stage.write("cancelJob", { id, by: null });
  await stage.write("retryJob", { id, by: null });
  runner.poll();
  await settled();
  expect(at.begun.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  await runner.renew();
  expect(at.begun[1]!.signal.aborted).toBe(false);
  at.open();
  await runner.idle();
  expect(await stage.job(id)).toBeUndefined();
});

test("a job whose runner is gone again and again without getting on ends as failed, and one that gets on does not", async () => {
  await using stage = await startRunnerStage();
  const id = await stage.add(...fetchOf(1));
  const die = async (cursor?: string) => {
    const lost = gate();
    await stage.runner({ "fetch-setlist": lost.handler }).watch(SECOND);
    if (cursor !== undefined) await save(stage, lost.begun[0]!, cursor);
    stage.clock.advance(HOUR);
    return lost.begun.length;
  };
  for (let i = 0; i < 20; i += 1) expect(await die()).toBe(1);
  await die("further");
  for (let i = 0; i < 29; i += 1) expect(await die()).toBe(1);
  expect(await stage.job(id)).toMatchObject({ state: "running", attempts: 29 });
  expect(await die()).toBe(0);
  expect(await stage.job(id)).toMatchObject({ state: "failed", attempts: 30, error: "Its runner is gone.", owner: null });
});
