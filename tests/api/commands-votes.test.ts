import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insertVotes } from "#db/queries/votes.ts";
import { driverCode } from "#db/client.ts";
import { DAY_MS } from "#server/domain/voting.ts";
import { buildShow, titles, type BuiltShow } from "#tests/support/builders.ts";
import { startDirectWriter, type DirectWriter } from "#tests/support/direct-writer.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import type { TestDatabase } from "#tests/support/test-database.ts";

/** Counters that are not what counting says; empty where all is well. */
function wrongCounters(database: TestDatabase) {
  return database.rows(`
    SELECT 'setlist song' AS what, s.id, s.votes AS stored, count(v.user_id) AS counted
    FROM setlist_songs s LEFT JOIN votes v ON v.setlist_song_id = s.id GROUP BY s.id HAVING stored <> counted
    UNION ALL
    SELECT 'show', s.id, s.total_votes, (SELECT count(*) FROM votes v WHERE v.show_id = s.id) AS counted
    FROM shows s WHERE s.total_votes <> counted
    UNION ALL
    SELECT 'allowance', a.user_id * 1000 + a.show_id, a.votes,
      (SELECT count(*) FROM votes v WHERE v.show_id = a.show_id AND v.user_id = a.user_id) AS counted
    FROM show_allowances a WHERE a.votes <> counted`);
}

function tallyEvents(database: TestDatabase) {
  return database.rows(
    "SELECT show_id AS show, payload ->> 'version' AS version FROM events WHERE kind = 'tally.changed' ORDER BY seq",
  );
}

async function versionOf(database: TestDatabase, showId: number): Promise<unknown> {
  return (await database.rows("SELECT tally_version AS version FROM shows WHERE id = ?", showId))[0]?.["version"];
}

function cast(writer: DirectWriter, userId: number, setlistSongIds: number[]) {
  const fan = allowed(userId, "vote");
  return Promise.all(setlistSongIds.map((setlistSongId) => writer.run("castVotes", { fan, setlistSongId })));
}

function retract(writer: DirectWriter, userId: number, setlistSongIds: number[]) {
  const fan = allowed(userId, "vote");
  return Promise.all(setlistSongIds.map((setlistSongId) => writer.run("retractVotes", { fan, setlistSongId })));
}

/** What a fan is told, in short. */
function words(outcomes: Awaited<ReturnType<typeof cast>>): string[] {
  return outcomes.map((outcome) => (outcome.verdict === "refused" ? outcome.reason : outcome.verdict));
}

