import { expect, test } from "vitest";
import { queued } from "#jobs/definitions.ts";
import { startSyncStage } from "#tests/support/sync-stage.ts";

test("an import brings in an artist's songs, albums, shows and setlists, and makes ballots", async () => {
  await using stage = await startSyncStage({ artists: [{ recordings: 150, works: 40, albums: 8, upcomingShows: 6, pastShows: 30 }] });
  const { name } = stage.world.artists[0]!;
  const { importId } = await stage.ask({ name });
  await stage.work();
  const [row] = await stage.database.rows("SELECT phase, name, counts, problem FROM imports WHERE id = ?", importId);
  expect(row).toMatchObject({ phase: "done", name });
});

test("what is learnt from it waits no longer than until all of it is there", async () => {
  await using stage = await startSyncStage({ artists: [{ recordings: 20, works: 10, albums: 1, upcomingShows: 2, pastShows: 8 }] });
  const { name } = stage.world.artists[0]!;
  await stage.ask({ name });
  await stage.work();
  // As a study leaves itself that comes while setlists come in.
  await stage.write("enqueueJobs", [{ ...queued("study-artist", "1", { artistId: 1 }), runAt: stage.clock.now() + 30_000 }]);
  await stage.ask({ name });
  await stage.work();
  expect(await stage.database.rows("SELECT phase FROM imports")).toEqual([{ phase: "done" }, { phase: "done" }]);
  expect(await stage.database.rows("SELECT state FROM jobs WHERE name = 'study-artist' AND state = 'queued'")).toEqual([]);
});
