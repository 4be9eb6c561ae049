import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Signal } from "#server/domain/fraud-facts.ts";
import { buildShow, titles, type BuiltShow } from "#tests/support/builders.ts";
import { startDirectWriter, type DirectWriter } from "#tests/support/direct-writer.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { wrongHeldCounters } from "#tests/support/held-tally.ts";

const signal: Signal = { kind: "timing", strength: 1, pattern: "gaps", measured: 1, of: 9 };

async function stage({ fans = 4, shows = 1 } = {}) {
  const writer = await startDirectWriter();
  const { database } = writer;
  const built: BuiltShow[] = [];
  for (let i = 0; i < shows; i += 1) built.push(await buildShow(database, { ballot: titles(12) }));
  const ids = await buildFans(database, fans + 1);
  return {
    writer,
    database,
    shows: built as [BuiltShow, ...BuiltShow[]],
    fans: ids.slice(0, fans) as [number, number, ...number[]],
    moderator: allowed(ids.at(-1)!, "moderate", "moderator"),
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

function cast(writer: DirectWriter, userId: number, songs: number[], network?: string) {
  const fan = allowed(userId, "vote");
  return Promise.all(songs.map((setlistSongId) => writer.run("castVotes", { fan, setlistSongId, network })));
}

function retract(writer: DirectWriter, userId: number, songs: number[]) {
  const fan = allowed(userId, "vote");
  return Promise.all(songs.map((setlistSongId) => writer.run("retractVotes", { fan, setlistSongId })));
}

function find(writer: DirectWriter, show: BuiltShow, userIds: number[], score: number) {
  const findings = [{ userIds, score, signals: [signal] }];
  return writer.run("recordFindings", { showId: show.showId, tallyVersion: 1, findings });
}

async function tallyOf({ database, shows: [show] }: Awaited<ReturnType<typeof stage>>) {
  const [row] = await database.rows(
    `SELECT total_votes AS total, tally_version AS version,
      (SELECT votes FROM setlist_songs WHERE id = ?) AS first FROM shows WHERE id = ?`,
    show.setlistSongIds[0]!,
    show.showId,
  );
  return row;
}

describe("a finding above the high threshold", () => {
  test("takes its fans' votes out of the tally at once, in one version with one event", async () => {
    await using on = await stage();
    const songs = on.shows[0].setlistSongIds;
    for (const fan of on.fans) await cast(on.writer, fan, songs.slice(0, 3));
    expect(await tallyOf(on)).toEqual({ total: 12, version: 4, first: 4 });
    const [id] = await find(on.writer, on.shows[0], on.fans.slice(0, 3), 0.9);
    expect(await tallyOf(on)).toEqual({ total: 3, version: 5, first: 1 });
    expect(await wrongHeldCounters(on.database)).toEqual([]);
    const [last] = await on.database.rows("SELECT kind, payload ->> 'version' AS version FROM events ORDER BY seq DESC LIMIT 1");
    expect(last).toEqual({ kind: "tally.changed", version: 5 });
    expect(await on.database.rows("SELECT action, subject_id, actor_id FROM audit_log")).toEqual([
      { action: "quarantine.hold", subject_id: id, actor_id: null },
    ]);
  });

  test("is reversible: released, the tally is as if nothing had happened", async () => {
    await using on = await stage();
    const songs = on.shows[0].setlistSongIds;
    for (const fan of on.fans) await cast(on.writer, fan, songs.slice(0, 3));
    const before = await on.database.rows("SELECT id, votes FROM setlist_songs ORDER BY id");
    const [id] = await find(on.writer, on.shows[0], on.fans, 0.9);
    const decision = { moderator: on.moderator, id: id!, note: "A school class" };
    expect(await on.writer.run("releaseCase", decision)).toEqual({ decision: "released", fans: 4, votes: 12 });
    expect(await on.database.rows("SELECT id, votes FROM setlist_songs ORDER BY id")).toEqual(before);
    expect(await on.writer.run("releaseCase", decision)).toEqual({ decision: "released", fans: 0, votes: 0 });
    expect(await on.writer.run("holdCase", decision)).toEqual({ decision: "held", fans: 4, votes: 12 });
    expect(await tallyOf(on)).toMatchObject({ total: 0, first: 0 });
    expect(await wrongHeldCounters(on.database)).toEqual([]);
    const audited = await on.database.rows("SELECT action, actor_id, details ->> 'note' AS note FROM audit_log ORDER BY id");
    const by = { actor_id: on.moderator.userId, note: "A school class" };
    expect(audited.slice(1)).toEqual([
      { action: "quarantine.release", ...by },
      { action: "quarantine.release", ...by },
      { action: "quarantine.hold", ...by },
    ]);
  });
});

test("a finding below the high threshold opens a case and moves nothing", async () => {
  await using on = await stage();
  await cast(on.writer, on.fans[0], on.shows[0].setlistSongIds.slice(0, 3));
  await find(on.writer, on.shows[0], [on.fans[0]], 0.7);
  expect(await tallyOf(on)).toEqual({ total: 3, version: 1, first: 1 });
  expect(await on.database.rows("SELECT held_at, decision, score FROM quarantine_cases")).toEqual([
    { held_at: null, decision: null, score: 0.7 },
  ]);
  expect(await on.database.rows("SELECT count(*) AS n FROM events")).toEqual([{ n: 1 }]);
});

describe("a held fan", () => {
  test("votes and takes back within the usual limits, hears that it is held, and moves no tally", async () => {
    await using on = await stage();
    const songs = on.shows[0].setlistSongIds;
    await cast(on.writer, on.fans[0], songs.slice(0, 2));
    await cast(on.writer, on.fans[1], songs.slice(0, 1));
    await find(on.writer, on.shows[0], [on.fans[0]], 0.9);
    const before = await tallyOf(on);
    const outcomes = await cast(on.writer, on.fans[0], songs);
    expect(outcomes.map((one) => (one.verdict === "refused" ? one.reason : one.verdict))).toEqual([
      "already_voted",
      "already_voted",
      ...Array<string>(8).fill("counted"),
      "show_limit",
      "show_limit",
    ]);
    expect(outcomes[2]).toMatchObject({ held: true, votes: 0, tallyVersion: 3, allowance: { show: 0, day: 40 } });
    const [back] = await retract(on.writer, on.fans[0], songs.slice(0, 1));
    expect(back).toMatchObject({ verdict: "retracted", held: true, votes: 1, tallyVersion: 3, allowance: { show: 1 } });
    expect(await tallyOf(on)).toEqual(before);
    expect(await wrongHeldCounters(on.database)).toEqual([]);
  });

  test("is held on that show alone, and others of the same commit count", async () => {
    await using on = await stage({ shows: 2 });
    const [a, b] = on.shows as [BuiltShow, BuiltShow];
    await cast(on.writer, on.fans[0], a.setlistSongIds.slice(0, 1));
    await find(on.writer, a, [on.fans[0]], 0.9);
    const [held, free, other] = await Promise.all([
      cast(on.writer, on.fans[0], [a.setlistSongIds[1]!]),
      cast(on.writer, on.fans[0], [b.setlistSongIds[1]!]),
      cast(on.writer, on.fans[1], [a.setlistSongIds[1]!]),
    ]);
    expect(held[0]).toMatchObject({ verdict: "counted", held: true, votes: 1, tallyVersion: 3 });
    expect(free[0]).toMatchObject({ verdict: "counted", votes: 1 });
    expect(free[0]).not.toHaveProperty("held");
    expect(other[0]).toMatchObject({ verdict: "counted", votes: 1 });
    expect(other[0]).not.toHaveProperty("held");
    expect(await wrongHeldCounters(on.database)).toEqual([]);
  });

  test("keeps the song they added on the ballot", async () => {
    await using on = await stage();
    const [show] = on.shows;
    const fan = allowed(on.fans[0], "vote");
    await cast(on.writer, on.fans[0], show.setlistSongIds.slice(0, 1));
    await find(on.writer, show, [on.fans[0]], 0.9);
    const added = await on.writer.run("suggestSong", { fan, show: show.showId, songId: show.catalogueSongIds[0]! });
    expect(await cast(on.writer, on.fans[0], [added.setlistSongId])).toMatchObject([{ verdict: "counted", held: true, votes: 0 }]);
    expect(await cast(on.writer, on.fans[1], [added.setlistSongId])).toMatchObject([{ verdict: "counted", votes: 1 }]);
    expect(await wrongHeldCounters(on.database)).toEqual([]);
  });
});

describe("cases of one show", () => {
  test("newcomers join the undecided case they belong to and are held with it", async () => {
    await using on = await stage();
    const [show] = on.shows;
    for (const fan of on.fans) await cast(on.writer, fan, show.setlistSongIds.slice(0, 2));
    const [first] = await find(on.writer, show, on.fans.slice(0, 2), 0.7);
    expect(await find(on.writer, show, on.fans.slice(0, 3), 0.85)).toEqual([first]);
    expect(await on.database.rows("SELECT score, held_at IS NOT NULL AS held FROM quarantine_cases")).toEqual([{ score: 0.85, held: 1 }]);
    expect(await tallyOf(on)).toMatchObject({ total: 2 });
    expect(await find(on.writer, show, on.fans.slice(0, 3), 0.85), "the same again is nothing new").toEqual([]);
    expect(await find(on.writer, show, [...on.fans], 0.6)).toEqual([first]);
    expect(await tallyOf(on)).toMatchObject({ total: 0 });
    expect(await wrongHeldCounters(on.database)).toEqual([]);
  });

  test("what a moderator released stays released, whatever is found again", async () => {
    await using on = await stage();
    const [show] = on.shows;
    for (const fan of on.fans) await cast(on.writer, fan, show.setlistSongIds.slice(0, 2));
    const [first] = await find(on.writer, show, on.fans.slice(0, 3), 0.9);
    await on.writer.run("releaseCase", { moderator: on.moderator, id: first!, note: "" });
    const [second] = await find(on.writer, show, [...on.fans], 0.95);
    expect(second).not.toBe(first);
    expect(await on.database.rows("SELECT user_id FROM quarantine_fans WHERE case_id = ?", second!)).toEqual([{ user_id: on.fans[3] }]);
    expect(await tallyOf(on)).toMatchObject({ total: 6 });
    expect(await wrongHeldCounters(on.database)).toEqual([]);
  });

  test("a case that is not there can't be decided", async () => {
    await using on = await stage();
    const call = on.writer.run("holdCase", { moderator: on.moderator, id: 4_711, note: "" });
    await expect(call).rejects.toMatchObject({ kind: "not_found" });
  });
});

test("no order of votes, retractions, findings and decisions leaves a counter wrong", async () => {
  const fan = fc.nat(3);
  const song = fc.nat(11);
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("cast" as const), fan, song }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("retract" as const), fan, song }) },
    fc.record({ kind: fc.constant("find" as const), fans: fc.uniqueArray(fan, { minLength: 1 }), score: fc.constantFrom(0.6, 0.9) }),
    fc.record({ kind: fc.constantFrom("hold" as const, "release" as const), id: fc.integer({ min: 1, max: 3 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: "max" }), async (steps) => {
      await using on = await stage();
      const songs = on.shows[0].setlistSongIds;
      // All in one turn: runs of one command share a commit.
      const runs = steps.map(async (one): Promise<unknown> => {
        if (one.kind === "cast") return cast(on.writer, on.fans[one.fan]!, [songs[one.song]!]);
        if (one.kind === "retract") return retract(on.writer, on.fans[one.fan]!, [songs[one.song]!]);
        if (one.kind === "find") return find(on.writer, on.shows[0], one.fans.map((i) => on.fans[i]!), one.score);
        const decision = { moderator: on.moderator, id: one.id, note: "" };
        return on.writer.run(one.kind === "hold" ? "holdCase" : "releaseCase", decision);
      });
      const ended = await Promise.allSettled(runs);
      for (const one of ended) if (one.status === "rejected") expect(one.reason).toMatchObject({ kind: "not_found" });
      expect(await wrongHeldCounters(on.database)).toEqual([]);
      const flags = await on.database.rows(`SELECT f.user_id FROM quarantine_fans f
        JOIN quarantine_cases c ON c.id = f.case_id JOIN show_allowances a ON a.show_id = f.show_id AND a.user_id = f.user_id
        WHERE (c.held_at IS NULL) <> (a.quarantined_at IS NULL)`);
      expect(flags, "a case says of each of its fans what is so").toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 60_000);

describe("the network of a vote", () => {
  const stored = "SELECT user_id AS fan, network FROM show_allowances ORDER BY show_id, user_id";

  test("is kept as a keyed hash with a fan's first vote on a show, and never as an address", async () => {
    await using on = await stage({ shows: 2 });
    const [a, b] = on.shows as [BuiltShow, BuiltShow];
    await cast(on.writer, on.fans[0], a.setlistSongIds.slice(0, 2), "203.0.113.7");
    await cast(on.writer, on.fans[0], a.setlistSongIds.slice(2, 3), "198.51.100.9");
    await cast(on.writer, on.fans[1], a.setlistSongIds.slice(0, 1), "203.0.113.7");
    await cast(on.writer, on.fans[2]!, a.setlistSongIds.slice(0, 1));
    await cast(on.writer, on.fans[0], b.setlistSongIds.slice(0, 1), "203.0.113.7");
    const rows = await on.database.rows(stored);
    const [first, same, none, other] = rows.map((row) => row["network"]);
    expect(first).toMatch(/^[\w-]{16}$/);
    expect(same).toBe(first);
    expect(none).toBeNull();
    expect(other, "another show's hash of it can't be joined with it").not.toBe(first);
    expect(JSON.stringify(await on.database.rows("SELECT * FROM settings"))).not.toContain("203.0.113");
  });

  test("is dropped after 30 days, in steps, and does not come back with a later vote", async () => {
    await using on = await stage();
    const [show] = on.shows;
    on.writer.clock.set("2026-05-01T00:00:00Z");
    await cast(on.writer, on.fans[0], show.setlistSongIds.slice(0, 1), "203.0.113.7");
    on.writer.clock.set("2026-05-20T00:00:00Z");
    await cast(on.writer, on.fans[1], show.setlistSongIds.slice(0, 1), "203.0.113.7");
    on.writer.clock.set("2026-06-01T00:00:00Z");
    expect(await on.writer.run("forgetNetworks", undefined)).toBe(true);
    const known = async () => (await on.database.rows(stored)).map((row) => row["network"] !== null);
    expect(await known()).toEqual([false, true]);
    await cast(on.writer, on.fans[0], show.setlistSongIds.slice(1, 2), "203.0.113.7");
    expect(await known()).toEqual([false, true]);
  });

  test("is forgotten for every fan however many there are", async () => {
    await using on = await stage();
    const [show] = on.shows;
    const many = await buildFans(on.database, 12_000);
    await on.database.change(async (tx) => {

      await tx.run(sql`INSERT INTO show_allowances (user_id, show_id, first_cast_at, network)
        SELECT value, ${show.showId}, 0, 'x' FROM json_each(${JSON.stringify(many)})`);
    });
    let steps = 1;
    while (!(await on.writer.run("forgetNetworks", undefined))) steps += 1;
    expect(steps).toBe(3);
    expect(await on.database.rows("SELECT count(network) AS n FROM show_allowances")).toEqual([{ n: 0 }]);
  });
});

test("cases go with their show and their fans, and outlive the moderator who decided", async () => {
  await using on = await stage({ shows: 2 });
  const [a, b] = on.shows as [BuiltShow, BuiltShow];
  for (const show of [a, b]) for (const fan of on.fans) await cast(on.writer, fan, show.setlistSongIds.slice(0, 2));
  const [first] = await find(on.writer, a, [...on.fans], 0.9);
  await find(on.writer, b, [...on.fans], 0.9);
  await on.writer.run("holdCase", { moderator: on.moderator, id: first!, note: "" });

  await on.database.change(async (tx) => {
    await tx.run(sql`DELETE FROM shows WHERE id = ${b.showId}`);
    await tx.run(sql`DELETE FROM users WHERE id IN (${on.moderator.userId}, ${on.fans[0]})`);
  });
  expect(await on.database.rows("SELECT id, decided_by FROM quarantine_cases")).toEqual([{ id: first, decided_by: null }]);
  expect(await on.database.rows("SELECT user_id FROM quarantine_fans")).toEqual(on.fans.slice(1).map((user_id) => ({ user_id })));
});
