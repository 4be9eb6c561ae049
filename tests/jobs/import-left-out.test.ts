import { expect, test } from "vitest";
import { startSyncStage, type SyncStage } from "#tests/support/sync-stage.ts";

const SMALL = { recordings: 30, works: 12, albums: 3, upcomingShows: 4, pastShows: 5 };

async function importOf({ database }: SyncStage, importId: number) {
  const [row] = await database.rows("SELECT phase, counts ->> '$.refused' AS refused FROM imports WHERE id = ?", importId);
  return { phase: row!["phase"], refused: JSON.parse(row!["refused"] as string) as Record<string, number> };
}

async function countOf({ database }: SyncStage, table: string): Promise<unknown> {
  return (await database.rows(`SELECT count(*) AS n FROM ${table}`))[0]!["n"];
}

test("a provider that is down while it is found out who is meant gives its lists when it is up again", async () => {
  await using stage = await startSyncStage({ artists: [SMALL] });
  await stage.sandbox.down("ticketmaster");
  const { importId } = await stage.ask({ name: stage.world.artists[0]!.name });
  await stage.work();
  expect(await countOf(stage, "setlist_songs")).toBe(0);
  expect(await countOf(stage, "song_variants")).toBeGreaterThan(0);
  await stage.sandbox.up("ticketmaster");
  stage.clock.advance(3_600_000);
  await stage.work();
  expect((await importOf(stage, importId)).phase).toBe("done");
  expect(await countOf(stage, "show_identities")).toBe(4);
  expect(await countOf(stage, "setlist_songs")).toBeGreaterThan(0);
});

test("a provider that answers with something else is left out, and the rest comes in", async () => {
  await using stage = await startSyncStage({ artists: [SMALL] });
  stage.sandbox.faults.add({ fault: "html", provider: "setlistfm" });
  const { importId } = await stage.ask({ name: stage.world.artists[0]!.name });
  await stage.work();
  expect(await importOf(stage, importId)).toMatchObject({ phase: "done", refused: { setlistfm_garbled: 1 } });
  expect(await countOf(stage, "show_identities")).toBe(4);
  expect(await countOf(stage, "actual_setlists")).toBe(0);
});
