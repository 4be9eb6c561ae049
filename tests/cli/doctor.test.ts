import { chmodSync, closeSync, openSync, statSync, writeFileSync, writeSync } from "node:fs";
import { expect, test } from "vitest";
import { workplace, type Settings, type Workplace } from "./program.ts";

interface Finding {
  about: string;
  level: "ok" | "warn" | "fail";
  found: string;
  advice: string | null;
}

/** The findings by what they are about, and the exit code. */
async function examine(here: Workplace, settings: Settings = {}): Promise<{ code: number | null; about: Record<string, Finding> }> {
  const env = { PORT: "1", ...settings.env };
  const { code, stdout } = await here.run(["doctor", "--json"], { ...settings, env });
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return { code, about: Object.fromEntries(findings.map((one) => [one.about, one])) };
}

test("where all is well each finding is ok, and nothing is left behind", async () => {
  using here = workplace();
  await here.run(["migrate"]);
  const { code, about } = await examine(here);
  expect(code).toBe(0);
  expect(Object.keys(about)).toEqual(expect.arrayContaining(["settings", "data folder", "who may read", "disk space", "disk speed", "database", "schema", "clock", "server", "open files"]));
  for (const name of ["settings", "data folder", "who may read", "database", "schema", "clock"]) expect(about[name], name).toMatchObject({ level: "ok", advice: null });
  expect(about["disk speed"]!.found).toMatch(/^a write is safe after \d+\.\d\d ms \(median of 25\)$/);
  const { stdout } = await here.run(["doctor"], { env: { PORT: "1" } });
  expect(stdout).toMatch(/^ok {3}settings: all are valid/);
  expect(stdout).toMatch(/\n\d+ ok, \d+ to look at, 0 to mend\.\n$/);
});

test("before the first start there is nothing to mend", async () => {
  using here = workplace();
  const { code, about } = await examine(here);
  expect(code).toBe(0);
  expect(about["data folder"]).toMatchObject({ level: "warn", advice: expect.stringContaining("theset serve") as string });
});

test("wrong settings, a damaged file, other people's eyes and a strange clock are found, each with what to do", async () => {
  using here = workplace();
  await here.run(["migrate"]);
  expect((await examine(here, { env: { PORT: "http" } })).about["settings"]).toMatchObject({ level: "fail", found: "PORT is not valid: Give a port number. Example: PORT=3000" });
  chmodSync(here.path("data"), 0o755);
  expect((await examine(here)).about["who may read"]).toMatchObject({ level: "warn", advice: `Close its folder: chmod 700 ${here.path("data")}` });
  const early = await examine(here, { env: { NODE_OPTIONS: "--import=data:text/javascript,Date.now=()=>5" } });
  expect(early).toMatchObject({ code: 1, about: { clock: { level: "fail", advice: expect.stringContaining("timedatectl") as string } } });
  writeFileSync(here.path("token"), "a-token-of-some-length\n", { mode: 0o644 });
  const env = { METRICS_TOKEN_FILE: here.path("token") };
  expect((await examine(here, { env })).about["secrets"]).toMatchObject({ level: "warn", advice: `Close them: chmod 600 ${here.path("token")}` });
  chmodSync(here.path("token"), 0o600);
  expect((await examine(here, { env })).about["secrets"]).toMatchObject({ level: "ok" });
  const path = here.path("data/theset.db");
  const file = openSync(path, "r+");
  for (let page = 4; page * 4096 < statSync(path).size; page += 1) writeSync(file, Buffer.alloc(64, 0xff), 0, 64, page * 4096);
  closeSync(file);
  const damaged = await examine(here);
  expect(damaged).toMatchObject({ code: 1, about: { database: { level: "fail", advice: expect.stringContaining("restore a backup") as string } } });
}, 120_000);

test("a clock behind what is stored is found", async () => {
  using here = workplace();
  await here.run(["user", "create", "you@example.org"], { input: "correct horse battery" });
  expect((await examine(here)).about["clock"]!.found).toContain("after everything that is stored");
  const behind = await examine(here, { env: { NODE_OPTIONS: "--import=data:text/javascript,Date.now=()=>1767225600000" } });
  expect(behind).toMatchObject({ code: 1, about: { clock: { level: "fail", found: expect.stringContaining("what was written last is from") as string } } });
});

test("the running server is asked whom it believes, and settings that do not fit it are noticed", async () => {
  using here = workplace();
  const socket = here.path("s.sock");
  const env = { SOCKET: socket, DEMO: "0", LOG_LEVEL: "warn", TRUST_PROXY: "127.0.0.1" };
  await using server = here.start(["serve"], { env });
  await server.says("The database is ");
  expect((await examine(here, { env })).about).toMatchObject({
    server: { level: "ok", found: `the one at unix:${socket} is ready` },
    "proxy headers": { level: "ok", found: "those of a proxy on this machine are believed" },
  });
  expect((await examine(here, { env: { ...env, TRUST_PROXY: "0" } })).about["proxy headers"]).toMatchObject({ level: "warn", found: "the running server has other settings than these" });
  const away = await examine(here, { env: { ...env, PUBLIC_URL: "http://127.0.0.1:1" } });
  expect(away.about["public address"]).toMatchObject({ level: "warn", found: expect.stringMatching(/cannot be reached from here: /) as string });
});

test("a proxy that nobody believes is pointed out", async () => {
  using here = workplace();
  writeFileSync(here.path(".env"), "PUBLIC_URL=https://vote.example.org\n");
  expect((await examine(here)).about["proxy"]).toMatchObject({ level: "warn", advice: expect.stringContaining("TRUST_PROXY=127.0.0.1") as string });
  expect((await examine(here, { env: { TRUST_PROXY: "1", HOST: "0.0.0.0" } })).about["proxy"]).toMatchObject({ level: "warn", advice: expect.stringContaining("HOST=127.0.0.1") as string });
});
