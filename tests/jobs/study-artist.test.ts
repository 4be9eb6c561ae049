import { describe, expect, test } from "vitest";
import { madeUpShows } from "#tests/bench/forecast/speed.ts";
import { buildShow, titles } from "#tests/support/builders.ts";
import { buildSetlist } from "#tests/support/came-in.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { miscounts } from "#tests/support/outbox.ts";
import { watchRows } from "#tests/support/row-changes.ts";
import { addPlayed, nightly, startStudiedArtist, type StudiedArtist } from "#tests/support/studied-artist.ts";

/** Songs 0, 1, 2 each night, and one of four in turn before them. */
const turns = (night: number) => [3 + (night % 4), 0, 1, 2];
const chance = async (on: StudiedArtist, showId: number, song: number) => (await on.kept(showId)).find((row) => row["song_id"] === on.songIds[song])?.["played"];
const run = (on: StudiedArtist, sql: string) => on.database.change((tx) => tx.run(sql));

describe("a show to come", () => {
  test("gets a chance for each song of its ballot, an expected setlist and reasons", async () => {
    await using on = await startStudiedArtist();
    await on.played(nightly(30, turns, () => ({ encore: [7] })));
    await on.study();
    const rows = await on.kept(on.show.showId);
    expect(rows.length).toBeGreaterThanOrEqual(12);
    expect(rows[0]).toMatchObject({ kind: "forecast", model: 1, shows: 30, songs: 5 });
    const said = new Map(rows.map((row) => [Number(row["song_id"]), row]));
    const always = said.get(on.songIds[0]!)!;
    expect(Number(always["played"])).toBeGreaterThan(0.8);
    expect(String(always["reasons"])).toContain('{"kind":"played lately","plays":10,"of":10}');
    expect(Number(said.get(on.songIds[11]!)!["played"])).toBeLessThan(0.1);
    const placed = rows.filter(({ place }) => place !== null).sort((a, b) => Number(a["place"]) - Number(b["place"]));
    expect(placed.map(({ place }) => place)).toEqual([1, 2, 3, 4, 5]);
    expect(placed.at(-1)!["song_id"]).toBe(on.songIds[7]);
    expect(rows.every(({ played }) => Number(played) === Number(Number(played).toFixed(4)))).toBe(true);
  });

  test("of an artist nobody has heard gets none, and loses it when its setlists are gone", async () => {
    await using on = await startStudiedArtist();
    await on.study();
    expect(await on.kept()).toEqual([]);
    await on.played(nightly(3, turns));
    await on.study();
    expect((await on.kept()).length).toBeGreaterThan(0);
    await run(on, "DELETE FROM actual_setlists");
    await on.study();
    expect(await on.kept()).toEqual([]);
    expect(await on.database.rows("SELECT * FROM forecasters")).toEqual([]);
  });

  test("gets nothing new where nothing has changed", async () => {
    await using on = await startStudiedArtist();
    await on.played(nightly(20, turns));
    await on.study();
    const changes = await watchRows(on.database);
    await on.study();
    expect(await changes(), "the mark of the study that goes on, which goes with it").toEqual({ settings: 2 });
    expect(await on.database.rows("SELECT key FROM settings WHERE key LIKE 'study%'")).toEqual([]);
  });

  test("has what was said of it before its close for ever, and what comes later only in shows still open", async () => {
    await using on = await startStudiedArtist();
    const later = await on.upcoming("2026-08-01");
    await on.played(nightly(20, turns));
    await on.study();
    const [frozen, open] = [await on.kept(on.show.showId), await on.kept(later)];
    on.clock.set("2026-07-01T18:00:00Z");
    await on.played([{ on: "2026-07-01", songs: [9, 10, 11] }]);
    await on.study();
    expect(await on.kept(on.show.showId)).toEqual(frozen);
    expect(await on.kept(later)).not.toEqual(open);
  });

  test("that was locked, cancelled or put off keeps what was said", async () => {
    await using on = await startStudiedArtist();
    await on.played(nightly(20, turns));
    await on.study();
    const before = await on.kept();
    await on.played([{ on: "2026-06-12", songs: [9, 10, 11] }]);
    for (const change of ["predicted_setlists SET locked_at = 1", "predicted_setlists SET locked_at = NULL", "shows SET status = 'cancelled' WHERE status = 'upcoming'"]) {
      await run(on, `UPDATE ${change}`);
      if (change.endsWith("NULL")) continue;
      await on.study();
      expect(await on.kept()).toEqual(before);
    }
  });
});

