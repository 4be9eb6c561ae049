import { expect, test } from "vitest";
import { startSyncStage } from "#tests/support/sync-stage.ts";

test("an import brings in an artist's songs, albums, shows and setlists, and makes ballots", async () => {
  await using stage = await startSyncStage({ artists: [{ recordings: 150, works: 40, albums: 8, upcomingShows: 6, pastShows: 30 }] });
  const { name } = stage.world.artists[0]!;
  const { importId } = await stage.ask({ name });
  await stage.work();
  const [row] = await stage.database.rows("SELECT phase, name, counts, problem FROM imports WHERE id = ?", importId);
  expect(row).toMatchObject({ phase: "done", name });
});
