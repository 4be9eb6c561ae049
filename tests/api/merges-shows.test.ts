import { describe, expect, test } from "vitest";
import { returnVotes } from "#db/queries/returned-votes.ts";
import { DAY_MS, utcDay } from "#server/domain/voting.ts";
import { verifyCounters } from "#server/views/verify-counters.ts";
import { buildShow, titles } from "#tests/support/builders.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { addShow, allRows, ballotOf, startMergeStage, type MergeStage } from "#tests/support/merge-stage.ts";
import { eventsSince, lastSeq } from "#tests/support/outbox.ts";

const sound = async (on: MergeStage) => expect(await verifyCounters(on.database.reader)).toEqual({ damage: [], miscounts: [] });

/** Two shows of one artist: songs 1 to 12 on the one that stays, 7 to 12 and 13 to 15 on the one that goes. */
async function twoShows(on: MergeStage) {
  const stays = await buildShow(on.database, { catalogue: ["Song 13", "Song 14", "Song 15"] });
  const goes = await addShow(on.database, stays.artistId, { titles: titles(15).slice(6), day: 1 });
  return { into: stays.showId, from: goes.showId, stays: await ballotOf(on.database, stays.showId), goes: goes.songs };
}

describe("a show that is merged into another one of its artist", () => {
  test("brings its votes along, and a fan who voted for a song on both has voted once, at the earlier time", async () => {
    await using on = await startMergeStage();
    const { into, from, stays, goes } = await twoShows(on);
    const [both, one] = await buildFans(on.database, 2);
    await on.vote(both!, goes.get("Song 7")!);
    const early = on.clock.now();
    on.clock.advance(1_000);
    await on.vote(both!, stays.get("Song 7")!.id);
    await on.vote(one!, goes.get("Song 15")!);
    const before = await allRows(on.database);
    const seq = await lastSeq(on.database);
    const merge = await on.merge("show", from, into);
    const ballot = await ballotOf(on.database, into);
    expect([...ballot.keys()]).toEqual(titles(15));
    expect([ballot.get("Song 7")?.votes, ballot.get("Song 15")?.votes]).toEqual([1, 1]);
    expect(await on.number("SELECT cast_at FROM votes WHERE user_id = ?", both!)).toBe(early);
    expect(await on.number("SELECT count(*) FROM shows WHERE id = ?", from)).toBe(0);
    expect((await eventsSince(on.database, seq)).map(({ kind, show, payload }) => [kind, show, payload])).toEqual([
      ["ballot.changed", into, {}],
      ["show.changed", from, { removed: true }],
      ["show.changed", into, { merged: from }],
    ]);
    await sound(on);
    await on.undo(merge);
    expect(await allRows(on.database)).toEqual(before);
    await sound(on);
  });

  test("leaves each fan ten votes, the earliest; the others are there again when it is undone", async () => {
    await using on = await startMergeStage();
    const { into, from, stays, goes } = await twoShows(on);
    const [fan] = await buildFans(on.database, 1);
    for (const i of [1, 2, 3, 4, 5, 6]) {
      on.clock.advance(10);
      await on.vote(fan!, stays.get(`Song ${i}`)!.id);
    }
    for (const i of [7, 8, 9, 10, 11, 12, 13, 14, 15]) {
      on.clock.advance(10);
      await on.vote(fan!, goes.get(`Song ${i}`)!);
    }
    const before = await allRows(on.database);
    const merge = await on.merge("show", from, into);
    const voted = [...(await ballotOf(on.database, into))].filter(([, { votes }]) => votes === 1).map(([title]) => title);
    expect(voted).toEqual(titles(10));
    expect(await on.vote(fan!, (await ballotOf(on.database, into)).get("Song 12")!.id), "there is none left").toBe(false);
    await sound(on);
    await on.undo(merge);
    expect(await allRows(on.database)).toEqual(before);
  });

  test("keeps what fans did since: votes on songs that came along stay, a vote that was taken back stays so on both", async () => {
    await using on = await startMergeStage();
    const { into, from, stays, goes } = await twoShows(on);
    const [twin, moved, later] = await buildFans(on.database, 3);
    await on.vote(twin!, stays.get("Song 7")!.id);
    await on.vote(twin!, goes.get("Song 7")!);
    await on.vote(moved!, goes.get("Song 14")!);
    await on.vote(moved!, goes.get("Song 13")!);
    const merge = await on.merge("show", from, into);
    const ballot = await ballotOf(on.database, into);
    expect(await on.retract(twin!, ballot.get("Song 7")!.id)).toBe(true);
    expect(await on.retract(moved!, ballot.get("Song 14")!.id)).toBe(true);
    on.clock.advance(5);
    expect(await on.vote(later!, ballot.get("Song 15")!.id)).toBe(true);
    await on.undo(merge);
    expect(await on.database.rows("SELECT v.show_id AS show, user_id AS fan, s.title FROM votes v JOIN setlist_songs b ON b.id = v.setlist_song_id JOIN songs s ON s.id = b.song_id ORDER BY 1, 2")).toEqual([
      { show: into, fan: later, title: "Song 15" },
      { show: from, fan: moved, title: "Song 13" },
    ]);
    expect([...(await ballotOf(on.database, into)).keys()]).toEqual([...titles(12), "Song 15"]);
    expect((await ballotOf(on.database, from)).size).toBe(9);
    expect(await on.number("SELECT count(*) FROM merge_rows"), "the twin stays set aside").toBe(1);
    await sound(on);
    const again = await on.merge("show", from, into);
    await sound(on);
    await on.undo(again);
    await sound(on);
  });

  test("and a vote that was taken back and cast again since is the other show's", async () => {
    await using on = await startMergeStage();
    const { into, from, goes } = await twoShows(on);
    const [fan] = await buildFans(on.database, 1);
    for (const title of ["Song 13", "Song 14"]) await on.vote(fan!, goes.get(title)!);
    const merge = await on.merge("show", from, into);
    const song = (await ballotOf(on.database, into)).get("Song 13")!.id;
    on.clock.advance(5);
    await on.retract(fan!, song);
    await on.vote(fan!, song);
    await on.undo(merge);
    const votes = async (show: number) => [...(await ballotOf(on.database, show))].flatMap(([title, place]) => (place.votes > 0 ? [title] : []));
    expect([await votes(into), await votes(from)]).toEqual([["Song 13"], ["Song 14"]]);
    await sound(on);
  });

  test("takes held fans along as held, and a moderator's word holds after an undo", async () => {
    await using on = await startMergeStage();
    const { into, from, goes } = await twoShows(on);
    const fans = await buildFans(on.database, 4);
    for (const fan of fans) await on.vote(fan, goes.get("Song 15")!);
    const finding = { userIds: fans.slice(0, 3), score: 0.99, signals: [] };
    await on.run("recordFindings", { showId: from, tallyVersion: 4, findings: [finding] });
    const caseId = await on.number("SELECT id FROM quarantine_cases");
    expect(await on.number("SELECT total_votes FROM shows WHERE id = ?", from)).toBe(1);
    const before = await allRows(on.database);
    const first = await on.merge("show", from, into);
    expect((await ballotOf(on.database, into)).get("Song 15")?.votes, "only who is not held").toBe(1);
    await sound(on);
    await on.undo(first);
    expect(await allRows(on.database)).toEqual(before);
    const second = await on.merge("show", from, into);
    await on.run("releaseCase", { moderator: allowed(on.moderator, "moderate", "moderator"), id: caseId, note: "real" });
    expect((await ballotOf(on.database, into)).get("Song 15")?.votes).toBe(4);
    await on.undo(second);
    expect(await on.number("SELECT total_votes FROM shows WHERE id = ?", from)).toBe(4);
    expect(await on.number("SELECT show_id FROM quarantine_cases")).toBe(from);
    await sound(on);
  });
});

