import { describe, expect, test } from "vitest";
import { trendUpdater } from "#jobs/tasks/update-trending.ts";
import { showHistory } from "#server/views/tally-history.ts";
import { buildShow, titles, type BuiltShow } from "#tests/support/builders.ts";
import { startDirectWriter, type DirectWriter } from "#tests/support/direct-writer.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { watchRows } from "#tests/support/row-changes.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Stage extends DirectWriter {
  show: BuiltShow;
  /** Votes of so many new fans for some songs, by place. */
  vote(fans: number, places: number[]): Promise<number[]>;
  update(): Promise<void>;
  snapshots(): Promise<[total: number, tallies: string][]>;
}

async function stage(): Promise<Stage> {
  const writer = await startDirectWriter();
  const { database, clock } = writer;
  const show = await buildShow(database, { localDate: "2026-07-20", ballot: titles(10) });
  await database.change((tx) => tx.run(`UPDATE predicted_setlists SET created_at = ${clock.now()}`));
  const update = trendUpdater({ reader: database.reader, write: (name, input) => writer.run(name, input), now: clock.now, pause: () => Promise.resolve() });
  return {
    ...writer,
    show,
    update,
    async vote(fans, places) {
      const ids = await buildFans(database, fans);
      for (const id of ids) for (const place of places) await writer.run("castVotes", { fan: allowed(id, "vote"), setlistSongId: show.setlistSongIds[place]! });
      return ids;
    },
    snapshots: async () => (await database.rows("SELECT total, tallies FROM tally_history ORDER BY at")).map(({ total, tallies }) => [Number(total), String(tallies)]),
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

describe("a show's tally", () => {
  test("is kept when it has moved, at most every ten minutes, from before its first vote on", async () => {
    await using on = await stage();
    await on.update();
    expect(await on.snapshots()).toEqual([]);
    await on.vote(2, [0, 1]);
    await on.update();
    const [a, b] = on.show.setlistSongIds;
    expect(await on.snapshots()).toEqual([[0, "[]"], [4, `[[${a},2],[${b},2]]`]]);
    on.clock.advance(MINUTE);
    await on.vote(1, [1]);
    await on.update();
    expect(await on.snapshots()).toHaveLength(2);
    on.clock.advance(10 * MINUTE);
    await on.update();
    expect((await on.snapshots()).at(-1)).toEqual([5, `[[${b},3],[${a},2]]`]);
    on.clock.advance(10 * MINUTE);
    const changes = await watchRows(on.database);
    await on.update();
    expect(Object.keys(await changes())).toEqual(["show_trends"]);
  });

  test("that was voted on before anybody kept it is told from when votes were cast, without those that are held", async () => {
    await using on = await stage();
    await on.vote(1, [0]);
    on.clock.advance(3 * HOUR);
    const [held] = await on.vote(2, [0, 1]);
    await on.database.change(async (tx) => {
      await tx.run(`UPDATE show_allowances SET quarantined_at = 1 WHERE user_id = ${held}`);
      await tx.run(`UPDATE setlist_songs SET votes = votes - 1 WHERE id IN (SELECT setlist_song_id FROM votes WHERE user_id = ${held})`);
      await tx.run("UPDATE shows SET total_votes = 3");
    });
    on.clock.advance(2 * HOUR);
    await on.update();
    expect((await on.snapshots()).map(([total]) => total)).toEqual([0, 1, 3]);
  });

  test("of a show that is over and was never kept is told too, once", async () => {
    await using on = await stage();
    await on.vote(3, [2]);
    on.clock.advance(HOUR);
    await on.database.change((tx) => tx.run("UPDATE shows SET status = 'completed', local_date = '2026-06-13'"));
    await on.update();
    expect((await on.snapshots()).map(([total]) => total)).toEqual([0, 3]);
    const changes = await watchRows(on.database);
    await on.update();
    expect(await changes()).toEqual({});
  });

  test("is thinned as it ages", async () => {
    await using on = await stage();
    for (let tick = 0; tick < 6 * 24 * 4; tick += 1) {
      if (tick % 3 === 0) await on.database.change((tx) => tx.run(`UPDATE setlist_songs SET votes = votes + 1 WHERE id = ${on.show.setlistSongIds[tick % 7]}`));
      await on.database.change((tx) => tx.run("UPDATE shows SET total_votes = (SELECT sum(votes) FROM setlist_songs)"));
      await on.update();
      on.clock.advance(10 * MINUTE);
    }
    const ats = (await on.database.rows("SELECT at FROM tally_history ORDER BY at")).map(({ at }) => Number(at));
    // The first of all stays beside that of its hour.
    const old = ats.filter((at) => on.clock.now() - at > 2.5 * 24 * HOUR).slice(1);
    expect(new Set(old.map((at) => Math.floor(at / HOUR))).size).toBe(old.length);
    expect(ats.filter((at) => on.clock.now() - at <= 24 * HOUR).length).toBeGreaterThanOrEqual(47);
  }, 60_000);
});

describe("a song's trend", () => {
  const trendOf = async (on: Stage) => (await on.database.rows("SELECT trend FROM setlist_songs ORDER BY position")).map(({ trend }) => Number(trend));

  test("rises with its votes of the last six hours against its own base, and falls back", async () => {
    await using on = await stage();
    await on.vote(20, [0, 1, 2, 3]);
    await on.update();
    on.clock.advance(24 * HOUR);
    await on.vote(20, [1]);
    await on.update();
    const [first, risen] = await trendOf(on);
    expect(risen!).toBeGreaterThan(1.5);
    expect(first!).toBeLessThan(1);
    on.clock.advance(8 * HOUR);
    await on.vote(1, [5]);
    await on.update();
    expect((await trendOf(on))[1]).toBeLessThan(1);
  });
});

test("a show's history is told by its eight most voted songs, up to the tally as it stands", async () => {
  await using on = await stage();
  const { showId, slug } = on.show;
  expect(await showHistory(on.database.reader, slug, on.clock.now())).toMatchObject({ at: [], total: [], songs: [] });
  await on.vote(3, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  await on.update();
  on.clock.advance(15 * MINUTE);
  await on.vote(1, [8]);
  const said = await showHistory(on.database.reader, showId, on.clock.now());
  expect(said.total).toEqual([0, 27, 28]);
  expect(said.at.at(-1)).toBe(new Date(on.clock.now()).toISOString());
  expect(said.songs).toHaveLength(8);
  expect(said.songs[0]).toMatchObject({ song: { title: "Song 9" }, votes: [0, 3, 4] });
  await expect(showHistory(on.database.reader, "nowhere", 0)).rejects.toMatchObject({ kind: "not_found" });
});
