import { fork } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openWriter } from "#db/client.ts";
import { backUpHere } from "#server/backup/backups.ts";
import { parseManifest } from "#server/backup/manifest.ts";
import { restore, sourceIn, type Restored } from "#server/backup/restore.ts";
import { readConfig, type Config } from "#server/config/config.ts";
import { workplace } from "#tests/cli/program.ts";
import { bundled, quickFiles } from "#tests/support/bundled.ts";
import { TestClock } from "#tests/support/clock.ts";
import { contentsOf, oldDatabases, rowsOf, unpack } from "#tests/support/old-databases.ts";
import type { TestDatabase } from "#tests/support/test-database.ts";
import { startServerProcess } from "#tests/support/server-process.ts";

const files = quickFiles;
const killedRestore = await bundled("tests/support/killed-restore.ts");

interface Stage extends Disposable {
  config: Config;
  data: string;
  database: string;
  backup: string;
  /** Restores as the command line does. */
  restore(asked: string): Promise<Restored>;
}

/** A data directory with a database, a backup of it, and rows that came after the backup. */
async function stage(): Promise<Stage> {
  const data = mkdtempSync(join(tmpdir(), "theset-restore-"));
  const config = readConfig({ DATA_DIR: data, DEMO: "0" });
  const { now } = new TestClock();
  unpack(oldDatabases.at(-1)!, config.databasePath);
  const { base } = await backUpHere({ config, files, program: "1.2.3", now }, { stop: new AbortController().signal });
  await changeIn(config.databasePath, "UPDATE users SET display_name = 'Later'");
  return {
    config,
    data,
    database: config.databasePath,
    backup: join(config.backup.folder, `${base}.db`),
    restore: async (asked) => restore({ config, known: files.migrations(), now }, sourceIn(config.backup.folder, asked)),
    [Symbol.dispose]: () => rmSync(data, { recursive: true }),
  };
}

async function changeIn(path: string, sql: string): Promise<void> {
  const copy = `${path}.edit`;
  copyFileSync(path, copy);
  const writer = await openWriter(`file:${copy}`);
  await writer.client.execute(sql);
  await writer.client.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  writer.close();
  // Another inode: what this process still has open of the copy is nobody's any more.
  copyFileSync(copy, `${copy}.2`);
  rmSync(path);
  copyFileSync(`${copy}.2`, path);
  for (const name of [copy, `${copy}.2`, `${copy}-wal`, `${copy}-shm`]) rmSync(name, { force: true });
}

async function named(path: string): Promise<unknown> {
  const copy = `${path}.look`;
  copyFileSync(path, copy);
  const [row] = await rowsOf(copy, "SELECT display_name AS name FROM users WHERE id = 2");
  for (const end of ["", "-wal", "-shm"]) rmSync(copy + end, { force: true });
  return row!["name"];
}

const EARLIER = 'Fan 2 "ü"';

test("a restore over a database keeps that one beside it, and the command says where", { timeout: 60_000 }, async () => {
  using on = await stage();
  using place = workplace();
  const { code, stdout } = await place.run(["restore", "latest"], { env: { DATA_DIR: on.data } });
  const [, safety] = /The database that was there is (\S+);/.exec(stdout)!;
  expect(stdout).toContain(`${on.database} is as it was at 2026-06-13T12:00:00.000Z, with 360 votes.`);
  expect(code).toBe(0);
  expect(await named(on.database)).toBe(EARLIER);
  expect(await named(safety!)).toBe("Later");
  expect(await contentsOf(on.database)).toEqual(await contentsOf(on.backup));
  expect(readdirSync(on.data).filter((name) => /draft|-wal|-shm/.test(name))).toEqual([]);
});

test("two restores within one second keep both databases that were there", async () => {
  using on = await stage();
  const first = await on.restore("latest");
  const second = await on.restore("latest");
  expect(second.safety).not.toBe(first.safety);
  expect([await named(first.safety!), await named(second.safety!)]).toEqual(["Later", EARLIER]);
});

test.each(["latest", "theset-20260613-120000", "theset-20260613-120000.db", "theset-20260613-120000.json", "PATH"])("onto an empty place, by %s", async (asked) => {
  using on = await stage();
  rmSync(on.database);
  expect(await on.restore(asked === "PATH" ? on.backup : asked)).toMatchObject({ safety: null, manifest: { program: "1.2.3" } });
  expect(await named(on.database)).toBe(EARLIER);
  expect(readdirSync(on.data).toSorted()).toEqual(["backups", "theset.db"]);
});

test("a place that is not there yet is made", async () => {
  using on = await stage();
  const config = readConfig({ DATA_DIR: join(on.data, "new/place"), DEMO: "0" });
  await restore({ config, known: files.migrations(), now: new TestClock().now }, sourceIn(on.config.backup.folder, "latest"));
  expect(await named(config.databasePath)).toBe(EARLIER);
});

