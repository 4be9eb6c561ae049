import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BINARY } from "./built-binary.ts";
import { compiledIn, readSeaBlob } from "./sea-blob.ts";

/** What lies in a source tree and is no source of the executable. */
const NO_SOURCE = new Set(["node_modules", "build", "dist", "data", "coverage", "test-results", "tests", ".git", ".env"]);
const NAME = `theset-linux-${process.arch}`;
/** The build of the pages and two executables, on a busy machine. */
const BUILD_MS = 240_000;

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "theset-again-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The same tree in another place; its packages are the same files. */
function copyTree(): string {
  const copy = join(folder, "some where/else");
  mkdirSync(copy, { recursive: true });
  for (const name of readdirSync(".").filter((name) => !NO_SOURCE.has(name))) {
    cpSync(name, join(copy, name), { recursive: true, preserveTimestamps: true });
  }
  const linked = spawnSync("cp", ["-al", "node_modules", copy]).status === 0;
  if (!linked) execFileSync("cp", ["-a", "node_modules", copy]);
  return copy;
}

/** Runs the build of a tree as it is run by hand. */
function make(cwd: string, args: string[], env: Record<string, string> = {}): void {
  const command = 'umask "$1"; shift; exec "$@"';
  const made = [process.execPath, "scripts/binary/make.mjs", ...args];
  const { status, stderr } = spawnSync("sh", ["-c", command, "sh", env["UMASK"] ?? "022", ...made], {
    cwd,
    encoding: "utf8",
    env: { PATH: "/usr/local/bin:/usr/bin:/bin", ...env } as unknown as NodeJS.ProcessEnv,
  });
  if (status !== 0) throw new Error(stderr);
}

test("the same sources make the same bytes in another folder, at another time, for somebody else; with a code cache all but that is the same", { timeout: BUILD_MS }, () => {
  const [here, there, cached] = ["here", "there", "cached"].map((name) => join(folder, name)) as [string, string, string];
  const copy = copyTree();
  const somebody = { TZ: "Asia/Tokyo", LC_ALL: "C", HOME: folder, UMASK: "077" };
  make(copy, ["--no-code-cache", "--folder", there], somebody);
  make(copy, ["--folder", cached], somebody);
  make(process.cwd(), ["--no-code-cache", "--folder", here]);
  const files = [NAME, `${NAME}.cdx.json`, `${NAME}.sha256`];
  expect(readdirSync(there).sort()).toEqual(files);
  for (const file of files) expect(read(here, file).equals(read(there, file)), file).toBe(true);
  expectAllButTheCache(read(cached, NAME), readFileSync(BINARY));
});

function read(...path: string[]): Buffer {
  return readFileSync(join(...path));
}

/** Before the blob only the lengths differ that ELF's headers tell of it. */
function expectAllButTheCache(one: Buffer, other: Buffer): void {
  const [first, second] = [readSeaBlob(one), readSeaBlob(other)];
  expect(first.start).toBe(second.start);
  const differing = one.subarray(0, first.start).reduce((count, byte, i) => count + Number(byte !== other[i]), 0);
  expect(differing).toBeLessThanOrEqual(4 * 8);
  expect(first.code.equals(second.code)).toBe(true);
  expect(first.path.toString()).toBe(second.path.toString());
  expect([...first.assets.keys()]).toEqual([...second.assets.keys()]);
  expect(compiledIn(first)).toEqual(["program.js.cache.zst", "writer-thread.js.cache.zst"]);
  for (const [name, contents] of first.assets) {
    const same = contents.equals(second.assets.get(name)!);
    expect(same || compiledIn(first).includes(name), name).toBe(true);
  }
}
