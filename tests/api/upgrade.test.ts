import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openReader } from "#db/client.ts";
import { readMigrations } from "#db/migrate.ts";
import { backUpBeforeUpgrade } from "#server/backup/before-upgrade.ts";
import { markOf, standingOf } from "#server/backup/manifest.ts";
import { listBackups } from "#server/backup/folder.ts";
import { restore, sourceIn } from "#server/backup/restore.ts";
import { readConfig, type Config } from "#server/config/config.ts";
import { openDatabase } from "#server/database.ts";
import { verifyCounters } from "#server/views/verify-counters.ts";
import { bundled, quickFiles } from "#tests/support/bundled.ts";
import { TestClock } from "#tests/support/clock.ts";
import { contentsOf, oldDatabases, rowsOf, talliesOf, unpack } from "#tests/support/old-databases.ts";

const carried = join(process.cwd(), "db/migrations");
const migrations = readMigrations(carried);
const files = quickFiles;
const killedMigration = await bundled("tests/support/killed-migration.ts");
const newest = String(migrations.length - 1).padStart(4, "0");
const older = oldDatabases.filter((number) => number < newest);

/** Rows that each schema has; ids are never used again, so where they have come to counts too. */
const COUNTS = `SELECT (SELECT count(*) FROM votes) AS votes, (SELECT count(*) FROM users) AS users,
  (SELECT count(*) FROM show_allowances) AS allowances, (SELECT count(*) FROM events) AS events, (SELECT sum(seq) FROM sqlite_sequence) AS ids`;

interface Stage extends Disposable {
  config: Config;
  path: string;
}

