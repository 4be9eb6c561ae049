import { expect, test } from "vitest";
import { insertVotes } from "#db/queries/votes.ts";
import { startOf } from "#server/commands/scores/score-fans.ts";
import { verifyStandings } from "#server/views/verify-standings.ts";
import { startDirectWriter, type DirectWriter } from "#tests/support/direct-writer.ts";
import { buildFans } from "#tests/support/fans.ts";
import { buildSeason, voted } from "#tests/support/season.ts";

/** A fan of the site votes as before the close for all songs that were played at a show of the demo, and is scored. */
async function votedAtDemo(writer: DirectWriter, userId: number): Promise<void> {
  const { database } = writer;
  const rows = await database.rows(`
    SELECT b.show_id AS showId, b.id AS place, p.closes_at AS closesAt FROM shows s JOIN predicted_setlists p ON p.show_id = s.id JOIN setlist_songs b ON b.show_id = s.id
    WHERE s.id = (SELECT min(s.id) FROM shows s JOIN forecasts f ON f.show_id = s.id WHERE s.demo = 1 AND s.total_votes > 0 AND s.status = 'completed')
      AND b.song_id IN (SELECT song_id FROM played_songs q JOIN actual_setlists a ON a.id = q.setlist_id WHERE a.show_id = s.id) LIMIT 10`);
  const showId = Number(rows[0]!["showId"]);
  const castAt = Number(rows[0]!["closesAt"]) - 1_000;
  await database.change((tx) => insertVotes(tx, rows.map(({ place }) => ({ showId, userId, setlistSongId: Number(place), castAt, day: Math.floor(castAt / 86_400_000) }))));
  await writer.run("scoreFans", startOf(showId));
}

test("a fan who has scores at shows of the demo and at real ones has the real ones alone once the demo is gone", async () => {
  await using writer = await startDirectWriter();
  const { database } = writer;
  await writer.run("seedDemo", { onlyIfFresh: true });
  const [fan] = (await buildFans(database, 1)) as [number];
  const season = await buildSeason(database, 3, { tour: "A", at: writer.clock.now() });
  for (const show of season) {
    await voted(database, show, fan, [1, 2, 3]);
    await writer.run("scoreFans", startOf(show.showId));
  }
  const boards = () => database.rows("SELECT board, artist_id AS artist, name, shows, votes, hits, points, rating, listed FROM standings WHERE user_id = ? ORDER BY board, artist_id, name", fan);
  const real = await boards();
  expect(real.map(({ board, shows }) => [board, shows])).toEqual([["all", 3], ["artist", 3], ["tour", 3], ["year", 3]]);
  await votedAtDemo(writer, fan);
  const both = await boards();
  expect(both.find(({ board }) => board === "all")).toMatchObject({ shows: 4 });
  expect(both.filter(({ board }) => board === "artist")).toHaveLength(2);

  await writer.run("removeDemo", undefined);
  expect(await boards()).toEqual(real);
  expect(await verifyStandings(database.reader)).toEqual([]);
});
