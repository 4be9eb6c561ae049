import { expect, test } from "vitest";
import { scheduled } from "#jobs/definitions.ts";
import { Schedule, startSchedule } from "#jobs/schedule.ts";
import { HOUR, MINUTE, settled, startRunnerStage, type RunnerStage } from "./runner-stage.ts";

/** Names of the jobs in the queue, which is emptied. */
async function queue({ database }: RunnerStage): Promise<unknown[]> {
  const rows = await database.rows("SELECT name FROM jobs ORDER BY name");
  await database.change(async (tx) => void (await tx.run("DELETE FROM jobs")));
  return rows.map(({ name }) => name);
}

const ALL = Object.keys(scheduled).toSorted();
const EACH_MINUTE = ["advance-shows", "find-fraud"];

test("the sync comes at its times", () => {
  expect(scheduled).toMatchObject({
    "sync-shows": "0 * * * *",
    "sync-artists": "0 3 * * *",
    "sync-setlists": "0 12 * * *",
    "poll-setlists": "*/5 * * * *",
    "update-trending": "*/10 * * * *",
    "trim-jobs": "41 3 * * *",
    "trim-answers": "47 3 * * *",
    "trim-link-files": "53 * * * *",
  });
});

test("at its start a program does once what was missed, and then each at its time", async () => {
  await using stage = await startRunnerStage();
  const schedule = new Schedule(stage.write, stage.clock.now);
  await schedule.look();
  expect(await queue(stage)).toEqual(ALL);
  const day: Record<string, number> = {};
  for (let hour = 0; hour < 24; hour += 1) {
    stage.clock.advance(HOUR);
    await schedule.look();
    for (const name of await queue(stage)) day[String(name)] = (day[String(name)] ?? 0) + 1;
  }
  expect(day).toMatchObject({ "sync-shows": 24, "sync-artists": 1, "sync-setlists": 1, "trim-jobs": 1, "delete-expired-sessions": 24 });
});

test("of several processes one puts a job into the queue, also one that starts later", async () => {
  await using stage = await startRunnerStage();
  const schedules = [1, 2, 3].map(() => new Schedule(stage.write, stage.clock.now));
  const ticked = async () => (await Promise.all(schedules.map((one) => one.look()))).reduce((a, b) => a + b, 0);
  expect(await ticked()).toBe(ALL.length);
  await queue(stage);
  stage.clock.advance(MINUTE);
  expect([await ticked(), await queue(stage)]).toEqual([2, EACH_MINUTE]);
  stage.clock.advance(30_000);
  schedules.push(new Schedule(stage.write, stage.clock.now));
  expect(await ticked()).toBe(0);
});

test("within a minute it is looked at once, and the jobs of a minute share a transaction", async () => {
  await using stage = await startRunnerStage();
  let writes = 0;
  const write = ((name, input) => {
    writes += 1;
    return stage.write(name, input);
  }) as typeof stage.write;
  const schedule = new Schedule(write, stage.clock.now);
  for (let second = 0; second < 120; second += 2) {
    await schedule.look();
    stage.clock.advance(2_000);
  }
  expect(writes).toBe(2);
});

test("a machine that slept through the night does in the morning what was missed, once", async () => {
  await using stage = await startRunnerStage();
  const schedule = new Schedule(stage.write, stage.clock.now);
  await schedule.look();
  await queue(stage);
  stage.clock.set("2026-06-15T08:02:30Z");
  await schedule.look();
  const missed = await queue(stage);
  expect(missed).toEqual(expect.arrayContaining(["sync-artists", "sync-shows", "trim-jobs"]));
  expect(new Set(missed).size).toBe(missed.length);
  stage.clock.advance(MINUTE);
  await schedule.look();
  expect(await queue(stage)).toEqual(EACH_MINUTE);
});

test.each([5 * MINUTE, 50 * MINUTE, 7 * HOUR, 400 * 24 * HOUR])("a clock that was %i ms ahead stops nothing once it is right, in this process or another", async (ahead) => {
  await using stage = await startRunnerStage();
  const schedule = new Schedule(stage.write, stage.clock.now);
  stage.clock.advance(ahead);
  await schedule.look();
  await queue(stage);
  stage.clock.advance(-ahead);
  const restarted = new Schedule(stage.write, stage.clock.now);
  for (let minute = 0; minute < 3; minute += 1) {
    await schedule.look();
    await restarted.look();
    expect(await queue(stage)).toEqual(expect.arrayContaining(EACH_MINUTE));
    stage.clock.advance(MINUTE);
  }
});

test("daylight saving moves nothing: times are UTC", async () => {
  await using stage = await startRunnerStage();
  stage.clock.set("2026-03-28T03:00:00Z");
  const schedule = new Schedule(stage.write, stage.clock.now);
  await schedule.look();
  const at: string[] = [];
  for (let hour = 0; hour < 3 * 24; hour += 1) {
    await queue(stage);
    stage.clock.advance(HOUR);
    await schedule.look();
    if ((await queue(stage)).includes("sync-artists")) at.push(new Date(stage.clock.now()).toISOString());
  }
  expect(at).toEqual(["2026-03-29T03:00:00.000Z", "2026-03-30T03:00:00.000Z", "2026-03-31T03:00:00.000Z"]);
});

test("what could not be written is told and comes a minute later", async () => {
  await using stage = await startRunnerStage();
  let broken = true;
  const write = ((name, input) => (broken ? Promise.reject(new Error("disk full")) : stage.write(name, input))) as typeof stage.write;
  const errors: unknown[] = [];
  const looks: (() => void)[] = [];
  let ticks = 0;
  const stop = startSchedule({
    write,
    now: stage.clock.now,
    repeat: (run) => {
      looks.push(run);
      return () => void looks.splice(0);
    },
    onTick: () => void ticks++,
    onError: (error) => void errors.push(error),
  });
  await settled();
  looks[0]!();
  await settled();
  expect([errors.length, ticks]).toEqual([1, 0]);
  broken = false;
  stage.clock.advance(MINUTE);
  looks[0]!();
  await settled();
  expect([errors.length, ticks, await queue(stage)]).toEqual([1, 1, ALL]);
  stop();
  expect(looks).toEqual([]);
});
