import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, readlinkSync, statfsSync, statSync, writeFileSync, writeSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { openWriter } from "#db/client.ts";
import { unpack } from "#tests/support/old-databases.ts";
import { mountSmallDisk } from "../faults/full-disk.ts";
import { workplace, type Ended, type Workplace } from "./program.ts";
import { rowsOf } from "./rows.ts";

const quiet = { LOG_LEVEL: "warn", PORT: "0", DEMO: "0" };
const root = process.getuid?.() === 0;
/** Somebody who is not root: a folder of ours is closed to them. */
const stranger = root ? 65_534 : undefined;

/** One clear line, the right code, and nothing on stdout. */
function expectLine({ code, stdout, stderr }: Ended, line: RegExp | string): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^[^\n]+\n$/);
  if (typeof line === "string") expect(stderr).toBe(`${line}\n`);
  else expect(stderr).toMatch(line);
}

async function withDatabase(here: Workplace): Promise<string> {
  expect((await here.run(["migrate"])).code).toBe(0);
  return here.path("data/theset.db");
}

test("a data folder that can't be made", async () => {
  using here = workplace();
  writeFileSync(here.path("data"), "a file");
  expectLine(await here.run(["serve"], { env: quiet }), /^The folder .*\/data cannot be made: there is a file of that name\. .*DATA_DIR/);
  expect(readFileSync(here.path("data"), "utf8")).toBe("a file");
});

test("a data folder that can't be written, or belongs to somebody else", async () => {
  using here = workplace();
  mkdirSync(here.path("data"));
  chmodSync(here.path("data"), 0o555);
  chmodSync(here.folder, 0o755);
  const ended = await here.run(["serve"], { env: quiet, uid: stranger });
  expectLine(ended, /^The folder .*\/data cannot be written: this user may not; it belongs to user \d+, this is user \d+\. .*chown/);
});

test.runIf(root)("a data folder that is closed to this user", async () => {
  using here = workplace();
  await withDatabase(here);
  chmodSync(here.folder, 0o755);
  for (const verb of ["serve", "user list"]) {
    expectLine(await here.run(verb.split(" "), { env: quiet, uid: stranger }), /^The folder .*\/data cannot be written: this user may not; it belongs to user 0/);
  }
  expectLine(await here.run(["verify"], { env: quiet, uid: stranger }), /^The database cannot be opened\. See that .* this user may read and write in it\./);
  for (const verb of ["backup", "export -", "restore latest"]) {
    expectLine(await here.run(verb.split(" "), { env: quiet, uid: stranger }), /^EACCES: permission denied, \w+ '.*'\. Give it to this user with chown, or start as the user that it belongs to\.$/m);
  }
});

test("a database that belongs to somebody else, in a folder that does not", async () => {
  using here = workplace();
  const path = await withDatabase(here);
  chmodSync(here.folder, 0o755);
  chmodSync(here.path("data"), 0o777);
  chmodSync(path, 0o444);
  expectLine(await here.run(["serve"], { env: quiet, uid: stranger }), /^The database .* cannot be written: this user may not; it belongs to user \d+/);
});

test.runIf(root)("a read-only disk", async () => {
  using here = workplace();
  const disk = mountSmallDisk(16)!;
  try {
    execFileSync("mount", ["-o", "remount,ro", disk.folder]);
    expectLine(await here.run(["serve"], { env: { ...quiet, DATA_DIR: `${disk.folder}/data` } }), /cannot be made: the disk is mounted read-only\. Mount it for writing, or set DATA_DIR/);
    expectLine(await here.run(["serve"], { env: { ...quiet, DATA_DIR: disk.folder } }), /cannot be written: the disk is mounted read-only\. Mount it for writing, or set DATA_DIR/);
    expect((await here.run(["doctor"], { env: { ...quiet, PORT: "1", DATA_DIR: disk.folder } })).stdout).toMatch(/^fail data folder: .* cannot be written: the disk is mounted read-only\n {5}-> Mount it for writing/m);
  } finally {
    disk.unmount();
  }
});

