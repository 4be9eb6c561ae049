import { closeSync, openSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { backupTask } from "#jobs/tasks/backup.ts";
import { backUpHere, type LocalDeps } from "#server/backup/backups.ts";
import { BackupUnderWayError } from "#server/backup/errors.ts";
import { hashOf } from "#server/backup/files.ts";
import { listBackups, pruneBackups } from "#server/backup/folder.ts";
import { restore, sourceIn } from "#server/backup/restore.ts";
import { ScheduledBackups } from "#server/backup/scheduled-backups.ts";
import { readConfig, type Config } from "#server/config/config.ts";
import { quickFiles } from "#tests/support/bundled.ts";
import { buildShow, titles, type BuiltShow } from "#tests/support/builders.ts";
import { TestClock } from "#tests/support/clock.ts";
import { rowsOf, talliesOf } from "#tests/support/old-databases.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { startTestServer } from "#tests/support/test-server.ts";

const files = quickFiles;
const never = new AbortController().signal;

function configOf(database: TestDatabase, env: Record<string, string> = {}): Config {
  return readConfig({ DATA_DIR: dirname(database.path), DATABASE_URL: database.url, DEMO: "0", ...env });
}

function depsOf(config: Config, clock = new TestClock()): LocalDeps {
  return { config, files, program: "1.2.3", now: clock.now };
}

test("a backup is a whole database with a manifest that says what is in it", async () => {
  await using database = await createTestDatabase();
  await buildShow(database, { ballot: titles(12) });
  const config = configOf(database);
  const { base, manifest } = await backUpHere(depsOf(config), { stop: never });
  const path = join(config.backup.folder, "theset-20260613-120000.db");
  expect(base).toBe("theset-20260613-120000");
  expect(manifest).toMatchObject({ program: "1.2.3", madeAt: "2026-06-13T12:00:00.000Z", miscounts: 0, rows: { setlist_songs: 12, shows: 1, votes: 0 } });
  expect(manifest.sha256).toBe(await hashOf(path));
  expect(JSON.parse(readFileSync(path.replace(/db$/, "json"), "utf8"))).toEqual(manifest);
  expect(await talliesOf(path)).toEqual(await talliesOf(database.path));
  expect(readdirSync(config.backup.folder)).toHaveLength(2);
});

test("a backup taken while votes come in holds a moment of them: tallies and votes agree, and it comes up in a fresh place", async () => {
  await using server = await startTestServer();
  const { database } = server;
  const shows = [await buildShow(database), await buildShow(database)];
  const fans = await Promise.all(Array.from({ length: 6 }, () => server.fan()));
  const config = configOf(database);
  let made = 0;
  let acknowledged = 0;
  const vote = async ({ client }: (typeof fans)[number]) => {
    for (const setlistSongId of shows.flatMap((show) => show.setlistSongIds.slice(0, 10))) {
      const { verdict } = await client.votes.cast.mutate({ setlistSongId });
      if (verdict === "counted") acknowledged += 1;
    }
  };
  const clock = new TestClock();
  const backups: { votes: number; atLeast: number; atMost: number; file: string }[] = [];
  const back = async () => {
    for (; made < 3; made += 1) {
      clock.advance(1_000);
      const atLeast = acknowledged;
      const { manifest } = await backUpHere(depsOf(config, clock), { stop: never });
      backups.push({ votes: manifest.rows["votes"]!, atLeast, atMost: acknowledged + fans.length, file: manifest.file });
      expect(manifest.miscounts).toBe(0);
    }
  };
  await Promise.all([...fans.map(vote), back()]);
  expect(acknowledged).toBe(120);
  for (const { votes, atLeast, atMost } of backups) expect(votes >= atLeast && votes <= atMost).toBe(true);

  await using fresh = await createTestDatabase();
  const place = readConfig({ DATA_DIR: join(dirname(fresh.path), "fresh"), DEMO: "0" });
  const source = sourceIn(config.backup.folder, backups[1]!.file);
  expect(await restore({ config: place, known: files.migrations(), now: clock.now }, source)).toMatchObject({ safety: null });
  const counted = await rowsOf(place.databasePath, "SELECT setlist_song_id AS id, count(*) AS votes FROM votes GROUP BY 1 ORDER BY 1");
  const told = await rowsOf(place.databasePath, "SELECT id, votes FROM setlist_songs WHERE votes > 0 ORDER BY id");
  expect(told).toEqual(counted);
  const [total] = await rowsOf(place.databasePath, "SELECT sum(total_votes) AS votes FROM shows");
  expect(total).toEqual({ votes: backups[1]!.votes });
  const restored = { ...fresh, url: place.databaseUrl, path: place.databasePath };
  await using again = await startTestServer({ database: restored });
  const { ballot, totalVotes } = await again.client.shows.get.query({ show: shows[0]!.slug });
  const of = (id: number) => Number(counted.find((row) => row["id"] === id)?.["votes"] ?? 0);
  expect(ballot.map(({ setlistSongId, votes }) => [setlistSongId, votes])).toEqual(ballot.map(({ setlistSongId }) => [setlistSongId, of(setlistSongId)]));
  expect(totalVotes).toBe(shows[0]!.setlistSongIds.reduce((sum, id) => sum + of(id), 0));
});

test("a damaged database is told and gets no backup; the ones before stay", async () => {
  await using database = await createTestDatabase();
  await buildShow(database, { ballot: titles(400) });
  const config = configOf(database);
  await backUpHere(depsOf(config), { stop: never });
  await database.change(async () => {});
  const [page] = await database.rows("SELECT rootpage AS page FROM sqlite_schema WHERE name = 'setlist_songs_song'");
  await database.rows("PRAGMA wal_checkpoint(TRUNCATE)").catch(() => []);
  const file = openSync(database.path, "r+");
  writeSync(file, Buffer.alloc(200, 0xff), 0, 200, (Number(page!["page"]) - 1) * 4096 + 8);
  closeSync(file);
  const clock = new TestClock("2026-06-14T12:00:00Z");
  await expect(backUpHere(depsOf(config, clock), { stop: never })).rejects.toThrow(/damaged|malformed/);
  expect(readdirSync(config.backup.folder)).toEqual(["theset-20260613-120000.db", "theset-20260613-120000.json"]);
});

test("counters that do not agree with the votes are backed up as they are, and told", async () => {
  await using database = await createTestDatabase();
  const show = await buildShow(database);
  await database.change((tx) => tx.run(`UPDATE shows SET total_votes = 7 WHERE id = ${show.showId}`));
  const { manifest } = await backUpHere(depsOf(configOf(database)), { stop: never });
  expect(manifest.miscounts).toBe(1);
});

test("two at the same second are one: the second is told to wait", async () => {
  await using database = await createTestDatabase();
  const deps = depsOf(configOf(database));
  const results = await Promise.allSettled([backUpHere(deps, { stop: never }), backUpHere(deps, { stop: never })]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(backUpHere(deps, { stop: never })).rejects.toBeInstanceOf(BackupUnderWayError);
  expect(listBackups(deps.config.backup.folder).map(({ manifest }) => manifest !== null)).toEqual([true]);
});

test("a folder that can't be written is named with the setting", async () => {
  await using database = await createTestDatabase();
  const config = configOf(database, { BACKUP_DIR: join(database.path, "no") });
  await expect(backUpHere(depsOf(config), { stop: never })).rejects.toThrow(/^No backup can be written into .* \(ENOTDIR\)\. Give this user the right to, or set BACKUP_DIR/);
});

test("as many stay as are kept; what others put there stays too", async () => {
  await using database = await createTestDatabase();
  const config = configOf(database, { BACKUP_KEEP: "2" });
  const clock = new TestClock();
  const { folder } = config.backup;
  const strangers = ["notes.txt", "theset.db", "theset-old.db.partial", "my-theset-20200101-000000.db"];
  await backUpHere(depsOf(config, clock), { stop: never });
  for (const name of strangers) writeFileSync(join(folder, name), "mine");
  for (let day = 0; day < 3; day += 1) {
    clock.advance(86_400_000);
    await backUpHere(depsOf(config, clock), { stop: never });
  }
  expect(listBackups(folder).map(({ base }) => base)).toEqual(["theset-20260616-120000", "theset-20260615-120000"]);
  expect(strangers.filter((name) => !readdirSync(folder).includes(name))).toEqual([]);
});

test("what a killed backup left is taken away a day later, and a file without its pair is no backup", async () => {
  await using database = await createTestDatabase();
  const { folder } = configOf(database).backup;
  const deps = depsOf(configOf(database));
  await backUpHere(deps, { stop: never });
  const now = deps.now();
  const leave = (name: string, ago: number) => {
    writeFileSync(join(folder, name), "half");
    utimesSync(join(folder, name), new Date(now - ago), new Date(now - ago));
  };
  for (const end of ["db.partial", "db.partial-journal", "json.partial"]) leave(`theset-20260612-000000.${end}`, 90_000_000);
  for (const end of ["db.partial", "db.partial-journal"]) leave(`theset-20260613-110000.${end}`, 3_600_000);
  pruneBackups(folder, { keep: 7, made: null, now });
  expect(readdirSync(folder).filter((name) => name.includes(".partial"))).toEqual(["theset-20260613-110000.db.partial", "theset-20260613-110000.db.partial-journal"]);
  rmSync(join(folder, "theset-20260613-120000.json"));
  expect(() => sourceIn(folder, "latest")).toThrow(`There is no whole backup in ${folder}.`);
  expect(() => sourceIn(folder, "theset-20260613-120000")).toThrow(/has no manifest beside it/);
});

test("the schedule's backup is left out where another process has just made one, and failures are counted", async () => {
  await using database = await createTestDatabase();
  const clock = new TestClock();
  const log: string[] = [];
  const logger = pino({ level: "info" }, { write: (line: string) => void log.push(line) });
  const world = { sleep: () => Promise.resolve(), fetch };
  const backups = new ScheduledBackups({ ...depsOf(configOf(database), clock), ...world }, logger);
  const task = backupTask({ latest: () => backups.latest(), make: () => backups.make(), now: clock.now });
  expect(backups.latest()).toBeNull();
  await task();
  expect(backups.latest()).toBe(clock.now());
  clock.advance(20_000);
  await task();
  clock.advance(86_400_000);
  await task();
  expect(listBackups(configOf(database).backup.folder)).toHaveLength(2);
  expect(log.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(["Backed up", "Backed up"]);

  const broken = new ScheduledBackups({ ...depsOf(configOf(database, { BACKUP_DIR: join(database.path, "no") }), clock), ...world }, logger);
  await expect(broken.make()).rejects.toThrow();
  expect(broken.failures).toBe(1);
});

/** Makes a database so large that a backup of it takes a while. */
async function fatten(database: TestDatabase): Promise<void> {
  await database.change((tx) =>
    tx.run(`INSERT INTO settings WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) SELECT 'key ' || i, hex(randomblob(40)) FROM n`),
  );
}

test("while a large database is backed up, votes are counted and pages are read", { timeout: 60_000 }, async () => {
  await using database = await createTestDatabase();
  await fatten(database);
  const shows: BuiltShow[] = [];
  for (let i = 0; i < 5; i += 1) shows.push(await buildShow(database));
  await using server = await startTestServer({ database });
  const { client } = server;
  const fan = await server.fan();
  let ended = false;
  const running = backUpHere(depsOf(configOf(database)), { stop: never }).finally(() => (ended = true));
  let [votes, reads] = [0, 0];
  for (const setlistSongId of shows.flatMap((show) => show.setlistSongIds.slice(0, 10))) {
    if (ended) break;
    const { verdict } = await fan.client.votes.cast.mutate({ setlistSongId });
    if (verdict === "counted") votes += 1;
    await client.shows.get.query({ show: shows[0]!.slug });
    reads += 1;
  }
  const { manifest } = await running;
  expect(Math.min(votes, reads)).toBeGreaterThan(5);
  expect(manifest).toMatchObject({ miscounts: 0, rows: { settings: expect.any(Number) as unknown } });
  expect(manifest.rows["votes"]).toBeLessThanOrEqual(votes);
  expect(await database.rows("SELECT sum(total_votes) AS n FROM shows")).toEqual([{ n: votes }]);
});

test("a stop breaks a backup off and leaves nothing of it", { timeout: 60_000 }, async () => {
  await using database = await createTestDatabase();
  await fatten(database);
  const config = configOf(database);
  const stop = new AbortController();
  const running = backUpHere(depsOf(config), { stop: stop.signal });
  const folder = config.backup.folder;
  // Once the copy has begun to grow it is under way.
  const grown = () => listFiles(folder).some((name) => name.endsWith(".partial"));
  let ended = false;
  running.catch(() => {}).finally(() => (ended = true));
  while (!grown() && !ended) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await expect(running).rejects.toThrow("The backup was broken off because the program stops.");
  expect(listFiles(folder)).toEqual([]);
});

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
