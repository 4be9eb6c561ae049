import { expect, test } from "vitest";
import { readDueArtists } from "#server/views/sync-plan.ts";
import { startSyncStage } from "#tests/support/sync-stage.ts";

test("an artist that is just being imported is not due to be looked at again", async () => {
  await using stage = await startSyncStage({ artists: [{ recordings: 20, works: 8, albums: 2, upcomingShows: 2, pastShows: 4 }] });
  const due = () => readDueArtists(stage.database.reader, "artist", ["musicbrainz"], stage.clock.now(), 10);
  await stage.sandbox.down("ticketmaster");
  await stage.ask({ name: stage.world.artists[0]!.name });
  await stage.work();
  expect(await stage.database.rows("SELECT phase <> 'done' AS open FROM imports")).toEqual([{ open: 1 }]);
  expect(await due()).toEqual([]);
  await stage.database.change(async (tx) => void (await tx.run("UPDATE imports SET phase = 'failed'")));
  expect(await due()).toEqual([{ id: 1, dueAt: 0 }]);
});
