import { describe, expect, test } from "vitest";
import { findDamage, findMiscounts } from "#db/queries/integrity.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { setlistRecord, showRecord, songRecord, startCatalogueStage, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { miscounts } from "#tests/support/outbox.ts";
import { watchRows } from "#tests/support/row-changes.ts";

const songs = (on: CatalogueStage) => on.database.rows("SELECT title, ballot_worthy AS ballot FROM songs ORDER BY title");
const ballot = (on: CatalogueStage) => on.database.rows("SELECT b.id, s.title, b.votes FROM setlist_songs b JOIN songs s ON s.id = b.song_id ORDER BY s.title");

/** A show to come with what the artist has on its ballot. */
async function withBallot(on: CatalogueStage, titles: string[]): Promise<Map<string, number>> {
  await on.songs(titles.map((title, i) => songRecord({ id: `r${i}`, title })));
  await on.shows([showRecord({ id: "E1" })]);
  await on.run("makeBallots", { artistId: on.artistId });
  return new Map((await ballot(on)).map(({ id, title }) => [String(title), Number(id)]));
}

async function sound(on: CatalogueStage): Promise<void> {
  expect(await findMiscounts(on.database.reader)).toEqual([]);
  expect(await miscounts(on.database)).toEqual([]);
  expect(await findDamage(on.database.reader)).toEqual([]);
}

