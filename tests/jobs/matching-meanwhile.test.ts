import { expect, test } from "vitest";
import { startSyncStage } from "#tests/support/sync-stage.ts";

const SMALL = { recordings: 6, works: 6, albums: 1, upcomingShows: 1, pastShows: 1 };

test.each(["storeSongs", "storeShows", "storeSetlists", "noteAlikeSongs", "noteAlikeArtists", "compareShows"])(
  "an import whose artist is made one with another while it runs goes on as that one: before %s",
  { timeout: 30_000 },
  async (before) => {
    await using stage = await startSyncStage({ artists: [SMALL, SMALL] });
    const id = (artist: number) => stage.world.id("musicbrainz", { kind: "artist", artist, item: 0 });
    await stage.ask({ provider: "musicbrainz", id: id(0) });
    await stage.work();
    await stage.ask({ provider: "musicbrainz", id: id(1) });
    let merged = false;
    const through = async (name: never, input: never) => {
      if (name === before && !merged) {
        merged = true;
        await stage.write("mergeRecords", { by: null, kind: "artist", from: 2, into: 1 });
      }
      return stage.write(name, input);
    };
    const runner = stage.runner("another", through);
    runner.poll();
    await runner.idle();
    await runner.stop();
    expect(merged).toBe(true);
    expect(await stage.database.rows("SELECT phase, artist_id AS artist FROM imports")).toEqual([{ phase: "done", artist: 1 }, { phase: "done", artist: 1 }]);
    expect(await stage.database.rows("SELECT id FROM artists")).toEqual([{ id: 1 }]);
    expect(await stage.database.rows("SELECT count(*) AS n FROM actual_setlists")).toEqual([{ n: 2 }]);
  },
);
