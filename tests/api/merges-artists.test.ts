import { describe, expect, test } from "vitest";
import { staying } from "#server/commands/merge/staying.ts";
import { verifyCounters } from "#server/views/verify-counters.ts";
import { buildShow, titles } from "#tests/support/builders.ts";
import { buildFans } from "#tests/support/fans.ts";
import { addShow, allRows, ballotOf, startMergeStage, type MergeStage } from "#tests/support/merge-stage.ts";
import { eventsSince, lastSeq } from "#tests/support/outbox.ts";

const sound = async (on: MergeStage) => expect(await verifyCounters(on.database.reader)).toEqual({ damage: [], miscounts: [] });

/** Two artists here that are one: both with a show at one venue on one night, and one of a further day each. */
async function twoArtists(on: MergeStage) {
  const stays = await buildShow(on.database, { artist: "The Larks", ballot: titles(6), catalogue: ["Only Here"] });
  const goes = await buildShow(on.database, { artist: "Larks", bare: true, ballot: titles(8).slice(3), catalogue: ["Only There"] });
  await on.database.change(async (tx) => void (await tx.run(`UPDATE shows SET venue_id = (SELECT venue_id FROM shows WHERE id = ${stays.showId}) WHERE id = ${goes.showId}`)));
  const further = await addShow(on.database, goes.artistId, { titles: ["Song 4", "Only There"], day: 5 });
  return { stays, goes, further };
}

/** Rows of every kind that point to an artist. */
async function belongings(on: MergeStage, artistId: number, prefix: string): Promise<void> {
  const [song] = await on.database.rows("SELECT id FROM songs WHERE artist_id = ? ORDER BY id", artistId);
  const [show] = await on.database.rows("SELECT id FROM shows WHERE artist_id = ? ORDER BY id", artistId);
  const statements = [
    `INSERT INTO artist_identities (provider, provider_id, confidence, status, evidence, artist_id) VALUES ('spotify', '${prefix}', 0.8732465890123457, 'automatic', '{"a":1}', ${artistId})`,
    `INSERT INTO song_variants (artist_id, provider, provider_id, song_id, title, title_key, kind, live, video) VALUES (${artistId}, 'spotify', 'shared', ${String(song!["id"])}, 'T', 't', 'original', 0, 0), (${artistId}, 'spotify', '${prefix}1', ${String(song!["id"])}, 'T', 't', 'original', 0, 0)`,
    `INSERT INTO song_aliases (artist_id, alias_key, song_id) VALUES (${artistId}, 'alias', ${String(song!["id"])}), (${artistId}, '${prefix}', ${String(song!["id"])})`,
    `INSERT INTO albums (artist_id, provider, provider_id, title, kind) VALUES (${artistId}, 'spotify', 'shared', 'A', 'album'), (${artistId}, 'spotify', '${prefix}1', 'A', 'album')`,
    `INSERT INTO show_identities (provider, provider_id, confidence, status, evidence, artist_id, show_id) VALUES ('ticketmaster', 'shared', 1, 'automatic', '{}', ${artistId}, ${String(show!["id"])}), ('ticketmaster', '${prefix}1', 1, 'automatic', '{}', ${artistId}, NULL)`,
    `INSERT INTO actual_setlists (show_id, provider, provider_id, version, url, stored_at) VALUES (${String(show!["id"])}, 'setlistfm', '${prefix}', '1', 'u', 0)`,
    `INSERT INTO actual_sets (setlist_id, number) SELECT id, 1 FROM actual_setlists WHERE provider_id = '${prefix}'`,
    `INSERT INTO played_songs (setlist_id, position, set_number, title, title_key, song_id, tape) SELECT id, 1, 1, 'T', 't', ${String(song!["id"])}, 0 FROM actual_setlists WHERE provider_id = '${prefix}'`,
    `INSERT INTO billed_artists (show_id, position, name, provider, provider_id) VALUES (${String(show!["id"])}, 1, '${prefix}', 'ticketmaster', '${prefix}')`,
    `INSERT INTO list_marks (artist_id, provider, list, walked_at) VALUES (${artistId}, 'spotify', 'tracks', 5)`,
    `INSERT INTO due_times (kind, id, due_at) VALUES ('artist', ${artistId}, 5), ('shows', ${artistId}, 5), ('setlists', ${artistId}, 6), ('setlist', ${String(show!["id"])}, 7)`,
    `INSERT INTO imports (job_id, name, artist_id, phase, phase_started_at, counts, created_at) VALUES (${artistId}, '${prefix}', ${artistId}, 'done', 0, '{}', 0)`,
    `INSERT INTO match_keys (kind, key, id) VALUES ('artist', 'larks', ${artistId}), ('artist', '${prefix}', ${artistId}), ('venue', 'x', ${artistId})`,
    `INSERT INTO show_trends (show_id, votes, rate, at) VALUES (${String(show!["id"])}, 0, 0.30000000000000004, 5)`,
    `INSERT INTO fraud_checks (show_id, tally_version, checked_at) VALUES (${String(show!["id"])}, 0, 5)`,
    `INSERT INTO song_links (artist_id, title_key, into_key) VALUES (${artistId}, '${prefix} other', '${prefix}')`,
    `INSERT INTO former_slugs (kind, slug, id) VALUES ('artist', 'once-${prefix}', ${artistId})`,
  ];
  await on.database.change(async (tx) => {
    for (const statement of statements) await tx.run(statement);
  });
}