describe("what a forecast knows", () => {
  test("is what was before the show's date, however much is known after it", async () => {
    await using early = await startStudiedArtist();
    await using all = await startStudiedArtist();
    const shows = nightly(25, turns);
    await early.played(shows);
    await early.study();
    // Played on the day of the show and after it, by a clock that had been wrong: nobody may learn it for this show.
    await all.played([...shows, { on: "2026-07-01", songs: [9, 10] }, { on: "2026-07-02", songs: [9, 10] }]);
    await all.database.change((tx) => tx.run("UPDATE predicted_setlists SET closes_at = 9e12 WHERE show_id = 1"));
    all.clock.set("2026-07-04T12:00:00Z");
    await all.study();
    const bySong = (rows: Record<string, unknown>[]) => rows.map(({ played, opener, closer, encore, place, reasons }) => [played, opener, closer, encore, place, reasons]);
    expect(bySong(await all.kept(all.show.showId))).toEqual(bySong(await early.kept(early.show.showId)));
  });

  test("is one account a show, the one that counts, without tapes and what matches no song", async () => {
    await using plain = await startStudiedArtist();
    await using odd = await startStudiedArtist();
    await plain.played(nightly(10, turns));
    const ids = await odd.played(nightly(10, turns));
    for (const showId of ids) await buildSetlist(odd.database, { showId }, { sets: [{ songs: [{ title: "Other account" }] }] });
    await run(odd, `INSERT INTO played_songs (setlist_id, position, set_number, title, title_key, song_id, tape) SELECT id, 90, 1, 'Tape', 'tape', ${odd.songIds[11]!}, 1 FROM actual_setlists WHERE version = '1'`);
    await run(odd, "INSERT INTO played_songs (setlist_id, position, set_number, title, title_key, song_id, tape) SELECT id, 91, 1, 'Who knows', 'who knows', NULL, 0 FROM actual_setlists WHERE version = '1'");
    for (const on of [plain, odd]) await on.study();
    const said = async (on: StudiedArtist) => (await on.kept()).map(({ played, place, shows }) => [played, place, shows]);
    expect(await said(odd)).toEqual(await said(plain));
  });

  test("leaves out a setlist that still grows, and one of a day that has not come", async () => {
    await using on = await startStudiedArtist();
    await on.played([...nightly(10, turns), { on: "2026-06-12", songs: [9], status: "live" }, { on: "2026-06-20", songs: [10] }]);
    await on.study();
    expect((await on.kept())[0]).toMatchObject({ shows: 10 });
  });
});

describe("what was learnt", () => {
  test("show by show is the same as from all shows at once, also beyond the shows that teach", async () => {
    await using step = await startStudiedArtist();
    await using whole = await startStudiedArtist();
    const shows = nightly(315, (night) => [night % 5, 5 + (night % 7), 12, 0].filter((song, i, all) => all.indexOf(song) === i));
    await step.played(shows.slice(0, 290));
    await step.study();
    for (let at = 290; at < shows.length; at += 5) {
      await step.played(shows.slice(at, at + 5));
      await step.study();
    }
    await whole.played(shows);
    await whole.study();
    const said = async (on: StudiedArtist) => (await on.kept()).map(({ show_id: _, ...row }) => row);
    expect(await said(step)).toEqual(await said(whole));
    const saved = async (on: StudiedArtist) => on.database.rows("SELECT shows, digest, text FROM forecasters");
    expect(await saved(step)).toEqual(await saved(whole));
  }, 60_000);

  test("is taken up where it stopped, and learnt anew after an edit, a late setlist or a merge of songs", async () => {
    await using on = await startStudiedArtist();
    const ids = await on.played(nightly(20, turns));
    /** About how many shows a run learns: it pauses before each, and a few times more. */
    const study = async () => {
      let pauses = 0;
      await on.study({ pause: () => Promise.resolve(void (pauses += 1)) });
      return Math.floor(pauses / 20);
    };
    expect(await study()).toBe(1);
    expect(await study()).toBe(0);
    await on.played([{ on: "2026-06-12", songs: [0, 1] }]);
    expect(await study()).toBe(0);
    await run(on, `UPDATE played_songs SET song_id = ${on.songIds[9]!} WHERE song_id = ${on.songIds[4]!}`);
    expect(await study()).toBe(1);
    await on.played([{ on: "2020-01-01", songs: [0, 1] }]);
    expect(await study()).toBe(1);
    await run(on, `DELETE FROM actual_setlists WHERE show_id = ${ids[0]!}`);
    expect(await study()).toBe(1);
    expect(await study()).toBe(0);
    expect(await on.database.rows("SELECT shows FROM forecasters")).toEqual([{ shows: 21 }]);
  });

  test("is not lost when the job is broken off: the next run goes on and ends alike", async () => {
    await using broken = await startStudiedArtist();
    await using whole = await startStudiedArtist();
    for (const on of [broken, whole]) {
      for (let i = 0; i < 5; i += 1) await on.upcoming(`2026-07-1${i}`);
      await on.played(nightly(30, turns));
    }
    await whole.study();
    for (const stopAt of [10, 40, 3, 4]) {
      const abort = new AbortController();
      let pauses = 0;
      const pause = () => Promise.resolve(void ((pauses += 1) === stopAt && abort.abort(new Error("The program stops."))));
      await broken.study({ signal: abort.signal, pause }).catch((error: unknown) => expect(String(error)).toContain("The program stops."));
    }
    await broken.study();
    const said = async (on: StudiedArtist) => (await on.kept()).map(({ show_id: _, ...row }) => row);
    expect(await said(broken)).toEqual(await said(whole));
  });

  test("waits while an import brings setlists in", async () => {
    await using on = await startStudiedArtist();
    await on.played(nightly(5, turns));
    await run(on, "INSERT INTO jobs (id, name, key, payload, lane, priority, state, run_at, created_at, claim, attempts, delays) VALUES (7, 'import-artist', 'x', '{}', 'asked', 0, 'running', 0, 0, 1, 0, 0)");
    await run(on, `INSERT INTO imports (job_id, name, artist_id, phase, phase_started_at, counts, created_at) VALUES (7, 'x', ${on.show.artistId}, 'setlists', 0, '{}', 0)`);
    await expect(on.study()).rejects.toThrow("setlists are coming in");
    expect(await on.kept()).toEqual([]);
    await run(on, "UPDATE imports SET phase = 'ballots'");
    await on.study();
    expect((await on.kept()).length).toBeGreaterThan(0);
  });
});

