import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { backUp, type BackupDeps } from "#server/backup/backups.ts";
import { listBackups } from "#server/backup/folder.ts";
import { restore, sourceInStore } from "#server/backup/restore.ts";
import { storeOf, type Store } from "#server/backup/store.ts";
import { listStore } from "#server/backup/upload.ts";
import { readConfig } from "#server/config/config.ts";
import { buildShow } from "#tests/support/builders.ts";
import { quickFiles } from "#tests/support/bundled.ts";
import { TestClock } from "#tests/support/clock.ts";
import { talliesOf } from "#tests/support/old-databases.ts";
import { startStore, storeSettings, type TestStore } from "#tests/support/s3-store.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

const files = quickFiles;

interface World extends AsyncDisposable {
  database: TestDatabase;
  away: TestStore;
  clock: TestClock;
  deps: BackupDeps;
  store: Store;
  /** How long was waited before trying again, in ms. */
  pauses: number[];
  backUp(): ReturnType<typeof backUp>;
}

async function world(env: Record<string, string> = {}): Promise<World> {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase());
  const away = stack.use(await startStore());
  await buildShow(database);
  const clock = new TestClock();
  const pauses: number[] = [];
  const config = readConfig({ DATA_DIR: dirname(database.path), DATABASE_URL: database.url, DEMO: "0", ...storeSettings(away), ...env });
  const sleep = async (ms: number) => void pauses.push(ms);
  const deps = { config, files, program: "1.2.3", now: clock.now, sleep, fetch };
  return {
    database,
    away,
    clock,
    deps,
    store: storeOf({ ...deps, s3: config.backup.s3! }),
    pauses,
    backUp: () => backUp(deps, new AbortController().signal),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test("a backup goes to the second place byte for byte, its manifest last, and comes back from there", async () => {
  await using on = await world();
  const { away, manifest } = await on.backUp();
  expect(away).toBe(true);
  const { folder } = on.deps.config.backup;
  for (const name of ["theset-20260613-120000.db", "theset-20260613-120000.json"]) {
    expect(on.away.files.get(`theset/${name}`)?.equals(readFileSync(join(folder, name)))).toBe(true);
  }
  expect(on.away.log.slice(0, 2)).toEqual(["PUT /bucket/theset/theset-20260613-120000.db 200", "PUT /bucket/theset/theset-20260613-120000.json 200"]);

  const place = readConfig({ DATA_DIR: join(folder, "../fresh"), DEMO: "0" });
  const source = await sourceInStore(on.store, "latest");
  expect(source.manifest).toEqual(manifest);
  await restore({ config: place, known: files.migrations(), now: on.clock.now }, source);
  expect(await talliesOf(place.databasePath)).toEqual(await talliesOf(on.database.path));
});

test("as many stay there as are kept; what others put there stays", async () => {
  await using on = await world({ BACKUP_KEEP: "2" });
  on.away.files.set("theset/notes.txt", Buffer.from("mine"));
  on.away.files.set("other/theset-20200101-000000.db", Buffer.from("mine"));
  for (let day = 0; day < 4; day += 1) {
    await on.backUp();
    on.clock.advance(86_400_000);
  }
  expect((await listStore(on.store)).map(({ base, good }) => [base, good])).toEqual([
    ["theset-20260616-120000", true],
    ["theset-20260615-120000", true],
  ]);
  expect(on.away.files.has("theset/notes.txt")).toBe(true);
  expect(on.away.files.has("other/theset-20200101-000000.db")).toBe(true);
});

test("trouble that passes is waited out, longer each time", async () => {
  await using on = await world();
  on.away.failNext(503, 0, 500);
  await on.backUp();
  expect(on.pauses).toEqual([500, 1_000, 2_000]);
  expect((await listStore(on.store)).map(({ good }) => good)).toEqual([true]);
});

test("a store that stays down leaves the backup here, and says so", async () => {
  await using on = await world();
  on.away.failNext(503, 503, 503, 503);
  await expect(on.backUp()).rejects.toThrow(
    `theset-20260613-120000.db is in ${on.deps.config.backup.folder}, but not in the second place. The store at ${on.away.url} refused (PUT: 503 SlowDown).`,
  );
  expect(listBackups(on.deps.config.backup.folder).map(({ manifest }) => manifest !== null)).toEqual([true]);
});

test("a broken upload is noticed by its hash, and is never a backup", async () => {
  await using on = await world();
  on.away.garbleNext();
  await expect(on.backUp()).rejects.toThrow(/refused \(PUT: 400 XAmzContentSHA256Mismatch\)/);
  expect(await listStore(on.store)).toEqual([]);
  // A copy whose manifest did not get there is not whole either.
  on.clock.advance(60_000);
  on.away.failNext(200, 403);
  await expect(on.backUp()).rejects.toThrow(/403 AccessDenied/);
  await expect(sourceInStore(on.store, "latest")).rejects.toThrow(`There is no backup in ${on.away.url}.`);
});

test.each([
  [{ BACKUP_S3_SECRET_ACCESS_KEY: "wrong" }, /403 SignatureDoesNotMatch/],
  [{ BACKUP_S3_ACCESS_KEY_ID: "unknown" }, /403 InvalidAccessKeyId/],
  [{ BACKUP_S3_REGION: "us-east-1" }, /403 AuthorizationHeaderMalformed/],
])("with %j nothing gets there, at the first try", async (env, refusal) => {
  await using on = await world(env);
  await expect(on.backUp()).rejects.toThrow(refusal);
  expect(on.pauses).toEqual([]);
  expect(on.away.files.size).toBe(0);
});

test("an address without a bucket, and one where nobody is, are told with the setting", async () => {
  await using on = await world();
  const s3 = { ...on.deps.config.backup.s3!, url: "https://s3.example.org" };
  expect(() => storeOf({ ...on.deps, s3 })).toThrow("BACKUP_S3_URL names no bucket. Example: BACKUP_S3_URL=https://s3.example.org/bucket/theset");
  const gone = storeOf({ ...on.deps, s3: { ...s3, url: "http://127.0.0.1:9/bucket" } });
  await expect(listStore(gone)).rejects.toThrow(/cannot be reached .* Check BACKUP_S3_URL and the network\./);
});

test("what was changed in the second place is not put back", async () => {
  await using on = await world();
  await on.backUp();
  on.away.files.get("theset/theset-20260613-120000.db")![5_000]! ^= 1;
  const place = readConfig({ DATA_DIR: join(on.deps.config.backup.folder, "../fresh"), DEMO: "0" });
  const source = await sourceInStore(on.store, "theset-20260613-120000");
  await expect(restore({ config: place, known: files.migrations(), now: on.clock.now }, source)).rejects.toThrow(/is not what its manifest says/);
});
