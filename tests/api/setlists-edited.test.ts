import { beforeEach, describe, expect, test } from "vitest";
import { SHOWS_BEFORE } from "#db/queries/outcomes.ts";
import { LAST_SHOWS } from "#server/domain/scoring/expectations.ts";
import { readPastShows } from "#server/views/past-shows.ts";
import { setlistRecord, showRecord, songRecord, startCatalogueStage, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";

const DAY = "2026-07-01";
let on: CatalogueStage;

beforeEach(async () => {
  on = await startCatalogueStage();
  return () => on[Symbol.asyncDispose]();
});

const titles = ["Dawn", "Dusk", "Ferry", "Glass", "Home", "Lantern"];
const store = (id: string, version: string, songs: string[], localDate = DAY) =>
  on.setlists([setlistRecord({ id, version, localDate, sets: [{ name: null, encore: null, songs: songs.slice(0, -1).map(song) }, { name: null, encore: 1, songs: songs.slice(-1).map(song) }] })]);
const song = (title: string) => ({ title, coverOf: null, guest: null, tape: false, note: null });
const status = async () => (await on.database.rows("SELECT status FROM actual_setlists ORDER BY id"))[0]!["status"];
const score = (showId: number) => on.run("scoreFans", { showId, after: 0, allBoards: null });
const points = async () => (await on.database.rows("SELECT show_id AS show, hits FROM fan_scores ORDER BY show_id")).map(({ show, hits }) => [show, hits]);
const jobs = async (name: string) => (await on.database.rows("SELECT key FROM jobs WHERE name = ? AND state = 'queued' ORDER BY id", name)).map(({ key }) => key);
const noJobs = () => on.database.change((tx) => tx.run("DELETE FROM jobs WHERE name IN ('score-show', 'study-artist')"));

/** A show that begins at 20:00 in Leipzig, or whenever, and somebody's vote for Dawn. */
async function announce(localDate: string, startsAt: string | null): Promise<number> {
  await on.songs(titles.map((title) => songRecord({ id: title, title })));
  await on.shows([showRecord({ id: localDate, localDate, startsAt: startsAt === null ? null : Date.parse(startsAt), localTime: null })]);
  await on.run("makeBallots", { artistId: on.artistId });
  const [show] = await on.database.rows("SELECT max(id) AS id FROM shows");
  const showId = Number(show!["id"]);
  const [row] = await on.database.rows("SELECT b.id FROM setlist_songs b JOIN songs s ON s.id = b.song_id WHERE b.show_id = ? AND s.title = 'Dawn'", showId);
  const [fan] = await buildFans(on.database, 1);
  await on.run("castVotes", { fan: allowed(fan!, "vote"), setlistSongId: Number(row!["id"]) });
  return showId;
}

/** Its source has had the same setlist twice. */
async function settle(showId: number): Promise<void> {
  await on.database.change((tx) => tx.run(`INSERT INTO due_times (kind, id, due_at, unchanged) VALUES ('setlist', ${showId}, 0, 2) ON CONFLICT DO UPDATE SET unchanged = 2`));
  await on.run("settleSetlists", { after: 0 });
}

describe("a setlist that was final and scored", () => {
  let showId: number;

  beforeEach(async () => {
    showId = await announce(DAY, "2026-07-01T18:00:00Z");
    on.clock.set("2026-07-01T20:40:00Z");
    await store("s", "1", titles);
    await settle(showId);
    await score(showId);
    expect([await status(), await points()]).toEqual(["final", [[showId, 1]]]);
  });

  test("stays final when a word of it is put right, and fans keep their points, scored by what it says now", async () => {
    on.clock.set("2026-07-01T21:00:00Z");
    await store("s", "2", ["Dawn", "Dusk", "Ferry", "Glass", "Home", "Lanterns"]);
    await score(showId);
    expect([await status(), await points()]).toEqual(["final", [[showId, 1]]]);
    await store("s", "3", titles.slice(1));
    await score(showId);
    expect(await points()).toEqual([[showId, 0]]);
  });

  test("is final no more when its songs are taken out, or when it goes to another night", async () => {
    on.clock.set("2026-07-01T21:00:00Z");
    await store("s", "2", []);
    expect(await status()).toBe("live");
    await store("s", "3", titles);
    await settle(showId);
    expect(await status()).toBe("final");
    on.clock.set("2026-07-02T17:00:00Z");
    await store("s", "4", titles, "2026-07-02");
    expect(await status()).toBe("live");
  });
});

test("the setlist of a show without a known start grows until the day ends, and nothing is learnt from it before that", async () => {
  const showId = await announce(DAY, null);
  const past = () => readPastShows(on.database.reader, { artistId: on.artistId, now: on.clock.now(), pause: () => Promise.resolve() });
  on.clock.set("2026-07-01T19:30:00Z");
  await store("s", "1", titles.slice(0, 3));
  expect([await status(), await past()]).toEqual(["live", []]);
  await noJobs();
  await store("s", "2", titles.slice(0, 4));
  expect(await jobs("study-artist")).toEqual([]);
  on.clock.set("2026-07-01T22:00:00Z");
  await on.run("settleSetlists", { after: 0 });
  expect([await status(), (await past()).length]).toEqual(["provisional", 1]);
  expect(await jobs("study-artist")).toEqual([String(on.artistId)]);
  await noJobs();
  await settle(showId);
  expect([await status(), await jobs("study-artist"), await jobs("score-show")]).toEqual(["final", [], [String(showId)]]);
});

describe("a show with scores is compared anew when one of its last shows changes", () => {
  /** Twelve nights in June, two of them on one date, with their setlists; then a scored show, and one the day after of which nothing is known. */
  async function season(): Promise<number> {
    const scored = await announce(DAY, "2026-07-01T18:00:00Z");
    on.clock.set("2026-07-02T20:00:00Z");
    await on.shows([["late", "2026-07-02", "18:00"], ["E20", "2026-06-20", "14:00"], ["E20b", "2026-06-20", "20:00"]].map(([id, localDate, at]) => showRecord({ id: id!, localDate: localDate!, startsAt: Date.parse(`${localDate}T${at}:00Z`) })));
    const dates = ["12", "13", "14", "15", "16", "17", "18", "19", "20", "20", "21", "22"].map((day) => `2026-06-${day}`);
    await on.setlists(dates.map((localDate, i) => setlistRecord({ id: `n${i}`, localDate }, titles)));
    await store("s", "1", titles);
    await score(scored);
    expect(await points()).toEqual([[scored, 1]]);
    await noJobs();
    return scored;
  }

  const edit = (i: number, localDate: string) => on.setlists([setlistRecord({ id: `n${i}`, version: "2", localDate }, ["Dawn"])]);

  test("of which as many are read as are looked at", () => {
    expect(SHOWS_BEFORE).toBe(LAST_SHOWS);
  });

  test("up to the tenth before it, and for none before that, also where two shows were on one date", async () => {
    const scored = await season();
    await edit(1, "2026-06-13");
    expect(await jobs("score-show")).toEqual([]);
    await edit(2, "2026-06-14");
    expect(await jobs("score-show")).toEqual([String(scored)]);
    expect(await jobs("study-artist")).toEqual([String(on.artistId)]);
  });

  test("also by a title that is another song now, where nobody has voted at the shows themselves", async () => {
    const scored = await season();
    await on.setlists([setlistRecord({ id: "late", localDate: "2026-07-02" }, ["Zebra"]), setlistRecord({ id: "n11", version: "2", localDate: "2026-06-22" }, ["Zebra"])]);
    await noJobs();
    expect(await on.run("makeBallots", { artistId: on.artistId })).toMatchObject({ songs: 1 });
    expect(await jobs("score-show")).toEqual([String(scored)]);
  });

  test("also when one goes that a setlist alone had made, which is of a later night", async () => {
    const scored = await season();
    await edit(11, "2026-07-02");
    expect(await on.database.rows("SELECT id FROM shows WHERE local_date = '2026-06-22'")).toEqual([]);
    expect(await jobs("score-show")).toEqual([String(scored)]);
  });
});

describe("a past show whose setlist is here is studied again", () => {
  beforeEach(async () => {
    await on.shows([showRecord({ id: "E1", localDate: "2026-06-01", startsAt: Date.parse("2026-06-01T18:00:00Z"), tour: "One" })]);
    await on.setlists([setlistRecord({ id: "s" })]);
    await noJobs();
  });

  const again = (told: Partial<Parameters<typeof showRecord>[0]>) => on.shows([showRecord({ id: "E1", localDate: "2026-06-01", startsAt: Date.parse("2026-06-01T18:00:00Z"), tour: "One", ...told })]);
  const act = (id: string) => ({ id, name: id, sameAs: [] });

  test.each([
    ["another tour", { tour: "Two" }],
    ["another venue", { venue: { ...showRecord({ id: "x" }).venue!, id: "V2", name: "Club" } }],
    ["another bill", { artists: ["K1", "a", "b", "c", "d"].map(act) }],
  ])("when it has %s", async (_what, told) => {
    await again(told);
    expect(await jobs("study-artist")).toEqual([String(on.artistId)]);
  });

  test("and not when it is told again as it was", async () => {
    await again({ url: "https://example.org/elsewhere" });
    expect(await jobs("study-artist")).toEqual([]);
  });
});
