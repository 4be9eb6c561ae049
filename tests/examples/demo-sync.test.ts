import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

test("the demonstration of the sync imports artists into a site that is visited, and meets what it promises", async () => {
  const { stdout } = await run(process.execPath, ["tests/demo-sync/run.ts", "--artists", "2", "--small"], { env: {} as NodeJS.ProcessEnv });
  expect(stdout).toContain("calls beyond a provider's limit");
  expect(stdout).toContain("a show page during the imports, p99");
  expect(stdout).not.toContain("NOT MET");
});
