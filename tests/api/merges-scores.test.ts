import { expect, test } from "vitest";
import { startOf } from "#server/commands/scores/score-fans.ts";
import { verifyStandings } from "#server/views/verify-standings.ts";
import { buildShow, titles } from "#tests/support/builders.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { buildExample } from "#tests/support/finished-shows.ts";
import { addShow, allRows, ballotOf, startMergeStage, TELL_WHAT_WAS, type MergeStage } from "#tests/support/merge-stage.ts";
import { songsOn } from "#tests/support/played.ts";
import { watchRows } from "#tests/support/row-changes.ts";
import { buildSeason, voted } from "#tests/support/season.ts";

/** Two shows of one artist: songs 1 to 12 on the one that stays, 7 to 12 and 13 to 15 on the one that goes. */
async function twoShows(on: MergeStage) {
  const stays = await buildShow(on.database, { catalogue: ["Song 13", "Song 14", "Song 15"] });
  const goes = await addShow(on.database, stays.artistId, { titles: titles(15).slice(6), day: 1 });
  return { into: stays.showId, from: goes.showId, stays: await ballotOf(on.database, stays.showId), goes: goes.songs };
}

const call = (on: MergeStage, fan: number, role: "opener" | "closer", setlistSongId: number) => on.run("callSong", { fan: allowed(fan, "vote"), role, setlistSongId });
const callsAt = async (on: MergeStage, showId: number) =>
  (await on.database.rows("SELECT c.user_id AS fan, c.role, s.title FROM calls c JOIN setlist_songs p ON p.id = c.setlist_song_id JOIN songs s ON s.id = p.song_id WHERE c.show_id = ? ORDER BY 1, 2", showId)).map((row) => Object.values(row).join(" "));

test("calls go with the place on the ballot, and back; of two for a role that on the ballot which stays counts", async () => {
  await using on = await startMergeStage();
  const { into, from, stays, goes } = await twoShows(on);
  const [both, one] = (await buildFans(on.database, 2)) as [number, number];
  for (const [fan, song] of [[both, stays.get("Song 1")!.id], [both, goes.get("Song 9")!], [one, goes.get("Song 15")!]] as const) await on.vote(fan, song);
  await call(on, both, "opener", stays.get("Song 1")!.id);
  await call(on, both, "opener", goes.get("Song 9")!);
  await call(on, both, "closer", goes.get("Song 9")!);
  await call(on, one, "opener", goes.get("Song 15")!);
  const before = await allRows(on.database);
  const merge = await on.merge("show", from, into);
  expect(await callsAt(on, into)).toEqual([`${both} closer Song 9`, `${both} opener Song 1`, `${one} opener Song 15`]);
  await on.undo(merge);
  expect(await allRows(on.database)).toEqual(before);
});

test("songs that become one take the calls along", async () => {
  await using on = await startMergeStage();
  const { into, stays } = await twoShows(on);
  const [fan] = (await buildFans(on.database, 1)) as [number];
  const songId = (title: string) => on.number("SELECT song_id FROM setlist_songs WHERE id = ?", stays.get(title)!.id);
  await on.vote(fan, stays.get("Song 2")!.id);
  await call(on, fan, "closer", stays.get("Song 2")!.id);
  const before = await allRows(on.database);
  const merge = await on.merge("song", await songId("Song 2"), await songId("Song 1"));
  expect(await callsAt(on, into)).toEqual([`${fan} closer Song 1`]);
  await on.undo(merge);
  expect(await allRows(on.database)).toEqual(before);
});

test("what was said of the show that goes is kept where nothing was said of the other, and goes back", async () => {
  await using on = await startMergeStage();
  const { into, from, goes } = await twoShows(on);
  const [fan] = (await buildFans(on.database, 1)) as [number];
  await on.vote(fan, goes.get("Song 9")!);
  on.clock.set("2026-07-01T19:00:00Z");
  expect(await on.run("keepChances", undefined)).toBe(1);
  const said = (showId: number) => on.database.rows("SELECT song_id AS song, played FROM song_chances WHERE show_id = ? ORDER BY 1", showId);
  const kept = await said(from);
  expect(kept).toHaveLength(9);
  const before = await allRows(on.database);
  const merge = await on.merge("show", from, into);
  expect(await said(into)).toEqual(kept);
  await on.undo(merge);
  expect(await allRows(on.database)).toEqual(before);
});

async function scoreSeason(on: MergeStage, season: { showId: number }[]): Promise<void> {
  for (const { showId } of season) await on.run("scoreFans", startOf(showId));
}

