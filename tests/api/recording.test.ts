import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startOf } from "#server/commands/scores/score-fans.ts";
import { refreshUnmatched } from "#server/commands/setlists/note-unmatched.ts";
import { readSetlistVersions } from "#server/views/sync-plan.ts";
import { buildShow, titles, type ShowSpec } from "#tests/support/builders.ts";
import { buildSetlist } from "#tests/support/came-in.ts";
import { eventsSince, lastSeq } from "#tests/support/outbox.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { startTestServer, type TestFan, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;
let mo: TestFan;

beforeAll(async () => {
  server = await startTestServer();
  mo = await server.fan("Mo", "moderator");
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => server.clock.set("2026-06-13T19:00:00Z"));

/** A version: how often it was written, and which save it was. */
const nth = (count: number) => expect.stringMatching(new RegExp(`^${count}\\.[a-z0-9]+$`)) as unknown;

/** A show that began at 20:00 in Berlin, an hour ago. */
const tonight: ShowSpec = { localDate: "2026-06-13", status: "ongoing", ballot: ["Dawn", "Dusk", "Lantern", "Ferry"], catalogue: ["Rare One"] };

const set = (songs: (string | { title?: string; songId?: number; tape?: boolean; coverOf?: string; medley?: number })[], more: { name?: string; encore?: number } = {}) => ({
  ...more,
  songs: songs.map((song) => (typeof song === "string" ? { title: song } : song)),
});
const actual = async (show: string) => (await server.client.setlists.actual.query({ show })).items;
const auditOf = async (showId: number) =>
  (await server.database.rows("SELECT action, actor_id, details FROM audit_log WHERE subject = 'show' AND subject_id = ? ORDER BY id", showId)).map((row) => ({
    action: row["action"],
    by: row["actor_id"],
    details: JSON.parse(String(row["details"])) as Record<string, unknown>,
  }));
const jobsOf = async (key: number) =>
  (await server.database.rows("SELECT name FROM jobs WHERE key = ? AND state = 'queued' ORDER BY name", String(key))).map(({ name }) => name);

describe("a setlist that a moderator writes down", () => {
  test("is there whole, matched to the artist's songs, and what matches none is told and waits to be looked at", async () => {
    const show = await buildShow(server.database, tonight);
    const rare = show.catalogueSongIds[0]!;
    const sets = [
      set([{ title: "Walk-on", tape: true }, "dawn!", { songId: rare }, { title: "Changes", coverOf: "Others" }]),
      set(["Dusk"], { encore: 1 }),
    ];
    const seq = await lastSeq(server.database);
    const answer = await mo.client.setlists.record.mutate({ show: show.slug, version: null, sets, note: "A long night.\nRain." });
    expect(answer).toEqual({ showId: show.showId, version: nth(1), status: "live", songs: 5, unmatched: [{ position: 4, title: "Changes" }], locked: false });
    const [setlist, ...others] = await actual(show.slug);
    expect(others).toEqual([]);
    expect(setlist).toMatchObject({ provider: null, url: null, status: "live", version: answer.version, note: "A long night.\nRain." });
    expect(setlist!.sets.map(({ encore, songs }) => [encore, songs.map(({ title }) => title)])).toEqual([
      [null, ["Walk-on", "dawn!", "Rare One", "Changes"]],
      [1, ["Dusk"]],
    ]);
    expect(setlist!.sets[0]!.songs.map(({ songId }) => songId !== null)).toEqual([false, true, true, false]);
    expect(await eventsSince(server.database, seq)).toEqual([{ kind: "setlist.changed", show: show.showId, payload: { status: "live" } }]);
    const { items } = await mo.client.setlists.unmatched.list.query();
    expect(items.find(({ artist }) => artist.id === show.artistId)).toMatchObject({ title: "Changes", coverOf: "Others", times: 1, lastPlayedOn: "2026-06-13" });
    // Nothing is learnt from a setlist that still grows.
    expect(await jobsOf(show.artistId)).not.toContain("study-artist");
    await mo.client.setlists.record.mutate({ show: show.slug, sets, finished: true });
    expect(await jobsOf(show.artistId)).toContain("study-artist");
  });

  test("counts up its version with each change, and keeps before and after in the audit log as one piece", async () => {
    const show = await buildShow(server.database, tonight);
    const record = (songs: string[], version: string | null, finished = false) => mo.client.setlists.record.mutate({ show: show.slug, version, sets: [set(songs)], finished });
    const first = await record(["Dawn", "Dusk"], null);
    const second = await record(["Dawn", "Lantern", "Dusk"], first.version);
    expect(await record(["Dawn", "Lantern", "Dusk"], second.version, true)).toMatchObject({ version: nth(3), status: "final" });
    const log = await auditOf(show.showId);
    expect(log.map(({ action, by }) => [action, by])).toEqual(Array.from({ length: 3 }, () => ["setlist.record", mo.id]));
    const [dawn, lantern, dusk] = [0, 2, 1].map((i) => expect.stringMatching(new RegExp(`^${tonight.ballot![i]}; song \\d+$`)) as unknown);
    expect(log.map(({ details }) => details)).toEqual([
      { version: nth(1), at: 1, before: [], after: ["Set:", dawn, dusk], status: "live" },
      { version: nth(2), at: 3, before: [], after: [lantern] },
      { version: nth(3), status: "final" },
    ]);
  });

  test("is not written twice when an answer was lost and the same is sent again", async () => {
    const show = await buildShow(server.database, tonight);
    const send = () => mo.client.setlists.record.mutate({ show: show.slug, version: null, sets: [set(["Dawn"])] });
    const { version } = await send();
    const seq = await lastSeq(server.database);
    expect(await send()).toMatchObject({ version });
    expect(await eventsSince(server.database, seq)).toEqual([]);
  });

  test("of two moderators the later one is told who was first, and nothing is overwritten", async () => {
    const show = await buildShow(server.database, tonight);
    const ada = await server.fan("Ada", "admin");
    const { version } = await ada.client.setlists.record.mutate({ show: show.slug, version: null, sets: [set(["Dawn", "Dusk"])] });
    const late = (version: string | null) => mo.client.setlists.record.mutate({ show: show.slug, version, sets: [set(["Ferry"])] });
    expect(await refusalOf(late(null))).toMatchObject({ status: 409, reason: "changed_meanwhile", message: expect.stringContaining("Ada has changed this setlist meanwhile.") as unknown });
    expect((await actual(show.slug))[0]!.sets[0]!.songs).toHaveLength(2);
    expect(await late(version)).toMatchObject({ version: nth(2) });
  });

  test("is known again by the save that wrote it, and no version comes twice, removed and written again or not", async () => {
    const show = await buildShow(server.database, tonight);
    const record = (save: string, version: string | null, songs: string[]) => mo.client.setlists.record.mutate({ show: show.slug, version, save, sets: [set(songs)] });
    const first = await record("aaaaaaaa", null, ["Dawn"]);
    expect(first.version).toBe("1.aaaaaaaa");
    await mo.client.setlists.remove.mutate({ show: show.slug });
    await record("bbbbbbbb", null, ["Ferry"]);
    expect(await refusalOf(record("cccccccc", first.version, ["Dawn", "Dusk"]))).toMatchObject({ reason: "changed_meanwhile" });
    expect(await mo.client.setlists.recorded.query({ show: show.slug })).toMatchObject({ localDate: "2026-06-13", recorded: { by: "Mo", setlist: { version: "1.bbbbbbbb", sets: [{ songs: [{ title: "Ferry" }] }] } } });
  });

  test("is removed only as the one who removes it has seen it", async () => {
    const show = await buildShow(server.database, tonight);
    const record = (songs: string[]) => mo.client.setlists.record.mutate({ show: show.slug, sets: [set(songs)] });
    const seen = await record(["Dawn"]);
    const now = await record(["Dawn", "Dusk"]);
    const remove = (version: string | null) => mo.client.setlists.remove.mutate({ show: show.slug, version });
    for (const other of [seen.version, null]) expect(await refusalOf(remove(other))).toMatchObject({ status: 409, reason: "changed_meanwhile", message: expect.stringContaining("Mo has changed") as unknown });
    expect((await actual(show.slug))[0]!.sets[0]!.songs).toHaveLength(2);
    await remove(now.version);
    expect(await actual(show.slug)).toEqual([]);
  });

  test("that is final stays so through an edit and is scored again; only who says that there was more takes that back", async () => {
    const show = await buildShow(server.database, { ...tonight, status: "upcoming" });
    server.clock.set("2026-06-13T12:00:00Z");
    const fan = await server.fan();
    await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
    server.clock.set("2026-06-13T20:00:00Z");
    const record = (songs: string[], finished?: boolean) => mo.client.setlists.record.mutate({ show: show.slug, sets: [set(songs)], finished });
    const score = () => server.write("scoreFans", startOf(show.showId));
    const scores = () => server.database.rows("SELECT hits FROM fan_scores WHERE show_id = ?", show.showId);
    await record(["Dusk"], true);
    await score();
    expect(await scores()).toEqual([{ hits: 0 }]);
    await server.database.change((tx) => tx.run("DELETE FROM jobs WHERE name = 'score-show'"));
    expect(await record(["Dusk", "Dawn"])).toMatchObject({ status: "final" });
    expect(await jobsOf(show.showId)).toContain("score-show");
    await score();
    expect(await scores()).toEqual([{ hits: 1 }]);
    expect(await record(["Dusk", "Dawn"], false)).toMatchObject({ status: "live" });
    expect(await record([], undefined)).toMatchObject({ status: "provisional" });
  });

  test("counts before a provider's, which counts again once it is removed", async () => {
    const show = await buildShow(server.database, tonight);
    await buildSetlist(server.database, show, { sets: [{ songs: ["Dawn", "Dusk", "Ferry"] }] });
    await mo.client.setlists.record.mutate({ show: show.slug, sets: [set(["Dawn"])] });
    expect((await actual(show.slug)).map(({ provider }) => provider)).toEqual(["setlistfm", null]);
    expect((await mo.client.setlists.recording.query({ show: show.slug })).recorded).toMatchObject({ by: "Mo", setlist: { version: nth(1) } });
    await mo.client.setlists.remove.mutate({ show: show.slug });
    expect((await actual(show.slug)).map(({ provider }) => provider)).toEqual(["setlistfm"]);
    expect((await auditOf(show.showId)).at(-1)).toMatchObject({ action: "setlist.remove", details: { version: nth(1), before: ["Set:", expect.stringContaining("Dawn") as unknown], after: [] } });
    expect(await refusalOf(mo.client.setlists.remove.mutate({ show: show.slug }))).toMatchObject({ reason: "not_recorded" });
  });

  test("asks for scores once it is final and somebody has voted", async () => {
    const show = await buildShow(server.database, { ...tonight, status: "upcoming" });
    server.clock.set("2026-06-13T12:00:00Z");
    const fan = await server.fan();
    await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
    server.clock.set("2026-06-13T20:00:00Z");
    const record = (finished: boolean) => mo.client.setlists.record.mutate({ show: show.slug, sets: [set(["Dawn"])], finished });
    await record(false);
    expect(await jobsOf(show.showId)).not.toContain("score-show");
    await record(true);
    expect(await jobsOf(show.showId)).toContain("score-show");
  });

  test("takes a medley apart where every part is a song, and leaves alone what is one", async () => {
    const show = await buildShow(server.database, { ...tonight, ballot: ["Dawn", "Dusk", "Night / Day"] });
    await server.database.change((tx) => tx.run("UPDATE songs SET title_key = 'nightday' WHERE title = 'Night / Day'"));
    await mo.client.setlists.record.mutate({ show: show.slug, sets: [set(["Dawn / Dusk", "Night / Day", "Dawn > Dusk", "Dawn / Elsewhere"])] });
    const [setlist] = await actual(show.slug);
    expect(setlist!.sets[0]!.songs.map(({ title, medley, segue, songId }) => [title, medley, segue, songId !== null])).toEqual([
      ["Dawn", 1, false, true],
      ["Dusk", 1, false, true],
      ["Night / Day", null, false, true],
      ["Dawn", 2, true, true],
      ["Dusk", 2, false, true],
      ["Dawn / Elsewhere", null, false, true],
    ]);
  });
});

describe("before the close", () => {
  test("a setlist on the day of the show locks voting first, and the audit log says why", async () => {
    const show = await buildShow(server.database, { ...tonight, status: "upcoming" });
    server.clock.set("2026-06-13T12:00:00Z");
    const fan = await server.fan();
    const seq = await lastSeq(server.database);
    expect(await mo.client.setlists.record.mutate({ show: show.slug, sets: [set(["Dawn"])] })).toMatchObject({ locked: true, status: "live" });
    expect((await eventsSince(server.database, seq)).map(({ kind }) => kind)).toEqual(["voting.changed", "setlist.changed"]);
    expect(await refusalOf(fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! }))).toMatchObject({ reason: "voting_closed" });
    const [lock] = await auditOf(show.showId);
    expect(lock).toMatchObject({ action: "voting.lock", by: mo.id, details: { note: "A setlist that was written down here came in while voting was open.", before: { locked: false }, after: { locked: true } } });
  });

  test("an empty one locks nothing", async () => {
    const show = await buildShow(server.database, { ...tonight, status: "upcoming" });
    server.clock.set("2026-06-13T12:00:00Z");
    expect(await mo.client.setlists.record.mutate({ show: show.slug, sets: [] })).toMatchObject({ locked: false, songs: 0, status: "provisional" });
    expect((await server.client.shows.get.query({ show: show.slug })).voting.open).toBe(true);
  });

  test("one before the show's day at the venue is refused, and nothing changes", async () => {
    const show = await buildShow(server.database, { ...tonight, localDate: "2026-06-14", status: "upcoming" });
    const record = () => mo.client.setlists.record.mutate({ show: show.slug, sets: [set(["Dawn"])] });
    server.clock.set("2026-06-13T21:59:59Z");
    expect(await refusalOf(record())).toMatchObject({ status: 409, reason: "too_early", message: expect.stringContaining("from that day on") as unknown });
    expect(await mo.client.setlists.recording.query({ show: show.slug })).toMatchObject({ closedBecause: "too_early", recorded: null });
    server.clock.set("2026-06-13T22:00:00Z");
    expect(await record()).toMatchObject({ locked: true });
  });

  const fromProvider = (version: string, showDate: string, songs: string[]) => ({
    id: `early-${showDate}`,
    version,
    artist: { id: "a", name: "A", sameAs: [] },
    localDate: showDate,
    venue: null,
    tour: null,
    sets: [{ name: null, encore: null, songs: songs.map((title) => ({ title, coverOf: null, guest: null, tape: false, note: null })) }],
    note: null,
    editedAt: null,
    url: "https://www.setlist.fm/setlist/x.html",
  });

  test("a provider's before the show's start is kept without its songs, untold, and taken whole then, which locks voting that goes on", async () => {
    const show = await buildShow(server.database, { ...tonight, localDate: "2026-06-20", status: "upcoming" });
    await server.database.change((tx) => tx.run(`UPDATE predicted_setlists SET closes_at = ${Date.parse("2026-06-20T19:00:00Z")} WHERE show_id = ${show.showId}`));
    const store = () => server.write("storeSetlists", { artistId: show.artistId, provider: "setlistfm", records: [fromProvider("v1", "2026-06-20", ["Dawn"])] });
    const seq = await lastSeq(server.database);
    expect(await store()).toBe(1);
    expect(await store()).toBe(0);
    expect((await actual(show.slug)).map(({ sets }) => sets)).toEqual([[]]);
    expect(await eventsSince(server.database, seq)).toEqual([]);
    expect((await server.client.shows.get.query({ show: show.slug })).voting.open).toBe(true);
    server.clock.set("2026-06-20T17:59:59Z");
    expect(await store()).toBe(0);
    server.clock.set("2026-06-20T18:00:00Z");
    expect(await store()).toBe(1);
    expect((await actual(show.slug))[0]).toMatchObject({ version: "v1", sets: [{ songs: [{ title: "Dawn" }] }] });
    expect((await eventsSince(server.database, seq)).map(({ kind }) => kind)).toEqual(["voting.changed", "setlist.changed"]);
    const [lock] = await auditOf(show.showId);
    expect(lock).toMatchObject({ action: "voting.lock", by: null, details: { note: "A setlist of setlist.fm came in while voting was open." } });
  });

  test("a provider's that changes after it was told of is in the audit log with before and after", async () => {
    const show = await buildShow(server.database, tonight);
    const store = (version: string, songs: string[]) => server.write("storeSetlists", { artistId: show.artistId, provider: "setlistfm", records: [{ ...fromProvider(version, "2026-06-13", songs), id: "edited" }] });
    await store("v1", ["Dawn", "Dusk"]);
    expect(await auditOf(show.showId)).toEqual([]);
    await store("v2", ["Dawn", "Ferry"]);
    expect(await auditOf(show.showId)).toMatchObject([{ action: "setlist.change", by: null, details: { provider: "setlistfm", version: "v2", at: 3, before: [expect.stringContaining("Dusk")], after: [expect.stringContaining("Ferry")] } }]);
  });
});

