import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTheSetClient } from "#server/client.ts";
import { BINARY } from "./built-binary.ts";
import { buildJail, STRANGER } from "./jail.ts";
import { runToEnd, startServing } from "./start.ts";

/** Where the tools that build the jail are. */
const PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
const isRoot = process.getuid?.() === 0;

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "theset-binary-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const serve = (env: Record<string, string> = {}) =>
  startServing([BINARY, ["serve"]], { cwd: folder, env: { PORT: "0", DEMO: "0", CACHE_DIR: join(folder, "cache"), ...env } });

/** Votes, and hears of it on a live stream. */
async function useAsFan(url: string, token: string): Promise<void> {
  const page = await fetch(`${url}/shows`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("</html>")]);
  const me = createTheSetClient({ url, token });
  const { items } = await me.shows.list.query({ sort: "date", limit: 20 });
  // The evening's first shows may have begun.
  const { ballot, show } = await me.shows.get.query({ show: items.find(({ voting }) => voting.open)!.slug });
  const { tallyVersion } = await me.votes.cast.mutate({ setlistSongId: ballot[0]!.setlistSongId });
  const live = await fetch(`${url}/shows/${show.slug}/live`);
  const reader = live.body!.getReader();
  let heard = "";
  while (!heard.includes(`id: ${tallyVersion}`)) heard += Buffer.from((await reader.read()).value!).toString();
  await reader.cancel();
}

test("one file is the site: pages, what browsers load, votes and live tallies, with nothing else in the folder", async () => {
  const env = { CACHE_DIR: join(folder, "cache") };
  await using server = await serve({ DEMO: "1" });
  await runToEnd(BINARY, ["user", "create", "ada@example.org"], { cwd: folder, env, input: "correct horse battery\n" });
  const made = await runToEnd(BINARY, ["token", "create", "ada@example.org", "--json"], { cwd: folder, env });
  await useAsFan(server.url, (JSON.parse(made.stdout) as { token: string }).token);
  const html = await (await fetch(server.url)).text();
  const assets = [...new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!))];
  expect(assets.length).toBeGreaterThan(5);
  for (const path of assets) expect((await fetch(server.url + path)).status, path).toBe(200);
  expect(await server.stop()).toBe(0);
});

test.skipIf(!isRoot)("it runs as a user whom no list has, with an empty environment and nothing but the C libraries, on a read-only root", async () => {
  using jail = buildJail();
  const first = await startServing(jail.command("serve"), { env: { PATH } });
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  expect((await fetch(`${first.url}/shows`)).status).toBe(200);
  expect(await first.stop()).toBe(0);
  expect(statSync(join(jail.root, "data/theset.db")).uid).toBe(STRANGER);
  const second = await startServing(jail.command("serve"), { env: { PATH } });
  expect(await second.stop()).toBe(0);
});

test("first starts that race for the cache all come up", async () => {
  const cache = join(folder, "not/there/yet");
  const racing = Array.from({ length: 6 }, (_, i) => serve({ DATA_DIR: join(folder, `data-${i}`), CACHE_DIR: cache }));
  const servers = await Promise.all(racing);
  expect(await Promise.all(servers.map((server) => server.stop()))).toEqual(servers.map(() => 0));
  const [native] = readdirSync(cache);
  expect(readdirSync(join(cache, native!))).toEqual(["libsql.node"]);
});

describe("a cache that is not as it was left heals:", () => {
  const cached = () => join(folder, "cache", readdirSync(join(folder, "cache"))[0]!, "libsql.node");
  const hash = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

  test.each<[string, (file: string) => void]>([
    ["cut short", (file) => truncateSync(file, 1_000)],
    ["other bytes", (file) => writeFileSync(file, Buffer.alloc(lstatSync(file).size, 7))],
    ["empty", (file) => truncateSync(file, 0)],
    ["gone", (file) => rmSync(file)],
    ["a folder in its place", (file) => (rmSync(file), mkdirSync(file))],
    [
      "a link in its place",
      (file) => {
        rmSync(file);
        writeFileSync(join(folder, "elsewhere"), "not a library");
        symlinkSync(join(folder, "elsewhere"), file);
      },
    ],
    ["open to everyone", (file) => chmodSync(join(file, ".."), 0o777)],
  ])("%s", async (_name, spoil) => {
    await (await serve()).stop();
    const right = hash(cached());
    spoil(cached());
    const again = await serve();
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
    expect(await again.stop()).toBe(0);
    expect([hash(cached()), lstatSync(cached()).isFile(), lstatSync(join(cached(), "..")).mode & 0o777]).toEqual([right, true, 0o700]);
  });
});

test("without a folder for the cache it says which it tried and what to set", async () => {
  writeFileSync(join(folder, "file"), "");
  const { code, stderr } = await runToEnd(BINARY, ["migrate"], { cwd: folder, env: { CACHE_DIR: join(folder, "file") } });
  expect(code).toBe(1);
  expect(stderr).toContain(join(folder, "file"));
  expect(stderr).toMatch(/Set CACHE_DIR to a folder/);
});

