import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, inject, test } from "vitest";
import { openWriter } from "#db/client.ts";
import { exportLines } from "#server/backup/export.ts";
import { importFrom } from "#server/backup/import.ts";
import { readConfig, type Config } from "#server/config/config.ts";
import { folderFiles } from "#server/files/folder-files.ts";
import { TestClock } from "#tests/support/clock.ts";
import { contentsOf, oldDatabases, rowsOf, talliesOf, unpack } from "#tests/support/old-databases.ts";

const newest = oldDatabases.at(-1)!;
const migrations = Number(newest) + 1;
const { now } = new TestClock();

interface Room extends Disposable {
  /** An old database, and its export. */
  database: string;
  exported(secrets?: boolean): Promise<string>;
  /** Imports into a new place in this room; what it holds then. */
  imported(text: string | string[]): Promise<{ path: string; header: unknown; rows: Record<string, number> }>;
  place(name: string): Config;
}

function room(number = newest): Room {
  const folder = mkdtempSync(join(tmpdir(), "theset-export-"));
  const database = join(folder, "theset.db");
  unpack(number, database);
  let places = 0;
  const place = (name: string) => readConfig({ DATA_DIR: join(folder, name), DEMO: "0" });
  return {
    database,
    place,
    async exported(secrets = true) {
      let text = "";
      for await (const piece of exportLines({ databaseUrl: `file:${database}`, program: "1.2.3", now, secrets })) text += piece;
      return text;
    },
    async imported(text) {
      const config = place(`place-${(places += 1)}`);
      const from = Readable.from(typeof text === "string" ? [text] : text);
      return { path: config.databasePath, ...(await importFrom({ config, known: folderFiles.migrations(), now }, from)) };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

test("what is exported and imported again is the same: every row, every tally, and where ids have come to", async () => {
  using on = room();
  const writer = await openWriter(`file:${on.database}`);
  await writer.client.execute({ sql: "UPDATE songs SET title = ? WHERE id = 1", args: ['Line\u2028break\n"quoted"\r\\ \u0000nul 🎸'] });
  await writer.client.execute("INSERT INTO songs (artist_id, title, search_title, likelihood_rank) VALUES (1, 'gone', 'gone', 99)");
  await writer.client.execute("DELETE FROM songs WHERE title = 'gone'");
  writer.close();
  const { path, rows } = await on.imported(await on.exported());
  expect(rows).toMatchObject({ votes: 360, users: 40, sessions: 5 });
  expect((await contentsOf(path)).rows).toEqual((await contentsOf(on.database)).rows);
  expect(await talliesOf(path)).toEqual(await talliesOf(on.database));
  const types = "SELECT typeof(latitude) AS latitude, typeof(capacity) AS capacity, (SELECT typeof(seq) FROM sqlite_sequence LIMIT 1) AS seq FROM venues";
  expect(await rowsOf(path, types)).toEqual(await rowsOf(on.database, types));
});

test("an export is lines of JSON: a header, rows by table, and an end that counts them", async () => {
  using on = room();
  const lines = (await on.exported(false)).trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines[0]).toMatchObject({ theset: "export", format: 1, program: "1.2.3", madeAt: "2026-06-13T12:00:00.000Z", schema: { migrations }, secrets: false });
  expect(lines.at(-1)).toMatchObject({ end: true, rows: { votes: 360, users: 40 } });
  expect(lines.slice(1, -1).filter(({ table }) => table === "votes")).toHaveLength(360);
});

test("without secrets there is no hash of a password or token, no session and no key in it, and all else is lossless", async () => {
  using on = room();
  const writer = await openWriter(`file:${on.database}`);
  await writer.client.execute("INSERT INTO settings VALUES ('network_key', 'a-key-of-the-server')");
  writer.close();
  const text = await on.exported(false);
  expect(text).not.toMatch(/argon2id|token-1|session-1|a-key-of-the-server/);
  const { path } = await on.imported(text);
  const [before, after] = [await contentsOf(on.database), await contentsOf(path)];
  const hidden = { sessions: [], api_tokens: [], users: before.rows["users"]!.map((user) => ({ ...user, password_hash: null })), settings: [{ key: "demo", value: "removed" }] };
  expect(after.rows).toEqual({ ...before.rows, ...hidden });
});

test("however a file is cut into pieces, it is read the same", async () => {
  using on = room();
  const text = await on.exported();
  const pieces = Array.from({ length: Math.ceil(text.length / 97) }, (_, i) => text.slice(i * 97, (i + 1) * 97));
  const { path } = await on.imported(pieces);
  expect(await talliesOf(path)).toEqual(await talliesOf(on.database));
});

test.each(oldDatabases)("an export of schema %s is brought up to the newest, tallies and all", async (number) => {
  using on = room(number);
  const { path } = await on.imported(await on.exported());
  expect(await talliesOf(path)).toEqual(await talliesOf(on.database));
  expect(await rowsOf(path, "SELECT hash FROM __drizzle_migrations ORDER BY id")).toEqual(folderFiles.migrations().map(({ hash }) => ({ hash })));
});

test.each<[string, (lines: string[]) => string[], RegExp]>([
  ["half a file", (lines) => lines.slice(0, 200), /ends in the middle: its last line is missing/],
  ["a file cut within a line", (lines) => [...lines.slice(0, 200), lines[200]!.slice(0, 20)], /^Line 201 is not one of an export/],
  ["a file without one of its rows", (lines) => lines.toSpliced(300, 1), /is not as it was written/],
  ["a row that was changed", (lines) => lines.map((line) => line.replace('"Fan 7', '"Fam 7')), /is not as it was written/],
  ["a row for a table that there is not", (lines) => lines.toSpliced(5, 0, '{"table":"sqlite_schema","row":{"name":"x"}}'), /^Line 6 can't be stored in sqlite_schema/],
  ["a row twice", (lines) => lines.toSpliced(5, 0, lines.find((line) => line.includes('"users"'))!), /can't be stored|is not as it was written/],
  ["lines after the end", (lines) => [...lines, lines[1]!], /comes after the end/],
  ["something else", () => ["<html>"], /^This is no export/],
  ["nothing", () => [], /the file is empty/],
  ["an export of a later schema", (lines) => [lines[0]!.replace(`"migrations":${migrations}`, '"migrations":99'), ...lines.slice(1)], /was made by a newer TheSet \(1\.2\.3\)/],
])("%s is refused, and leaves nothing behind", async (_what, change, refusal) => {
  using on = room();
  const lines = (await on.exported()).trimEnd().split("\n");
  const changed = change(lines);
  expect(changed).not.toEqual(lines);
  const config = on.place("new");
  const text = changed.map((line) => `${line}\n`).join("");
  await expect(importFrom({ config, known: folderFiles.migrations(), now }, Readable.from(text === "" ? [] : [text]))).rejects.toThrow(refusal);
  expect(readdirSync(config.dataDir)).toEqual([]);
});

test("a database with rows is not imported over; one without takes it and stays beside", async () => {
  using on = room();
  const text = await on.exported();
  const config = on.place("taken");
  const bring = () => importFrom({ config, known: folderFiles.migrations(), now }, Readable.from([text]));
  mkdirSync(config.dataDir);
  copyFileSync(inject("templateDatabase"), config.databasePath);
  await bring();
  const before = readFileSync(config.databasePath);
  await expect(bring()).rejects.toThrow(`${config.databasePath} has rows, and an import needs an empty place.`);
  expect(readFileSync(config.databasePath).equals(before)).toBe(true);
  expect(readdirSync(config.dataDir)).toEqual(["theset.db", "theset.db.before-20260613-120000"]);
  expect(await talliesOf(config.databasePath)).toEqual(await talliesOf(on.database));
});
