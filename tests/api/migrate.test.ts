import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openWriter, type Connection } from "#db/client.ts";
import { migrate, MigrationError, readMigrations } from "#db/migrate.ts";
import { createTestDatabase } from "#tests/support/test-database.ts";

const carried = join(process.cwd(), "db/migrations");

interface Journal {
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[];
}

/** An empty database and a copy of the program's migrations that a test may change. */
async function stage() {
  const room = mkdtempSync(join(tmpdir(), "theset-migrate-"));
  const folder = join(room, "migrations");
  cpSync(carried, folder, { recursive: true });
  const url = `file:${join(room, "theset.db")}`;
  const writer = await openWriter(url);
  return {
    url,
    folder,
    writer,
    count: journalOf(folder).entries.length,
    migrate: () => migrate(writer.client, readMigrations(folder)),
    [Symbol.asyncDispose]: async () => {
      writer.close();
      rmSync(room, { recursive: true });
    },
  };
}

function journalOf(folder: string): Journal {
  return JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8")) as Journal;
}

/** Adds a migration to a folder, as a later version of the program would. */
function addMigration(folder: string, tag: string, sql: string, when?: number): void {
  const journal = journalOf(folder);
  const last = journal.entries.at(-1)!;
  journal.entries.push({ ...last, idx: last.idx + 1, tag, when: when ?? last.when + 1 });
  writeFileSync(join(folder, "meta/_journal.json"), JSON.stringify(journal));
  writeFileSync(join(folder, `${tag}.sql`), sql);
}

/** Everything that a database holds: its schema and the rows of its tables. */
async function contents({ client }: Connection): Promise<unknown> {
  const { rows: objects } = await client.execute("SELECT name, type, sql FROM sqlite_schema ORDER BY name");
  const tables = objects.filter((row) => row["type"] === "table").map((row) => row["name"] as string);
  const rows: Record<string, unknown> = {};
  for (const table of tables) rows[table] = (await client.execute(`SELECT * FROM "${table}"`)).rows.map((row) => ({ ...row }));
  return { objects: objects.map((row) => ({ ...row })), rows };
}

async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MigrationError)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return error.message;
}

describe("migrating", () => {
  test("makes an empty database whole, and the second time there is nothing to do", async () => {
    await using on = await stage();
    expect(await on.migrate()).toBe(on.count);
    const before = await contents(on.writer);
    expect(await on.migrate()).toBe(0);
    expect(await contents(on.writer)).toEqual(before);
    const { rows } = await on.writer.client.execute("SELECT count(*) AS n FROM votes");
    expect(rows[0]!["n"]).toBe(0);
  });

  test("keeps foreign keys enforced afterwards, also when it was refused", async () => {
    await using on = await stage();
    const enforced = async () => (await on.writer.client.execute("PRAGMA foreign_keys")).rows[0]!["foreign_keys"];
    await on.migrate();
    expect(await enforced()).toBe(1);
    addMigration(on.folder, "0999_broken", "CREATE TABLE oops (");
    await expect(on.migrate()).rejects.toThrow();
    expect(await enforced()).toBe(1);
  });

  test("adds what a later version brings and keeps the rows", async () => {
    await using on = await stage();
    await on.migrate();
    await on.writer.client.execute("INSERT INTO settings (key, value) VALUES ('demo', 'present')");
    addMigration(on.folder, "0999_later", "ALTER TABLE settings ADD COLUMN note text;");
    expect(await on.migrate()).toBe(1);
    const { rows } = await on.writer.client.execute("SELECT * FROM settings");
    expect(rows.map((row) => ({ ...row }))).toEqual([{ key: "demo", value: "present", note: null }]);
  });

  test("does all or nothing: where a later migration fails, none before it stays", async () => {
    await using on = await stage();
    await on.migrate();
    const before = await contents(on.writer);
    addMigration(on.folder, "0998_fine", "CREATE TABLE fine (id integer);");
    addMigration(on.folder, "0999_broken", "CREATE TABLE broken (");
    await expect(on.migrate()).rejects.toThrow();
    expect(await contents(on.writer)).toEqual(before);
  });

  test("refuses to leave rows that point nowhere", async () => {
    await using on = await stage();
    await on.migrate();
    const { client } = on.writer;
    await client.execute("INSERT INTO users (email, display_name, created_at) VALUES ('a@example.org', 'A', 0)");
    await client.execute("INSERT INTO sessions VALUES ('hash', 1, 0, 0)");
    const before = await contents(on.writer);
    addMigration(on.folder, "0999_careless", "DELETE FROM users;");
    expect(await refusalOf(on.migrate())).toBe(
      "After migrating, 1 rows point to rows that do not exist; nothing was changed. Restore a backup and report this.",
    );
    expect(await contents(on.writer)).toEqual(before);
  });
});

describe("a database that does not fit is refused, unchanged", () => {
  test("when a newer program has used it", async () => {
    await using on = await stage();
    addMigration(on.folder, "0999_later", "CREATE TABLE later (id integer);");
    await on.migrate();
    const before = await contents(on.writer);
    expect(await refusalOf(migrate(on.writer.client, readMigrations(carried)))).toBe(
      `This database has ${on.count + 1} migrations and this program knows ${on.count}: a newer TheSet has used it. Start the newer program, or restore a backup made by this one.`,
    );
    expect(await contents(on.writer)).toEqual(before);
  });

  test("when an applied migration is not the program's own", async () => {
    await using on = await stage();
    await on.migrate();
    const before = await contents(on.writer);
    const first = join(on.folder, `${journalOf(on.folder).entries[0]!.tag}.sql`);
    writeFileSync(first, `${readFileSync(first, "utf8")}\n-- changed`);
    addMigration(on.folder, "0999_later", "CREATE TABLE later (id integer);");
    expect(await refusalOf(on.migrate())).toBe(
      "Migration 1 of this database is not the one that this program carries. It was made by another build; start that one, or restore a backup.",
    );
    expect(await contents(on.writer)).toEqual(before);
  });

  test("when two builds have added different migrations", async () => {
    await using on = await stage();
    addMigration(on.folder, "0999_theirs", "CREATE TABLE theirs (id integer);");
    await on.migrate();
    const before = await contents(on.writer);
    writeFileSync(join(on.folder, "0999_theirs.sql"), "CREATE TABLE ours (id integer);");
    expect(await refusalOf(on.migrate())).toMatch(new RegExp(`^Migration ${on.count + 1} of this database`));
    expect(await contents(on.writer)).toEqual(before);
  });
});

test("two processes that start at once on an empty file migrate it once", async () => {
  await using on = await stage();
  const untouched = on.url.replace("theset.db", "untouched.db");
  const script = join(process.cwd(), "tests/support/migrating-process.ts");
  const processes = [1, 2].map(() => fork(script, [untouched, on.folder], { execArgv: [], silent: true }));
  await Promise.all(processes.map((child) => once(child, "message")));
  const answers = processes.map(async (child) => {
    const [answer] = (await once(child, "message")) as [{ migrated?: number; failed?: string }];
    return answer;
  });
  for (const child of processes) child.send("go");
  const results = await Promise.all(answers);
  expect(results.filter((result) => result.failed !== undefined)).toEqual([]);
  expect(results.map((result) => result.migrated).sort()).toEqual([0, on.count]);
});

test("no column is named as what tells how many values a row has, for the driver's rows would hide it", async () => {
  await using database = await createTestDatabase();
  const found = await database.rows("SELECT t.name || '.' || c.name AS found FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name = 'length'");
  expect(found).toEqual([]);
});