test("while a server has the database open nothing is changed, and it is said; once it has stopped it goes", { timeout: 60_000 }, async () => {
  using on = await stage();
  {
    await using _server = await startServerProcess({ url: on.config.databaseUrl } as TestDatabase);
    using place = workplace();
    expect(await place.run(["restore", "latest"], { env: { DATA_DIR: on.data } })).toEqual({
      code: 1,
      stdout: "",
      stderr: `${on.database} is in use. Stop the server, and whatever else has it open, and try again. Nothing was changed.\n`,
    });
    expect(readdirSync(on.data).filter((name) => /before|draft/.test(name))).toEqual([]);
  }
  await on.restore("latest");
  expect(await named(on.database)).toBe(EARLIER);
});

test("a changed, a cut, a newer backup, and one of another build are refused; the database stays", async () => {
  using on = await stage();
  const before = statSync(on.database).ino;
  const manifestPath = on.backup.replace(/db$/, "json");
  const [bytes, text] = [readFileSync(on.backup), readFileSync(manifestPath, "utf8")];
  const manifest = parseManifest(text, "");
  const told = (change: object) => writeFileSync(manifestPath, JSON.stringify({ ...manifest, ...change }));
  const flipped = Buffer.from(bytes);
  flipped[5_000]! ^= 1;
  const cases: [() => void, RegExp][] = [
    [() => writeFileSync(on.backup, flipped), /is not what its manifest says/],
    [() => writeFileSync(on.backup, bytes.subarray(0, 9_000)), /is not what its manifest says/],
    [() => told({ schema: { ...manifest.schema, migrations: 99 } }), /was made by a newer TheSet \(1\.2\.3\) than this one/],
    [() => told({ schema: { ...manifest.schema, hash: "0".repeat(64) } }), /was made by another build/],
    [() => writeFileSync(manifestPath, text.slice(0, 100)), /is not a manifest/],
    [() => rmSync(manifestPath), /has no manifest beside it/],
  ];
  for (const [change, refusal] of cases) {
    change();
    await expect(on.restore(on.backup)).rejects.toThrow(refusal);
    writeFileSync(on.backup, bytes);
    writeFileSync(manifestPath, text);
  }
  expect(statSync(on.database).ino).toBe(before);
  expect(await named(on.database)).toBe("Later");
  expect(readdirSync(on.data).toSorted()).toEqual(["backups", "theset.db"]);
});

test("what no program can read any more is replaced and kept, its log too", async () => {
  using on = await stage();
  writeFileSync(on.database, "no database at all, but long enough to be looked at".repeat(20));
  writeFileSync(`${on.database}-wal`, "a log of nothing");
  const { safety } = await on.restore("latest");
  expect(readFileSync(safety!, "utf8")).toMatch(/^no database/);
  expect(readFileSync(`${safety!}-wal`, "utf8")).toBe("a log of nothing");
  expect(existsSync(`${on.database}-wal`)).toBe(false);
  expect(await named(on.database)).toBe(EARLIER);
});

test("killed before any change of a name, a restore leaves the old database or the new one", { timeout: 120_000 }, async () => {
  using on = await stage();
  const room = mkdtempSync(join(tmpdir(), "theset-killed-"));
  const whole = await killedAt(on.data, join(room, "whole"), 0);
  expect(whole.steps).toBeGreaterThan(5);
  expect(whole.name).toBe(EARLIER);
  const names: unknown[] = [];
  for (let at = 1; at <= whole.steps!; at += 1) {
    const { name, steps } = await killedAt(on.data, join(room, String(at)), at);
    expect(steps).toBeNull();
    names.push(name);
  }
  rmSync(room, { recursive: true });
  const turn = names.indexOf(EARLIER);
  expect(turn).toBeGreaterThan(0);
  expect(names).toEqual(names.map((_, i) => (i < turn ? "Later" : EARLIER)));
});

test("a name for the old database that another restore has given away in this second is left alone", async () => {
  using on = await stage();
  const taken = `${on.database}.before-20260613-120000`;
  writeFileSync(taken, "another database");
  const safety = `${taken}-2`;
  expect(await on.restore("latest")).toMatchObject({ safety });
  expect([await named(on.database), await named(safety), readFileSync(taken, "utf8")]).toEqual([EARLIER, "Later", "another database"]);
});

/** Restores in a copy of a data directory until it is killed: who is in the database then, and that the next one goes through. */
async function killedAt(data: string, copy: string, at: number): Promise<{ steps: number | null; name: unknown }> {
  cpSync(data, copy, { recursive: true });
  const restoreOnce = async (number: number) => {
    const env = { DATA_DIR: copy, DEMO: "0" } as unknown as NodeJS.ProcessEnv;
    const child = fork(killedRestore, [String(number)], { execArgv: [], silent: true, env });
    let steps: number | null = null;
    let complaints = "";
    child.on("message", (message) => (steps = Number(message)));
    child.stderr!.on("data", (chunk: Buffer) => (complaints += String(chunk)));
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    if (signal !== "SIGKILL" && code !== 0) throw new Error(complaints);
    return steps;
  };
  const steps = await restoreOnce(at);
  const name = await named(join(copy, "theset.db"));
  if (at % 3 === 1) {
    await restoreOnce(0);
    expect(await named(join(copy, "theset.db"))).toBe(EARLIER);
    expect(readdirSync(copy).filter((file) => file.includes("draft"))).toEqual([]);
  }
  return { steps, name };
}
