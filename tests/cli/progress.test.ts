import { afterAll, beforeAll, expect, test } from "vitest";
import { workplace, type Settings, type Workplace } from "./program.ts";

const CLEARED = "\r\x1b[2K";
const FULL = `[${"=".repeat(24)}] 100 %`;
const env = { DEMO: "0", BACKUP_SCHEDULE: "off" };

let here: Workplace;
beforeAll(async () => {
  here = workplace();
  await here.run(["seed"], { env });
});
afterAll(() => here[Symbol.dispose]());

/** Long work in an order in which each finds what it needs. */
const LONG: [args: string[], phases: string[], says: string, folder?: string][] = [
  [["backup"], ["Copying", "Checking"], "is made and checked."],
  [["restore", "latest"], ["Restoring"], "is as it was at"],
  [["export", "all.ndjson"], ["Exporting"], "holds everything"],
  [["import", "all.ndjson"], ["Reading", "Checking"], "holds what was exported", "elsewhere"],
  [["verify"], ["Checking"], "The file is sound"],
];

test("on a terminal long work shows how far it is, up to the whole, and takes its bars away", async () => {
  for (const [args, phases, says, folder = "data"] of LONG) {
    const { code, stdout } = await here.run(args, { env: { ...env, DATA_DIR: here.path(folder) }, terminal: true });
    expect(code, stdout).toBe(0);
    for (const phase of phases) {
      expect(stdout).toContain(`${CLEARED}${phase} [`);
      expect(stdout).toContain(`${CLEARED}${phase} ${FULL}`);
    }
    const left = stdout.slice(stdout.lastIndexOf(CLEARED) + CLEARED.length);
    expect(left).toContain(says);
    expect(left).not.toContain("%");
  }
});

test("where stderr is no terminal long work is quiet, also from stdin", async () => {
  const quietly = async (args: string[], more: Settings = {}) => {
    const { code, stdout, stderr } = await here.run(args, { ...more, env: { ...env, ...more.env } });
    expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: "" });
    return stdout;
  };
  await quietly(["backup"], { env: { BACKUP_DIR: here.path("copies") } });
  await quietly(["restore", "latest"], { env: { BACKUP_DIR: here.path("copies") } });
  await quietly(["import", "-"], { input: await quietly(["export", "-"]), env: { DATA_DIR: here.path("from-stdin") } });
  await quietly(["verify"]);
});
