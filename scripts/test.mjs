import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BuildFailed, buildWhenStale } from "./build.mjs";
import { requireChromium } from "./chromium.mjs";
import { installDeployTools } from "./deploy-tools.mjs";
import { installFaultTools } from "./fault-tools.mjs";
import { projectNode, run, tool } from "./processes.mjs";
import { setup } from "./setup.mjs";
import { checks, runSteps } from "./steps.mjs";
import { readReport } from "./test-report.mjs";

const filters = process.argv.slice(2);

await setup();
const chromium = await requireChromium();
// Without it the fault tests that need it are skipped, and say so.
await installFaultTools(["strace"]);
await installDeployTools();
const results = [await build(), await runSteps(checks), await runTests()];

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const failed = sum("failed");
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${sum("passed")} passed, ${failed} failed`);

async function build() {
  try {
    await buildWhenStale();
    console.log("passed  build");
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.log("FAILED  build");
    return { passed: 0, failed: 1 };
  }
}

async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), "theset-tests-"));
  const file = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  try {
    const args = [tool.vitest, "run", "--allowOnly=false", ...reporters, ...filters];
    const { code } = await run(projectNode, args, {
      show: true,
      env: { CHROMIUM_PATH: chromium },
    });
    const byName = filters.some((arg) => /^(-t|--testNamePattern)/.test(arg));
    const report = readReport(file, { code, byName });
    for (const problem of report.problems) console.log(problem);
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