test("two artists that become one are learnt anew from what both have played, and apart again from what each has", async () => {
  await using on = await startStudiedArtist();
  await on.played(nightly(20, turns));
  const other = await buildShow(on.database, { artist: "The same", localDate: "2026-08-01", ballot: titles(12) });
  const songIds = (await on.database.rows("SELECT id FROM songs WHERE artist_id = ? ORDER BY id", other.artistId)).map(({ id }) => Number(id));
  await addPlayed(on.database, other, songIds, nightly(45, () => [8, 9, 10]).slice(0, 15));
  await on.study();
  const before = await on.kept(on.show.showId);
  expect(before[0]).toMatchObject({ shows: 20 });
  const by = allowed((await buildFans(on.database, 1))[0]!, "moderate", "moderator");
  const { mergeId } = await on.run("mergeRecords", { by, kind: "artist", from: other.artistId, into: on.show.artistId });
  expect(await on.database.rows("SELECT key FROM jobs WHERE name = 'study-artist'")).toEqual([{ key: String(on.show.artistId) }]);
  await on.study();
  for (const showId of [on.show.showId, other.showId]) expect((await on.kept(showId))[0]).toMatchObject({ shows: 35 });
  await on.run("undoMergeOf", { by, mergeId });
  await on.study();
  expect(await on.kept(on.show.showId)).toEqual(before);
});

describe("a study that has read less than another one", () => {
  const everything = async (on: StudiedArtist) => [await on.kept(), await on.database.rows("SELECT shows, digest, text FROM forecasters"), await on.database.rows("SELECT * FROM artist_statistics"), await on.ballot(on.show.showId)];

  /** Runs a study to its `at`th write, lets something happen, and has it go on. */
  async function studyAround(on: StudiedArtist, at: number, run: { jobId: number; claim: number }, happens: () => Promise<unknown>): Promise<void> {
    let writes = 0;
    const write: StudiedArtist["write"] = async (name, input) => {
      writes += 1;
      if (writes === at) await happens();
      return on.write(name, input);
    };
    await on.study({ write, run });
    expect(writes).toBeGreaterThanOrEqual(at);
  }

  for (const [whose, later] of [["of another job", { jobId: 2, claim: 1 }], ["of the same job, taken up again", { jobId: 1, claim: 2 }]] as const) {
    test.each([2, 3, 4, 5, 6])(`writes nothing over that one's, ${whose}, whichever write it is at (%i)`, async (at) => {
      await using on = await startStudiedArtist();
      await on.played(nightly(20, turns));
      await on.study();
      await on.played([{ on: "2026-06-01", songs: [7, 8, 9] }]);
      let newer: unknown;
      await studyAround(on, at, { jobId: 1, claim: 1 }, async () => {
        await on.played([{ on: "2026-06-12", songs: [9, 10, 11] }, { on: "2026-06-11", songs: [9, 10, 11] }]);
        await on.study({ run: later });
        newer = await everything(on);
      });
      expect(await everything(on)).toEqual(newer);
      expect(await on.database.rows("SELECT shows FROM forecasters")).toEqual([{ shows: 23 }]);
      expect(await on.database.rows("SELECT key FROM settings WHERE key LIKE 'study%'")).toEqual([]);
    });
  }

  test("writes nothing of an artist that has become another one meanwhile", async () => {
    await using on = await startStudiedArtist();
    await on.played(nightly(20, turns));
    const other = await buildShow(on.database, { artist: "The same", localDate: "2026-08-01", ballot: titles(12) });
    const by = allowed((await buildFans(on.database, 1))[0]!, "moderate", "moderator");
    await studyAround(on, 3, { jobId: 1, claim: 1 }, () => on.run("mergeRecords", { by, kind: "artist", from: on.show.artistId, into: other.artistId }));
    expect(await on.kept()).toEqual([]);
  });
});

