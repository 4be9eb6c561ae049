import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openWriter } from "#db/client.ts";
import { workplace, type Workplace } from "./program.ts";
import { rowsOf } from "./rows.ts";

const env = { PORT: "0", DEMO: "0" };
const root = process.getuid?.() === 0;
const STRANGER = 65_534;

const file = (here: Workplace) => here.path("data/keys.json");

interface Finding {
  about: string;
  level: string;
  found: string;
  advice: string | null;
}

async function doctorOnKeys(here: Workplace): Promise<{ code: number | null; finding: Finding | undefined }> {
  const { code, stdout } = await here.run(["doctor", "--json"], { env: { PORT: "1" } });
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return { code, finding: findings.find(({ about }) => about === "keys") };
}

test("the first start makes them and says once, in its log, to keep a copy", async () => {
  using here = workplace();
  const starts: string[] = [];
  for (let start = 0; start < 2; start += 1) {
    await using server = here.start(["serve"], { env });
    await server.says("The database is ");
    starts.push((await server.stop()).stderr);
  }
  const [first, second] = starts.map((log) => log.split("\n").filter((line) => line.includes("keys")));
  expect(first!.map((line) => JSON.parse(line) as { msg: string })).toEqual([
    expect.objectContaining({ level: 30, msg: expect.stringContaining(`New keys are in ${file(here)}. Backups do not hold them: keep a copy somewhere else.`) as string }),
  ]);
  expect(second).toEqual([]);
  expect(statSync(file(here)).mode & 0o777).toBe(0o600);
});

test("every verb that writes makes them and says so on stderr; those that only look make nothing", async () => {
  using here = workplace();
  expect((await here.run(["migrate"], { env })).stderr).toMatch(/^New keys are in .*\n$/);
  const keys = readFileSync(file(here), "utf8");
  rmSync(file(here));
  for (const verb of ["verify", "backup", "export everything.ndjson", "doctor", "config", "version"]) {
    expect((await here.run(verb.split(" "), { env: { ...env, PORT: "1" } })).code, verb).toBe(0);
    expect(existsSync(file(here)), verb).toBe(false);
  }
  expect((await here.run(["restore", "latest"], { env })).code).toBe(0);
  expect(existsSync(file(here))).toBe(false);
  expect((await here.run(["user", "list"], { env })).stderr).toMatch(/^New keys are in .*\nThere is no such account\.\n$/);
  expect(readFileSync(file(here), "utf8")).not.toBe(keys);
}, 120_000);

test("backups and exports do not hold them", async () => {
  using here = workplace();
  await here.run(["migrate"], { env });
  const { networkKey } = JSON.parse(readFileSync(file(here), "utf8")) as { networkKey: string };
  await here.run(["backup"], { env });
  await here.run(["export", "--with-secrets", "everything.ndjson"], { env });
  const written = [here.path("everything.ndjson"), ...readdirSync(here.path("data/backups")).map((name) => here.path("data/backups", name))];
  expect(written).toHaveLength(3);
  for (const path of written) expect(readFileSync(path).includes(networkKey), path).toBe(false);
});

test("of first starts at once one makes them, and all have the same", async () => {
  using here = workplace();
  const ended = await Promise.all(Array.from({ length: 6 }, () => here.run(["migrate"], { env })));
  expect(ended.map(({ code }) => code)).toEqual(ended.map(() => 0));
  expect(ended.filter(({ stderr }) => stderr.includes("New keys"))).toHaveLength(1);
  expect(readdirSync(here.path("data")).filter((name) => name.startsWith("keys"))).toEqual(["keys.json"]);
});