/** As a source's word that a show is cancelled does. */
const cancel = (on: MergeStage, showId: number) => {
  const now = on.clock.now();
  return on.database.change((tx) => returnVotes(tx, { showId, day: utcDay(now), from: utcDay(now) * DAY_MS, now }));
};
const spentBy = (on: MergeStage, fan: number) => on.database.rows("SELECT day - 20617 AS day, votes FROM day_allowances WHERE user_id = ? ORDER BY day", fan);

describe("votes that were returned with a cancelled show", () => {
  test("count against their day again when the show becomes one that takes place, and not after an undo", async () => {
    await using on = await startMergeStage();
    const { into, from, stays, goes } = await twoShows(on);
    const [fan, twin] = (await buildFans(on.database, 2)) as [number, number];
    for (const title of ["Song 13", "Song 14", "Song 15"]) await on.vote(fan, goes.get(title)!);
    await on.vote(twin, goes.get("Song 7")!);
    on.clock.advance(1_000);
    await cancel(on, from);
    expect([await spentBy(on, fan), await spentBy(on, twin)]).toEqual([[{ day: 0, votes: 0 }], [{ day: 0, votes: 0 }]]);
    on.clock.advance(DAY_MS);
    // The same song of the other show, a day later: of the two the earlier vote stands.
    await on.vote(twin, stays.get("Song 7")!.id);
    const before = await allRows(on.database);
    const merge = await on.merge("show", from, into);
    expect(await spentBy(on, fan)).toEqual([{ day: 0, votes: 3 }]);
    expect(await spentBy(on, twin)).toEqual([{ day: 0, votes: 1 }, { day: 1, votes: 1 }]);
    await sound(on);
    await on.undo(merge);
    expect(await allRows(on.database)).toEqual(before);
    await sound(on);
  });

  test("never make a day count more than its votes, and what was spent stays spent", async () => {
    await using on = await startMergeStage();
    const { into, from, goes } = await twoShows(on);
    const [fan] = (await buildFans(on.database, 1)) as [number];
    for (const title of ["Song 13", "Song 14", "Song 15"]) await on.vote(fan, goes.get(title)!);
    await cancel(on, from);
    for (let i = 2; i < 7; i += 1) {
      const { songs } = await addShow(on.database, await on.number("SELECT artist_id FROM shows WHERE id = ?", into), { titles: titles(10), day: i });
      for (const song of songs.values()) await on.vote(fan, song);
    }
    expect(await spentBy(on, fan)).toEqual([{ day: 0, votes: 50 }]);
    const before = await allRows(on.database);
    const merge = await on.merge("show", from, into);
    expect(await spentBy(on, fan)).toEqual([{ day: 0, votes: 50 }]);
    await sound(on);
    expect(await on.run("repairCounters", undefined)).toEqual([]);
    await on.undo(merge);
    expect(await allRows(on.database)).toEqual(before);
    await sound(on);
  });

  test("that another one has become since: what goes back to that one counts", async () => {
    await using on = await startMergeStage();
    const { into, from, goes } = await twoShows(on);
    const [fan] = (await buildFans(on.database, 1)) as [number];
    await on.vote(fan, goes.get("Song 13")!);
    const merge = await on.merge("show", from, into);
    on.clock.advance(1_000);
    await cancel(on, into);
    expect(await spentBy(on, fan)).toEqual([{ day: 0, votes: 0 }]);
    await on.undo(merge);
    expect(await spentBy(on, fan)).toEqual([{ day: 0, votes: 1 }]);
    await sound(on);
  });
});
