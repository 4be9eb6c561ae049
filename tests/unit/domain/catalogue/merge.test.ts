import { expect, test } from "vitest";
import { mergeSongs } from "#server/domain/catalogue/merge.ts";
import { CatalogueStore, record } from "./store.ts";

function imported(...records: Parameters<CatalogueStore["take"]>[1]) {
  const store = new CatalogueStore();
  store.take("musicbrainz", records);
  return store;
}

test("single, remaster, live, demo and remix are one song, shown as it first came out", () => {
  const store = imported(
    record("1", "Paper Lantern (Live at Wembley)", { releasedOn: "1998" }),
    record("2", "Paper Lantern - Remastered 2011", { releasedOn: "2011-05-01" }),
    record("3", "Paper Lantern", { releasedOn: "1999-03-02" }),
    record("4", "PAPER LANTERN", { releasedOn: "2004" }),
    record("5", "Paper Lantern (demo)", { releasedOn: "1996" }),
  );
  expect(store.songs()).toMatchObject([{ title: "Paper Lantern", releasedOn: "1996", ballot: true, why: "song" }]);
});

test("recordings of one work are one song whatever they are called, and its other names are kept", () => {
  const store = imported(
    record("1", "Hill Song", { workId: "w1", releasedOn: "1990" }),
    record("2", "The Song of the Hill", { workId: "w1", releasedOn: "1995" }),
    record("3", "Valley Song", { workId: "w2" }),
  );
  expect(store.songs().map(({ title }) => title)).toEqual(["Hill Song", "Valley Song"]);
  expect(store.songs()[0]).toMatchObject({ aliasKeys: ["songofthehill"] });
});

test("two works of one title are one song: a ballot could not tell them apart", () => {
  const store = imported(record("1", "Hurt", { workId: "w1", note: "the ballad" }), record("2", "Hurt", { workId: "w2", note: "the waltz" }));
  expect(store.songs()).toHaveLength(1);
});

test("an odd title of one recording of a work draws no other song in", () => {
  const store = imported(
    record("1", "Hill Song", { workId: "w1", releasedOn: "1990" }),
    record("2", "Intro", { workId: "w1", note: "live, 1991-01-01: Leeds" }),
    record("3", "Intro", { durationMs: 40_000 }),
  );
  expect(store.songs().map(({ title, why }) => [title, why])).toEqual([
    ["Hill Song", "song"],
    ["Intro", "not_a_song"],
  ]);
});

test("a work's plainer title that comes later renames its song, whose id stays", () => {
  const store = imported(record("1", "Hill Jam", { workId: "w1", note: "live, 1991-01-01: Leeds" }));
  const [before] = store.songs();
  store.take("musicbrainz", [record("2", "Hill Song", { workId: "w1", releasedOn: "1990" })]);
  expect(store.songs()).toMatchObject([{ id: before!.id, key: "hillsong", title: "Hill Song", ballot: true, aliasKeys: ["hilljam"] }]);
});

test("a song that turns out to be another one goes into it, and the plan says so", () => {
  const store = imported(record("1", "Hill Song"), record("2", "Hill Jam", { workId: "w1", note: "live" }));
  const jam = store.songs().find(({ key }) => key === "hilljam")!;
  const plan = store.take("musicbrainz", [record("3", "Hill Song", { workId: "w1" })]);
  expect(plan.absorbed).toEqual([{ id: jam.id, intoKey: "hillsong" }]);
  expect(store.songs()).toMatchObject([{ title: "Hill Song" }]);
});

test("a song of live recordings joins the ballot when a studio one comes in", () => {
  const store = imported(record("1", "Hill Song", { note: "live, 1991-01-01: Leeds" }));
  expect(store.songs()).toMatchObject([{ ballot: false, why: "live_only" }]);
  store.take("spotify", [record("1", "Hill Song", { releasedOn: "2003" })]);
  expect(store.songs()).toMatchObject([{ ballot: true, why: "song" }]);
});

test("a recording that the provider renames leaves its old song", () => {
  const store = imported(record("1", "Hill Song"), record("2", "Hill Song (live)"));
  store.take("musicbrainz", [record("2", "Valley Song (live)")]);
  expect(store.songs().map(({ title, why }) => [title, why])).toEqual([
    ["Hill Song", "song"],
    ["Valley Song", "live_only"],
  ]);
});

test("a page that is stored already writes nothing", () => {
  const page = [record("1", "Hill Song", { workId: "w1" }), record("2", "Valley (Live)"), record("3", "???"), record("3", "???")];
  const store = imported(...page);
  expect(store.take("musicbrainz", page)).toEqual({ newSongs: [], changedSongs: [], variants: [], absorbed: [] });
});

test("a song without variants is nobody's to take away", () => {
  const song = { id: 7, key: "hillsong", title: "Hill Song", releasedOn: null, ballot: true, why: "song", aliasKeys: [] } as const;
  expect(mergeSongs([], { variants: [], songs: [{ ...song, aliasKeys: [] }] })).toEqual({ newSongs: [], changedSongs: [], variants: [], absorbed: [] });
});