test.skipIf(!isRoot)("a cache folder in which others may rename files is not used", async () => {
  const cache = join(folder, "cache");
  for (const [owner, mode, why] of [
    [STRANGER, 0o755, "belongs to somebody else"],
    [0, 0o777, "others may change what is in it"],
  ] as const) {
    mkdirSync(cache);
    chownSync(cache, owner, owner);
    chmodSync(cache, mode);
    const { code, stderr } = await runToEnd(BINARY, ["migrate"], { cwd: folder, env: { CACHE_DIR: cache } });
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${cache}: ${why}`)]);
    rmSync(cache, { recursive: true });
  }
});

test("where the home folder takes nothing, the next place is taken", async () => {
  const server = await startServing([BINARY, ["serve"]], {
    cwd: folder,
    env: { PORT: "0", DEMO: "0", HOME: "/proc/nowhere", XDG_CACHE_HOME: "/proc/nowhere" },
  });
  expect(await server.stop()).toBe(0);
  expect(readdirSync(join(folder, "data/cache"))).toHaveLength(1);
});

test("a folder that only .env names is taken: CACHE_DIR, else cache in DATA_DIR; the environment wins", async () => {
  const nowhere = { HOME: "/proc/nowhere", XDG_CACHE_HOME: "/proc/nowhere" };
  const migrate = async (env: Record<string, string> = {}) => {
    expect(await runToEnd(BINARY, ["migrate"], { cwd: folder, env: { ...nowhere, ...env } })).toMatchObject({ code: 0 });
    return readdirSync(folder).sort();
  };
  writeFileSync(join(folder, ".env"), "DATA_DIR=./elsewhere\n");
  expect(await migrate()).toEqual([".env", "elsewhere"]);
  expect(readdirSync(join(folder, "elsewhere/cache"))).toHaveLength(1);
  writeFileSync(join(folder, ".env"), "DATA_DIR=./elsewhere\nCACHE_DIR=./libraries\n");
  expect(await migrate()).toEqual([".env", "elsewhere", "libraries"]);
  expect(await migrate({ CACHE_DIR: "other" })).toEqual([".env", "elsewhere", "libraries", "other"]);
});

test("a .env that can't be read is told of in words", async () => {
  mkdirSync(join(folder, ".env"));
  const { code, stderr } = await runToEnd(BINARY, ["migrate"], { cwd: folder, env: { CACHE_DIR: join(folder, "cache") } });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^The settings in [^\n]*\.env cannot be read [^\n]*\n$/)]);
});

test("NODE_OPTIONS of the surroundings bring no code in", async () => {
  const intruder = join(folder, "intruder.cjs");
  writeFileSync(intruder, `require("node:fs").writeFileSync(${JSON.stringify(join(folder, "was-here"))}, "")`);
  const { code } = await runToEnd(BINARY, ["version"], {
    cwd: folder,
    env: { NODE_OPTIONS: `--require=${intruder}`, CACHE_DIR: join(folder, "cache") },
  });
  expect([code, readdirSync(folder).includes("was-here")]).toEqual([0, false]);
});

test("it carries the licences of what is inside", async () => {
  const { code, stdout } = await runToEnd(BINARY, ["licences"], { cwd: folder, env: { CACHE_DIR: join(folder, "cache") } });
  expect(code).toBe(0);
  for (const name of ["Node.js", "react-dom 18", "@libsql/client", "zod", "@fontsource-variable/inter"]) expect(stdout).toContain(name);
});

test("beside it are its SHA-256 and the bill of what is inside", () => {
  const hash = createHash("sha256").update(readFileSync(BINARY)).digest("hex");
  expect(readFileSync(`${BINARY}.sha256`, "utf8")).toBe(`${hash}  theset-linux-${process.arch}\n`);
  const bill = JSON.parse(readFileSync(`${BINARY}.cdx.json`, "utf8")) as { components: { name: string }[] };
  expect(bill).toMatchObject({ bomFormat: "CycloneDX", metadata: { component: { hashes: [{ content: hash }] } } });
  const names = bill.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["node", `@libsql/linux-${process.arch}-gnu`, "libsql", "drizzle-orm", "react"]));
  expect(names).not.toContain("vitest");
});

const hasXz = spawnSync("xz", ["--version"]).status === 0;

test.skipIf(!hasXz)("compressed it is 45 MB at most, even with the quickest of xz's ways", () => {
  const { stdout } = spawnSync("xz", ["-1", "--threads=0", "--stdout", BINARY], { maxBuffer: 200e6 });
  expect(stdout.length).toBeGreaterThan(10e6);
  expect(stdout.length).toBeLessThanOrEqual(45e6);
});
