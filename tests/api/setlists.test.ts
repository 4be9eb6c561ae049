import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hugeSets, variedSets } from "#tests/support/browser-came-in.ts";
import { buildShow, titles, type ShowSpec } from "#tests/support/builders.ts";
import { buildSetlist, type SetlistSpec } from "#tests/support/came-in.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const over: ShowSpec = { localDate: "2026-06-10", status: "completed" };

/** A show that is over, with what was played. */
async function played(...setlists: SetlistSpec[]) {
  const show = await buildShow(server.database, over);
  const built = [];
  for (const setlist of setlists) built.push(await buildSetlist(server.database, show, setlist));
  return { ...show, built };
}

const actual = async (show: string | number) => (await server.client.setlists.actual.query({ show })).items;

describe("what was played", () => {
  test("comes whole: sets and encores in order, covers, guests, tapes, notes, and where it has to be linked to", async () => {
    const { slug, showId, built } = await played({ sets: variedSets, note: "The lights went out." });
    const [setlist, ...others] = await actual(slug);
    expect(others).toEqual([]);
    expect(setlist).toMatchObject({
      provider: "setlistfm",
      source: "setlist.fm",
      url: built[0]!.url,
      linkText: "This setlist on setlist.fm",
      note: "The lights went out.",
    });
    const { sets } = setlist!;
    expect(sets.map(({ name, encore, songs }) => [name, encore, songs.map((song) => song.position)])).toEqual([
      [null, null, [1, 2, 3, 4]],
      ["Acoustic:", null, [5, 6, 7]],
      [null, 1, [8]],
      [null, 2, [9, 10]],
    ]);
    const [intro, , cover, duet] = sets[0]!.songs;
    expect(intro).toEqual({ position: 1, title: "Intro", songId: null, coverOf: null, guest: null, tape: true, note: "Overture of an opera", segue: false, medley: null });
    expect(cover).toMatchObject({ title: "Someone Else's Song", coverOf: "The Others", tape: false });
    expect(duet).toMatchObject({ guest: "Ms. Guest", note: "First time in ten years" });
    expect(sets[1]!.songs.map((song) => song.title)).toEqual(["Quiet", "שיר השירים (live) 2", "أغنية طويلة عن الحب"]);
    expect(await actual(showId)).toEqual([setlist]);
    expect((await server.client.shows.get.query({ show: slug })).setlists).toEqual([setlist]);
  });

  test("of several accounts each stands on its own", async () => {
    const { slug, built } = await played({ sets: [{ songs: ["Matinee"] }] }, { sets: [{ songs: ["Soirée"] }] });
    const setlists = await actual(slug);
    expect(setlists.map(({ id, url }) => ({ id, url }))).toEqual(built);
    expect(setlists.map(({ sets }) => sets.map(({ songs }) => songs.map((song) => song.title)))).toEqual([[["Matinee"]], [["Soirée"]]]);
  });

  test("of which nobody has written down a song has no set, also where a set was begun", async () => {
    const { slug } = await played({}, { sets: [{ name: "Main", songs: [] }, { encore: 1, songs: ["Only this"] }] });
    const [none, begun] = await actual(slug);
    expect(none!.sets).toEqual([]);
    expect(begun!.sets.map(({ encore, songs }) => [encore, songs.length])).toEqual([[1, 1]]);
  });

  test("of 293 songs comes whole and as written", async () => {
    const { slug } = await played({ sets: hugeSets });
    const { sets } = (await actual(slug))[0]!;
    expect(sets.map(({ songs }) => songs.length)).toEqual([290, 3]);
    expect(sets[1]!.songs.map((song) => song.position)).toEqual([291, 292, 293]);
    expect(sets[1]!.songs.at(-1)!.title).toBe("<img src=x onerror=alert(1)>");
  });

  test("of a show without one is nothing", async () => {
    const { slug } = await buildShow(server.database);
    expect(await actual(slug)).toEqual([]);
  });

  test.each([
    ["a show that is not there", "no-such-show", "not_found"],
    ["what is no slug", "No Show!", "invalid"],
    ["a negative id", -1, "invalid"],
  ])("of %s is refused", async (_what, show, reason) => {
    expect(await refusalOf(actual(show))).toMatchObject({ reason });
  });
});

describe("a setlist that is stored", () => {
  const record = (id: string, version: string, localDate: string) => ({
    id,
    version,
    artist: { id: "a", name: "A", sameAs: [] },
    localDate,
    venue: { id: "v", name: "A Hall", city: "Berlin", region: null, country: "DE", latitude: 52.5, longitude: 13.4, timeZone: "Europe/Berlin", url: null },
    tour: null,
    sets: [{ name: null, encore: null, songs: titles(3).map((title) => ({ title, coverOf: null, guest: null, tape: false, note: null })) }],
    note: null,
    editedAt: null,
    url: `https://www.setlist.fm/setlist/${id}.html`,
  });

  test("says so once for each show, and not again while it is the same", async () => {
    const show = await buildShow(server.database, over);
    const store = async (...records: ReturnType<typeof record>[]) => {
      const [before] = await server.database.rows("SELECT coalesce(max(seq), 0) AS seq FROM events");
      const stored = await server.write("storeSetlists", { artistId: show.artistId, provider: "setlistfm", records });
      const rows = await server.database.rows("SELECT kind, show_id, payload FROM events WHERE seq > ? ORDER BY seq", Number(before!["seq"]));
      return { stored, events: rows.map((row) => [row["kind"], row["show_id"], JSON.parse(String(row["payload"])) as unknown]) };
    };
    const [first] = [record("one", "v1", "2026-06-10")];
    const told = await store(first, record("two", "v1", "2026-05-01"));
    expect(told.stored).toBe(2);
    expect(told.events).toHaveLength(2);
    expect(told.events).toContainEqual(["setlist.changed", show.showId, { status: "final" }]);
    expect(await store(first)).toEqual({ stored: 0, events: [] });
    expect((await store(record("one", "v2", "2026-06-10"))).events).toEqual([["setlist.changed", show.showId, { status: "final" }]]);
    expect((await actual(show.slug)).map(({ version }) => version)).toEqual(["v2"]);
  });
});