/** Runs all scoring that was asked for. */
async function scoreAll(on: MergeStage): Promise<void> {
  for (const { id } of await on.database.rows("SELECT DISTINCT payload ->> 'showId' AS id FROM jobs WHERE name = 'score-show'")) await on.run("scoreFans", startOf(Number(id)));
  await on.database.change((tx) => tx.run("DELETE FROM jobs"));
}

test("when artists become one and apart again, their shows are scored again and every board agrees with the scores", async () => {
  await using on = await startMergeStage();
  const [one, other] = [await buildSeason(on.database, 3, { tour: "A", at: on.clock.now() }), await buildSeason(on.database, 3, { from: "2026-02-01", tour: "B", at: on.clock.now() })];
  const fans = await buildFans(on.database, 3);
  for (const show of [...one, ...other]) for (const [i, fan] of fans.entries()) await voted(on.database, show, fan, [1, 2, 3, 4, 5].slice(i));
  await scoreSeason(on, [...one, ...other]);
  const figures = () => on.database.rows("SELECT board, artist_id, name, user_id, shows, points, rating, listed FROM standings ORDER BY 1, 2, 3, 4");
  const before = await figures();
  expect(before.filter(({ board }) => board === "artist")).toHaveLength(6);

  const merge = await on.merge("artist", other[0]!.artistId, one[0]!.artistId);
  expect(await on.number("SELECT count(*) FROM jobs WHERE name = 'study-artist' AND key = ?", String(one[0]!.artistId))).toBe(1);
  await scoreAll(on);
  expect(await verifyStandings(on.database.reader)).toEqual([]);
  expect((await figures()).filter(({ board }) => board === "artist")).toMatchObject(fans.map(() => ({ artist_id: one[0]!.artistId, shows: 6 })));
  await on.undo(merge);
  await scoreAll(on);
  expect(await verifyStandings(on.database.reader)).toEqual([]);
  expect(await figures()).toEqual(before);
});

test("an artist who is parted from another's setlists is studied too, so that no forecast of theirs stands on those", async () => {
  await using on = await startMergeStage();
  const [played, unplayed] = [await buildSeason(on.database, 1, { tour: "A", at: on.clock.now() }), await buildShow(on.database)];
  const merge = await on.merge("artist", unplayed.artistId, played[0]!.artistId);
  await on.database.change((tx) => tx.run(`INSERT INTO forecasts (show_id, kind, model, shows, expected_length, made_at) VALUES (${unplayed.showId}, 'forecast', 1, 1, 9, 0)`));
  await on.undo(merge);
  expect(await on.number("SELECT count(*) FROM jobs WHERE name = 'study-artist' AND key = ?", String(unplayed.artistId))).toBe(1);
});

const askedFor = async (on: MergeStage) => (await on.database.rows("SELECT DISTINCT payload ->> 'showId' AS id FROM jobs WHERE name = 'score-show' ORDER BY 1")).map(({ id }) => Number(id));
const forget = (on: MergeStage) => on.database.change((tx) => tx.run("DELETE FROM jobs"));

test("a show that becomes another one has that one scored again and the ten that come after it, and no show before", async () => {
  await using on = await startMergeStage();
  const season = await buildSeason(on.database, 14, { at: on.clock.now() });
  const [fan] = (await buildFans(on.database, 1)) as [number];
  for (const show of season) await voted(on.database, show, fan, [1, 2, 3]);
  await scoreSeason(on, season);
  const ids = season.map(({ showId }) => showId);
  await forget(on);
  const merge = await on.merge("show", ids[1]!, ids[2]!);
  expect(await askedFor(on)).toEqual(ids.slice(2, 13));
  expect(await on.number("SELECT count(*) FROM jobs WHERE name = 'study-artist'")).toBe(1);
  await forget(on);
  await on.undo(merge);
  expect(await askedFor(on)).toEqual(ids.slice(1, 13));
});

test("artists with many nights in common have each of their shows scored again once, and venues only what they share", async () => {
  await using on = await startMergeStage();
  const [one, other] = [await buildSeason(on.database, 6, { at: on.clock.now() }), await buildSeason(on.database, 6, { at: on.clock.now() })];
  const [fan] = (await buildFans(on.database, 1)) as [number];
  for (const show of [...one, ...other]) await voted(on.database, show, fan, [1, 2, 3]);
  await scoreSeason(on, [...one, ...other]);
  const venues = [await on.number("SELECT venue_id FROM shows WHERE id = ?", other[0]!.showId), await on.number("SELECT venue_id FROM shows WHERE id = ?", one[0]!.showId)] as const;
  await forget(on);
  const changes = await watchRows(on.database);
  // Nothing is shared at the venues while the artists are two.
  const places = await on.merge("venue", ...venues);
  expect((await changes())["jobs"]).toBeUndefined();
  const artists = await on.merge("artist", other[0]!.artistId, one[0]!.artistId);
  expect((await changes())["jobs"], "six shows and a study").toBe(7);
  await forget(on);
  await changes();
  await on.undo(artists);
  expect((await changes())["jobs"], "twelve shows and two studies").toBe(14);
  await on.undo(places);
});

