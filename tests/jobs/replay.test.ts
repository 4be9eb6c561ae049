import { expect, test } from "vitest";
import { scoreShow } from "#jobs/tasks/score-show.ts";
import { showSettler } from "#jobs/tasks/settle-shows.ts";
import type { Handler } from "#jobs/tasks/job.ts";
import { startOf } from "#server/commands/scores/score-fans.ts";
import { seededRandom } from "#server/domain/demo-votes.ts";
import { leaderboard } from "#server/views/leaderboard.ts";
import { verifyStandings } from "#server/views/verify-standings.ts";
import { buildDecade, type DecadeShow, shuffled } from "#tests/support/decade.ts";
import { allowed } from "#tests/support/fans.ts";
import { naiveBoards, naiveScores } from "#tests/support/naive-scores.ts";
import { miscounts } from "#tests/support/outbox.ts";
import { putPlayed } from "#tests/support/played.ts";
import { startRunnerStage, type RunnerStage } from "./runner-stage.ts";

const HOUR = 3_600_000;

/** The afternoon before a show and the night of it: votes and calls come in, voting closes, and mostly the setlist comes. */
async function evening(on: RunnerStage, show: DecadeShow): Promise<void> {
  on.clock.set(new Date(show.startsAt - 5 * HOUR).toISOString());
  const cast = show.ballots.flatMap(({ fan, votes }) => votes.map((setlistSongId) => ({ fan: allowed(fan, "vote"), setlistSongId })));
  const outcomes = await Promise.all(cast.map((vote) => on.write("castVotes", vote)));
  expect(outcomes.every(({ verdict }) => verdict === "counted")).toBe(true);
  const called = show.ballots.flatMap(({ fan, calls }) => calls.map(([role, setlistSongId]) => ({ fan: allowed(fan, "vote"), role, setlistSongId })));
  await Promise.all(called.map((call) => on.write("callSong", call)));
  on.clock.set(new Date(show.startsAt + HOUR).toISOString());
  await settle(on);
  if (!show.late) await comeIn(on, show);
  on.clock.set(new Date(show.startsAt + 25 * HOUR).toISOString());
  await settle(on);
  await score(on);
}

const settle = (on: RunnerStage) => showSettler({ reader: on.database.reader, write: on.write, now: on.clock.now })();
const score = (on: RunnerStage) => on.runner({ "score-show": scoreShow(on) as Handler }).work();
const comeIn = (on: RunnerStage, { showId, played }: DecadeShow) => putPlayed(on.database, { showId, songs: played, encores: 2, status: "provisional", at: on.clock.now() });

/** Ten years from the first vote to the last setlist; setlists that come late do so in the order that is given. */
async function live(on: RunnerStage, inOrder: (late: DecadeShow[]) => DecadeShow[]): Promise<void> {
  const shows = await buildDecade(on.database);
  for (const show of shows) await evening(on, show);
  for (const show of inOrder(shows.filter(({ late }) => late))) {
    await comeIn(on, show);
    await settle(on);
    await score(on);
  }
}

const figures = async (on: RunnerStage) => ({
  scores: await on.database.rows("SELECT show_id AS show, user_id AS fan, votes, hits, points, call_hits AS calls, call_points AS extra, share, last_vote_at AS last FROM fan_scores ORDER BY 1, 2"),
  standings: await on.database.rows("SELECT * FROM standings ORDER BY artist_id, board, name, user_id"),
  shows: await on.database.rows("SELECT show_id, setlist_version, played, unknown, fans, possible, ranked, crowd_hits, forecast_hits, last_shows_hits, lists FROM show_scores ORDER BY 1"),
});

test("ten years of shows come to the same sums as worked out by hand, in whichever order setlists come, and again when made again", async () => {
  await using on = await startRunnerStage();
  await live(on, (late) => late);
  const after = await figures(on);
  expect(after.shows).toHaveLength(108);
  expect(after.scores.length).toBeGreaterThan(2_000);

  const naive = await naiveScores(on.database);
  expect(after.scores).toEqual(naive);
  const boards = await naiveBoards(on.database, naive);
  expect(Object.keys(boards).length).toBeGreaterThan(15);
  for (const [board, rows] of Object.entries(boards)) {
    const [kind, artist, ...name] = board.split(" ") as ["all" | "year" | "artist" | "tour", string, ...string[]];
    const choice = { all: { board: "all" }, year: { board: "year", year: Number(name[0]) }, artist: { board: "artist", artist: Number(artist) }, tour: { board: "tour", artist: Number(artist), tour: name.join(" ") } } as const;
    const shown = await leaderboard(on.database.reader, { choice: choice[kind], limit: 100, userId: null });
    expect([board, shown.rows.map((row) => ({ fan: row.fan.id, shows: row.shows, votes: row.votes, hits: row.hits, points: row.points, rating: Math.round(row.rating * 1e6) }))])
      .toEqual([board, rows.map(({ last: _, ...row }) => row)]);
  }
  expect(await verifyStandings(on.database.reader)).toEqual([]);
  expect(await miscounts(on.database)).toEqual([]);

  let changed = 0;
  for (const { show_id: showId } of after.shows) changed += (await on.write("scoreFans", startOf(Number(showId)))).changed;
  expect(changed).toBe(0);

  await using other = await startRunnerStage();
  await live(other, (late) => shuffled(late, seededRandom(3)));
  expect(await figures(other)).toEqual(after);
}, 120_000);
