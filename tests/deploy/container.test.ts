import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startConfined, whyNotConfined } from "./confined.ts";
import { freePorts } from "./proxy-process.ts";

const dockerfile = readFileSync("deploy/Dockerfile", "utf8");

/** What comes after an instruction that the file has once, beginning a line. */
function instruction(pattern: RegExp): string {
  const [found, ...more] = [...dockerfile.matchAll(new RegExp(pattern, "gm"))];
  if (!found || more.length > 0) throw new Error(`The Dockerfile has ${more.length + (found ? 1 : 0)} of ${pattern.source}`);
  return found[1]!;
}

const words = (json: string) => JSON.parse(json) as string[];
const layOut = instruction(/^(RUN sh deploy\/image-root\.sh .*)$/);
const user = instruction(/^USER (\S+)$/);
const entrypoint = [...words(instruction(/^ENTRYPOINT (\[.*\])$/)), ...words(instruction(/^CMD (\[.*\])$/))];
const healthcheck = words(instruction(/^HEALTHCHECK .* CMD (\[.*\])$/));

const whyNot = whyNotConfined();

describe(`the container's root${whyNot === null ? "" : ` (not tried: ${whyNot})`}`, { skip: whyNot !== null }, () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "theset-image-"));
    const env = { PATH: `${dirname(process.execPath)}:/usr/sbin:/usr/bin:/sbin:/bin` } as unknown as NodeJS.ProcessEnv;
    execFileSync("sh", ["-c", layOut.replace(/\/image$/, () => root).slice("RUN ".length)], { env });
    const [uid, gid] = user.split(":").map(Number) as [number, number];
    chownSync(join(root, "data"), uid, gid);
    execFileSync("chmod", ["755", root]);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** The program inside, on nothing but a port. */
  const inside = (port: number, command: readonly string[]) => ["env", "-i", `PORT=${port}`, "SYNC=0", "/usr/sbin/chroot", `--userspec=${user}`, root, ...command];

  test("holds the executable, libraries and an empty folder for data", () => {
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
    const paths = files.map((file) => join(file.parentPath, file.name).slice(root.length));
    expect(paths.filter((path) => !/^\/(theset|lib(64)?\/.*\.so\.\d+)$/.test(path))).toEqual([]);
    expect(readdirSync(join(root, "data"))).toEqual([]);
    expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  test("serves as process 1 of a user without a name, on a read-only root, with no /proc, /dev or /tmp; knows whether it is well; stops when told", async () => {
    const { program: port } = await freePorts();
    const data = join(root, "data");
    const mounts = `mount --bind ${root} ${root}; mount --bind ${data} ${data}; mount -o remount,bind,ro ${root}`;
    await using program = await startConfined(`${mounts}; exec ${inside(port, entrypoint).join(" ")}`, { port });
    const status = readFileSync(`/proc/${program.pid}/status`, "utf8");
    expect(status).toMatch(/^NSpid:.*\t1$/m);
    expect(status).toMatch(new RegExp(`^Uid:\t${user.split(":")[0]}\t`, "m"));
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect(await page.text()).toContain("</html>");
    const [command = "", ...args] = inside(port, healthcheck);
    expect(spawnSync(command, args).status).toBe(0);
    expect(await program.stop()).toBe(0);
    const ill = spawnSync(command, args, { encoding: "utf8" });
    expect(ill.status).toBe(1);
    expect(ill.stderr).toContain("not ready");
    // The log was folded into the file: nothing was cut short.
    expect(readdirSync(data).sort()).toEqual(["cache", "keys.json", "theset.db"]);
  });
});