describe("a ballot", () => {
  test("is not made by the study, and what the study has ranked is not ranked otherwise when ballots are made", async () => {
    await using on = await startStudiedArtist();
    const empty = await on.upcoming("2026-08-01");
    await on.played(nightly(20, (night) => (night < 10 ? [0, 1, 2, 13] : [3, 4, 5, 14])));
    await on.study();
    expect(await on.ballot(empty)).toEqual([]);
    await on.run("makeBallots", { artistId: on.show.artistId });
    await on.study();
    const changes = await watchRows(on.database);
    await on.run("makeBallots", { artistId: on.show.artistId });
    await on.study();
    expect(await changes(), "the mark of the study").toEqual({ settings: 2 });
    expect(await on.ballot(empty)).toHaveLength(15);
  });

  test("that nobody has touched begins anew with the likeliest songs, in order", async () => {
    await using on = await startStudiedArtist();
    const made = await on.upcoming("2026-08-01");
    await on.run("makeBallots", { artistId: on.show.artistId });
    const before = await on.database.rows("SELECT max(seq) AS seq FROM events");
    await on.played(nightly(20, () => [14, 13, 12, 11]));
    await on.study();
    for (const showId of [on.show.showId, made]) {
      const [first, ...others] = await on.ballot(showId);
      expect([first, ...others.slice(0, 3)].sort()).toEqual(["Rarity 1", "Rarity 2", "Rarity 3", "Song 12"]);
      expect(others).toHaveLength(14);
    }
    expect(await on.database.rows("SELECT kind, show_id AS show FROM events WHERE kind = 'ballot.changed' AND seq > ? ORDER BY show_id", Number(before[0]!["seq"]))).toEqual([
      { kind: "ballot.changed", show: on.show.showId },
      { kind: "ballot.changed", show: made },
    ]);
    expect(await miscounts(on.database)).toEqual([]);
  });

  test("that has a vote, also one that is held, or a fan's song keeps its songs and their order", async () => {
    await using on = await startStudiedArtist();
    await on.played(nightly(20, () => [14, 13, 12, 11]));
    const [fan] = await buildFans(on.database, 1);
    await on.run("castVotes", { fan: allowed(fan!, "vote"), setlistSongId: on.show.setlistSongIds[5]! });
    const before = await on.ballot(on.show.showId);
    await on.study();
    expect(await on.ballot(on.show.showId)).toEqual(before);
    await on.run("retractVotes", { fan: allowed(fan!, "vote"), setlistSongId: on.show.setlistSongIds[5]! });
    await on.run("suggestSong", { fan: allowed(fan!, "vote"), show: on.show.showId, songId: on.songIds[12]! });
    await on.study();
    expect(await on.ballot(on.show.showId)).toEqual([...before, "Rarity 1"]);
    expect(await chance(on, on.show.showId, 12)).toBeGreaterThan(0.5);
  });

  test("on which somebody calls a song keeps its songs, also while the vote is taken back", async () => {
    await using on = await startStudiedArtist();
    await on.played(nightly(20, () => [14, 13, 12, 11]));
    const fan = allowed((await buildFans(on.database, 1))[0]!, "vote");
    const setlistSongId = on.show.setlistSongIds[5]!;
    await on.run("castVotes", { fan, setlistSongId });
    await on.run("callSong", { fan, role: "opener", setlistSongId });
    await on.run("retractVotes", { fan, setlistSongId });
    const before = await on.ballot(on.show.showId);
    await on.study();
    expect(await on.ballot(on.show.showId)).toEqual(before);
    expect(await on.database.rows("SELECT role FROM calls")).toEqual([{ role: "opener" }]);
  });

  test("of a new show is ranked by what was said last, and not by what was said once of a show far away", async () => {
    await using on = await startStudiedArtist();
    const far = await on.upcoming("2026-12-31");
    await on.played(nightly(20, () => [14, 13, 12, 11]));
    await on.study();
    await run(on, `UPDATE shows SET status = 'cancelled' WHERE id = ${far}`);
    on.clock.advance(86_400_000);
    await run(on, "DELETE FROM actual_setlists");
    await on.played(nightly(20, () => [0, 1, 2]));
    await on.study();
    expect((await on.ballot(on.show.showId)).slice(0, 3).sort()).toEqual(["Song 1", "Song 2", "Song 3"]);
    const next = await on.upcoming("2026-09-01");
    await on.run("makeBallots", { artistId: on.show.artistId });
    expect((await on.ballot(next)).slice(0, 3).sort()).toEqual(["Song 1", "Song 2", "Song 3"]);
  });

  test("of a new show is made in the order of the last forecast, before it has one of its own", async () => {
    await using on = await startStudiedArtist();
    await on.played(nightly(20, (night) => (night < 19 ? [14, 13] : [1, 2])));
    await on.study();
    // What nobody has played of late would be nowhere by plays alone.
    await run(on, `UPDATE song_chances SET played = 0.99 WHERE song_id = ${on.songIds[6]!}`);
    const next = await on.upcoming("2026-09-01");
    await on.run("makeBallots", { artistId: on.show.artistId });
    expect((await on.ballot(next)).slice(0, 5)).toEqual(["Song 7", "Rarity 2", "Rarity 3", "Song 2", "Song 3"]);
    expect(await on.database.rows("SELECT name, key FROM jobs")).toEqual([{ name: "study-artist", key: String(on.show.artistId) }]);
  });
});

