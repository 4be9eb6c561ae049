import { describe, expect, test } from "vitest";
import { verifyCounters } from "#server/views/verify-counters.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { setlistRecord, showRecord, songRecord, startCatalogueStage, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { allRows, ballotOf } from "#tests/support/merge-stage.ts";
import { watchRows } from "#tests/support/row-changes.ts";

const songs = async (on: CatalogueStage) => (await on.database.rows("SELECT title FROM songs ORDER BY title")).map(({ title }) => String(title));
const sound = async (on: CatalogueStage) => expect(await verifyCounters(on.database.reader)).toEqual({ damage: [], miscounts: [] });
const idOf = async (on: CatalogueStage, title: string) => Number((await on.database.rows("SELECT id FROM songs WHERE title = ?", title))[0]!["id"]);

const RECORDS = ["Dawn", "Aurora", "Dusk"].map((title, i) => songRecord({ id: `r${i}`, title, releasedOn: `199${9 - i}` }));

/** Three songs, on the ballots of two shows and in one setlist. */
async function stage(on: CatalogueStage) {
  await on.songs([...RECORDS, songRecord({ id: "live", title: "Aurora (Live)" })]);
  await on.shows([showRecord({ id: "E1" }), showRecord({ id: "E2", localDate: "2026-07-09" })]);
  await on.run("makeBallots", { artistId: on.artistId });
  await on.setlists([setlistRecord({ id: "s" }, ["Aurora", "Dusk"])]);
  const shows = (await on.database.rows("SELECT id FROM shows WHERE starts_at IS NOT NULL ORDER BY id")).map(({ id }) => Number(id));
  return { shows, dawn: await idOf(on, "Dawn"), aurora: await idOf(on, "Aurora") };
}

const merge = async (on: CatalogueStage, from: number, into: number) => (await on.run("mergeRecords", { by: null, kind: "song", from, into })).mergeId;

describe("a song that is merged into another one", () => {
  test("gives it recordings, plays and votes; a fan who voted for both has one vote, and an undo parts them again", async () => {
    await using on = await startCatalogueStage();
    const { shows, dawn, aurora } = await stage(on);
    const fans = await buildFans(on.database, 2);
    const ballot = await ballotOf(on.database, shows[0]!);
    for (const [fan, title] of [[0, "Dawn"], [0, "Aurora"], [1, "Aurora"]] as const) {
      await on.run("castVotes", { fan: allowed(fans[fan]!, "vote"), setlistSongId: ballot.get(title)!.id });
    }
    // On the second ballot only the song that goes is left.
    await on.database.change(async (tx) => void (await tx.run(`DELETE FROM setlist_songs WHERE show_id = ${shows[1]!} AND song_id = ${dawn}`)));
    const only = (await ballotOf(on.database, shows[1]!)).get("Aurora")!.id;
    await on.run("castVotes", { fan: allowed(fans[1]!, "vote"), setlistSongId: only });
    const before = await allRows(on.database);
    const mergeId = await merge(on, aurora, dawn);
    expect((await ballotOf(on.database, shows[0]!)).get("Dawn")?.votes).toBe(2);
    expect((await ballotOf(on.database, shows[1]!)).get("Dawn")).toEqual({ id: only, votes: 1 });
    expect(await on.database.rows("SELECT song_id AS song, released_on AS date FROM played_songs p JOIN songs s ON s.id = p.song_id WHERE p.title = 'Aurora'")).toEqual([{ song: dawn, date: "1998" }]);
    await sound(on);
    await on.run("undoMergeOf", { by: null, mergeId });
    expect(await allRows(on.database)).toEqual(before);
    await sound(on);
  });

  test("stays one when the same records come in again, in any order, and under either name", async () => {
    await using on = await startCatalogueStage();
    const { dawn, aurora } = await stage(on);
    await merge(on, aurora, dawn);
    const changes = await watchRows(on.database);
    for (const record of RECORDS.toReversed()) expect(await on.songs([record]), record.title).toBe(0);
    expect(await changes()).toEqual({});
    await on.songs([songRecord({ id: "new", title: "Aurora - 2011 Remaster" })], "spotify");
    await on.setlists([setlistRecord({ id: "t", localDate: "2026-06-02" }, ["Aurora"])]);
    await on.run("makeBallots", { artistId: on.artistId });
    expect(await songs(on)).toEqual(["Dawn", "Dusk"]);
    expect(await on.database.rows("SELECT DISTINCT song_id AS song FROM played_songs WHERE title = 'Aurora'")).toEqual([{ song: dawn }]);
  });

  test("is two again after an undo, also for what comes in later", async () => {
    await using on = await startCatalogueStage();
    const { dawn, aurora } = await stage(on);
    const mergeId = await merge(on, aurora, dawn);
    await on.songs([songRecord({ id: "new", title: "Aurora (Demo)" })]);
    await on.run("undoMergeOf", { by: null, mergeId });
    await on.songs([...RECORDS, songRecord({ id: "live", title: "Aurora (Live)" }), songRecord({ id: "new", title: "Aurora (Demo)" })]);
    expect(await songs(on)).toEqual(["Aurora", "Dawn", "Dusk"]);
    expect(await on.database.rows("SELECT DISTINCT song_id AS song FROM song_variants WHERE title LIKE 'Aurora%'")).toEqual([{ song: aurora }]);
    await sound(on);
  });

  test("and both into a third: the links lead straight to that, and go in the reverse order", async () => {
    await using on = await startCatalogueStage();
    const { dawn, aurora } = await stage(on);
    const before = await allRows(on.database);
    const first = await merge(on, aurora, dawn);
    const second = await merge(on, dawn, await idOf(on, "Dusk"));
    expect(await on.database.rows("SELECT title_key AS title, into_key AS song FROM song_links ORDER BY 1")).toEqual([
      { title: "aurora", song: "dusk" },
      { title: "dawn", song: "dusk" },
    ]);
    for (const record of RECORDS) expect(await on.songs([record])).toBe(0);
    await expect(on.run("undoMergeOf", { by: null, mergeId: first })).rejects.toMatchObject({ reason: "merged_since" });
    await on.run("undoMergeOf", { by: null, mergeId: second });
    await on.run("undoMergeOf", { by: null, mergeId: first });
    expect(await allRows(on.database)).toEqual(before);
  });
});