test.runIf(root)("a full disk at the first start and at a later one; what was there stays", async () => {
  using here = workplace();
  const disk = mountSmallDisk(16)!;
  const env = { ...quiet, DATA_DIR: disk.folder };
  try {
    expect((await here.run(["migrate"], { env })).code).toBe(0);
    const before = readFileSync(`${disk.folder}/theset.db`);
    const fresh = { ...quiet, DATA_DIR: `${disk.folder}/fresh` };
    const { bavail, bsize } = statfsSync(disk.folder);
    const filler = openSync(`${disk.folder}/filler`, "w");
    for (let i = 0; i < bavail - 10; i += 1) writeSync(filler, Buffer.alloc(bsize, 1));
    closeSync(filler);
    expectLine(await here.run(["serve"], { env }), /^The disk of .* is full: \d+ KiB are free\. Make room/);
    expectLine(await here.run(["serve"], { env: fresh }), /^The disk of .* is full: /);
    expect(readFileSync(`${disk.folder}/theset.db`).equals(before)).toBe(true);
  } finally {
    disk.unmount();
  }
});

test("a port in use", async () => {
  using here = workplace();
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const ended = await here.run(["serve"], { env: { ...quiet, PORT: String(port) } });
  taken.close();
  expectLine(ended, `127.0.0.1:${port} is in use by another program. Stop that one, or set another address, for example PORT=${port + 1}.`);
});

test("an address that is none of this machine's", async () => {
  using here = workplace();
  expectLine(await here.run(["serve"], { env: { ...quiet, HOST: "203.0.113.9" } }), "HOST=203.0.113.9 is no address of this machine. Set one that is, for example HOST=127.0.0.1.");
});

test("a file that is no database", async () => {
  using here = workplace();
  mkdirSync(here.path("data"));
  writeFileSync(here.path("data/theset.db"), "my shopping list\n".repeat(500));
  expectLine(await here.run(["serve"], { env: quiet }), /theset\.db is no SQLite database, or its beginning is damaged\. It was left as it is/);
  for (const verb of ["verify", "export -"]) expectLine(await here.run(verb.split(" "), { env: quiet }), /^The file is no SQLite database, or is damaged\..*\(SQLITE_NOTADB\)$/m);
  expectLine(await here.run(["backup"], { env: quiet }), /^The backup failed: SQLITE_NOTADB: file is not a database\. The file is no SQLite database, or is damaged\./);
  expect(readFileSync(here.path("data/theset.db"), "utf8")).toBe("my shopping list\n".repeat(500));
});

test("a database of another program", async () => {
  using here = workplace();
  mkdirSync(here.path("data"));
  const theirs = await openWriter(`file:${here.path("data/theset.db")}`);
  await theirs.client.execute("CREATE TABLE recipes (name TEXT)");
  theirs.close();
  for (const verb of ["serve", "migrate", "seed", "verify"]) {
    expectLine(await here.run([verb], { env: quiet }), /theset\.db is the database of another program\. It was left as it is/);
  }
  expect(await rowsOf(here, "SELECT name FROM sqlite_schema")).toEqual([{ name: "recipes" }]);
});

test("a damaged database", async () => {
  using here = workplace();
  const path = await withDatabase(here);
  const file = openSync(path, "r+");
  writeSync(file, Buffer.alloc(3_000, 0xff), 0, 3_000, 100);
  closeSync(file);
  const damaged = readFileSync(path);
  expectLine(await here.run(["serve"], { env: quiet }), /^The database is damaged\. .*restore a backup\. \(SQLITE_CORRUPT\)$/m);
  expectLine(await here.run(["backup"], { env: quiet }), /^The backup failed: SQLITE_CORRUPT: .*\. The database is damaged\. .*restore a backup\.$/m);
  expect(readFileSync(path).equals(damaged)).toBe(true);
});