test("the writer is never asked to learn: it is left alone while a long history is read", async () => {
  await using on = await startStudiedArtist();
  await on.played(nightly(50, turns));
  const writes: string[] = [];
  await on.study({ write: (name, input) => (writes.push(name), on.run(name, input)) });
  expect(writes).toEqual(["beginStudy", "keepForecaster", "keepForecast", "rankSongsOf", "renewBallot", "keepStatistics", "endStudy"]);
});

test("a career of 3,000 shows and 500 songs is studied in slices", async () => {
  await using on = await startStudiedArtist({ catalogue: titles(488, "Other") });
  const shows = madeUpShows(3_000, 500).map(({ date, tour, songs }) => ({ on: date, tour: tour!, songs: songs.filter(({ encore }) => !encore).map(({ songId }) => songId - 1), encore: songs.filter(({ encore }) => encore).map(({ songId }) => songId - 1) }));
  await on.played(shows);
  for (let i = 1; i < 20; i += 1) await on.upcoming(new Date(Date.UTC(2026, 7, i)).toISOString().slice(0, 10));
  const told: string[] = [];
  for (const run of ["anew", "again"]) {
    const slices: number[] = [];
    const used = () => process.threadCpuUsage().user / 1_000;
    let since = used();
    /** What the writer does is not of this thread's slice. */
    const apart = async <T>(work: () => Promise<T>): Promise<T> => {
      slices.push(used() - since);
      const done = await work();
      since = used();
      return done;
    };
    await on.study({ pause: () => apart(() => Promise.resolve()), write: (name, input) => apart(() => on.run(name, input)) });
    slices.sort((a, b) => b - a);
    told.push(`${run} ${(slices.reduce((sum, ms) => sum + ms, 0) / 1_000).toFixed(1)} s of CPU in ${slices.length} slices, the longest ${slices.slice(0, 3).map((ms) => ms.toFixed(1)).join(", ")} ms, one in a hundred over ${slices[Math.floor(slices.length / 100)]!.toFixed(1)} ms`);
  }
  process.stdout.write(`studying 3,000 shows, 500 songs and 20 shows to come: ${told.join("; ")}\n`);
  expect((await on.kept(on.show.showId))[0]).toMatchObject({ shows: 3_000 });
  expect(await on.database.rows("SELECT count(*) AS n, max(length(statistics)) < 20000 AS small FROM artist_statistics")).toMatchObject([{ small: 1 }]);
}, 120_000);