test("a provider's setlist of a night goes to the show at which one was written down here, and makes no other", async () => {
  const show = await buildShow(server.database, tonight);
  await mo.client.setlists.record.mutate({ show: show.slug, sets: [set(["Dawn"])] });
  const told = { id: "night", version: "v1", artist: { id: "a", name: "A", sameAs: [] }, localDate: "2026-06-13", venue: null, tour: null, note: null, editedAt: null, url: "https://www.setlist.fm/setlist/n.html" };
  const sets = [{ name: null, encore: null, songs: [{ title: "Dusk", coverOf: null, guest: null, tape: false, note: null }] }];
  await server.write("storeSetlists", { artistId: show.artistId, provider: "setlistfm", records: [{ ...told, sets }] });
  expect((await actual(show.slug)).map(({ provider }) => provider)).toEqual([null, "setlistfm"]);
  expect(await readSetlistVersions(server.database.reader, show.showId)).toEqual(["v1"]);
});

test("of several that were written down here, as shows became one, one is left with the next change; the audit log keeps the others", async () => {
  const show = await buildShow(server.database, tonight);
  const { version } = await mo.client.setlists.record.mutate({ show: show.slug, sets: [set(["Dawn", "Dusk"])] });
  await server.database.change(async (tx) => {
    await tx.run(`INSERT INTO actual_setlists (id, show_id, version, stored_at) VALUES (70000, ${show.showId}, '7', 0)`);
    await tx.run("INSERT INTO actual_sets (setlist_id, number) VALUES (70000, 1)");
    await tx.run("INSERT INTO played_songs (setlist_id, position, set_number, title, title_key, tape) VALUES (70000, 1, 1, 'Odd One', 'oddone', 0)");
    await refreshUnmatched(tx, show.artistId);
  });
  const waiting = async () => (await mo.client.setlists.unmatched.list.query()).items.filter(({ artist }) => artist.id === show.artistId).map(({ title }) => title);
  expect(await waiting()).toEqual(["Odd One"]);
  expect(await actual(show.slug)).toHaveLength(2);
  expect(await mo.client.setlists.record.mutate({ show: show.slug, version, sets: [set(["Dawn"])] })).toMatchObject({ version: nth(2) });
  expect(await actual(show.slug)).toHaveLength(1);
  expect(await auditOf(show.showId)).toContainEqual({ action: "setlist.remove", by: mo.id, details: { version: "7", at: 1, before: ["Set:", "Odd One; no song of ours"], after: [] } });
  expect(await waiting()).toEqual([]);
});

