import { expect, test } from "vitest";
import { openReader } from "#db/client.ts";
import { fastestShows } from "#db/queries/trending-shows.ts";
import { trendingShows } from "#server/views/trending-shows.ts";
import { buildShow, type ShowSpec } from "#tests/support/builders.ts";
import { buildTrend } from "#tests/support/came-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { startTestServer } from "#tests/support/test-server.ts";

const HOUR = 3_600_000;
const now = Date.parse("2026-06-13T12:00:00Z");

interface Moving extends ShowSpec {
  /** All votes by now. */
  votes: number;
  /** Votes an hour, and all votes, when the show was looked at some hours ago; absent where nobody has. */
  looked?: { rate: number; votes: number; hoursAgo?: number };
}

async function moving(database: TestDatabase, { votes, looked, ...spec }: Moving): Promise<number> {
  const { showId } = await buildShow(database, spec);
  await database.change((tx) => tx.run(`UPDATE shows SET total_votes = ${votes} WHERE id = ${showId}`));
  if (looked) await buildTrend(database, { showId, votes: looked.votes, rate: looked.rate, at: now - (looked.hoursAgo ?? 0) * HOUR });
  return showId;
}

test("shows trend by how fast votes come in, not by how many there are", async () => {
  await using server = await startTestServer();
  server.clock.set("2026-06-13T12:00:00Z");
  const { database, client } = server;
  const big = await moving(database, { votes: 5_000, looked: { rate: 1, votes: 5_000 } });
  const hot = await moving(database, { votes: 60, looked: { rate: 30, votes: 60 } });
  const warm = await moving(database, { votes: 80, looked: { rate: 12.5, votes: 80 } });
  const { trending } = await client.shows.home.query();
  expect(trending.map((show) => [show.id, show.votesPerHour])).toEqual([
    [hot, 30],
    [warm, 12.5],
    [big, 1],
  ]);
});

test("votes since the last look count at once, and what was fast then and is still now fades", async () => {
  await using database = await createTestDatabase();
  const faded = await moving(database, { votes: 500, looked: { rate: 20, votes: 500, hoursAgo: 12 } });
  const risen = await moving(database, { votes: 700, looked: { rate: 5, votes: 500, hoursAgo: 12 } });
  const trending = await trendingShows(database.reader, now, 12);
  expect(trending.map((show) => show.id)).toEqual([risen, faded]);
  // Half of the old rate stays after twelve hours, and half of 200 votes in twelve hours comes to it.
  expect(trending[0]!.votesPerHour).toBeCloseTo(2.5 + 200 / 24, 2);
  expect(trending[1]!.votesPerHour).toBeCloseTo(10, 2);
});

test("shows that nobody has looked at yet, and equals, come by all votes so far", async () => {
  await using database = await createTestDatabase();
  const resting = await moving(database, { votes: 900, looked: { rate: 0, votes: 900 } });
  const few = await moving(database, { votes: 24 });
  const many = await moving(database, { votes: 48 });
  const none = await moving(database, { votes: 0 });
  const also = await moving(database, { votes: 30, looked: { rate: 0, votes: 30 } });
  const trending = await trendingShows(database.reader, now, 12);
  expect(trending.map((show) => [show.id, show.votesPerHour])).toEqual([
    [many, 2],
    [few, 1],
    [resting, 0],
    [also, 0],
    [none, 0],
  ]);
});

test("only shows that one can vote for trend", async () => {
  await using database = await createTestDatabase();
  const looked = { rate: 50, votes: 90 };
  await moving(database, { votes: 90, looked, status: "completed", localDate: "2026-06-01" });
  await moving(database, { votes: 90, looked, status: "cancelled" });
  await moving(database, { votes: 90, looked, locked: true });
  await moving(database, { votes: 90, looked, localDate: "2026-06-13", startTime: "13:00" });
  const open = await moving(database, { votes: 5, looked: { rate: 0.5, votes: 5 } });
  expect((await trendingShows(database.reader, now, 12)).map((show) => show.id)).toEqual([open]);
});

test("of thousands of shows the fastest are found down the index of rates, by as many queries as of a few", async () => {
  await using database = await createTestDatabase();
  const { showId } = await buildShow(database);
  const counts: number[] = [];
  const reader = await openReader(database.url);
  const execute = reader.client.execute.bind(reader.client);
  let asked = 0;
  reader.client.execute = (...args: Parameters<typeof execute>) => {
    asked += 1;
    return execute(...args);
  };
  for (const shows of [20, 2_000]) {
    await database.change(async (tx) => {
      await tx.run(`
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${shows})
        INSERT INTO shows (slug, artist_id, venue_id, local_date, total_votes)
        SELECT 'many-${shows}-' || i, artist_id, venue_id, '2026-06-20', i FROM n, shows WHERE shows.id = ${showId}`);
      await tx.run(`INSERT INTO predicted_setlists (show_id, closes_at, created_at) SELECT id, ${now + 99 * HOUR}, 0 FROM shows WHERE slug LIKE 'many-${shows}-%'`);
      await tx.run(`INSERT INTO show_trends (show_id, votes, rate, at) SELECT id, total_votes, total_votes, ${now} FROM shows WHERE slug LIKE 'many-${shows}-%'`);
    });
    asked = 0;
    const trending = await trendingShows(reader.db, now, 12);
    counts.push(asked);
    expect(trending.map((show) => show.votesPerHour)).toEqual(Array.from({ length: 12 }, (_, i) => shows - i));
  }
  reader.close();
  expect(counts).toEqual([2, 2]);
  const { sql, params } = fastestShows(database.reader, now, 36).toSQL();
  const plan = await database.rows(`EXPLAIN QUERY PLAN ${sql}`, ...(params as number[]));
  const steps = plan.map((row) => String(row["detail"]));
  expect(steps.filter((step) => /show_trends/.test(step))).toEqual(["SEARCH show_trends USING COVERING INDEX show_trends_rate (rate>?)"]);
  expect(steps.filter((step) => step.includes("TEMP B-TREE"))).toEqual([]);
});
