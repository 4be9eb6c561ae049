import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

test("serve from a source tree that was never built says in a line what to run", () => {
  const tree = mkdtempSync(join(tmpdir(), "theset-sources-"));
  try {
    for (const name of ["server", "db", "jobs", "package.json"]) cpSync(name, join(tree, name), { recursive: true });
    symlinkSync(join(process.cwd(), "node_modules"), join(tree, "node_modules"));
    const run = (verb: string) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ["server/main.ts", verb], { cwd: tree, env: { PATH: "/usr/bin:/bin", PORT: "0", SYNC: "0" } as unknown as NodeJS.ProcessEnv, encoding: "utf8" });
      return { status, stdout, stderr };
    };
    const stderr = `The pages are not built: there is no ${tree}/build/server/index.js. Run \`npm run build\` in ${tree}/, then start again.\n`;
    expect(run("serve")).toEqual({ status: 1, stdout: "", stderr });
    expect(existsSync(join(tree, "data/theset.db"))).toBe(false);
    expect(run("migrate"), "other verbs need no pages").toMatchObject({ status: 0 });
  } finally {
    rmSync(tree, { recursive: true });
  }
});
