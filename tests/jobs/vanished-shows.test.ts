import { expect, test } from "vitest";
import { PRIORITY, queued } from "#jobs/definitions.ts";
import * as changes from "#tests/support/sandbox/changes.ts";
import { startSyncStage, type SyncStage } from "#tests/support/sync-stage.ts";

async function stage(shows: number) {
  const on = await startSyncStage({ artists: [{ recordings: 3, works: 3, albums: 1, upcomingShows: shows, pastShows: 1 }], only: ["musicbrainz", "ticketmaster"] });
  await on.ask({ name: on.world.artists[0]!.name });
  await on.work();
  return on;
}

async function refresh(on: SyncStage): Promise<void> {
  on.clock.advance(6 * 3_600_000);
  await on.write("enqueueJobs", [{ ...queued("refresh-artist", "1 shows", { artistId: 1, what: "shows" }, PRIORITY.asked), runAt: 0 }]);
  await on.work();
}

const upcoming = async (on: SyncStage) =>
  (await on.database.rows("SELECT provider_id AS id FROM show_identities i JOIN shows s ON s.id = i.show_id WHERE s.status = 'upcoming' ORDER BY s.local_date")).map(({ id }) => String(id));

test("an event that is deleted at the provider is a cancelled show here, and nothing else changes", async () => {
  await using on = await stage(12);
  const before = await upcoming(on);
  const place = on.world.find("ticketmaster", before.at(-1)!, "show")!;
  const [row] = await on.database.rows("SELECT show_id AS show FROM show_identities WHERE provider_id = ?", before.at(-1)!);
  changes.remove(on.world, place);
  await refresh(on);
  expect(await upcoming(on)).toEqual(before.slice(0, -1));
  expect(await on.database.rows("SELECT status FROM shows WHERE id = ?", Number(row!["show"]))).toEqual([{ status: "cancelled" }]);
});

test("an event that has another id at the provider stays the same show", async () => {
  await using on = await stage(12);
  const before = await upcoming(on);
  const shows = await on.database.rows("SELECT id, slug, status FROM shows ORDER BY id");
  const id = changes.giveNewId(on.world, on.world.find("ticketmaster", before[3]!, "show")!, "ticketmaster");
  await refresh(on);
  expect(await on.database.rows("SELECT id, slug, status FROM shows ORDER BY id")).toEqual(shows);
  expect((await upcoming(on)).sort()).toEqual(before.map((one) => (one === before[3] ? id : one)).sort());
});

test("of many that are gone at once only some are asked for in one run, the soonest first", async () => {
  await using on = await stage(40);
  const before = await upcoming(on);
  for (const id of before) changes.remove(on.world, on.world.find("ticketmaster", id, "show")!);
  await refresh(on);
  const left = await upcoming(on);
  expect(before.length - left.length).toBeLessThanOrEqual(20);
  expect(left).toEqual(before.slice(-left.length));
  await refresh(on);
  await refresh(on);
  expect(await upcoming(on)).toEqual([]);
});
