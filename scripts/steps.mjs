import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectNode, root, run, tool } from "./processes.mjs";

const rooms = ["app", "server", "db", "jobs"].filter((room) => existsSync(join(root, room)));

/** The checks that need no server and no browser, slowest first so that two cores stay busy. */
export const checks = {
  lint: [tool.eslint, ".", "--max-warnings=0"],
  types: [tool.tsc, "--noEmit"],
  imports: [tool.depcruise, ...rooms, "--output-type=err-long"],
};

/**
 * Runs each step (a name and the arguments of the project's Node), two at a time.
 * @param {Record<string, string[]>} steps
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runSteps(steps) {
  const waiting = Object.entries(steps);
  const result = { passed: 0, failed: 0 };
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const [name, args] = step;
      const passed = await runStep(name, args);
      result[passed ? "passed" : "failed"] += 1;
    }
  };
  await Promise.all([worker(), worker()]);
  return result;
}

async function runStep(name, args) {
  const start = Date.now();
  const { code, output } = await run(projectNode, args);
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? "passed" : "FAILED"}  ${name}  ${seconds} s`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}
