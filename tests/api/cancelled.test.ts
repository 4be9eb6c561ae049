import { beforeEach, expect, test } from "vitest";
import { titles } from "#tests/support/builders.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { showRecord, songRecord, startCatalogueStage, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { miscounts } from "#tests/support/outbox.ts";
import { putPlayed, songsOn } from "#tests/support/played.ts";

let on: CatalogueStage;
let fan: number;
const records = Array.from({ length: 8 }, (_, i) => {
  const localDate = `2026-07-0${i + 1}`;
  return showRecord({ id: `E${i + 1}`, localDate, startsAt: Date.parse(`${localDate}T18:00:00Z`) });
});

beforeEach(async () => {
  on = await startCatalogueStage();
  await on.songs(titles(12).map((title, i) => songRecord({ id: `r${i}`, title })));
  await on.shows(records);
  await on.run("makeBallots", { artistId: on.artistId });
  [fan] = (await buildFans(on.database, 1)) as [number];
  return () => on[Symbol.asyncDispose]();
});

const change = (show: number, status: "cancelled" | "scheduled") => on.shows([{ ...records[show - 1]!, status }]);

/** Casts so many votes at a show (from 1); what became of each. */
async function vote(show: number, count: number): Promise<string[]> {
  const rows = await on.database.rows(
    "SELECT id FROM setlist_songs s WHERE show_id = (SELECT id FROM shows WHERE local_date = ?) AND NOT EXISTS (SELECT 1 FROM votes v WHERE v.setlist_song_id = s.id AND v.user_id = ?) LIMIT ?",
    `2026-07-0${show}`, fan, count);
  const outcomes = await Promise.all(rows.map(({ id }) => on.run("castVotes", { fan: allowed(fan, "vote"), setlistSongId: Number(id) })));
  return [...new Set(outcomes.map((outcome) => (outcome.verdict === "refused" ? outcome.reason : outcome.verdict)))];
}
const spent = async () => (await on.database.rows("SELECT votes FROM day_allowances ORDER BY day DESC"))[0]!["votes"];
const standing = async (show: number) => (await on.database.rows("SELECT total_votes AS votes FROM shows WHERE local_date = ?", `2026-07-0${show}`))[0]!["votes"];

test("a cancelled show gives the day's votes back to a fan who had spent them all; they stand should it take place", async () => {
  for (const show of [1, 2, 3, 4, 5]) expect(await vote(show, 10)).toEqual(["counted"]);
  expect(await vote(6, 1)).toEqual(["day_limit"]);
  await change(1, "cancelled");
  expect(await spent()).toBe(40);
  expect(await vote(6, 10)).toEqual(["counted"]);
  expect(await vote(7, 1)).toEqual(["day_limit"]);
  await change(1, "scheduled");
  expect([await standing(1), await standing(6)]).toEqual([10, 10]);
  expect(await vote(1, 1)).toEqual(["show_limit"]);
  expect(await miscounts(on.database)).toEqual([]);
});

test("a cancelled show gives the day's votes back to a fan who goes on to spend the others", async () => {
  expect(await vote(1, 6)).toEqual(["counted"]);
  await change(1, "cancelled");
  expect(await spent()).toBe(0);
  for (const show of [2, 3, 4, 5, 6]) expect(await vote(show, 10)).toEqual(["counted"]);
  expect(await vote(7, 1)).toEqual(["day_limit"]);
  await change(1, "scheduled");
  expect(await vote(1, 1)).toEqual(["day_limit"]);
  on.clock.advance(24 * 3_600_000);
  expect(await vote(1, 4)).toEqual(["counted"]);
  expect(await miscounts(on.database)).toEqual([]);
});

test("votes are returned once, and only those of the same day", async () => {
  await vote(1, 3);
  on.clock.advance(24 * 3_600_000);
  await vote(1, 2);
  await vote(2, 5);
  await change(1, "cancelled");
  expect(await spent()).toBe(5);
  await change(1, "scheduled");
  await vote(1, 1);
  await change(1, "cancelled");
  expect(await spent()).toBe(6);
  expect(await miscounts(on.database)).toEqual([]);
});

test("an event that its provider has no more gives the votes back too", async () => {
  await vote(1, 3);
  await on.shows([], ["E1"]);
  expect(await spent()).toBe(0);
});

test("a show that was played and is called off afterwards is asked to be scored again, and so is one that comes back", async () => {
  await vote(1, 3);
  const [row] = await on.database.rows("SELECT id FROM shows WHERE local_date = '2026-07-01'");
  const showId = Number(row!["id"]);
  on.clock.set("2026-07-03T12:00:00Z");
  await putPlayed(on.database, { showId, songs: (await songsOn(on.database, showId)).slice(0, 6), at: on.clock.now() });
  const score = () => on.run("scoreFans", { showId, after: 0, allBoards: null });
  const asked = async () => {
    const rows = await on.database.rows("SELECT id FROM jobs WHERE name = 'score-show'");
    await on.database.change((tx) => tx.run("DELETE FROM jobs WHERE name = 'score-show'"));
    return rows.length;
  };
  expect([await asked(), (await score()).fans]).toEqual([1, 1]);
  await change(1, "cancelled");
  expect([await asked(), (await score()).fans]).toEqual([1, 0]);
  await change(1, "scheduled");
  expect([await asked(), (await score()).fans]).toEqual([1, 1]);
});
