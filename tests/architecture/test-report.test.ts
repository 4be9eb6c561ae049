import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readReport } from "../../scripts/test-report.mjs";

const folder = mkdtempSync(join(tmpdir(), "theset-report-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(statuses: string[], { code = 0, byName = false, status = "passed" } = {}) {
  const file = join(folder, "report.json");
  const assertionResults = statuses.map((status) => ({ status, fullName: `a ${status} test` }));
  const name = join(process.cwd(), "tests/unit/a.test.ts");
  const testResults = [{ name, status, assertionResults, message: "no such module" }];
  writeFileSync(file, JSON.stringify({ testResults }));
  return readReport(file, { code, byName });
}

test("passed and failed tests are counted", () => {
  expect(read(["passed", "passed"])).toEqual({ passed: 2, failed: 0, problems: [] });
  expect(read(["passed", "failed"], { code: 1, status: "failed" })).toMatchObject({
    passed: 1,
    failed: 1,
  });
});

test("a skipped or open test is a failure and is named", () => {
  const { failed, problems } = read(["passed", "skipped", "todo"]);
  expect(failed).toBe(2);
  expect(problems.join()).toContain("tests/unit/a.test.ts > a skipped test");
});

test("tests left out by -t are no failure", () => {
  expect(read(["passed", "skipped"], { byName: true })).toMatchObject({ passed: 1, failed: 0 });
});

test("an empty run, a crash and a file that does not load are failures", () => {
  expect(read([]).failed).toBe(1);
  expect(read(["passed"], { code: 1 }).failed).toBe(1);
  expect(read([], { code: 1, status: "failed" }).problems).toEqual([
    "FAILED  tests/unit/a.test.ts: no such module",
  ]);
  expect(readReport(join(folder, "none.json"), { code: 134, byName: false }).failed).toBe(1);
});
