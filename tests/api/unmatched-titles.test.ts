import { afterAll, beforeAll, expect, test } from "vitest";
import { outcomeFacts } from "#db/queries/outcomes.ts";
import { entriesOf } from "#server/domain/setlists/entries.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
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

/** A show of yesterday at which some titles were played. */
async function played(titles: string[], spec: { artist?: string } = {}): Promise<BuiltShow> {
  const show = await buildShow(server.database, { localDate: "2026-06-12", status: "completed", ballot: ["Northbound", "Lantern", "Something on Your Mind"], ...spec });
  await record(show, titles);
  return show;
}

/** Another show of the same artist, of the day before. */
async function playedBefore({ artistId }: BuiltShow, titles: string[]): Promise<BuiltShow> {
  const show = await buildShow(server.database, { localDate: "2026-06-11", status: "completed", ballot: [] });
  await server.database.change((tx) => tx.run(`UPDATE shows SET artist_id = ${artistId} WHERE id = ${show.showId}`));
  await record(show, titles);
  return { ...show, artistId };
}

const record = (show: BuiltShow, titles: string[]) => mo.client.setlists.record.mutate({ show: show.slug, sets: [{ songs: titles.map((title) => ({ title })) }] });
const waiting = async (show: BuiltShow, status: "open" | "not_a_song" = "open") => (await mo.client.setlists.unmatched.list.query({ status, limit: 100 })).items.filter(({ artist }) => artist.id === show.artistId);
const entries = async (show: BuiltShow) => entriesOf((await outcomeFacts(server.database.reader, show.showId))!.setlists[0]!.entries);
const decide = (show: BuiltShow, titleKey: string, verdict: { is: "song"; songId: number } | { is: "new_song" | "not_a_song" }) => mo.client.setlists.unmatched.decide.mutate({ artist: show.artistId, titleKey, verdict });

test("a title that matches no song waits with the song that it is most like; what its words say is none does not", async () => {
  const show = await played(["Northbond", "There Is Something on Your Mind", "Zebra", "Drum Solo", "Interview"]);
  expect((await waiting(show))[0]).toMatchObject({ title: "Northbond", titleKey: "northbond", times: 1, lastPlayedOn: "2026-06-12", suggestion: { title: "Northbound", confidence: 0.8 } });
  const suggestions = new Map((await waiting(show)).map(({ title, suggestion }) => [title, suggestion?.title ?? null]));
  expect(suggestions).toEqual(new Map([["Northbond", "Northbound"], ["There Is Something on Your Mind", "Something on Your Mind"], ["Zebra", null]]));
  await record(show, ["Northbond"]);
  expect((await waiting(show)).map(({ title }) => title)).toEqual(["Northbond"]);
});

test("said to be a song it is that song where it was played and where it comes in later, and can be taken back", async () => {
  const show = await played(["Northbond", "Lantern"]);
  const songId = (await waiting(show))[0]!.suggestion!.songId;
  const seq = await lastSeq(server.database);
  expect(await decide(show, "northbond", { is: "song", songId })).toEqual({ songId, shows: 1 });
  expect(await eventsSince(server.database, seq)).toEqual([{ kind: "setlist.changed", show: show.showId, payload: {} }]);
  expect((await entries(show)).map((entry) => entry.songId === songId)).toEqual([true, false]);
  expect(await waiting(show)).toEqual([]);
  expect((await record(show, ["Lantern", "NORTHBOND!"])).unmatched).toEqual([]);
  expect((await server.database.rows("SELECT action, details FROM audit_log WHERE subject = 'artist' AND subject_id = ?", show.artistId)).map((row) => [row["action"], JSON.parse(String(row["details"])) as unknown])).toEqual([
    ["title.song", { titleKey: "northbond", title: "Northbond", songId }],
  ]);
  expect(await refusalOf(decide(show, "northbond", { is: "new_song" }))).toMatchObject({ status: 404 });
  await mo.client.setlists.unmatched.reopen.mutate({ artist: show.artistId, titleKey: "northbond" });
  expect((await entries(show)).map((entry) => entry.songId)).toEqual([expect.any(Number), null]);
  expect((await waiting(show)).map(({ title }) => title)).toEqual(["NORTHBOND!"]);
  expect(await refusalOf(mo.client.setlists.unmatched.reopen.mutate({ artist: show.artistId, titleKey: "lantern" }))).toMatchObject({ status: 404 });
});