async function stage({ fans = 2, shows = 1, songs = 12 } = {}) {
  const writer = await startDirectWriter();
  const built: BuiltShow[] = [];
  for (let i = 0; i < shows; i += 1) built.push(await buildShow(writer.database, { ballot: titles(songs) }));
  const ids = await buildFans(writer.database, fans);
  return {
    writer,
    database: writer.database,
    fans: ids as [number, ...number[]],
    shows: built as [BuiltShow, ...BuiltShow[]],
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

describe("votes of one commit", () => {
  test("move the tally version once a show and leave one event a show", async () => {
    await using on = await stage({ fans: 3, shows: 2 });
    const [a, b] = on.shows as [BuiltShow, BuiltShow];
    const songs = [...a.setlistSongIds.slice(0, 5), ...b.setlistSongIds.slice(0, 5)];
    await Promise.all(on.fans.map((fan) => cast(on.writer, fan, songs)));
    expect(await tallyEvents(on.database)).toEqual([
      { show: a.showId, version: 1 },
      { show: b.showId, version: 1 },
    ]);
    expect([await versionOf(on.database, a.showId), await versionOf(on.database, b.showId)]).toEqual([1, 1]);
    expect(await wrongCounters(on.database)).toEqual([]);
  });

  test("that change nothing move no version and leave no event", async () => {
    await using on = await stage();
    const songs = on.shows[0].setlistSongIds;
    await cast(on.writer, on.fans[0], songs.slice(0, 1));
    const before = await on.database.rows("SELECT * FROM shows, show_allowances, day_allowances");
    expect(words(await cast(on.writer, on.fans[0], [songs[0]!, 999_999]))).toEqual(["already_voted", "not_found"]);
    expect(words(await retract(on.writer, on.fans[0], [songs[1]!, 999_999]))).toEqual(["not_voted", "not_found"]);
    expect(await on.database.rows("SELECT * FROM shows, show_allowances, day_allowances")).toEqual(before);
    expect(await tallyEvents(on.database)).toHaveLength(1);
  });

  test("answer with the counters after the commit", async () => {
    await using on = await stage();
    const songs = on.shows[0].setlistSongIds;
    const [first, second] = await cast(on.writer, on.fans[0], songs.slice(0, 2));
    const after = { verdict: "counted", votes: 1, tallyVersion: 1, allowance: expect.objectContaining({ show: 8, day: 48 }) as unknown };
    expect([first, second]).toEqual([after, after]);
    const [back] = await retract(on.writer, on.fans[0], songs.slice(0, 1));
    expect(back).toMatchObject({ verdict: "retracted", votes: 0, tallyVersion: 2, allowance: { show: 9, day: 48 } });
  });

  test("by an account that is gone fail alone", async () => {
    await using on = await stage();
    const songs = on.shows[0].setlistSongIds;
    const [mine, gone] = await Promise.allSettled([cast(on.writer, on.fans[0], songs.slice(0, 2)), cast(on.writer, 4_711, songs.slice(0, 1))]);
    expect(mine.status).toBe("fulfilled");
    expect(gone.status).toBe("rejected");
    expect(await on.database.rows("SELECT user_id, votes FROM show_allowances")).toEqual([{ user_id: on.fans[0], votes: 2 }]);
    expect(await wrongCounters(on.database)).toEqual([]);
  });
});

describe("limits", () => {
  test("ten a show; one taken back may be cast for another", async () => {
    await using on = await stage();
    const songs = on.shows[0].setlistSongIds;
    expect(words(await cast(on.writer, on.fans[0], songs))).toEqual([...Array<string>(10).fill("counted"), "show_limit", "show_limit"]);
    await retract(on.writer, on.fans[0], songs.slice(0, 1));
    expect(words(await cast(on.writer, on.fans[0], songs.slice(10)))).toEqual(["counted", "show_limit"]);
    expect(words(await cast(on.writer, on.fans[1]!, songs.slice(0, 1)))).toEqual(["counted"]);
  });

  test("fifty a day: taking back returns none of them, the next UTC day all", async () => {
    await using on = await stage({ shows: 6, songs: 10 });
    const songs = on.shows.flatMap((show) => show.setlistSongIds);
    expect(words(await cast(on.writer, on.fans[0], songs)).filter((word) => word === "counted")).toHaveLength(50);
    expect(words(await retract(on.writer, on.fans[0], songs.slice(0, 5)))).toEqual(Array(5).fill("retracted"));
    expect(words(await cast(on.writer, on.fans[0], songs.slice(0, 1)))).toEqual(["day_limit"]);
    on.writer.clock.set("2026-06-13T23:59:59.999Z");
    expect(words(await cast(on.writer, on.fans[0], songs.slice(0, 1)))).toEqual(["day_limit"]);
    on.writer.clock.set("2026-06-14T00:00:00Z");
    expect(words(await cast(on.writer, on.fans[0], songs.slice(0, 1)))).toEqual(["counted"]);
    expect(await on.database.rows("SELECT votes FROM day_allowances ORDER BY day")).toEqual([{ votes: 50 }, { votes: 1 }]);
  });
});

test("whatever is cast and taken back in whatever commits, every counter is what counting says", async () => {
  const step = fc.record({
    kind: fc.constantFrom("cast" as const, "cast" as const, "retract" as const),
    fan: fc.nat(1),
    song: fc.nat(23),
    day: fc.nat(1),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { maxLength: 40, size: "max" }), { maxLength: 6 }), async (commits) => {
      await using on = await stage({ shows: 2 });
      const { database, writer } = on;
      // The ballots close tomorrow evening.
      const start = writer.clock.now();
      const songs = on.shows.flatMap((show) => show.setlistSongIds);
      let [cast, spent] = [0, 0];
      for (const steps of commits) {
        const outcomes = await Promise.all(
          steps.map(({ kind, fan, song, day }) => {
            writer.clock.set(new Date(start + day * DAY_MS).toISOString());
            const input = { fan: allowed(on.fans[fan]!, "vote"), setlistSongId: songs[song]! };
            return writer.run(kind === "cast" ? "castVotes" : "retractVotes", input);
          }),
        );
        cast += outcomes.filter(({ verdict }) => verdict === "counted").length;
        cast -= outcomes.filter(({ verdict }) => verdict === "retracted").length;
        spent += outcomes.filter(({ verdict }) => verdict === "counted").length;
        expect(await wrongCounters(database)).toEqual([]);
      }
      const [totals] = await database.rows(
        "SELECT (SELECT count(*) FROM votes) AS votes, (SELECT coalesce(sum(votes), 0) FROM day_allowances) AS spent",
      );
      expect(totals).toEqual({ votes: cast, spent });
      for (const { showId } of on.shows) {
        const versions = (await tallyEvents(database)).filter((event) => event["show"] === showId).map((event) => event["version"]);
        expect(versions, "each version is announced once, in order").toEqual(versions.map((_, i) => i + 1));
        expect(await versionOf(database, showId)).toBe(versions.length);
      }
    }),
    { numRuns: 12 },
  );
});

