import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { root } from "./processes.mjs";

/**
 * Counts vitest's JSON report. A test that was skipped or left to do is a failure, and so are a
 * file that could not be loaded, an empty run and a vitest that ended badly without a failed test.
 * @param {string} file
 * @param {{ code: number, byName: boolean }} run vitest's exit code; `byName`: tests were chosen with -t, so the others are skipped on purpose
 * @returns {{ passed: number, failed: number, problems: string[] }}
 */
export function readReport(file, { code, byName }) {
  if (!existsSync(file)) {
    return {
      passed: 0,
      failed: 1,
      problems: [`FAILED  vitest wrote no report (exit code ${code})`],
    };
  }
  const { testResults } = JSON.parse(readFileSync(file, "utf8"));
  const problems = [];
  let passed = 0;
  let failed = 0;
  for (const { name, status, assertionResults, message } of testResults) {
    const place = relative(root, name);
    for (const test of assertionResults) {
      if (test.status === "passed") passed += 1;
      else if (test.status === "failed") failed += 1;
      else if (!byName)
        problems.push(`FAILED  not run (${test.status}): ${place} > ${test.fullName}`);
    }
    const blamed = assertionResults.some((test) => test.status === "failed");
    if (status === "failed" && !blamed) problems.push(`FAILED  ${place}: ${message}`);
  }
  failed += problems.length;
  if (passed + failed === 0) problems.push("FAILED  no test was found");
  else if (failed === 0 && code !== 0) problems.push(`FAILED  vitest ended with exit code ${code}`);
  return { passed, failed: Math.max(failed, problems.length), problems };
}
