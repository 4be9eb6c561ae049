import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "#server/config/config.ts";
import { hasStrace } from "#tests/faults/strace.ts";
import { EXECUTABLE, onlyChildOf, startConfined, whyNotConfined } from "./confined.ts";
import { freePorts, isInstalled } from "./proxy-process.ts";
import { recipe } from "./recipe.ts";

const UNIT = "deploy/theset.service";
const hasSystemd = isInstalled("systemd-analyze", "--version");
/** Of 10; systemd calls up to 2 "safe" and all that is below 5 "ok". */
const EXPOSURE_AT_MOST = 1.5;
/** Somebody without an entry among the machine's users. */
const SOMEBODY = 64_999;

/** The values of a setting, in the file's order. */
function settings(name: string): string[] {
  return [...readFileSync(UNIT, "utf8").matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value]) => value!);
}

/** The calls of a group such as @system-service, as this systemd knows it. */
function callsOf(group: string): Set<string> {
  const { stdout } = spawnSync("systemd-analyze", ["syscall-filter", "--no-pager", group], { encoding: "utf8" });
  const lines = stdout.split("\n").slice(1).map((line) => line.trim());
  const names = lines.filter((line) => line !== "" && !line.startsWith("#"));
  return new Set(names.flatMap((name) => (name.startsWith("@") ? [...callsOf(name)] : [name])));
}

/** What the unit's filter lets through: its lines add and take away, one after the other. */
function allowedCalls(): Set<string> {
  const allowed = callsOf("@default");
  for (const line of settings("SystemCallFilter")) {
    const calls = line.replace("~", "").split(" ").flatMap((name) => (name.startsWith("@") ? [...callsOf(name)] : [name]));
    for (const call of calls) if (line.startsWith("~")) allowed.delete(call);
      else allowed.add(call);
  }
  return allowed;
}

describe.skipIf(!hasSystemd)("the systemd unit", () => {
  let folder: string;
  let unit: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "theset-unit-"));
    chmodSync(folder, 0o755);
    unit = join(folder, "theset.service");
    writeFileSync(unit, recipe(UNIT, [["/usr/local/bin/theset serve", "/bin/true serve"]]));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is well formed", () => {
    const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", unit], { encoding: "utf8" });
    expect(stdout + stderr).toBe("");
    expect(status).toBe(0);
  });

  test("is well formed together with its socket, which names the address that the program has by default", () => {
    const socket = join(folder, "theset.socket");
    copyFileSync("deploy/theset.socket", socket);
    const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", socket], { encoding: "utf8" });
    expect(stdout + stderr).toBe("");
    expect(status).toBe(0);
    const { host, port } = readConfig({});
    expect(readFileSync(socket, "utf8")).toContain(`\nListenStream=${host}:${port}\n`);
  });

  test(`leaves an exposure of ${EXPOSURE_AT_MOST} of 10 at most`, () => {
    const { stdout } = spawnSync("systemd-analyze", ["security", "--offline=true", "--no-pager", unit], { encoding: "utf8" });
    const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
    expect(exposure).toBeGreaterThan(0);
    expect(exposure).toBeLessThanOrEqual(EXPOSURE_AT_MOST);
  });

  const whyNot = whyNotConfined();

  describe(`for the executable${whyNot === null ? "" : ` (not tried: ${whyNot})`}`, { skip: whyNot !== null }, () => {
    const rights = ["setpriv", "--reuid", SOMEBODY, "--regid", SOMEBODY, "--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"].map(String);
    let theset: string;
    beforeAll(() => {
      theset = join(folder, "theset");
      copyFileSync(EXECUTABLE, theset);
    });

    /** A folder that somebody has for themselves. */
    function ownFolder(name: string): string {
      const path = join(folder, name);
      mkdirSync(path, { mode: 0o700 });
      chownSync(path, SOMEBODY, SOMEBODY);
      return path;
    }

    test("it needs no right, no name, and nothing to write into but its own folders", async () => {
      const { program: port } = await freePorts();
      const [state, cache] = [ownFolder("state"), ownFolder("cache")];
      const mounts = [`mount --bind ${state} ${state}`, `mount --bind ${cache} ${cache}`, "mount -o remount,bind,ro /"].join("; ");
      const env = `env -i SYNC=0 DATA_DIR=${state} CACHE_DIR=${cache} PORT=${port}`;
      const start = `umask 0077; cd ${state}; exec ${env} ${rights.join(" ")} ${theset} serve`;
      await using program = await startConfined(`${mounts}; ${start}`, { port });
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
      const status = readFileSync(`/proc/${program.pid}/status`, "utf8");
      expect(status).toMatch(/^CapBnd:\t0+$/m);
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      expect(await program.stop()).toBe(0);
    });

    test.skipIf(!hasStrace)("every system call that it makes passes the filter", async () => {
      const { program: port } = await freePorts();
      const home = ownFolder("traced");
      const counts = join(home, "calls");
      const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", PORT: String(port), SYNC: "0", DATA_DIR: home };
      const trace = ["strace", "-f", "-qq", "-c", "-U", "name", "-o", counts, theset, "serve"];
      const child = spawn(rights[0]!, [...rights.slice(1), ...trace], { cwd: home, env: env as unknown as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "pipe"] });
      const exited = once(child, "exit");
      await once(child.stdout, "data");
      await visit(`http://127.0.0.1:${port}`);
      process.kill(onlyChildOf(child.pid!), "SIGTERM");
      await exited;
      const lines = readFileSync(counts, "utf8").split("\n").map((line) => line.trim());
      const made = lines.filter((line) => /^[a-z]\w+$/.test(line) && line !== "syscall" && line !== "total");
      expect(made).toContain("setpriority");
      // The service manager makes it before the filter counts.
      const allowed = allowedCalls().add("execve");
      expect(made.filter((call) => !allowed.has(call))).toEqual([]);
    });
  });
});

/** Looks at a page, opens an account and signs in. */
async function visit(url: string): Promise<void> {
  expect(await (await fetch(`${url}/`)).text()).toContain("</html>");
  const account = { email: "fan@example.org", password: "a long enough one", displayName: "Fan" };
  const posted = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(account) };
  expect((await fetch(`${url}/api/trpc/auth.register`, posted)).status).toBe(200);
  expect((await fetch(`${url}/api/trpc/auth.login`, posted)).status).toBe(200);
}
