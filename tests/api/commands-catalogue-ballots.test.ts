import { describe, expect, test } from "vitest";
import { plainSong } from "#server/domain/setlists/written-down.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { played, setlistRecord, showRecord, songRecord, startCatalogueStage, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { miscounts } from "#tests/support/outbox.ts";
import { watchRows } from "#tests/support/row-changes.ts";

const make = (on: CatalogueStage) => on.run("makeBallots", { artistId: on.artistId });
const day = (n: number) => new Date(Date.UTC(2026, 4, 1 + n)).toISOString().slice(0, 10);
const ballotOf = async (on: CatalogueStage, showId = 1) =>
  (await on.database.rows("SELECT s.title FROM setlist_songs b JOIN songs s ON s.id = b.song_id WHERE b.show_id = ? ORDER BY b.position", showId)).map(({ title }) => String(title));
const recordings = (count: number, prefix = "Song", from = 0) =>
  Array.from({ length: count }, (_, i) => songRecord({ id: `${prefix}${from + i}`, title: `${prefix} ${String(from + i).padStart(4, "0")}`, releasedOn: "2001" }));

describe("a ballot that is made", () => {
  test("holds what is played now before what is new, and what is new before what is old", async () => {
    await using on = await startCatalogueStage();
    await on.songs([songRecord({ id: "a", title: "Old", releasedOn: "1999" }), songRecord({ id: "b", title: "New", releasedOn: "2026-05" }), songRecord({ id: "c", title: "Often", releasedOn: "1990" }), songRecord({ id: "d", title: "Once", releasedOn: "2026-06" }), songRecord({ id: "e", title: "Intro", durationMs: 60_000 })]);
    await on.setlists([setlistRecord({ id: "p1", localDate: day(1) }, ["Often", "Once"]), setlistRecord({ id: "p2", localDate: day(2) }, ["Often"])]);
    await on.shows([showRecord({ id: "E1" })]);
    expect(await make(on)).toMatchObject({ ballots: 1 });
    const [show] = await on.database.rows("SELECT id FROM shows WHERE local_date = '2026-07-01'");
    expect(await ballotOf(on, Number(show!["id"]))).toEqual(["Often", "Once", "New", "Old"]);
    expect(await miscounts(on.database)).toEqual([]);
  });

  test("ties what was played to songs by title or alias, and makes songs of covers and of what is played again", async () => {
    await using on = await startCatalogueStage();
    await on.shows([showRecord({ id: "E1" })]);
    const sets = (titles: string[]) => [{ name: null, encore: null, songs: [...titles.map((title) => played(title)), played("Foreign", { coverOf: { id: "x", name: "Others" } }), played("March", { tape: true })] }];
    await on.setlists([1, 2].map((n) => setlistRecord({ id: `p${n}`, localDate: day(n), sets: sets(["Dawn (Slow)", "The Long Way", "Rare Thing (Live)", ...(n === 1 ? ["Just Once"] : [])]) })));
    await on.songs([songRecord({ id: "a", title: "Dawn" }), songRecord({ id: "b", title: "The Long Way (Home Again)" })]);
    expect(await make(on)).toMatchObject({ songs: 2 });
    expect((await ballotOf(on)).sort()).toEqual(["Dawn", "Foreign", "Rare Thing", "The Long Way (Home Again)"]);
    const unknown = await on.database.rows("SELECT DISTINCT title FROM played_songs WHERE song_id IS NULL ORDER BY title");
    expect(unknown).toEqual([{ title: "Just Once" }, { title: "March" }]);
  });

  test("again changes nothing, not even a rank", async () => {
    await using on = await startCatalogueStage();
    await on.songs(recordings(80));
    await on.setlists([setlistRecord({ id: "p" }, ["Song 0070", "Song 0071", "Unknown"])]);
    await on.shows([showRecord({ id: "E1" })]);
    await make(on);
    const changes = await watchRows(on.database);
    expect(await make(on)).toEqual({ linked: 0, songs: 0, ballots: 0 });
    expect(await changes()).toEqual({});
  });

  test("keeps its songs and votes, is filled up, and grows only by what is likely now, to sixty at most", async () => {
    await using on = await startCatalogueStage();
    await on.songs(recordings(30));
    await on.shows([showRecord({ id: "E1" })]);
    await make(on);
    const first = await ballotOf(on);
    const [fan] = await buildFans(on.database, 1);
    await on.run("castVotes", { fan: allowed(fan!, "vote"), setlistSongId: 5 });
    await on.songs(recordings(200, "Other"));
    await make(on);
    const filled = await ballotOf(on);
    expect(filled.slice(0, 30)).toEqual(first);
    // Ten fill it up, and five more are among the likeliest fifteen.
    expect(filled).toHaveLength(45);
    const sizes: number[] = [];
    for (let n = 1; n <= 12; n += 1) {
      await on.setlists([setlistRecord({ id: `p${n}`, localDate: day(n) }, Array.from({ length: 20 }, (_, i) => `Other ${String((n * 17 + i) % 200).padStart(4, "0")}`))]);
      await make(on);
      sizes.push((await ballotOf(on)).length);
    }
    expect(sizes[0]).toBeLessThanOrEqual(60);
    expect(sizes.at(-1)).toBe(60);
    expect((await ballotOf(on)).slice(0, 45)).toEqual(filled);
    expect(await on.database.rows("SELECT votes FROM setlist_songs WHERE id = 5")).toEqual([{ votes: 1 }]);
    expect(await miscounts(on.database)).toEqual([]);
  });

  test("is left alone where it is closed, locked, cancelled or over; a postponed show's is not", async () => {
    await using on = await startCatalogueStage();
    const on_ = (id: string, localDate: string) => showRecord({ id, localDate, startsAt: null, localTime: null });
    await on.shows([on_("locked", "2026-07-01"), on_("closed", "2026-07-02"), { ...on_("cancelled", "2026-07-03"), status: "cancelled" }, on_("over", "2026-06-01"), on_("put off", "2026-07-05"), on_("demo", "2026-07-06")]);
    await on.shows([{ ...on_("put off", "2026-07-05"), localDate: null, status: "postponed" }]);
    const admin = allowed((await buildFans(on.database, 1))[0]!, "manage-shows", "admin");
    await on.run("lockVoting", { admin, show: 1, note: "" });
    await on.run("moveClose", { admin, show: 2, note: "", closesAt: Date.parse("2026-06-13T11:00:00Z") });
    await on.database.change((tx) => tx.run("UPDATE shows SET demo = 1 WHERE id = 6"));
    await on.songs(recordings(5));
    expect(await make(on)).toMatchObject({ ballots: 1 });
    expect(await on.database.rows("SELECT DISTINCT show_id AS show FROM setlist_songs")).toEqual([{ show: 5 }]);
  });
});

