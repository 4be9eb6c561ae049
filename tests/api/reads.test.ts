import { expect, test } from "vitest";
import * as demo from "#db/queries/demo.ts";
import { listShows, mostVotedShows } from "#db/queries/shows.ts";
import { fold } from "#server/domain/fold.ts";
import type { ShowStatus } from "#server/domain/voting.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import type { TestDatabase } from "#tests/support/test-database.ts";
import { startTestServer } from "#tests/support/test-server.ts";

let serial = 0;

/** Many shows of the artist and at the venue of another, on one day. */
async function crowd(
  database: TestDatabase,
  like: BuiltShow,
  spec: { count: number; localDate: string; status?: ShowStatus; startsAt?: string; votes?: number },
): Promise<number[]> {
  const [row] = await database.rows("SELECT venue_id FROM shows WHERE id = ?", like.showId);
  const { count, localDate, status = "upcoming", votes = 0 } = spec;
  const startsAt = Date.parse(spec.startsAt ?? `${localDate}T18:00:00Z`);
  return database.change(async (tx) => {
    const common = { artistId: like.artistId, venueId: Number(row!["venue_id"]), localDate, startsAt, status };
    const rows = Array.from({ length: count }, () => ({ ...common, slug: `crowd-${(serial += 1)}`, totalVotes: votes }));
    const ids = (await demo.insertShows(tx, rows)).map((show) => show.id);
    await demo.insertPredictedSetlists(tx, ids.map((showId) => ({ showId, closesAt: startsAt, createdAt: 0 })));
    return ids;
  });
}

/** The distinct values of something, in order of appearance. */
function distinct<T>(values: T[]): T[] {
  return [...new Set(values)];
}

test("the home page has tonight and this week whatever lies before and around them", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, { localDate: "2026-06-13", startTime: "23:00" });
  await crowd(server.database, show, { count: 300, localDate: "2026-06-12", status: "completed" });
  for (const localDate of ["2026-06-13", "2026-06-14", "2026-06-15"]) {
    await crowd(server.database, show, { count: 250, localDate });
  }
  const first = await buildShow(server.database, { localDate: "2026-06-13", startTime: "15:00" });
  const { tonight, thisWeek } = await server.client.shows.home.query();
  expect(tonight).toHaveLength(12);
  expect(tonight[0]!.id).toBe(first.showId);
  expect(distinct(tonight.map((item) => item.localDate))).toEqual(["2026-06-13"]);
  expect(thisWeek).toHaveLength(12);
  expect(distinct(thisWeek.map((item) => item.localDate))).toEqual(["2026-06-14"]);
});

test("a show that yesterday's clean-up has not reached keeps no show of tonight off the page", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, { localDate: "2026-06-13" });
  await crowd(server.database, show, { count: 300, localDate: "2026-06-12" });
  const { tonight, thisWeek } = await server.client.shows.home.query();
  expect(tonight.map((item) => item.id)).toEqual([show.showId]);
  expect(thisWeek).toEqual([]);
});

test.each([
  ["Pacific/Pago_Pago", "2026-06-13T10:00:00Z", "2026-06-12", "2026-06-13"],
  ["Pacific/Kiritimati", "2026-06-13T11:00:00Z", "2026-06-14", "2026-06-15"],
  ["Europe/Berlin", "2026-06-13T21:59:00Z", "2026-06-13", "2026-06-14"],
])("tonight in %s at %s is %s, and this week begins with %s", async (timeZone, now, today, next) => {
  await using server = await startTestServer();
  server.clock.set(now);
  const dates = ["2026-06-11", "2026-06-12", "2026-06-13", "2026-06-14", "2026-06-15"];
  for (const localDate of dates) await buildShow(server.database, { timeZone, localDate, startTime: null });
  const { tonight, thisWeek } = await server.client.shows.home.query();
  expect(tonight.map((item) => item.localDate)).toEqual([today]);
  expect(thisWeek[0]!.localDate).toBe(next);
});

test("a venue's and an artist's page hold the next hundred shows, the last fifty and the likeliest 500 songs", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, { localDate: "2026-06-12", status: "completed" });
  await server.database.change((tx) =>
    demo.insertSongs(
      tx,
      Array.from({ length: 600 }, (_, i) => {
        const title = `Deep cut ${i}`;
        return { artistId: show.artistId, title, searchTitle: title.toLowerCase(), likelihoodRank: 1_000 + i };
      }),
    ),
  );
  await crowd(server.database, show, { count: 30, localDate: "2026-06-11", status: "completed" });
  await crowd(server.database, show, { count: 80, localDate: "2026-06-10", status: "completed" });
  const later = await crowd(server.database, show, { count: 80, localDate: "2026-07-02" });
  const sooner = await crowd(server.database, show, { count: 80, localDate: "2026-07-01" });
  const artist = await server.client.artists.get.query({ artist: show.artistSlug });
  const venue = await server.client.venues.get.query({ venue: show.venueSlug });
  for (const page of [artist, venue]) {
    expect(page.upcoming.map((item) => item.id)).toEqual([...sooner, ...later.slice(0, 20)]);
    expect(page.past).toHaveLength(50);
    expect(distinct(page.past.map((item) => item.localDate))).toEqual(["2026-06-12", "2026-06-11", "2026-06-10"]);
  }
  expect(artist.songs).toHaveLength(500);
  expect(artist.songs[0]!.title).toBe("Song 1");
  expect(artist.songs.at(-1)!.title).toBe("Deep cut 484");
});