describe("bad input", () => {
  test.each([
    ["a cancelled show", "cancelled", "marked as cancelled"],
    ["a show that was put off", "postponed", "put off"],
  ] as const)("%s has no setlist", async (_what, status, says) => {
    const show = await buildShow(server.database, { ...tonight, status });
    expect(await refusalOf(mo.client.setlists.record.mutate({ show: show.slug, sets: [set(["Dawn"])] }))).toMatchObject({ status: 409, reason: "not_played", message: expect.stringContaining(says) as unknown });
    expect(await actual(show.slug)).toEqual([]);
  });

  test("that is all of nothing is refused", async () => {
    const show = await buildShow(server.database, tonight);
    expect(await refusalOf(mo.client.setlists.record.mutate({ show: show.slug, sets: [set([])], finished: true }))).toMatchObject({ reason: "no_songs" });
  });

  test("a marathon of 300 songs is kept, the same song twice too; 401 are refused", async () => {
    const show = await buildShow(server.database, tonight);
    const record = (songs: string[]) => mo.client.setlists.record.mutate({ show: show.slug, sets: [set(songs)] });
    expect(await record([...titles(298, "Take"), "Dawn", "Dawn"])).toMatchObject({ songs: 300 });
    const [setlist] = await actual(show.slug);
    expect(setlist!.sets[0]!.songs.slice(-2).map(({ songId }) => songId)).toEqual(Array(2).fill(expect.any(Number)));
    expect(await refusalOf(record(titles(401, "Take")))).toMatchObject({ reason: "invalid", fields: { "sets.0.songs": "A setlist has at most 400 songs." } });
    const halves = Array.from({ length: 201 }, () => "Dawn / Dusk");
    expect(await refusalOf(record(halves))).toMatchObject({ reason: "invalid", fields: { sets: "A setlist has at most 400 songs; this one has 402." } });
  });

  test("another artist's song and a song without a title are refused by their place", async () => {
    const [show, other] = [await buildShow(server.database, tonight), await buildShow(server.database, tonight)];
    const record = (song: { songId?: number; title?: string }) => mo.client.setlists.record.mutate({ show: show.slug, sets: [set(["Dawn", song])] });
    expect(await refusalOf(record({ songId: other.catalogueSongIds[0]! }))).toMatchObject({ reason: "invalid", fields: { "sets.0.songs.1.songId": expect.any(String) as unknown } });
    expect(await refusalOf(record({ title: " " }))).toMatchObject({ reason: "invalid", fields: { "sets.0.songs.1.title": expect.any(String) as unknown } });
  });

  test("fans and strangers may not", async () => {
    const show = await buildShow(server.database, tonight);
    const fan = await server.fan();
    expect(await refusalOf(fan.client.setlists.record.mutate({ show: show.slug, sets: [] }))).toMatchObject({ status: 403 });
    for (const name of ["recording", "recorded"] as const) expect(await refusalOf(server.client.setlists[name].query({ show: show.slug }))).toMatchObject({ status: 401 });
    expect(await refusalOf(fan.client.setlists.remove.mutate({ show: show.slug }))).toMatchObject({ status: 403 });
  });
});
