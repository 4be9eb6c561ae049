import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fetchOf, startRunnerStage } from "./runner-stage.ts";

const script = fileURLToPath(new URL("./runner-process.ts", import.meta.url));

/** A runner that has begun and waits for the word. */
async function startRunner(url: string) {
  const child = spawn(process.execPath, [script, url], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout);
  const closed = once(child, "close");
  await once(lines, "line");
  const done: number[] = [];
  lines.on("line", (line) => void done.push(Number(line)));
  return async () => {
    child.stdin.write("go\n");
    const [code] = (await closed) as [number | null];
    return { code, done };
  };
}

test("two processes share the work: each job is done once, by one of them", async () => {
  await using stage = await startRunnerStage();
  const shows = Array.from({ length: 100 }, (_, i) => i + 1);
  for (const show of shows) await stage.add(...fetchOf(show), { runAt: 0 });
  const both = await Promise.all([1, 2].map(() => startRunner(stage.database.url)));
  const ended = await Promise.all(both.map((go) => go()));
  expect(ended.flatMap(({ done }) => done).toSorted((a, b) => a - b)).toEqual(shows);
  expect(ended.map(({ code, done }) => [code, done.length > 0])).toEqual([[0, true], [0, true]]);
  expect(await stage.database.rows("SELECT result, count(*) AS n FROM job_runs GROUP BY result")).toEqual([{ result: "done", n: 100 }]);
});