test("a database older than the program is not verified before it is migrated", async () => {
  using here = workplace();
  mkdirSync(here.path("data"));
  unpack("0000", here.path("data/theset.db"));
  expectLine(await here.run(["verify"], { env: quiet }), /^The database has 1 of this program's \d+ migrations\. `theset migrate` brings it up to date, after a backup; verify it then\.$/m);
  expect((await here.run(["migrate"], { env: quiet })).code).toBe(0);
  expect((await here.run(["verify"], { env: quiet })).code).toBe(0);
});

test("a database newer than the program", async () => {
  using here = workplace();
  const path = await withDatabase(here);
  const newer = await openWriter(`file:${path}`);
  await newer.client.execute("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of tomorrow', 9999999999999)");
  newer.close();
  expectLine(await here.run(["serve"], { env: quiet }), /a newer TheSet has used it\. Start the newer program/);
  expectLine(await here.run(["verify"], { env: quiet }), /^The database is of a newer TheSet, or of another build\. Verify it with that one\.$/m);
});

test("a secret's file that can't be read", async () => {
  using here = workplace();
  const env = { ...quiet, METRICS_TOKEN_FILE: here.path("none") };
  expectLine(await here.run(["serve"], { env }), /^METRICS_TOKEN_FILE is not valid: the file cannot be read \(ENOENT.*\)\. Example: METRICS_TOKEN_FILE=\/run\/secrets\/metrics_token$/m);
});

test("a clock in 1970", async () => {
  using here = workplace();
  const env = { ...quiet, NODE_OPTIONS: "--import=data:text/javascript,Date.now=()=>86400000" };
  for (const verb of ["serve", "work", "migrate", "backup"]) {
    expectLine(await here.run([verb], { env }), "This machine's clock says 1970-01-02T00:00:00.000Z, which can't be. Set it first, for example with `timedatectl set-ntp true`.");
  }
  expect(await here.run(["user", "list"])).toMatchObject({ code: 1 });
});

test("SIGTERM while the first migration waits: it is finished or not begun, and the end is 0", async () => {
  using here = workplace();
  mkdirSync(here.path("data"));
  const other = await openWriter(`file:${here.path("data/theset.db")}`);
  const held = await other.client.transaction("write");
  await using server = here.start(["serve"], { env: quiet });
  // The writer's connection is open: it waits for the lock.
  await until(() => opened(server.process.pid!).includes(here.path("data/theset.db")));
  const stopping = server.stop();
  held.close();
  other.close();
  const { code, stderr } = await stopping;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(await rowsOf(here, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  expect((await here.run(["verify"])).code).toBe(0);
});

const moments: Record<string, (here: Workplace, pid: number) => boolean> = {
  "it has just been started": () => true,
  "the data folder is made": (here) => existsSync(here.path("data")),
  "the database is made": (here) => existsSync(here.path("data/theset.db")),
  "the database is open": (here, pid) => opened(pid).includes(here.path("data/theset.db")),
  "something is written": (here) => (statSync(here.path("data/theset.db-wal"), { throwIfNoEntry: false })?.size ?? 0) > 0,
};

test.each(Object.keys(moments))("SIGTERM during the first start, when %s: the next one finds all as it should be", async (moment) => {
  using here = workplace();
  await using server = here.start(["serve"], { env: quiet });
  const { pid } = server.process;
  await until(() => moments[moment]!(here, pid!));
  const { code } = await server.stop();
  // Before the program is loaded nobody hears the signal, and nothing has been begun.
  expect([0, null]).toContain(code);
  expect((await here.run(["migrate"])).code).toBe(0);
  expect(await rowsOf(here, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  expect((await here.run(["verify"])).code).toBe(0);
});

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setImmediate(resolve));
}

/** Files that a process has open; none once it has ended. */
function opened(pid: number): string[] {
  const links = (fd: string) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      return [];
    }
  };
  return readdirSync(`/proc/${pid}/fd`).flatMap(links);
}
