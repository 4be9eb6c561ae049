import { checks, runSteps } from "./steps.mjs";
import { tool } from "./processes.mjs";
import { setup } from "./setup.mjs";

await setup();
const cache = ["--cache", "--cache-location=node_modules/.cache/eslint/"];
const { passed, failed } = await runSteps({
  ...checks,
  lint: [...checks.lint, ...cache, "--cache-strategy=content"],
  "unit tests": [tool.vitest, "run", "--project=unit", "--project=architecture"],
});
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
