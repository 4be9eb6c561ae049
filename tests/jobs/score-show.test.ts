import { beforeEach, expect, test } from "vitest";
import { scoreShow } from "#jobs/tasks/score-show.ts";
import type { Handlers } from "#jobs/runner.ts";
import type { Handler } from "#jobs/tasks/job.ts";
import { buildShow, titles, type BuiltShow } from "#tests/support/builders.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { putPlayed, songsOn } from "#tests/support/played.ts";
import { startRunnerStage, type RunnerStage } from "./runner-stage.ts";

let stage: RunnerStage;
let show: BuiltShow;
let fans: number[];
let songs: number[];

beforeEach(async () => {
  stage = await startRunnerStage();
  show = await buildShow(stage.database, { ballot: titles(12), tour: "The tour" });
  fans = await buildFans(stage.database, 4);
  songs = await songsOn(stage.database, show.showId);
  return () => stage[Symbol.asyncDispose]();
});

const score = () => stage.runner({ "score-show": scoreShow(stage) as Handler } satisfies Handlers).work();
const vote = (fan: number, ...places: number[]) =>
  Promise.all(places.map((place) => stage.write("castVotes", { fan: allowed(fan, "vote"), setlistSongId: show.setlistSongIds[place - 1]! })));
const played = (places: number[], more: Partial<Parameters<typeof putPlayed>[1]> = {}) =>
  putPlayed(stage.database, { showId: show.showId, songs: places.map((place) => songs[place - 1]!), at: stage.clock.now(), ...more });
const afterwards = () => stage.clock.set("2026-06-16T12:00:00Z");

const scores = () => stage.database.rows("SELECT user_id AS fan, votes, hits, points, share FROM fan_scores WHERE show_id = ? ORDER BY user_id", show.showId);
const boards = (fan: number) => stage.database.rows("SELECT board, name, shows, hits, points, listed FROM standings WHERE user_id = ? ORDER BY board", fan);
const counted = async (table: string) => Number((await stage.database.rows(`SELECT count(*) AS n FROM ${table}`))[0]!["n"]);

test("fans are scored and stand on every board of the show once its setlist is final", async () => {
  await vote(fans[0]!, 1, 2, 3);
  await vote(fans[1]!, 11, 12);
  afterwards();
  await played([1, 2, 4, 5, 6]);
  await score();
  const rows = await scores();
  expect(rows).toMatchObject([{ fan: fans[0], votes: 3, hits: 2 }, { fan: fans[1], votes: 2, hits: 0, points: 0, share: 0 }]);
  expect(Number(rows[0]!["points"])).toBeGreaterThan(0);
  expect(await boards(fans[0]!)).toMatchObject([
    { board: "all", name: "", shows: 1, hits: 2, listed: 0 },
    { board: "artist", name: "", shows: 1 },
    { board: "tour", name: "The tour", shows: 1 },
    { board: "year", name: "2026", shows: 1 },
  ]);
  expect(await stage.database.rows("SELECT played, fans, ranked, crowd_hits AS crowd FROM show_scores")).toMatchObject([{ played: 5, fans: 2, ranked: 1, crowd: 2 }]);
});

test("a setlist that is edited has everybody scored again, and the same one changes no row", async () => {
  await vote(fans[0]!, 1, 2, 3);
  afterwards();
  await played([1, 2, 4, 5, 6]);
  await score();
  await played([3, 4, 5, 6, 7], { version: "2" });
  await score();
  expect(await scores()).toMatchObject([{ hits: 1 }]);
  expect((await boards(fans[0]!)).map(({ hits }) => hits)).toEqual([1, 1, 1, 1]);
  const all = () => Promise.all(["fan_scores", "standings", "show_scores", "song_chances"].map((table) => stage.database.rows(`SELECT * FROM ${table}`)));
  const before = await all();
  stage.clock.advance(60_000);
  expect(await stage.write("scoreFans", { showId: show.showId, after: 0, allBoards: null })).toMatchObject({ changed: 0, next: null });
  expect(await all()).toEqual(before);
});

test.each([
  ["a setlist that goes", () => stage.database.change((tx) => tx.run("DELETE FROM actual_setlists"))],
  ["a show that is cancelled", () => stage.database.change((tx) => tx.run("UPDATE shows SET status = 'cancelled'"))],
  ["a setlist without a song", () => played([], { version: "2" })],
])("%s takes the scores with it", async (_, happens) => {
  await vote(fans[0]!, 1);
  afterwards();
  await played([1, 2, 4, 5, 6]);
  await score();
  await happens();
  await stage.write("scoreFans", { showId: show.showId, after: 0, allBoards: null });
  expect([await counted("fan_scores"), await counted("standings"), await counted("show_scores")]).toEqual([0, 0, 0]);
});

test("a setlist that is not final yet brings no scores", async () => {
  await vote(fans[0]!, 1);
  afterwards();
  await played([1, 2, 4, 5, 6], { status: "provisional" });
  await stage.write("scoreFans", { showId: show.showId, after: 0, allBoards: null });
  expect([await counted("fan_scores"), await counted("show_scores"), await counted("forecasts")]).toEqual([0, 0, 0]);
});

