import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "#tests/support/sandbox/sandbox.ts";
import { onlyMusicBrainz, startProviders } from "./providers.ts";
import { workplace, type Workplace } from "./program.ts";
import { rowsOf } from "./rows.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startProviders([{ name: "Paper Lanterns", recordings: 3, works: 3, albums: 1 }]);
});
afterAll(() => sandbox[Symbol.asyncDispose]());

/** One import that nobody was found for, as job 1, and one that waits, as job 2. */
async function withTwo(here: Workplace): Promise<Record<string, string>> {
  const env = onlyMusicBrainz(sandbox);
  await here.run(["import", "Nobody At All"], { env });
  await here.run(["import", "Paper Lanterns", "--no-wait"], { env });
  return env;
}

interface Listed {
  counts: Record<string, number>;
  queue: { id: number; state: string; error: string | null }[];
}

test("the list shows schedules, what waits and what has failed and why; --state only that", async () => {
  using here = workplace();
  await withTwo(here);
  const { code, stdout } = await here.run(["jobs", "list"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^advance-shows\t.*\n(.*\n)*0 running, 1 queued, 1 failed\.\n2\tqueued\timport-artist name paper lanterns\tdue 20\S+Z\n1\tfailed\timport-artist \S.*\tfailed 20\S+Z\ttried 1 times\tNobody called .*\n$/);
  const failed = await here.run(["jobs", "list", "--state", "failed"]);
  expect(failed.stdout).toMatch(/^1\tfailed\t[^\n]*\n$/);
  expect(await here.run(["jobs", "list", "--state", "done"])).toEqual({ code: 0, stdout: "", stderr: "No job is done.\n" });
  const document = JSON.parse((await here.run(["jobs", "list", "--json", "--limit", "1"])).stdout) as Listed;
  expect(document).toMatchObject({ counts: { queued: 1, running: 0, failed: 1, done: 0, cancelled: 0 }, queue: [{ id: 2, state: "queued" }, { id: 1, state: "failed" }] });
});

test("what has failed goes back into the queue, one or all; what can't is said", async () => {
  using here = workplace();
  await withTwo(here);
  expect(await here.run(["jobs", "retry", "1"])).toEqual({ code: 0, stdout: "Job 1 is in the queue again. A running server or `theset work` takes it up.\n", stderr: "" });
  expect(await rowsOf(here, "SELECT state, attempts, error FROM jobs WHERE id = 1")).toEqual([{ state: "queued", attempts: 0, error: null }]);
  expect(await here.run(["jobs", "retry", "77"])).toEqual({ code: 1, stdout: "", stderr: "There is no such job.\n" });
  for (const args of [["jobs", "retry"], ["jobs", "retry", "1", "--failed"]]) {
    expect(await here.run(args)).toEqual({ code: 2, stdout: "", stderr: "Give the number of a job, or --failed.\n" });
  }
  expect((await here.run(["jobs", "retry", "--failed"])).stdout).toBe("No job has failed that can be tried again.\n");
  await here.run(["import", "Nobody Either"], { env: onlyMusicBrainz(sandbox) });
  expect((await here.run(["jobs", "retry", "--failed"])).stdout).toMatch(/^1 in the queue again\. /);
});

test("a job that waits is cancelled, once; nobody takes it up, until it is put back", async () => {
  using here = workplace();
  const env = await withTwo(here);
  expect(await here.run(["jobs", "cancel", "2"])).toEqual({ code: 0, stdout: "Job 2 is cancelled.\n", stderr: "" });
  expect(await here.run(["jobs", "cancel", "2"])).toEqual({ code: 1, stdout: "", stderr: "Job 2 is cancelled already.\n" });
  expect(await rowsOf(here, "SELECT phase FROM imports WHERE job_id = 2")).toEqual([{ phase: "cancelled" }]);
  await here.run(["jobs", "retry", "2"]);
  expect((await here.run(["import", "Paper Lanterns", "--json"], { env })).stdout).toContain('"job": 2,');
});

test("a worker's runs are listed with their schedules: when, and how they ended", async () => {
  using here = workplace();
  {
    await using worker = here.start(["work"], { env: { DEMO: "0", LOG_LEVEL: "debug" } });
    await worker.says('"job":"trim-events"');
    await worker.stop();
  }
  expect((await here.run(["jobs", "list"])).stdout).toMatch(/^trim-events\t\*\/10 \* \* \* \*\tnext \S+\tlast 20\S+Z\tdone$/m);
});

test("the doctor points at jobs that have failed and that nobody runs", async () => {
  using here = workplace();
  await withTwo(here);
  const examine = async (env: Record<string, string> = {}) => (await here.run(["doctor"], { env: { PORT: "1", ...env } })).stdout;
  expect(await examine()).toMatch(/^warn jobs: 1 failed\n {5}-> `theset jobs list --state failed` says why; /m);
  const later = { NODE_OPTIONS: `--import=data:text/javascript,const%20n=Date.now;Date.now=()=>n()+3600000` };
  expect(await examine(later)).toMatch(/^warn jobs: one has waited since 20\S+Z\n {5}-> Is a server running, /m);
});