test("a show of which two accounts are there counts once: what was played there alone makes no song, comes to no ballot and ranks as one play", async () => {
  await using on = await startCatalogueStage();
  await on.songs([songRecord({ id: "a", title: "Dawn", releasedOn: "1999" }), songRecord({ id: "b", title: "Dusk", releasedOn: "1999" }), songRecord({ id: "c", title: "Rare Thing (Live)" })]);
  await on.setlists([setlistRecord({ id: "p1", localDate: day(1) }, ["Dusk"]), setlistRecord({ id: "p2", localDate: day(2) }, ["Dusk"]), setlistRecord({ id: "p3", localDate: day(3) }, ["Dawn", "Rare Thing", "Jolene"])]);
  const [show] = await on.database.rows("SELECT id FROM shows WHERE local_date = ?", day(3));
  const songs = ["Dawn", "Rare Thing", "Jolene"].map((title) => plainSong(title, null));
  await on.run("recordSetlist", { by: null, show: Number(show!["id"]), sets: [{ name: null, encore: null, songs }], note: null, finished: false });
  await on.shows([showRecord({ id: "E1" })]);
  expect(await make(on)).toMatchObject({ songs: 0 });
  expect(await ballotOf(on, 4)).toEqual(["Dusk", "Dawn"]);
  expect(await on.database.rows("SELECT title, times FROM unmatched_titles")).toEqual([{ title: "Jolene", times: 1 }]);
});

test("an artist's whole history is ranked in one short transaction", async () => {
  await using on = await startCatalogueStage();
  for (let i = 0; i < 3_000; i += 500) await on.songs(recordings(500, "Song", i));
  for (let n = 0; n < 2_400; n += 100) {
    const titles = (k: number) => Array.from({ length: 22 }, (_, i) => `Song ${String((k * 7 + i * 131) % 3_000).padStart(4, "0")}`);
    await on.setlists(Array.from({ length: 100 }, (_, k) => setlistRecord({ id: `p${n + k}`, localDate: new Date(Date.UTC(2019, 0, 1 + n + k)).toISOString().slice(0, 10) }, [...titles(n + k), `Unknown ${n % 900}`])));
  }
  await on.shows(Array.from({ length: 40 }, (_, i) => showRecord({ id: `E${i}`, localDate: day(70 + i), startsAt: null, localTime: null })));
  const times = [];
  for (const run of ["first", "second", "third"]) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    await make(on);
    const { user, system } = process.cpuUsage(used);
    times.push(`${run} ${(performance.now() - began).toFixed(0)} ms (${((user + system) / 1_000).toFixed(0)} ms of CPU)`);
  }
  process.stdout.write(`ballots of 3,000 songs and 2,400 setlists: ${times.join(", ")}\n`);
  expect(await on.database.rows("SELECT count(*) AS n FROM setlist_songs")).toEqual([{ n: 1_600 }]);
}, 120_000);