test.each([
  ["Pacific/Pago_Pago", "2026-06-13T10:00:00Z", "2026-06-12"],
  ["Pacific/Kiritimati", "2026-06-13T11:00:00Z", "2026-06-14"],
  ["Europe/Berlin", "2026-06-13T22:00:00Z", "2026-06-14"],
])("an artist's and a venue's shows in %s at %s are past before %s", async (timeZone, now, today) => {
  await using server = await startTestServer();
  server.clock.set(now);
  const place = { timeZone, artist: "Travellers", venue: "Edge of the Day", startTime: null };
  const dates = ["2026-06-01", "2026-06-11", "2026-06-12", "2026-06-13", "2026-06-14", "2026-06-15", "2026-07-01"];
  for (const localDate of dates) await buildShow(server.database, { ...place, localDate, status: "cancelled" });
  // Over before its day was, so no longer to come.
  await buildShow(server.database, { ...place, localDate: "2026-06-16", status: "completed" });
  const datesOf = (items: { localDate: string }[]) => items.map((item) => item.localDate);
  for (const page of [
    await server.client.artists.get.query({ artist: "travellers" }),
    await server.client.venues.get.query({ venue: "edge-of-the-day-berlin" }),
  ]) {
    expect(datesOf(page.upcoming)).toEqual(dates.filter((date) => date >= today));
    expect(datesOf(page.past)).toEqual(["2026-06-16", ...dates.filter((date) => date < today).reverse()]);
  }
});

test("an artist is found whatever case and accents the name and the query have", async () => {
  await using server = await startTestServer();
  for (const artist of ["Björk", "ROSALÍA", "Sigur Rós", "100% Silk"]) await buildShow(server.database, { artist });
  const find = async (query: string) =>
    (await server.client.artists.list.query({ query })).items.map((artist) => artist.name);
  for (const query of ["bjork", "BJÖRK", "björk", "bjo\u0308rk", "  Bjork "]) expect(await find(query)).toEqual(["Björk"]);
  expect(await find("rosalia")).toEqual(["ROSALÍA"]);
  expect(await find("sigur  ROS")).toEqual(["Sigur Rós"]);
  expect(await find("100%")).toEqual(["100% Silk"]);
  expect(await find("r_s")).toEqual([]);
});

test("the demo's artists are found without their accents", async () => {
  await using server = await startTestServer({ env: { DEMO: "1" } });
  const accented = await server.database.rows("SELECT name, search_name FROM artists WHERE name <> search_name");
  expect(accented.length).toBeGreaterThan(10);
  for (const row of accented) expect(row["search_name"]).toBe(fold(String(row["name"])));
});

test("shows ranked by votes are chosen among shows alone; only the chosen are joined", async () => {
  await using server = await startTestServer();
  const { reader } = server.database;
  const bounds = { from: "2026-06-12", to: "2026-08-12", limit: 12 };
  for (const query of [
    mostVotedShows(reader, bounds.to, bounds.limit),
    listShows(reader, { ...bounds, sort: "votes" }),
    listShows(reader, { ...bounds, sort: "votes", artistId: 1, after: { id: 1, localDate: "", totalVotes: 3 } }),
  ]) {
    const { sql, params } = query.toSQL();
    const plan = await server.database.rows(`EXPLAIN QUERY PLAN ${sql}`, ...(params as string[]));
    expect(plan.map((row) => row["detail"]), sql).toContain("SEARCH shows USING INTEGER PRIMARY KEY (rowid=?)");
  }
});

test("without any trend yet, the home page's trending shows come by votes, then by date, then by age", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, { localDate: "2026-06-12", status: "completed" });
  const build = (localDate: string, count: number, votes: number) => crowd(server.database, show, { localDate, count, votes });
  const few = await build("2026-06-20", 10, 1);
  const later = await build("2026-06-30", 2, 5);
  const sooner = await build("2026-06-25", 2, 5);
  const most = await build("2026-07-30", 1, 6);
  await build("2026-08-30", 1, 100);
  const { trending } = await server.client.shows.home.query();
  expect(trending.map((item) => item.id)).toEqual([...most, ...sooner, ...later, ...few.slice(0, 7)]);
  const listed = await server.client.shows.list.query({ sort: "votes", to: "2026-08-01", limit: 12 });
  // The list breaks ties by age alone: those of a later date were added first.
  expect(listed.items.map((item) => item.id)).toEqual([...most, ...later, ...sooner, ...few.slice(0, 7)]);
});

test("the home page has the last scored nights of two weeks that fans voted for, latest first, and how many songs the crowd had", async () => {
  await using server = await startTestServer();
  server.clock.set("2026-06-20T12:00:00Z");
  const nights: [localDate: string, hits: number | null][] = [["2026-06-18", 4], ["2026-06-19", 7], ["2026-06-17", null], ["2026-06-01", 9]];
  for (const [localDate, hits] of nights) {
    const { showId } = await buildShow(server.database, { localDate, status: "completed" });
    await server.database.change((tx) => tx.run(`INSERT INTO show_scores (show_id, setlist_id, setlist_version, played, unknown, fans, possible, ranked, crowd_hits, lists, scored_at)
      VALUES (${showId}, 1, '1', 10, 0, 5, 100, 1, ${hits ?? "NULL"}, '{}', 0)`));
  }
  const { lastNights } = await server.client.shows.home.query();
  expect(lastNights.map(({ show, hits, played }) => [show.localDate, hits, played])).toEqual([["2026-06-19", 7, 10], ["2026-06-18", 4, 10]]);
});