describe("keys that can't be used end every start with one line and 1, and nothing is changed", () => {
  test("damaged", async () => {
    using here = workplace();
    await here.run(["migrate"], { env });
    const database = readFileSync(here.path("data/theset.db"));
    writeFileSync(file(here), "{}");
    for (const verb of ["serve", "work", "migrate", "seed"]) {
      const stderr = `${file(here)} is damaged, and was left as it is. Put your copy of it back; without one move it away, and new keys are made: votes cast before then can't be compared by network with later ones, nothing else is lost.\n`;
      expect(await here.run([verb], { env })).toEqual({ code: 1, stdout: "", stderr });
    }
    expect(readFileSync(file(here), "utf8")).toBe("{}");
    expect(readFileSync(here.path("data/theset.db")).equals(database)).toBe(true);
    expect(await doctorOnKeys(here)).toMatchObject({ code: 1, finding: { level: "fail", advice: expect.stringContaining("Put your copy of it back") as string } });
    renameSync(file(here), here.path("damaged"));
    expect((await here.run(["migrate"], { env })).code).toBe(0);
  });

  test.runIf(root)("somebody else's", async () => {
    using here = workplace();
    await here.run(["migrate"], { env });
    chmodSync(here.folder, 0o755);
    for (const path of [here.path("data"), here.path("data/theset.db")]) chownSync(path, STRANGER, STRANGER);
    const stderr = `${file(here)} cannot be read: this user may not; it belongs to user 0, this is user ${STRANGER}. Give it to this user with chown, or start as that user.\n`;
    expect(await here.run(["serve"], { env, uid: STRANGER })).toEqual({ code: 1, stdout: "", stderr });
    const { code, finding } = await doctorOnKeys(here);
    expect({ code, finding }).toMatchObject({ code: 1, finding: { level: "fail", found: `${file(here)} belongs to user 0, and the database to user ${STRANGER}`, advice: expect.stringContaining(`chown ${STRANGER} ${file(here)}`) as string } });
  });
});

test.runIf(root)("what root makes in the service's folder the service can read", async () => {
  using here = workplace();
  await here.run(["migrate"], { env });
  rmSync(file(here));
  chmodSync(here.folder, 0o755);
  for (const path of [here.path("data"), here.path("data/theset.db")]) chownSync(path, STRANGER, STRANGER);
  await here.run(["user", "list"], { env });
  expect(statSync(file(here))).toMatchObject({ uid: STRANGER, gid: STRANGER });
  expect((await here.run(["user", "list"], { env, uid: STRANGER })).code).toBe(0);
});

test("others' rights are found by doctor, and taken away by the next start, which says so", async () => {
  using here = workplace();
  await here.run(["migrate"], { env });
  expect((await doctorOnKeys(here)).finding).toMatchObject({ level: "ok", found: `${file(here)} is closed to others; keep a copy somewhere else, backups do not hold it` });
  chmodSync(file(here), 0o644);
  expect((await doctorOnKeys(here)).finding).toMatchObject({ level: "warn", advice: `Close it: chmod 600 ${file(here)}` });
  expect((await here.run(["migrate"], { env })).stderr).toBe(`Others could read or change ${file(here)}: it is closed to them now.\n`);
  expect(statSync(file(here)).mode & 0o777).toBe(0o600);
  expect((await here.run(["migrate"], { env })).stderr).toBe("");
});

test("doctor misses them where a database is without, and not before the first start", async () => {
  using here = workplace();
  expect((await doctorOnKeys(here)).finding).toBeUndefined();
  await here.run(["migrate"], { env });
  rmSync(file(here));
  expect(await doctorOnKeys(here)).toMatchObject({ code: 0, finding: { level: "warn", advice: expect.stringMatching(/^If you have a copy of that file, put it there\./) as string } });
});

test("the data of an earlier version keeps its key, which leaves the database", async () => {
  using here = workplace();
  await here.run(["migrate"], { env });
  rmSync(file(here));
  const earlier = await openWriter(`file:${here.path("data/theset.db")}`);
  await earlier.client.execute("INSERT INTO settings VALUES ('network_key', 'an-earlier-key-an-earlier-key-an-earlier-ke')");
  earlier.close();
  await here.run(["migrate"], { env });
  expect(readFileSync(file(here), "utf8")).toContain("an-earlier-key-an-earlier-key-an-earlier-ke");
  expect(await rowsOf(here, "SELECT * FROM settings WHERE key = 'network_key'")).toEqual([]);
});
