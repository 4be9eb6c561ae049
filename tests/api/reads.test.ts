import { expect, test } from "vitest";
import * as demo from "#db/queries/demo.ts";
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
