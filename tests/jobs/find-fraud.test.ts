import { describe, expect, test } from "vitest";
import { insertFans } from "#db/queries/demo.ts";
import { fraudFinder } from "#jobs/tasks/find-fraud.ts";
import { buildShow, titles, type BuiltShow } from "#tests/support/builders.ts";
import { startDirectWriter, type DirectWriter } from "#tests/support/direct-writer.ts";
import { allowed } from "#tests/support/fans.ts";
import { wrongHeldCounters } from "#tests/support/held-tally.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

interface Account {
  createdAt: number;
  network: string;
  /** Places on the ballot. */
  songs: number[];
  /** Epoch ms of each vote. */
  at: number[];
}

async function stage() {
  const writer = await startDirectWriter();
  const { database, clock } = writer;
  const show = await buildShow(database, { ballot: titles(40) });
  let time = 0;
  const find = fraudFinder({
    reader: database.reader,
    write: (name, input) => writer.run(name, input),
    pause: () => Promise.resolve(),
    elapsed: () => time,
  });
  return {
    writer,
    database,
    show,
    now: clock.now(),
    find,
    /** Makes each look at a show seem to take some time, in ms. */
    slowBy: (ms: number) => (time += ms),
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

let serial = 0;

async function vote({ writer, show }: { writer: DirectWriter; show: BuiltShow }, accounts: Account[]): Promise<number[]> {
  const rows = accounts.map(({ createdAt }) => ({ email: `f-${(serial += 1)}@example.org`, displayName: `F ${serial}`, createdAt }));
  const ids = (await writer.database.change((tx) => insertFans(tx, rows))).map((fan) => fan.id);
  const votes = accounts.flatMap(({ songs, at, network }, i) =>
    songs.map((song, k) => ({ fan: allowed(ids[i]!, "vote"), setlistSongId: show.setlistSongIds[song]!, network, now: at[k]! })),
  );
  const turns = Map.groupBy(votes, (one) => one.now);
  for (const [now, together] of [...turns].sort((a, b) => a[0] - b[0])) {
    writer.clock.set(new Date(now).toISOString());
    await Promise.all(together.map(({ now: _now, ...input }) => writer.run("castVotes", input)));
  }
  return ids;
}

/** People over two hours: old accounts, their own networks, favourites among the first twenty songs. */
function people(now: number, count: number): Account[] {
  return Array.from({ length: count }, (_, i) => {
    const songs = Array.from({ length: 6 }, (_, k) => (i * 7 + k * (1 + (i % 5)) * 3) % 20);
    const start = now + ((i * 7_919) % 7_200) * 1_000;
    const chosen = [...new Set(songs)];
    return {
      createdAt: now - 90 * DAY,
      network: `198.51.${i % 250}.${Math.floor(i / 250)}`,
      songs: chosen,
      at: chosen.map((_, k) => start + k * k * 700 + ((i * 131) % 900)),
    };
  });
}

/** Bots: new, from one address, ten unlikely songs, a metronome of 400 ms, one every 5 s. */
function bots(now: number, count: number): Account[] {
  const songs = Array.from({ length: 10 }, (_, k) => 25 + k);
  return Array.from({ length: count }, (_, i) => ({
    createdAt: now + i * 5_000 - 3_000,
    network: "203.0.113.7",
    songs,
    at: songs.map((_, k) => now + i * 5_000 + k * 400),
  }));
}

describe("looking for fraud", () => {
  test("holds an attack's votes at once, and no one else's", async () => {
    await using on = await stage();
    await vote(on, people(on.now, 60));
    const attackers = await vote(on, bots(on.now + 3 * 60 * MINUTE, 30));
    await on.find();
    const held = await on.database.rows("SELECT user_id FROM show_allowances WHERE quarantined_at IS NOT NULL ORDER BY 1");
    expect(held.map((row) => row["user_id"])).toEqual(attackers);
    const [found] = await on.database.rows("SELECT score, signals, held_at IS NOT NULL AS held, decision FROM quarantine_cases");
    expect(found).toMatchObject({ held: 1, decision: null });
    expect(Number(found!["score"])).toBeGreaterThanOrEqual(0.8);
    const kinds = (JSON.parse(String(found!["signals"])) as { kind: string }[]).map((signal) => signal.kind);
    expect(kinds).toEqual(expect.arrayContaining(["network", "timing", "ballots"]));
    expect(await wrongHeldCounters(on.database)).toEqual([]);
  });

  test("holds those who come after in the same case", async () => {
    await using on = await stage();
    await vote(on, people(on.now, 60));
    const start = on.now + 3 * 60 * MINUTE;
    await vote(on, bots(start, 20));
    await on.find();
    await vote(on, bots(start + 2 * MINUTE, 15));
    await on.find();
    expect(await on.database.rows("SELECT count(*) AS n FROM quarantine_cases")).toEqual([{ n: 1 }]);
    expect(await on.database.rows("SELECT count(*) AS n FROM show_allowances WHERE quarantined_at IS NOT NULL")).toEqual([{ n: 35 }]);
    expect(await wrongHeldCounters(on.database)).toEqual([]);
  });

  test("does not hold again what a moderator let count", async () => {
    await using on = await stage();
    await vote(on, people(on.now, 60));
    await vote(on, bots(on.now + 3 * 60 * MINUTE, 30));
    await on.find();
    const [moderator] = await on.database.rows("SELECT id FROM users LIMIT 1");
    const moderate = allowed(Number(moderator!["id"]), "moderate", "moderator");
    await on.writer.run("releaseCase", { moderator: moderate, id: 1, note: "They are a choir" });
    await on.find();
    expect(await on.database.rows("SELECT count(*) AS n FROM show_allowances WHERE quarantined_at IS NOT NULL")).toEqual([{ n: 0 }]);
    expect(await on.database.rows("SELECT count(*) AS n FROM quarantine_cases")).toEqual([{ n: 1 }]);
  });

  test("finds nothing among people, and does not look at a show twice for nothing", async () => {
    await using on = await stage();
    await vote(on, people(on.now, 120));
    await on.find();
    expect(await on.database.rows("SELECT * FROM quarantine_cases")).toEqual([]);
    const [first] = await on.database.rows("SELECT checked_at, tally_version FROM fraud_checks");
    on.writer.clock.advance(MINUTE);
    await on.find();
    expect(await on.database.rows("SELECT checked_at, tally_version FROM fraud_checks")).toEqual([first]);
  });

  test("leaves demo fans alone", async () => {
    await using writer = await startDirectWriter();
    await writer.run("seedDemo", { onlyIfFresh: true });
    await writer.database.change((tx) => tx.run("UPDATE shows SET tally_version = tally_version + 1"));
    const deps = { pause: () => Promise.resolve(), elapsed: () => 0, reader: writer.database.reader };
    const find = fraudFinder({ ...deps, write: (name, input) => writer.run(name, input) });
    for (let i = 0; i < 5; i += 1) await find();
    expect(await writer.database.rows("SELECT * FROM quarantine_cases")).toEqual([]);
    expect(await writer.database.rows(`SELECT count(*) AS n FROM shows s LEFT JOIN fraud_checks c ON c.show_id = s.id
      WHERE s.status IN ('upcoming', 'ongoing') AND c.show_id IS NULL`)).toEqual([{ n: 0 }]);
  });

  test("stops when its time is used and goes on with the next show in the next run", async () => {
    await using on = await stage();
    const shows = [on.show];
    for (let i = 0; i < 3; i += 1) shows.push(await buildShow(on.database, { ballot: titles(12) }));
    for (const show of shows) await vote({ writer: on.writer, show }, people(on.now, 3));
    const looked: number[] = [];
    const find = fraudFinder({
      reader: on.database.reader,
      write: (name, input) => {
        if (name === "recordFindings") looked.push((input as { showId: number }).showId);
        return on.writer.run(name, input);
      },
      pause: () => Promise.resolve(),
      elapsed: () => on.slowBy(30),
    });
    await find();
    const first = looked.length;
    expect(first).toBeLessThan(4);
    expect(first).toBeGreaterThan(0);
    for (let i = 0; i < 4; i += 1) await find();
    expect(looked, "each once, in order").toEqual(shows.map((show) => show.showId));
  });
});