describe("behind the rule, the database itself refuses", () => {
  async function codeOf(work: Promise<unknown>): Promise<string | null> {
    return work.then(
      () => "accepted",
      (error: unknown) => `${driverCode(error)} ${String((error as Error).cause)}`,
    );
  }

  test.each([
    ["an eleventh vote on a show", "show_allowances_votes", 1, 11],
    ["a fifty-first vote of a day", "day_allowances_votes", 6, 51],
  ])("%s", async (_, constraint, shows, votes) => {
    await using on = await stage({ shows, songs: 11 });
    const rows = on.shows
      .flatMap((show) => show.setlistSongIds.slice(0, shows === 1 ? 11 : 10).map((setlistSongId) => ({ showId: show.showId, setlistSongId })))
      .slice(0, votes)
      .map((row) => ({ ...row, userId: on.fans[0], day: 1, castAt: 0 }));
    expect(rows).toHaveLength(votes);
    const code = await codeOf(on.database.change((tx) => insertVotes(tx, rows)));
    expect(code).toMatch(new RegExp(`^SQLITE_CONSTRAINT.*${constraint}`));
    expect(await on.database.rows("SELECT * FROM votes")).toEqual([]);
  });

  test("the same vote twice", async () => {
    await using on = await stage();
    const { showId, setlistSongIds } = on.shows[0];
    const row = { userId: on.fans[0], setlistSongId: setlistSongIds[0]!, showId, day: 1, castAt: 0 };
    expect(await codeOf(on.database.change((tx) => insertVotes(tx, [row, row])))).toMatch(/^SQLITE_CONSTRAINT.*UNIQUE.*votes/);
  });

  test("a vote under another show than its song's", async () => {
    await using on = await stage({ shows: 2 });
    const [a, b] = on.shows as [BuiltShow, BuiltShow];
    const row = { userId: on.fans[0], setlistSongId: a.setlistSongIds[0]!, showId: b.showId, day: 1, castAt: 0 };
    expect(await codeOf(on.database.change((tx) => insertVotes(tx, [row])))).toMatch(/^SQLITE_CONSTRAINT.*FOREIGN KEY/);
  });

  test("a vote that no allowance was charged for", async () => {
    await using on = await stage();
    const { showId, setlistSongIds } = on.shows[0];
    const insert = `INSERT INTO votes VALUES (${showId}, ${on.fans[0]}, ${setlistSongIds[0]}, 0)`;
    expect(await codeOf(on.database.change((tx) => tx.run(insert)))).toMatch(/^SQLITE_CONSTRAINT.*FOREIGN KEY/);
  });

  test.each([
    ["a count of votes below zero", "UPDATE setlist_songs SET votes = -1", "setlist_songs_votes"],
    ["a total below zero", "UPDATE shows SET total_votes = -1", "shows_total_votes"],
    ["an unknown status", "UPDATE shows SET status = 'over'", "shows_status"],
    ["a date of another form", "UPDATE shows SET local_date = '13.06.2026'", "shows_local_date"],
    ["an unknown role", "UPDATE users SET role = 'root'", "users_role"],
    ["a sixth addition", "INSERT INTO show_allowances (user_id, show_id, additions) SELECT users.id, shows.id, 6 FROM users, shows", "show_allowances_additions"],
  ])("%s", async (_, statement, constraint) => {
    await using on = await stage();
    expect(await codeOf(on.database.change((tx) => tx.run(statement)))).toMatch(new RegExp(`^SQLITE_CONSTRAINT.*${constraint}`));
  });
});

