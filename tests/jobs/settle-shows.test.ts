import { beforeEach, describe, expect, test } from "vitest";
import { showSettler } from "#jobs/tasks/settle-shows.ts";
import { CHANCES_AT_ONCE } from "#server/commands/scores/keep-chances.ts";
import { SETTLED_AT_ONCE } from "#server/commands/scores/settle-setlists.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { putPlayed, songsOn } from "#tests/support/played.ts";
import { startRunnerStage, type RunnerStage } from "./runner-stage.ts";

let stage: RunnerStage;
let show: BuiltShow;

beforeEach(async () => {
  stage = await startRunnerStage();
  show = await buildShow(stage.database);
  return () => stage[Symbol.asyncDispose]();
});

const settle = () => showSettler({ reader: stage.database.reader, write: stage.write, now: stage.clock.now })();
const played = async (encores: number, provider: "setlistfm" | null = "setlistfm") =>
  putPlayed(stage.database, { showId: show.showId, songs: (await songsOn(stage.database, show.showId)).slice(0, 6), encores, provider, status: "provisional", at: stage.clock.now() });
const status = async () => (await stage.database.rows("SELECT status FROM actual_setlists"))[0]!["status"];
const told = async () => (await stage.database.rows("SELECT payload ->> 'status' AS status FROM events WHERE kind = 'setlist.changed' ORDER BY seq")).map((row) => row["status"]);
const asked = async () => (await stage.database.rows("SELECT DISTINCT name FROM jobs ORDER BY name")).map(({ name }) => name);
/** Notes how often its source had the same version in a row. */
const sameVersion = (times: number) =>
  stage.database.change((tx) => tx.run(`INSERT INTO due_times (kind, id, due_at, unchanged) VALUES ('setlist', ${show.showId}, 0, ${times}) ON CONFLICT DO UPDATE SET unchanged = ${times}`));

test("a setlist is live during the show, then provisional, and final a day after the start; live pages hear each of it", async () => {
  const [fan] = await buildFans(stage.database, 1);
  await stage.write("castVotes", { fan: allowed(fan!, "vote"), setlistSongId: show.setlistSongIds[0]! });
  await played(0);
  for (const [instant, is] of [["2026-06-14T19:00", "live"], ["2026-06-14T22:59", "live"], ["2026-06-14T23:00", "provisional"], ["2026-06-15T17:59", "provisional"]] as const) {
    stage.clock.set(`${instant}:00Z`);
    await settle();
    expect([instant, await status()]).toEqual([instant, is]);
  }
  expect(await asked()).toEqual(["study-artist"]);
  stage.clock.set("2026-06-15T18:00:00Z");
  await settle();
  await settle();
  expect(await status()).toBe("final");
  expect(await told()).toEqual(["live", "provisional", "final"]);
  expect(await asked()).toEqual(["score-show", "study-artist"]);
});

test("a setlist with an encore is final once its source had the same twice; one without is not", async () => {
  stage.clock.set("2026-06-14T22:00:00Z");
  await played(2);
  await sameVersion(1);
  await settle();
  expect(await status()).toBe("live");
  await sameVersion(2);
  await settle();
  expect(await status()).toBe("final");
});

test("what a moderator writes does not become final by how often another source was asked", async () => {
  stage.clock.set("2026-06-14T22:00:00Z");
  await played(2, null);
  await sameVersion(5);
  await settle();
  expect(await status()).toBe("live");
});

test("a setlist of a show that has not begun stays as it is", async () => {
  stage.clock.set("2026-06-14T12:00:00Z");
  await played(2);
  await sameVersion(3);
  await settle();
  expect(await status()).toBe("provisional");
  expect(await told()).toEqual([]);
});

test("a final setlist stays final when the show is moved to a later day", async () => {
  await played(0);
  stage.clock.set("2026-06-16T12:00:00Z");
  await settle();
  await stage.database.change((tx) => tx.run("UPDATE shows SET local_date = '2026-06-16', starts_at = NULL"));
  await settle();
  expect(await status()).toBe("final");
});