describe("an artist that is merged into another one", () => {
  test("brings songs, shows and votes along: what both have is there once, and an undo leaves everything as it was", async () => {
    await using on = await startMergeStage();
    const { stays, goes, further } = await twoArtists(on);
    await belongings(on, stays.artistId, "here");
    await belongings(on, goes.artistId, "there");
    const fans = await buildFans(on.database, 3);
    const votes: [number, number][] = [
      [fans[0]!, stays.setlistSongIds[3]!],
      [fans[0]!, goes.setlistSongIds[0]!],
      [fans[1]!, goes.setlistSongIds[4]!],
      [fans[2]!, further.songs.get("Only There")!],
    ];
    for (const [fan, song] of votes) {
      on.clock.advance(10);
      expect(await on.vote(fan, song)).toBe(true);
    }
    const before = await allRows(on.database);
    const seq = await lastSeq(on.database);
    const merge = await on.merge("artist", goes.artistId, stays.artistId);
    await sound(on);
    expect(await on.database.rows("SELECT title FROM songs WHERE artist_id = ? ORDER BY title", stays.artistId)).toEqual(
      ["Only Here", "Only There", ...titles(8)].map((title) => ({ title })),
    );
    expect(await on.database.rows("SELECT id, artist_id AS artist, total_votes AS votes FROM shows ORDER BY id")).toEqual([
      { id: stays.showId, artist: stays.artistId, votes: 2 },
      { id: further.showId, artist: stays.artistId, votes: 1 },
    ]);
    expect(await on.number("SELECT count(*) FROM artists")).toBe(1);
    expect([...(await ballotOf(on.database, stays.showId)).keys()]).toEqual(titles(8));
    for (const table of ["song_variants", "albums"]) expect(await on.number(`SELECT count(*) FROM ${table}`)).toBe(3);
    expect((await eventsSince(on.database, seq)).filter(({ show }) => show === goes.showId)).toContainEqual({ kind: "show.changed", show: goes.showId, payload: { removed: true } });
    await on.undo(merge);
    const after = await allRows(on.database);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const [table, rows] of Object.entries(before)) expect(after[table], table).toEqual(rows);
    await sound(on);
    await on.undo(await on.merge("artist", goes.artistId, stays.artistId));
    expect(await allRows(on.database)).toEqual(before);
  });

  test("fills in what nobody had said of the other, and takes it back", async () => {
    await using on = await startMergeStage();
    const full = await buildShow(on.database, { artist: "Full" });
    const bare = await buildShow(on.database, { artist: "Bare", bare: true });
    const facts = () => on.database.rows("SELECT name, genre, country FROM artists WHERE id = ?", bare.artistId);
    const merge = await on.merge("artist", full.artistId, bare.artistId);
    expect(await facts()).toEqual([{ name: "Bare", genre: "Indie rock", country: "GB" }]);
    await on.undo(merge);
    expect(await facts()).toEqual([{ name: "Bare", genre: null, country: null }]);
  });

  test("parts again from what came since: songs that fans voted for become songs of their show's artist", async () => {
    await using on = await startMergeStage();
    const { stays, goes, further } = await twoArtists(on);
    const [fan] = await buildFans(on.database, 1);
    const merge = await on.merge("artist", goes.artistId, stays.artistId);
    const songId = await on.number("SELECT id FROM songs WHERE title = 'Only Here'");
    await on.database.change(async (tx) => {
      await tx.run(`INSERT INTO setlist_songs (show_id, song_id, position) VALUES (${further.showId}, ${songId}, 90)`);
      await tx.run(`INSERT INTO setlist_songs (show_id, song_id, position) SELECT ${further.showId}, id, 91 FROM songs WHERE title = 'Song 1'`);
    });
    await on.vote(fan!, (await ballotOf(on.database, further.showId)).get("Only Here")!.id);
    await on.undo(merge);
    expect([...(await ballotOf(on.database, further.showId)).keys()]).toEqual(["Song 4", "Only There", "Only Here"]);
    const foreign = "SELECT count(*) FROM setlist_songs b JOIN shows s ON s.id = b.show_id JOIN songs g ON g.id = b.song_id WHERE g.artist_id <> s.artist_id";
    expect(await on.number(foreign)).toBe(0);
    await sound(on);
  });
});

test("of two that are merged the one with most votes stays, then the one with most rows, then the older", async () => {
  await using on = await startMergeStage();
  const [small, large, same] = [await buildShow(on.database, { ballot: titles(2) }), await buildShow(on.database, { ballot: titles(9) }), await buildShow(on.database, { ballot: titles(9) })];
  const of = (a: number, b: number) => on.database.change((tx) => staying(tx, "artist", a, b));
  expect(await of(small.artistId, large.artistId)).toEqual({ from: small.artistId, into: large.artistId });
  expect(await of(same.artistId, large.artistId)).toEqual({ from: same.artistId, into: large.artistId });
  const [fan] = await buildFans(on.database, 1);
  await on.vote(fan!, small.setlistSongIds[0]!);
  expect(await of(large.artistId, small.artistId)).toEqual({ from: large.artistId, into: small.artistId });
});