describe("what goes with what", () => {
  test("a show that is deleted leaves no ballot, vote or allowance, and other shows alone", async () => {
    await using on = await stage({ shows: 2 });
    const [gone, kept] = on.shows as [BuiltShow, BuiltShow];
    await cast(on.writer, on.fans[0], [...gone.setlistSongIds.slice(0, 4), ...kept.setlistSongIds.slice(0, 3)]);
    await on.database.change((tx) => tx.run(`DELETE FROM shows WHERE id = ${gone.showId}`));
    const left = (table: string) => on.database.rows(`SELECT DISTINCT show_id AS show FROM ${table}`);
    for (const table of ["votes", "show_allowances", "setlist_songs", "predicted_setlists"]) {
      expect(await left(table), table).toEqual([{ show: kept.showId }]);
    }
    expect(await on.database.rows("SELECT votes FROM day_allowances"), "the day stays spent").toEqual([{ votes: 7 }]);
    expect(await wrongCounters(on.database)).toEqual([]);
  });

  test("an account that is deleted leaves no vote, allowance, session or token; the audit log stays", async () => {
    await using on = await stage();
    const [gone, kept] = on.fans as [number, number];
    const songs = on.shows[0].setlistSongIds;
    await cast(on.writer, gone, songs.slice(0, 3));
    await cast(on.writer, kept, songs.slice(0, 2));
    await on.writer.run("createSession", { idHash: "s", userId: gone, expiresAt: 9e12 });
    await on.writer.run("createApiToken", { fan: allowed(gone, "manage-own-account"), name: "t", tokenHash: "t", prefix: "t" });
    await on.writer.run("lockVoting", { admin: allowed(gone, "manage-shows", "admin"), show: on.shows[0].showId, note: "" });
    await on.database.change((tx) => tx.run(`DELETE FROM users WHERE id = ${gone}`));
    // Day counters have no foreign key: they go by age.
    for (const table of ["votes", "show_allowances"]) {
      expect(await on.database.rows(`SELECT DISTINCT user_id AS fan FROM ${table}`), table).toEqual([{ fan: kept }]);
    }
    expect(await on.database.rows("SELECT 1 FROM sessions UNION ALL SELECT 1 FROM api_tokens")).toEqual([]);
    expect(await on.database.rows("SELECT actor_id AS actor, action FROM audit_log")).toEqual([{ actor: null, action: "voting.lock" }]);
  });

  test("a venue with shows can't be deleted", async () => {
    await using on = await stage();
    await expect(on.database.change((tx) => tx.run("DELETE FROM venues"))).rejects.toThrow();
    expect(await on.database.rows("SELECT count(*) AS n FROM shows")).toEqual([{ n: 1 }]);
  });
});