test("what was said of the songs stays as it was, whatever is written down of other shows later", async () => {
  await vote(fans[0]!, 1, 2);
  stage.clock.set("2026-06-14T18:02:00Z");
  expect(await stage.write("keepChances", undefined)).toBe(1);
  const said = await stage.database.rows("SELECT * FROM song_chances");
  expect(said).toHaveLength(12);
  const earlier = await buildShow(stage.database, { localDate: "2026-06-12", ballot: [] });
  await stage.database.change((tx) => tx.run(`UPDATE shows SET artist_id = ${show.artistId} WHERE id = ${earlier.showId}`));
  await putPlayed(stage.database, { showId: earlier.showId, songs: songs.slice(0, 6), at: stage.clock.now() });
  afterwards();
  await played([1, 2, 4, 5, 6]);
  await score();
  expect(await stage.write("keepChances", undefined)).toBe(0);
  expect(await stage.database.rows("SELECT * FROM song_chances")).toEqual(said);
});

test("while an admin has voting open again there are no scores; at the new close everybody is scored by the votes of then", async () => {
  await vote(fans[0]!, 1, 2);
  stage.clock.set("2026-06-14T20:00:00Z");
  await played([1, 2, 4, 5, 6]);
  await score();
  expect(await scores()).toMatchObject([{ hits: 2 }]);
  const closesAt = Date.parse("2026-06-14T22:00:00Z");
  await stage.write("moveClose", { admin: allowed(fans[3]!, "manage-shows", "admin"), show: show.showId, note: "", closesAt });
  await score();
  expect(await counted("fan_scores") + (await counted("standings"))).toBe(0);
  await vote(fans[0]!, 4);
  stage.clock.set("2026-06-14T22:00:00Z");
  await score();
  expect(await scores()).toMatchObject([{ votes: 3, hits: 3 }]);
});

test("where the close moves on while the scoring of the old one waits, everybody is scored at the new one", async () => {
  await vote(fans[0]!, 1, 2);
  await played([1, 2, 4, 5, 6]);
  await score();
  await stage.database.change((tx) => tx.run(`UPDATE predicted_setlists SET closes_at = ${Date.parse("2026-06-14T20:00:00Z")}`));
  stage.clock.set("2026-06-14T18:00:00Z");
  await score();
  expect(await counted("fan_scores")).toBe(0);
  stage.clock.set("2026-06-14T20:00:00Z");
  await score();
  expect(await scores()).toMatchObject([{ hits: 2 }]);
});

test("a fan whose votes are held has no score, and has it once they are released", async () => {
  for (const fan of fans.slice(0, 2)) await vote(fan, 1, 2);
  afterwards();
  await played([1, 2, 4, 5, 6]);
  await score();
  const [id] = await stage.write("recordFindings", { showId: show.showId, tallyVersion: 4, findings: [{ userIds: [fans[0]!], score: 1, signals: [] }] });
  await score();
  expect((await scores()).map(({ fan }) => fan)).toEqual([fans[1]]);
  expect(await boards(fans[0]!)).toEqual([]);
  await stage.write("releaseCase", { moderator: allowed(fans[3]!, "moderate", "moderator"), id: id!, note: "" });
  await score();
  expect((await scores()).map(({ fan, hits }) => [fan, hits])).toEqual([[fans[0], 2], [fans[1], 2]]);
  expect(await boards(fans[0]!)).toHaveLength(4);
});

test("a show that moves to another tour or date takes its fans' standings along", async () => {
  await vote(fans[0]!, 1);
  afterwards();
  await played([1, 2, 4, 5, 6]);
  await score();
  await stage.database.change((tx) => tx.run("UPDATE shows SET tour = 'Another', local_date = '2025-06-14'"));
  await stage.write("scoreFans", { showId: show.showId, after: 0, allBoards: null });
  expect((await boards(fans[0]!)).map(({ board, name }) => `${String(board)} ${String(name)}`)).toEqual(["all ", "artist ", "tour Another", "year 2025"]);
});

test("a setlist that is written down of an earlier show has the later ones compared anew with the last shows' songs", async () => {
  await vote(fans[0]!, 1);
  afterwards();
  await played([1, 2, 4, 5, 6]);
  await score();
  expect(await stage.database.rows("SELECT last_shows_hits AS hits FROM show_scores")).toEqual([{ hits: null }]);
  const earlier = await buildShow(stage.database, { localDate: "2026-06-12", ballot: [] });
  await stage.database.change((tx) => tx.run(`UPDATE shows SET artist_id = ${show.artistId} WHERE id = ${earlier.showId}`));
  await putPlayed(stage.database, { showId: earlier.showId, songs: songs.slice(0, 3), at: stage.clock.now() });
  await score();
  expect(await stage.database.rows("SELECT last_shows_hits AS hits FROM show_scores")).toEqual([{ hits: 2 }]);
});