describe("recordings that come in", () => {
  test("again, or in another order, are the same songs and write nothing", async () => {
    await using on = await startCatalogueStage();
    const page = [
      songRecord({ id: "a", title: "Dawn" }),
      songRecord({ id: "b", title: "Dawn (Live)" }),
      songRecord({ id: "c", title: "Dusk - 2011 Remaster" }),
      songRecord({ id: "d", title: "Dusk", releasedOn: "1999" }),
    ];
    expect(await on.songs(page)).toBeGreaterThan(0);
    const changes = await watchRows(on.database);
    expect(await on.songs(page.toReversed())).toBe(0);
    for (const record of page) expect(await on.songs([record, record])).toBe(0);
    expect(await changes()).toEqual({});
    expect(await songs(on)).toEqual([{ title: "Dawn", ballot: 1 }, { title: "Dusk", ballot: 1 }]);
  });

  test("under a new title are a renamed song with its votes, and titles may change places", async () => {
    await using on = await startCatalogueStage();
    const ids = await withBallot(on, ["Dawn", "Dusk"]);
    const [fan] = await buildFans(on.database, 1);
    await on.run("castVotes", { fan: allowed(fan!, "vote"), setlistSongId: ids.get("Dawn")! });
    await on.songs([songRecord({ id: "r0", title: "Daybreak" })]);
    expect(await ballot(on)).toMatchObject([{ title: "Daybreak", votes: 1 }, { title: "Dusk", votes: 0 }]);
    await on.songs([songRecord({ id: "r0", title: "Dusk" }), songRecord({ id: "r1", title: "Daybreak" })]);
    expect((await songs(on)).map(({ title }) => title)).toEqual(["Daybreak", "Dusk"]);
    await sound(on);
  });

  test("of one work are one song, whatever was voted for before", async () => {
    await using on = await startCatalogueStage();
    const ids = await withBallot(on, ["Dawn", "Aurora", "Other"]);
    const fans = await buildFans(on.database, 3);
    for (const [fan, title] of [[fans[0], "Dawn"], [fans[1], "Aurora"], [fans[2], "Aurora"]] as const) {
      await on.run("castVotes", { fan: allowed(fan!, "vote"), setlistSongId: ids.get(title)! });
    }
    await on.setlists([setlistRecord({ id: "p" }, ["Aurora"])]);
    await on.songs([songRecord({ id: "r0", title: "Dawn", workId: "w" }), songRecord({ id: "r1", title: "Aurora", workId: "w" })]);
    const left = await ballot(on);
    expect(left.reduce((sum, { votes }) => sum + Number(votes), 0), "no vote is lost").toBe(3);
    await sound(on);
    const [{ key }] = (await on.database.rows("SELECT count(DISTINCT song_id) AS key FROM song_variants WHERE work_id = 'w'")) as [{ key: number }];
    expect(key).toBe(1);
    // What is played under either name from now on is that song.
    await on.setlists([setlistRecord({ id: "q", localDate: "2026-06-02" }, ["Aurora", "Dawn"])]);
    const tied = await on.database.rows("SELECT DISTINCT song_id AS id FROM played_songs");
    expect(tied).toEqual(await on.database.rows("SELECT DISTINCT song_id AS id FROM song_variants WHERE work_id = 'w'"));
    const changes = await watchRows(on.database);
    expect(await on.songs([songRecord({ id: "r1", title: "Aurora", workId: "w" })])).toBe(0);
    expect(await changes()).toEqual({});
    await on.shows([showRecord({ id: "E2", localDate: "2026-07-09" })]);
    await on.run("makeBallots", { artistId: on.artistId });
    expect(await on.database.rows("SELECT count(*) AS n FROM setlist_songs WHERE show_id = (SELECT max(id) FROM shows)"), "the one that went comes to no new ballot").toEqual([{ n: 2 }]);
  });

  test("of one work without votes leave one song, and open pages hear of it", async () => {
    await using on = await startCatalogueStage();
    await withBallot(on, ["Dawn", "Aurora"]);
    await on.songs([songRecord({ id: "r0", title: "Dawn", workId: "w" }), songRecord({ id: "r1", title: "Aurora", workId: "w" })]);
    expect(await ballot(on)).toHaveLength(1);
    expect(await songs(on)).toHaveLength(1);
    expect(await on.database.rows("SELECT kind FROM events WHERE show_id IS NOT NULL ORDER BY seq")).toEqual([{ kind: "ballot.changed" }, { kind: "ballot.changed" }]);
    await sound(on);
  });

  test("that go apart again are two songs, also where one had stayed for its votes", async () => {
    await using on = await startCatalogueStage();
    const ids = await withBallot(on, ["Dawn", "Aurora"]);
    const fans = await buildFans(on.database, 2);
    for (const [i, title] of ["Dawn", "Aurora"].entries()) await on.run("castVotes", { fan: allowed(fans[i]!, "vote"), setlistSongId: ids.get(title)! });
    const page = (workId: string | null) => [songRecord({ id: "r0", title: "Dawn", workId }), songRecord({ id: "r1", title: "Aurora", workId })];
    await on.songs(page("w"));
    await on.songs(page(null));
    expect(await songs(on)).toEqual([{ title: "Aurora", ballot: 1 }, { title: "Dawn", ballot: 1 }]);
    expect(await ballot(on)).toMatchObject([{ title: "Aurora", votes: 1 }, { title: "Dawn", votes: 1 }]);
    await sound(on);
  });

  test("of a hundred kinds of one song are one, and odd titles do no harm", async () => {
    await using on = await startCatalogueStage();
    await on.songs(Array.from({ length: 100 }, (_, i) => songRecord({ id: `v${i}`, title: i % 2 === 0 ? "Dawn" : `Dawn (Live in Town ${i})` })));
    const long = "Long ".repeat(400).trim();
    await on.songs([...["🎉", "🎉🎉", "…", long].map((title, i) => songRecord({ id: `o${i}`, title })), songRecord({ id: "o9", title: long })]);
    const titles = (await songs(on)).map(({ title }) => String(title));
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.every((title) => title !== "")).toBe(true);
    expect(titles.filter((title) => title === "Dawn")).toHaveLength(1);
    expect(titles).toContain(long);
  });
});

test("a page of a large catalogue is stored in one short transaction", async () => {
  await using on = await startCatalogueStage();
  const record = (i: number) => songRecord({ id: `v${i}`, title: `Song ${i % 3_000}${i < 3_000 ? "" : ` (Live ${1990 + (i % 30)})`}` });
  for (let i = 0; i < 12_000; i += 100) await on.songs(Array.from({ length: 100 }, (_, k) => record(i + k)));
  const times: { took: number; cpu: number }[] = [];
  for (let i = 12_000; i < 13_000; i += 100) {
    const page = Array.from({ length: 100 }, (_, k) => record(i + k));
    const [began, used] = [performance.now(), process.cpuUsage()];
    await on.songs(page);
    const { user, system } = process.cpuUsage(used);
    times.push({ took: performance.now() - began, cpu: (user + system) / 1_000 });
  }
  expect(await on.database.rows("SELECT count(*) AS n FROM song_variants")).toEqual([{ n: 13_000 }]);
  const median = (figures: number[]) => figures.sort((a, b) => a - b)[5]!.toFixed(1);
  process.stdout.write(`a page of 100 beside 12,000 variants: median ${median(times.map(({ took }) => took))} ms, ${median(times.map(({ cpu }) => cpu))} ms of CPU\n`);
}, 60_000);