test("chances of all shows whose voting is over are kept, however many, some shows a transaction", async () => {
  const count = 2 * CHANCES_AT_ONCE + 3;
  await stage.database.change(async (tx) => {
    await tx.run(`WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ${count})
      INSERT INTO shows (slug, artist_id, venue_id, local_date, status, total_votes) SELECT 'other-' || value, artist_id, venue_id, local_date, 'completed', 1 FROM n, shows WHERE shows.id = ${show.showId}`);
    await tx.run(`INSERT INTO predicted_setlists (show_id, closes_at, created_at) SELECT id, 0, 0 FROM shows WHERE id <> ${show.showId}`);
    await tx.run(`INSERT INTO setlist_songs (show_id, song_id, position) SELECT s.id, p.song_id, p.position FROM shows s, setlist_songs p WHERE s.id <> ${show.showId} AND p.show_id = ${show.showId}`);
  });
  const kept: unknown[] = [];
  const write: typeof stage.write = async (name, input) => {
    const done = await stage.write(name, input);
    if (name === "keepChances") kept.push(done);
    return done;
  };
  await showSettler({ reader: stage.database.reader, write, now: stage.clock.now })();
  expect(kept).toEqual([CHANCES_AT_ONCE, CHANCES_AT_ONCE, 3]);
  expect(await stage.database.rows("SELECT count(*) AS n FROM forecasts WHERE kind = 'base'")).toEqual([{ n: count }]);
});

describe("what is usual among fans", () => {
  const usual = async () => {
    const [row] = await stage.database.rows("SELECT value ->> 'mean' AS mean, value ->> 'at' AS at FROM settings WHERE key = 'accuracy_prior'");
    return row && { mean: Number(row["mean"]), minutes: (Number(row["at"]) - start) / MINUTE };
  };
  const MINUTE = 60_000;
  let start: number;
  /** So long after the beginning the shows are settled. */
  const settleAt = async (minutes: number) => {
    stage.clock.advance(start + minutes * MINUTE - stage.clock.now());
    await settle();
    return usual();
  };
  const hit = (hits: number) => stage.database.change((tx) => tx.run(`UPDATE standings SET hits = ${hits}`));

  beforeEach(async () => {
    start = stage.clock.now();
    const fans = await buildFans(stage.database, 20);
    await stage.database.change(async (tx) => {
      for (const fan of fans) await tx.run(`INSERT INTO standings (board, artist_id, name, user_id, shows, votes, hits, points, shares, last_vote_at, rating, listed) VALUES ('all', 0, '', ${fan}, 1, 10, 5, 0, 0, 0, 0, 0)`);
    });
  });

  test("is learnt once an hour, whether it has changed or not", async () => {
    expect(await settleAt(0)).toEqual({ mean: 0.5, minutes: 0 });
    await hit(2);
    expect(await settleAt(55)).toEqual({ mean: 0.5, minutes: 0 });
    expect(await settleAt(60)).toEqual({ mean: 0.2, minutes: 60 });
    // Nothing has changed, and the next hour begins all the same.
    expect(await settleAt(120)).toEqual({ mean: 0.2, minutes: 120 });
    await hit(8);
    expect(await settleAt(150)).toEqual({ mean: 0.2, minutes: 120 });
    expect(await settleAt(180)).toEqual({ mean: 0.8, minutes: 180 });
  });

  test("is looked at once an hour too while there are too few fans to learn it from", async () => {
    await stage.database.change((tx) => tx.run("DELETE FROM standings WHERE user_id = (SELECT min(user_id) FROM standings)"));
    expect(await settleAt(0)).toEqual({ mean: 0.5, minutes: 0 });
    expect(await settleAt(30)).toEqual({ mean: 0.5, minutes: 0 });
    expect(await settleAt(60)).toEqual({ mean: 0.5, minutes: 60 });
  });

  test("is learnt again where a clock that was ahead has learnt it last", async () => {
    await settleAt(600);
    stage.clock.set(new Date(start).toISOString());
    await hit(2);
    expect(await settleAt(0)).toEqual({ mean: 0.2, minutes: 0 });
  });
});

test("thousands of old setlists become final at once, in parts, without a word to live pages", async () => {
  await stage.database.change((tx) =>
    tx.run(`WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ${2 * SETTLED_AT_ONCE + 10})
      INSERT INTO actual_setlists (show_id, provider, provider_id, version, stored_at) SELECT ${show.showId}, 'setlistfm', value, '1', 0 FROM n`));
  stage.clock.set("2027-06-16T12:00:00Z");
  await settle();
  expect(await stage.database.rows("SELECT status, count(*) AS n FROM actual_setlists GROUP BY 1")).toEqual([{ status: "final", n: 2 * SETTLED_AT_ONCE + 10 }]);
  expect(await told()).toEqual([]);
});