describe("a merge is refused", () => {
  test("of what is not there, of one with itself, of the demo with what is real, of songs or shows of two artists", async () => {
    await using on = await startMergeStage();
    const { stays, goes } = await twoArtists(on);
    const before = await allRows(on.database, []);
    const song = (artistId: number) => on.number("SELECT min(id) FROM songs WHERE artist_id = ?", artistId);
    expect(await on.refusal(on.merge("artist", 999, stays.artistId))).toBe("not_found");
    expect(await on.refusal(on.merge("artist", stays.artistId, stays.artistId))).toBe("same_record");
    expect(await on.refusal(on.merge("song", await song(goes.artistId), await song(stays.artistId)))).toBe("other_artist");
    expect(await on.refusal(on.merge("show", goes.showId, stays.showId))).toBe("other_artist");
    expect(await on.refusal(on.undo(999))).toBe("not_found");
    expect(await allRows(on.database, [])).toEqual(before);
    await on.database.change(async (tx) => void (await tx.run(`UPDATE artists SET demo = 1 WHERE id = ${goes.artistId}`)));
    expect(await on.refusal(on.merge("artist", goes.artistId, stays.artistId))).toBe("demo");
  });

  test("as a part by itself, twice, and while a later one stands", async () => {
    await using on = await startMergeStage();
    const { stays, goes } = await twoArtists(on);
    const third = await buildShow(on.database, { artist: "Third" });
    const first = await on.merge("artist", goes.artistId, stays.artistId);
    const part = await on.number("SELECT min(id) FROM merges WHERE parent_id = ?", first);
    expect(await on.refusal(on.undo(part))).toBe("part_of_merge");
    const second = await on.merge("artist", stays.artistId, third.artistId);
    const before = await allRows(on.database, []);
    await expect(on.undo(first)).rejects.toMatchObject({ reason: "merged_since", message: expect.stringContaining(`merge ${second}`) as string });
    expect(await allRows(on.database, [])).toEqual(before);
    await on.undo(second);
    await on.undo(first);
    expect(await on.refusal(on.undo(first))).toBe("already_undone");
    await sound(on);
  });

  test("and so is an undo that has no place to come back to", async () => {
    await using on = await startMergeStage();
    const { stays, goes } = await twoArtists(on);
    const merge = await on.merge("artist", goes.artistId, stays.artistId);
    await on.database.change(async (tx) => void (await tx.run("UPDATE artists SET slug = 'larks'")));
    const before = await allRows(on.database, []);
    expect(await on.refusal(on.undo(merge))).toBe("no_way_back");
    expect(await allRows(on.database, [])).toEqual(before);
  });

  test("and changes nothing by half when it fails on the way", async () => {
    await using on = await startMergeStage();
    const { stays, goes } = await twoArtists(on);
    await belongings(on, goes.artistId, "there");
    await on.database.change(async (tx) => void (await tx.run("CREATE TRIGGER breaks BEFORE DELETE ON artists BEGIN SELECT RAISE(ABORT, 'broken'); END")));
    const before = await allRows(on.database, []);
    await expect(on.merge("artist", goes.artistId, stays.artistId)).rejects.toThrow();
    expect(await allRows(on.database, [])).toEqual(before);
  });
});

test("what was decided of a title holds for the one artist that there is then, whoever stays, and is whose it was after an undo", async () => {
  await using on = await startMergeStage();
  const { stays, goes } = await twoArtists(on);
  const note = (artistId: number, titleKey: string, status: "open" | "not_a_song", title = titleKey) =>
    on.database.change((tx) => tx.run(`INSERT INTO unmatched_titles (artist_id, title_key, title, times, last_played_on, confidence, status, decided_by, decided_at)
      VALUES (${artistId}, '${titleKey}', '${title}', 2, '2026-06-01', 0.6, '${status}', ${status === "open" ? "NULL, NULL" : `${on.moderator}, 5`})`));
  await note(goes.artistId, "interlude", "not_a_song");
  await note(stays.artistId, "interlude", "open", "INTERLUDE");
  await note(goes.artistId, "outro", "open");
  await note(stays.artistId, "outro", "not_a_song", "OUTRO");
  await note(goes.artistId, "both wait", "open");
  await note(stays.artistId, "both wait", "open");
  await note(goes.artistId, "only there", "not_a_song");
  const before = await allRows(on.database);
  const merge = await on.merge("artist", goes.artistId, stays.artistId);
  expect(await on.database.rows("SELECT title_key AS title, status FROM unmatched_titles ORDER BY 1")).toEqual([
    { title: "both wait", status: "open" }, { title: "interlude", status: "not_a_song" }, { title: "only there", status: "not_a_song" }, { title: "outro", status: "not_a_song" },
  ]);
  await on.undo(merge);
  expect(await allRows(on.database)).toEqual(before);
});
