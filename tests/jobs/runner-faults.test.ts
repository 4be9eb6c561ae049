import { expect, test } from "vitest";
import type { Handlers } from "#jobs/runner.ts";
import { fetchOf, MINUTE, SECOND, settled, startRunnerStage, type RunnerStage } from "./runner-stage.ts";

/** A way to write that fails for some commands for as long as the test says. */
function failing(stage: RunnerStage) {
  const broken = new Set<string>();
  const write = ((name, input) => (broken.has(name) ? Promise.reject(new Error("The database cannot be written.")) : stage.write(name, input))) as typeof stage.write;
  return { broken, write };
}

test("while the database can't be written a runner asks ever more seldom, says so, and goes on when it can be", async () => {
  await using stage = await startRunnerStage();
  const { broken, write } = failing(stage);
  let ran = 0;
  const { watch } = stage.runner({ "fetch-setlist": async () => void ran++ }, { write });
  await stage.add(...fetchOf(1));
  broken.add("claimJobs");
  await watch(5 * MINUTE);
  const complaints = stage.lines.filter(([level]) => level === "error").length;
  expect(complaints).toBeGreaterThan(5);
  expect(complaints).toBeLessThan(20);
  broken.clear();
  await watch(30 * SECOND);
  expect(ran).toBe(1);
});

test("a runner whose database can't be read does not spin", async () => {
  await using stage = await startRunnerStage();
  let looks = 0;
  const look = () => {
    looks += 1;
    return Promise.reject(new Error("The database is gone."));
  };
  const { watch, runner } = stage.runner({}, { look });
  await watch(5 * MINUTE);
  expect(looks).toBeLessThan(20);
  await runner.stop();
});

test("a job whose end can't be written is taken up again once its lease has run out", async () => {
  await using stage = await startRunnerStage();
  const { broken, write } = failing(stage);
  let ran = 0;
  const { watch } = stage.runner({ "fetch-setlist": async () => void ran++ }, { write });
  const id = await stage.add(...fetchOf(1));
  broken.add("endRun");
  await watch(SECOND);
  expect([ran, (await stage.job(id))?.state]).toEqual([1, "running"]);
  expect(stage.lines.map(([, message]) => message)).toEqual(["The end of a job could not be written"]);
  broken.clear();
  await watch(70 * SECOND);
  expect([ran, await stage.job(id)]).toEqual([2, undefined]);
});

test("leases that can't be renewed for a while cost nothing", async () => {
  await using stage = await startRunnerStage();
  const { broken, write } = failing(stage);
  const door = Promise.withResolvers<void>();
  const { runner } = stage.runner({ "fetch-setlist": () => door.promise }, { write });
  await stage.add(...fetchOf(1));
  runner.poll();
  await settled();
  broken.add("renewLeases");
  await runner.renew();
  broken.clear();
  await runner.renew();
  door.resolve();
  await runner.idle();
  expect(stage.lines.map(([level]) => level)).toEqual(["warn", "info"]);
});

test("what a fan asks for begins at once behind 500 stale refreshes and two that take long", async () => {
  await using stage = await startRunnerStage();
  const doors = Promise.withResolvers<void>();
  const begun: string[] = [];
  const handlers: Handlers = {
    "refresh-artist": async () => {
      begun.push("refresh");
      await doors.promise;
    },
    "import-artist": async () => void begun.push("import"),
  };
  for (let artistId = 1; artistId <= 500; artistId += 1) await stage.add("refresh-artist", String(artistId), { artistId, what: "shows" });
  const { watch, runner } = stage.runner(handlers);
  await watch(SECOND);
  expect(begun).toEqual(["refresh", "refresh"]);
  await stage.add("import-artist", "x", { target: { name: "X" } });
  await watch(SECOND);
  expect(begun).toEqual(["refresh", "refresh", "import"]);
  const stopped = runner.stop();
  doors.resolve();
  await stopped;
});

test("while the site is busy stale work waits, and what fans ask for and upkeep do not", async () => {
  await using stage = await startRunnerStage();
  let busy = true;
  const ran: string[] = [];
  const handlers: Handlers = {
    "fetch-setlist": async () => void ran.push("stale"),
    "import-artist": async () => void ran.push("asked"),
    "trim-jobs": async () => void ran.push("upkeep"),
  };
  const { work } = stage.runner(handlers, { isBusy: () => busy });
  await stage.add(...fetchOf(1));
  await stage.add("import-artist", "x", { target: { name: "X" } });
  await stage.add("trim-jobs", "", {});
  await work();
  expect(ran.toSorted()).toEqual(["asked", "upkeep"]);
  busy = false;
  await work();
  expect(ran).toContain("stale");
});

test("one job costs two transactions beside its own, and an empty queue none", async () => {
  await using stage = await startRunnerStage();
  const written: string[] = [];
  const write = ((name, input) => {
    written.push(name);
    return stage.write(name, input);
  }) as typeof stage.write;
  await stage.add(...fetchOf(1));
  const { watch } = stage.runner({ "fetch-setlist": async () => {} }, { write });
  await watch(MINUTE);
  expect(written).toEqual(["claimJobs", "endRun"]);
});