test("a scored show that goes into one without scores leaves no standing behind", async () => {
  await using on = await startMergeStage();
  const [goes] = await buildSeason(on.database, 1, { tour: "A", at: on.clock.now() });
  const { showId: into } = await addShow(on.database, goes!.artistId, { titles: [], day: 1 });
  const fans = await buildFans(on.database, 2);
  for (const fan of fans) await voted(on.database, goes!, fan, [1, 2, 3]);
  await scoreSeason(on, [goes!]);
  await on.database.change((tx) => tx.run(`UPDATE shows SET tour = 'B' WHERE id = ${into}`));
  const merge = await on.merge("show", goes!.showId, into);
  on.clock.set("2026-07-05T12:00:00Z");
  await scoreAll(on);
  expect(await verifyStandings(on.database.reader)).toEqual([]);
  expect(await on.number("SELECT count(*) FROM fan_scores WHERE show_id = ?", into)).toBe(2);
  await on.undo(merge);
  await scoreAll(on);
  expect(await verifyStandings(on.database.reader)).toEqual([]);
});

test("songs that become one keep the greater of the two chances that were said of them, and have each its own again", async () => {
  await using on = await startMergeStage();
  const [show] = await buildSeason(on.database, 1, { at: on.clock.now() });
  const { showId } = show!;
  const [fan] = (await buildFans(on.database, 1)) as [number];
  const [sure, rare] = (await songsOn(on.database, showId)) as [number, number];
  await on.database.change(async (tx) => {
    await tx.run(`INSERT INTO forecasts (show_id, kind, model, shows, expected_length, made_at) VALUES (${showId}, 'forecast', 1, 3, 9, 0)`);
    for (const [song, played] of [[sure, 0.8], [rare, 0.02]]) await tx.run(`INSERT INTO song_chances (show_id, song_id, played, opener, closer, encore, reasons) VALUES (${showId}, ${song!}, ${played!}, 0.1, 0.1, 0.1, '[]')`);
    await tx.run(`UPDATE played_songs SET song_id = NULL WHERE song_id = ${rare}`);
  });
  await voted(on.database, show!, fan, [1]);
  const points = async () => {
    await on.run("scoreFans", startOf(showId));
    return on.number("SELECT points FROM fan_scores WHERE user_id = ?", fan);
  };
  expect(await points()).toBe(3);
  const before = await allRows(on.database, [...TELL_WHAT_WAS, "show_scores"]);
  for (const [from, into] of [[sure, rare], [rare, sure]] as const) {
    const merge = await on.merge("song", from, into);
    expect(await points()).toBe(3);
    expect(await on.database.rows("SELECT song_id AS song, played FROM song_chances")).toEqual([{ song: into, played: 0.8 }]);
    await on.undo(merge);
    expect(await points()).toBe(3);
    expect(await allRows(on.database, [...TELL_WHAT_WAS, "show_scores"])).toEqual(before);
  }
});

test("of songs that become one together the greatest chance is kept, whichever it was", async () => {
  await using on = await startMergeStage();
  const one = await buildExample(on.database);
  const other = await buildShow(on.database, { ballot: [], catalogue: ["Harbour Lights"] });
  // Two names of one song there are one song here: both go into it in one merge of artists.
  const [into] = other.catalogueSongIds;
  await on.database.change((tx) => tx.run(`INSERT INTO song_links (artist_id, title_key, into_key) SELECT artist_id, title_key, 'harbour lights' FROM songs WHERE id = ${one.song(12)}`));
  const said = () => on.database.rows("SELECT song_id AS song, played FROM song_chances ORDER BY show_id, song_id");
  const before = await said();
  const merge = await on.merge("artist", one.artistId, other.artistId);
  expect(await on.database.rows("SELECT played FROM song_chances WHERE song_id = ?", into!)).toEqual([{ played: 0.95 }]);
  await on.undo(merge);
  expect(await said()).toEqual(before);
});