/** A data directory, with a database of an earlier schema in it where one is named. */
function stage(number?: string): Stage {
  const folder = mkdtempSync(join(tmpdir(), "theset-upgrade-"));
  const config = readConfig({ DATA_DIR: folder, DEMO: "0" });
  if (number !== undefined) unpack(number, config.databasePath);
  return { config, path: config.databasePath, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

/** Starts and stops the program's database, as every start of the program does. */
async function upgrade({ config }: Stage): Promise<string[]> {
  const told: string[] = [];
  const { now } = new TestClock();
  const database = await openDatabase({ ...config, files, now, onCommit: () => {}, onUpgrade: (backup) => void told.push(backup) });
  await database.close();
  return told;
}

async function isSound(path: string): Promise<boolean> {
  const reader = await openReader(`file:${path}`);
  try {
    const { damage, miscounts } = await verifyCounters(reader.db);
    return damage.length + miscounts.length === 0;
  } finally {
    reader.close();
  }
}

test("there is an old database of every schema; scripts/old-databases.mjs makes those that are missing", () => {
  expect(oldDatabases).toEqual(migrations.map((_, i) => String(i).padStart(4, "0")));
});

describe.each(oldDatabases)("a database of schema %s", (number) => {
  test("comes to the newest in one step, with every tally and row it had", async () => {
    using on = stage(number);
    const before = await talliesOf(on.path);
    const counts = await rowsOf(on.path, COUNTS);
    await upgrade(on);
    expect(await talliesOf(on.path)).toEqual(before);
    expect(await rowsOf(on.path, COUNTS)).toEqual(counts);
    const applied = await rowsOf(on.path, "SELECT hash FROM __drizzle_migrations ORDER BY id");
    expect(applied).toEqual(migrations.map(({ hash }) => ({ hash })));
    expect(await isSound(on.path)).toBe(true);
  });
});

describe.each(older)("before a database of schema %s is upgraded", (number) => {
  const first = Number(number) + 1;

  test("a backup is made whose name says before which migration, and it is the way back", async () => {
    using on = stage(number);
    const before = await contentsOf(on.path);
    const [backup] = await upgrade(on);
    expect(backup).toBe(join(on.config.backup.folder, `theset-20260613-120000-before-${String(first).padStart(4, "0")}.db`));
    const { manifest } = sourceIn(on.config.backup.folder, "latest");
    expect(manifest.schema).toEqual(markOf(migrations.slice(0, first).map(({ hash }) => hash)));
    // The program of that time knows these migrations and no later ones.
    const then = migrations.slice(0, first);
    expect(standingOf(manifest.schema, then)).toBe("same");
    using back = stage();
    await restore({ config: back.config, known: then, now: new TestClock().now }, sourceIn(on.config.backup.folder, backup!));
    expect(await contentsOf(back.path)).toEqual(before);
  });
});

test("where no backup can be made nothing is upgraded", async () => {
  using on = stage("0000");
  const before = await contentsOf(on.path);
  mkdirSync(join(on.config.dataDir, "backups"));
  const config = readConfig({ DATA_DIR: on.config.dataDir, DEMO: "0", BACKUP_DIR: join(on.path, "no-folder") });
  await expect(upgrade({ ...on, config })).rejects.toThrow(/^A backup is made before the database is upgraded, and that failed, so nothing was upgraded\. /);
  expect(await contentsOf(on.path)).toEqual(before);
});

test("nothing is backed up for an upgrade where there is nothing to lose: no file, an empty one, one of this schema", async () => {
  using on = stage();
  expect(await upgrade(on)).toEqual([]);
  expect(await upgrade(on)).toEqual([]);
  using current = stage(newest);
  expect(await upgrade(current)).toEqual([]);
  expect(existsSync(current.config.backup.folder)).toBe(false);
});

test("programs that start at the same moment each have their backup", async () => {
  using on = stage("0000");
  const { now } = new TestClock();
  const deps = { config: on.config, files, program: "1.0.0", now };
  const made = await Promise.all([1, 2, 3].map(() => backUpBeforeUpgrade(deps, on.path)));
  expect(new Set(made).size).toBe(3);
  expect(listBackups(on.config.backup.folder).filter(({ manifest }) => manifest !== null)).toHaveLength(3);
});

test("a migration that is killed before any of its statements leaves the old database", { timeout: 120_000 }, async () => {
  using whole = stage("0000");
  const before = await contentsOf(whole.path);
  const statements = await migrateUntil(whole.path);
  const after = await contentsOf(whole.path);
  expect(statements).toBeGreaterThan(20);
  const turns = Array.from({ length: statements! }, (_, i) => i + 1);
  const odd: number[] = [];
  await Promise.all(
    cpus().map(async () => {
      for (let at = turns.shift(); at !== undefined; at = turns.shift()) {
        using on = stage("0000");
        if ((await migrateUntil(on.path, at)) !== null) throw new Error(`Statement ${at} was never reached`);
        const left = await contentsOf(on.path);
        if (JSON.stringify(left) !== JSON.stringify(before)) odd.push(at);
        // What comes next goes on as if nothing had been.
        if (at % 12 === 0) {
          await migrateUntil(on.path);
          expect(await contentsOf(on.path)).toEqual(after);
        }
      }
    }),
  );
  expect(odd).toEqual([]);
});

/** Migrates in a process that is killed before a statement; how many statements there were, null where it was killed. */
async function migrateUntil(path: string, at = 0): Promise<number | null> {
  const child = fork(killedMigration, [path, carried, String(at)], { execArgv: [], silent: true });
  let said: number | null = null;
  let complaints = "";
  child.on("message", (message) => (said = Number(message)));
  child.stderr!.on("data", (chunk: Buffer) => (complaints += String(chunk)));
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  if (signal !== "SIGKILL" && code !== 0) throw new Error(complaints);
  return said;
}

test("no draft and no partial file stays behind", async () => {
  using on = stage("0000");
  await upgrade(on);
  expect(readdirSync(on.config.backup.folder).sort()).toEqual(["theset-20260613-120000-before-0001.db", "theset-20260613-120000-before-0001.json"]);
  expect(readdirSync(on.config.dataDir).filter((name) => /draft|partial/.test(name))).toEqual([]);
});
