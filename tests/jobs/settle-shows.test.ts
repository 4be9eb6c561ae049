import { beforeEach, expect, test } from "vitest";
import { showSettler } from "#jobs/tasks/settle-shows.ts";
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

test("thousands of old setlists become final at once, in parts, without a word to live pages", async () => {
  await stage.database.change((tx) =>
    tx.run(`WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ${2 * SETTLED_AT_ONCE + 10})
      INSERT INTO actual_setlists (show_id, provider, provider_id, version, stored_at) SELECT ${show.showId}, 'setlistfm', value, '1', 0 FROM n`));
  stage.clock.set("2027-06-16T12:00:00Z");
  await settle();
  expect(await stage.database.rows("SELECT status, count(*) AS n FROM actual_setlists GROUP BY 1")).toEqual([{ status: "final", n: 2 * SETTLED_AT_ONCE + 10 }]);
  expect(await told()).toEqual([]);
});
