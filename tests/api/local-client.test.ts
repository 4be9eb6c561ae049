import { createClient, type Client, type InStatement } from "@libsql/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LocalClient } from "#db/local-client.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

let database: TestDatabase;

function openLocal(): LocalClient {
  return new LocalClient(database.url.replace(/^file:/, ""), { timeout: 0 });
}

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database[Symbol.asyncDispose]());

/** What a caller can see of an answer, or the code of its error. */
async function seen(client: Client, statement: InStatement) {
  try {
    const { columns, columnTypes, rows, rowsAffected } = await client.execute(statement);
    const plain = rows.map((row) => ({ named: { ...row }, keys: Object.keys(row), values: Array.from(row as never) }));
    return { columns, columnTypes, plain, rowsAffected };
  } catch (error) {
    return { error: (error as Error).name, startsWith: String((error as { code?: string }).code).slice(0, 17) };
  }
}

const statements: [string, InStatement][] = [
  ["no rows", "SELECT 1 AS one WHERE 0"],
  ["every type", "SELECT 1 AS i, 1.5 AS f, 'x' AS t, NULL AS n"],
  ["a large number", "SELECT 1781342400000 AS at"],
  ["two columns of one name", "SELECT 1 AS id, 2 AS id, 3 AS other"],
  ["a column called length", "SELECT 7 AS id, 40 AS length"],
  ["values by position", { sql: "SELECT ? AS a, ? AS b, ? AS c", args: [1, "two", null] }],
  ["values by name", { sql: "SELECT :a AS a, $b AS b, @c AS c", args: { a: 1, $b: "two", "@c": true } }],
  ["a boolean and a date", { sql: "SELECT ? AS yes, ? AS at", args: [true, new Date(86_400_000)] }],
  ["an insert", "INSERT INTO settings (key, value) VALUES ('a', '1')"],
  ["the insert that a key forbids", "INSERT INTO settings (key, value) VALUES ('a', '2')"],
  ["an insert that answers", "INSERT INTO settings (key, value) VALUES ('b', '1') RETURNING key, value"],
  ["an update", "UPDATE settings SET value = '3' WHERE key IN ('a', 'b')"],
  ["what is there now", "SELECT key, value FROM settings WHERE key IN ('a', 'b') ORDER BY key"],
  ["a delete", "DELETE FROM settings WHERE key IN ('a', 'b')"],
  ["a syntax error", "SELEC 1"],
  ["an unknown table", "SELECT 1 FROM nowhere"],
  ["a value that is not finite", { sql: "SELECT ?", args: [Number.NaN] }],
];

test.each(statements)("answers as libSQL's own client does: %s", async (_name, statement) => {
  await using other = await createTestDatabase();
  const theirs = createClient({ url: other.url, concurrency: 1 });
  const ours = new LocalClient(other.url.replace(/^file:/, ""), { timeout: 0 });
  const before = statements.slice(0, statements.findIndex(([, s]) => s === statement)).map(([, s]) => s);
  const answers: unknown[] = [];
  for (const client of [theirs, ours]) {
    await client.execute("DELETE FROM settings");
    for (const earlier of before) await client.execute(earlier).catch(() => {});
    // Once to prepare, once as prepared.
    answers.push([await seen(client, statement), await seen(client, statement)]);
    client.close();
  }
  expect(answers[1]).toEqual(answers[0]);
});

describe("a prepared statement", () => {
  test("serves again after it has failed", async () => {
    const client = openLocal();
    const insert = (key: string) => client.execute({ sql: "INSERT INTO settings (key, value) VALUES (?, '')", args: [key] });
    await insert("once");
    await expect(insert("once")).rejects.toMatchObject({ code: expect.stringMatching(/^SQLITE_CONSTRAINT/) as string });
    await insert("twice");
    expect(await database.rows("SELECT key FROM settings WHERE key IN ('once', 'twice') ORDER BY key")).toHaveLength(2);
    client.close();
  });

  test("sees a column that was added after it was prepared", async () => {
    const client = openLocal();
    await client.execute("CREATE TABLE growing (a)");
    await client.execute("INSERT INTO growing VALUES (1)");
    const a = () => client.execute("SELECT a FROM growing");
    expect((await a()).rows.map((row) => row["a"])).toEqual([1]);
    await client.execute("ALTER TABLE growing ADD COLUMN b");
    expect((await a()).rows.map((row) => row["a"])).toEqual([1]);
    await client.execute("DROP TABLE growing");
    await expect(a()).rejects.toThrow(/growing/);
    client.close();
  });

  test("gives way to those used later, and comes back", async () => {
    const client = openLocal();
    for (let i = 0; i < 600; i += 1) expect((await client.execute(`SELECT ${i} AS n`)).rows[0]!["n"]).toBe(i);
    expect((await client.execute("SELECT 0 AS n")).rows[0]!["n"]).toBe(0);
    client.close();
  });
});

describe("a transaction", () => {
  const count = async (key: string) => (await database.rows("SELECT 1 FROM settings WHERE key = ?", key)).length;

  test("is undone when it is closed before its commit", async () => {
    const client = openLocal();
    const transaction = await client.transaction("write");
    await transaction.execute("INSERT INTO settings (key, value) VALUES ('undone', '')");
    transaction.close();
    expect([transaction.closed, await count("undone")]).toEqual([true, 0]);
    await expect(transaction.execute("SELECT 1")).rejects.toMatchObject({ code: "TRANSACTION_CLOSED" });
    client.close();
  });

  test("holds the connection until it has ended", async () => {
    const client = openLocal();
    const transaction = await client.transaction("write");
    await expect(client.execute("SELECT 1")).rejects.toMatchObject({ code: "TRANSACTION_ACTIVE" });
    await transaction.execute("INSERT INTO settings (key, value) VALUES ('held', '')");
    await transaction.commit();
    expect([(await client.execute("SELECT 1 AS n")).rows.length, await count("held")]).toEqual([1, 1]);
    client.close();
  });

  test("is undone when its client is closed", async () => {
    const client = openLocal();
    const transaction = await client.transaction("write");
    await transaction.execute("INSERT INTO settings (key, value) VALUES ('cut off', '')");
    client.close();
    expect([transaction.closed, client.closed, await count("cut off")]).toEqual([true, true, 0]);
    await expect(client.execute("SELECT 1")).rejects.toMatchObject({ code: "CLIENT_CLOSED" });
  });

  test("that meets another's lock says so, and leaves the connection usable", async () => {
    const one = openLocal();
    const other = openLocal();
    const held = await one.transaction("write");
    await expect(other.transaction("write")).rejects.toMatchObject({ code: "SQLITE_BUSY" });
    held.close();
    expect((await other.execute("SELECT 1 AS n")).rows).toHaveLength(1);
    one.close();
    other.close();
  });

  test("of many statements is undone whole when one fails", async () => {
    const client = openLocal();
    const insert = "INSERT INTO settings (key, value) VALUES ('batch', '')";
    await expect(client.batch([insert, insert], "write")).rejects.toThrow();
    expect(await count("batch")).toBe(0);
    client.close();
  });
});
