import { expect, test } from "vitest";
import { workplace, type Settings } from "./program.ts";

const CLEARED = "\r\x1b[2K";
const settings: Settings = { env: { DEMO: "0", BACKUP_SCHEDULE: "off" } };

test.each([
  [["backup"], ["Copying", "Checking"], "is made and checked."],
  [["restore", "latest"], ["Restoring"], "is as it was at"],
  [["export", "all.ndjson"], ["Exporting"], "holds everything"],
  [["import", "all.ndjson"], ["Reading", "Checking"], "holds what was exported"],
  [["verify"], ["Checking"], "The file is sound"],
])("on a terminal %s shows how far it is, up to the whole, and takes the bars away", async (args, phases, ends) => {
  using here = workplace();
  await here.run(["seed"], settings);
  if (args[0] === "restore") await here.run(["backup"], settings);
  if (args[0] === "import") await here.run(["export", "all.ndjson"], settings);
  const env = { ...settings.env, ...(args[0] === "import" && { DATA_DIR: here.path("elsewhere") }) };
  const { code, stdout } = await here.run(args, { env, terminal: true });
  expect(code, stdout).toBe(0);
  for (const phase of phases) {
    expect(stdout).toContain(`${CLEARED}${phase} [`);
    expect(stdout).toContain(`${CLEARED}${phase} [${"=".repeat(24)}] 100 %`);
  }
  const left = stdout.slice(stdout.lastIndexOf(CLEARED) + CLEARED.length);
  expect(left).toContain(ends);
  expect(left).not.toContain("%");
});

test("where stderr is no terminal long work is quiet, also from stdin", async () => {
  using here = workplace();
  const quietly = async (args: string[], more: Settings = {}) => {
    const { code, stdout, stderr } = await here.run(args, { ...more, env: { ...settings.env, ...more.env } });
    expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: "" });
    return stdout;
  };
  await quietly(["seed"]);
  await quietly(["backup"]);
  await quietly(["restore", "latest"]);
  await quietly(["export", "all.ndjson"]);
  await quietly(["import", "-"], { input: await quietly(["export", "-"]), env: { DATA_DIR: here.path("elsewhere") } });
  await quietly(["verify"]);
});
