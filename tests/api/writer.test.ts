import { copyFile, stat } from "node:fs/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openWriter, type Connection, type Transaction } from "#db/client.ts";
import { bulkCommand, command } from "#db/command.ts";
import { readSetting, writeSetting } from "#db/queries/journal.ts";
import { Writer, WriterBusyError, type WriteOutcome } from "#db/writer.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

/** What the bulk commands were called with, batch by batch. */
let batches: string[][] = [];

async function keep(tx: Transaction, key: string): Promise<string> {
  await writeSetting(tx, key, key);
  return `${key} kept`;
}

async function keepAll(tx: Transaction, keys: string[]): Promise<string[]> {
  batches.push(keys);
  const answers: string[] = [];
  for (const key of keys) answers.push(await keep(tx, key));
  return answers;
}

const registry = {
  keep: command<string, string>((tx, { input }) => keep(tx, input)),
  keepAll: bulkCommand<string, string>((tx, calls) => keepAll(tx, calls.map(({ input }) => input))),
  keepOthers: bulkCommand<string, string>((tx, calls) => keepAll(tx, calls.map(({ input }) => input))),
  keepThenThrow: command<string, never>(async (tx, { input }) => {
    await keep(tx, input);
    throw new Error(`${input} is not wanted`);
  }),
  breakConstraint: command<string, void>(async (tx, { input }) => {
    await keep(tx, input);
    await tx.run(`INSERT INTO settings (key, value) VALUES ('${input}', 'again')`);
  }),
  keepAllButBad: bulkCommand<string, string>(async (tx, calls) => {
    const answers = await keepAll(tx, calls.map(({ input }) => input));
    if (calls.some(({ input }) => input === "bad")) throw new Error("bad is not wanted");
    return answers;
  }),
  answerNothing: bulkCommand<string, string>(async (tx, calls) => {
    await keepAll(tx, calls.map(({ input }) => input));
    return [];
  }),
  fillDisk: command<string, never>(() =>
    Promise.reject(Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" })),
  ),
  readBack: command<string, string | null>((tx, { input }) => readSetting(tx, input)),
};

interface Running extends AsyncDisposable {
  database: TestDatabase;
  writer: Writer;
  commits: () => number;
  /** Submits a call of a command. */
  submit: (name: string, input: string) => Promise<WriteOutcome>;
  /** Settings on disk, as another connection sees them. */
  kept: () => Promise<unknown[]>;
}

interface Setup {
  database?: TestDatabase;
  sleep?: () => Promise<void>;
  open?: (url: string) => Promise<Connection>;
  schedule?: (run: () => void, ms: number) => () => void;
}

async function startWriter({ database, sleep, open = openWriter, schedule = () => () => {} }: Setup = {}): Promise<Running> {
  const own = database ?? (await createTestDatabase());
  let commits = 0;
  const writer = await Writer.start({
    registry,
    open: () => open(own.url),
    sleep: sleep ?? (() => expect.fail("The writer waited for a lock")),
    random: () => 0.5,
    clock: () => 0,
    schedule,
    onCommit: () => void (commits += 1),
  });
  return {
    database: own,
    writer,
    commits: () => commits,
    submit: (name, input) => writer.submit({ name, input, now: 0 }),
    kept: async () => (await own.rows("SELECT key FROM settings ORDER BY key")).map((row) => row["key"]),
    async [Symbol.asyncDispose]() {
      await writer.close();
      if (!database) await own[Symbol.asyncDispose]();
    },
  };
}

afterEach(() => {
  batches = [];
});

function errorOf(outcome: WriteOutcome): string {
  return outcome.ok ? "none" : String(outcome.error);
}

describe("the write-ahead log", () => {
  const many = (running: Running) =>
    Promise.all(Array.from({ length: 200 }, (_, i) => running.submit("keepAll", `key ${i}`)));
  /** What the file alone holds, without its log. */
  const inFile = async ({ url }: TestDatabase) => {
    const file = url.replace(/^file:/, "");
    await copyFile(file, `${file}.alone`);
    const alone = await openWriter(`${url}.alone`);
    const { rows } = await alone.client.execute("SELECT count(*) AS n FROM settings WHERE key LIKE 'key %'");
    alone.close();
    return rows[0]!["n"];
  };

  test("moves into the file once nobody has called for a while", async () => {
    const scheduled: { run: () => void; ms: number }[] = [];
    const schedule = (run: () => void, ms: number) => {
      scheduled.push({ run, ms });
      return () => {};
    };
    await using running = await startWriter({ schedule });
    await running.submit("keep", "one call is not worth it");
    await many(running);
    // The queue has run dry by the time that the next call is answered.
    await vi.waitUntil(() => scheduled.length > 0);
    expect([scheduled.map(({ ms }) => ms), await inFile(running.database)]).toEqual([[500], 0]);
    scheduled[0]!.run();
    expect(await inFile(running.database)).toBe(200);
  });

  test("is empty once the writer is closed", async () => {
    const running = await startWriter();
    await many(running);
    await running.writer.close();
    expect((await stat(`${running.database.url.replace(/^file:/, "")}-wal`)).size).toBe(0);
    await running.database[Symbol.asyncDispose]();
  });

  test("stays where it is while calls keep coming", async () => {
    let planned = 0;
    let cancelled = 0;
    const schedule = () => {
      planned += 1;
      return () => void (cancelled += 1);
    };
    await using running = await startWriter({ schedule });
    await many(running);
    await vi.waitUntil(() => planned > 0);
    await running.submit("keep", "another");
    expect(cancelled).toBeGreaterThan(0);
  });
});

describe("group commit", () => {
  test("answers a call only when others can see what it wrote", async () => {
    await using running = await startWriter();
    const outcome = await running.submit("keep", "a").then(async (answer) => ({ answer, kept: await running.kept() }));
    expect(outcome).toEqual({ answer: { ok: true, value: "a kept" }, kept: ["a"] });
  });

  test("puts calls that come together into one commit and answers each its own", async () => {
    await using running = await startWriter();
    const keys = Array.from({ length: 20 }, (_, i) => `key ${i}`);
    const outcomes = await Promise.all(keys.map((key) => running.submit("keep", key)));
    expect(outcomes).toEqual(keys.map((key) => ({ ok: true, value: `${key} kept` })));
    expect(running.commits()).toBe(1);
  });

  test("takes what came during a commit into the next one", async () => {
    await using running = await startWriter();
    const later: Promise<WriteOutcome>[] = [];
    await running.submit("keep", "first").then(() => {
      for (const key of ["x", "y", "z"]) later.push(running.submit("keep", key));
    });
    await Promise.all(later);
    expect(running.commits()).toBe(2);
  });

  test("bounds a commit: a flood is committed in parts, in order", async () => {
    await using running = await startWriter();
    const keys = Array.from({ length: 1_200 }, (_, i) => `${i}`);
    const outcomes = await Promise.all(keys.map((key) => running.submit("keepAll", key)));
    expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual(keys.map((key) => `${key} kept`));
    expect(batches.map((batch) => batch.length)).toEqual([1000, 200]);
    expect(running.commits()).toBe(2);
  });

  test("merges neighbours of one bulk command and keeps the order of all calls", async () => {
    await using running = await startWriter();
    const calls = [
      ["keepAll", "a"],
      ["keepAll", "b"],
      ["readBack", "b"],
      ["keepOthers", "c"],
      ["keepAll", "d"],
      ["readBack", "z"],
    ] as const;
    const outcomes = await Promise.all(calls.map(([name, input]) => running.submit(name, input)));
    expect(batches).toEqual([["a", "b"], ["c"], ["d"]]);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual(["a kept", "b kept", "b", "c kept", "d kept", null]);
    expect(running.commits()).toBe(1);
  });
});

describe("a call that fails", () => {
  test("rolls back alone; its neighbours are committed", async () => {
    await using running = await startWriter();
    const outcomes = await Promise.all([
      running.submit("keep", "a"),
      running.submit("keepThenThrow", "b"),
      running.submit("keep", "c"),
    ]);
    expect(outcomes.map(errorOf)).toEqual(["none", "Error: b is not wanted", "none"]);
    expect(await running.kept()).toEqual(["a", "c"]);
  });

  test("by a constraint rolls back alone as well", async () => {
    await using running = await startWriter();
    const outcomes = await Promise.all([
      running.submit("keep", "a"),
      running.submit("breakConstraint", "b"),
      running.submit("keepAll", "c"),
    ]);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
    expect(await running.kept()).toEqual(["a", "c"]);
  });

  test("within a bulk command is found by running its calls one by one", async () => {
    await using running = await startWriter();
    const keys = ["a", "bad", "b"];
    const outcomes = await Promise.all(keys.map((key) => running.submit("keepAllButBad", key)));
    expect(outcomes.map(errorOf)).toEqual(["none", "Error: bad is not wanted", "none"]);
    expect(batches).toEqual([keys, ["a"], ["bad"], ["b"]]);
    expect(await running.kept()).toEqual(["a", "b"]);
  });

  test("because a bulk command answers too few is not taken for done", async () => {
    await using running = await startWriter();
    const outcomes = await Promise.all([running.submit("answerNothing", "a"), running.submit("answerNothing", "b")]);
    expect(outcomes.map(errorOf)).toEqual([
      'Error: Command "answerNothing" answered 0 of 1 calls',
      'Error: Command "answerNothing" answered 0 of 1 calls',
    ]);
    expect(await running.kept()).toEqual([]);
  });

  test("because the disk is full takes its whole commit with it: nobody is told that it was kept", async () => {
    await using running = await startWriter();
    const outcomes = await Promise.all([
      running.submit("keep", "a"),
      running.submit("fillDisk", "b"),
      running.submit("keep", "c"),
    ]);
    expect(outcomes.map(errorOf)).toEqual(Array(3).fill("StorageError: The database cannot be written."));
    expect(await running.kept()).toEqual([]);
    expect((await running.submit("keep", "d")).ok).toBe(true);
    expect(await running.kept()).toEqual(["d"]);
  });

  test("because there is no such command says so and harms nobody", async () => {
    await using running = await startWriter();
    const outcomes = await Promise.all([running.submit("keep", "a"), running.submit("forget", "b")]);
    expect(outcomes.map(errorOf)).toEqual(["none", 'Error: No command "forget"']);
    expect(await running.kept()).toEqual(["a"]);
  });
});

describe("while another connection holds the write lock", () => {
  /** Meets a lock at once instead of blocking the thread for five seconds. */
  async function impatient(url: string): Promise<Connection> {
    const connection = await openWriter(url);
    await connection.client.execute("PRAGMA busy_timeout = 0");
    return connection;
  }

  /** A writer whose waits the test fills, and another process's lock as a second connection. */
  async function contended(database: TestDatabase) {
    const other = await openWriter(database.url);
    let release: (() => Promise<void>) | null = null;
    let waits = 0;
    let opened = 0;
    const running = await startWriter({
      database,
      open: (url) => {
        opened += 1;
        return impatient(url);
      },
      sleep: async () => {
        waits += 1;
        await release?.();
      },
    });
    const lock = async (heldFor = 1) => {
      const tx = await other.client.transaction("write");
      await tx.execute("UPDATE settings SET value = value");
      const until = waits + heldFor;
      release = async () => {
        if (waits < until) return;
        release = null;
        await tx.rollback();
      };
    };
    const free = async () => {
      waits = Infinity;
      await release?.();
    };
    return { running, lock, free, waits: () => waits, opened: () => opened, close: () => other.close() };
  }

  test("calls wait and are committed on a fresh connection when it is free", async () => {
    await using database = await createTestDatabase();
    const { running, lock, waits, opened, close } = await contended(database);
    await lock(3);
    const outcomes = await Promise.all([running.submit("keep", "a"), running.submit("keepAll", "b")]);
    expect(outcomes.map(errorOf)).toEqual(["none", "none"]);
    expect(waits()).toBe(3);
    expect(opened(), "one at the start and one after each lock").toBe(4);
    expect(await running.kept()).toEqual(["a", "b"]);
    await running.writer.close();
    close();
  });

  test("nothing that was acknowledged is lost, however often it happens", async () => {
    await using database = await createTestDatabase();
    const { running, lock, waits, close } = await contended(database);
    const acknowledged: string[] = [];
    for (let i = 100; i < 140; i += 1) {
      if (i % 2 === 0) await lock();
      const outcome = await running.submit(i % 3 === 0 ? "keepAll" : "keep", `${i}`);
      if (outcome.ok) acknowledged.push(`${i}`);
      expect(await running.kept()).toEqual(acknowledged);
    }
    expect(acknowledged).toHaveLength(40);
    expect(waits()).toBe(20);
    await running.writer.close();
    close();
  });

  test("for too long, callers hear that the program is busy, nothing is written, and later calls work", async () => {
    await using database = await createTestDatabase();
    const { running, lock, free, close } = await contended(database);
    await lock(Infinity);
    const outcomes = await Promise.all([running.submit("keep", "a"), running.submit("keep", "b")]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, error: expect.any(WriterBusyError) as unknown });
    await free();
    expect(await running.kept()).toEqual([]);
    expect((await running.submit("keep", "c")).ok).toBe(true);
    expect(await running.kept()).toEqual(["c"]);
    await running.writer.close();
    close();
  });

  test("a fresh connection that meets the lock as well is tried again too", async () => {
    await using database = await createTestDatabase();
    const other = await openWriter(database.url);
    const tx = await other.client.transaction("write");
    const [refusals, pauses] = [[true, true], [async () => {}, async () => {}, () => tx.rollback()]];
    let started = false;
    await using running = await startWriter({
      database,
      sleep: () => pauses.shift()!(),
      open: async (url) => {
        if (started && refusals.pop()) throw Object.assign(new Error("database is locked"), { code: "SQLITE_BUSY" });
        started = true;
        return impatient(url);
      },
    });
    expect(errorOf(await running.submit("keep", "a"))).toBe("none");
    expect(pauses).toEqual([]);
    expect(await running.kept()).toEqual(["a"]);
    other.close();
  });
});

test("closing finishes what was queued and lets go of the file", async () => {
  await using running = await startWriter();
  const outcomes = Array.from({ length: 600 }, (_, i) => running.submit("keepAll", `${i}`));
  await running.writer.close();
  expect(await running.kept()).toHaveLength(600);
  expect((await Promise.all(outcomes)).every((outcome) => outcome.ok)).toBe(true);
});