test("a song of its own is in the catalogue from then on", async () => {
  const show = await played(["Zebra"]);
  const { songId } = await decide(show, "zebra", { is: "new_song" });
  expect((await server.client.songs.search.query({ artist: show.artistId, query: "zeb" })).items).toMatchObject([{ id: songId, title: "Zebra" }]);
  expect((await entries(show))[0]).toMatchObject({ kind: "song", songId });
});

test("what is no song counts as none, stays decided, and is made no song by being played again", async () => {
  const show = await played(["Birthday Wishes", "Lantern"]);
  expect((await entries(show)).map(({ kind }) => kind)).toEqual(["song", "song"]);
  await decide(show, "birthdaywishes", { is: "not_a_song" });
  expect((await entries(show)).map(({ kind }) => kind)).toEqual(["talk", "song"]);
  expect(await waiting(show)).toEqual([]);
  expect(await waiting(show, "not_a_song")).toMatchObject([{ title: "Birthday Wishes", decidedBy: "Mo" }]);
  expect(await refusalOf(decide(show, "birthdaywishes", { is: "new_song" }))).toMatchObject({ status: 409, reason: "already_decided" });
  await playedBefore(show, ["Birthday Wishes", "Lantern"]);
  await server.write("makeBallots", { artistId: show.artistId });
  expect((await server.client.songs.search.query({ artist: show.artistId, query: "birthday" })).items).toEqual([]);
  await mo.client.setlists.unmatched.reopen.mutate({ artist: show.artistId, titleKey: "birthdaywishes" });
  expect((await waiting(show)).map(({ title }) => title)).toEqual(["Birthday Wishes"]);
});

test("once a title is a song of the catalogue by itself, played at two shows, these are told of and it waits no more", async () => {
  const show = await played(["Zebra", "Zebra"]);
  await server.write("makeBallots", { artistId: show.artistId });
  expect(await waiting(show)).toMatchObject([{ title: "Zebra", times: 1 }]);
  const before = await playedBefore(show, ["Zebra"]);
  const seq = await lastSeq(server.database);
  await server.write("makeBallots", { artistId: show.artistId });
  expect((await eventsSince(server.database, seq)).filter(({ kind }) => kind === "setlist.changed").map((event) => event.show)).toEqual([show.showId, before.showId]);
  expect(await waiting(show)).toEqual([]);
});

test("a title is counted by shows, whatever else is written down of them", async () => {
  const show = await played(["Zebra", "Quagga"]);
  const before = await playedBefore(show, ["Zebra"]);
  const told = async () => (await waiting(show)).map(({ title, times, lastPlayedOn }) => [title, times, lastPlayedOn]);
  expect(await told()).toEqual([["Zebra", 2, "2026-06-12"], ["Quagga", 1, "2026-06-12"]]);
  await record(show, ["Quagga", "Lantern"]);
  expect(await told()).toEqual([["Quagga", 1, "2026-06-12"], ["Zebra", 1, "2026-06-11"]]);
  await record(before, []);
  expect(await told()).toEqual([["Quagga", 1, "2026-06-12"]]);
});

test("an empty account of a show has no entries", async () => {
  const show = await played([]);
  expect(await entries(show)).toEqual([]);
});

test("the list goes by how often, page by page, each title once; for moderators alone", async () => {
  const show = await played(["Alpha", "Beta", "Gamma"]);
  const titles: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await mo.client.setlists.unmatched.list.query({ limit: 2, cursor });
    titles.push(...page.items.filter(({ artist }) => artist.id === show.artistId).map(({ title }) => title));
    expect(page.counts.open).toBeGreaterThanOrEqual(3);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(titles).toEqual(["Alpha", "Beta", "Gamma"]);
  expect(await refusalOf((await server.fan()).client.setlists.unmatched.list.query())).toMatchObject({ status: 403 });
  const other = await played(["Delta"]);
  expect(await refusalOf(decide(show, "alpha", { is: "song", songId: other.catalogueSongIds[0]! }))).toMatchObject({ reason: "invalid", fields: { songId: expect.any(String) as unknown } });
});
