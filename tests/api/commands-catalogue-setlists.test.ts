import { describe, expect, test } from "vitest";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { artistRecord, played, setlistRecord, showRecord, songRecord, startCatalogueStage, venueRecord, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { watchRows } from "#tests/support/row-changes.ts";

const nights = (on: CatalogueStage) =>
  on.database.rows(`
    SELECT s.id, s.slug, s.status, s.local_date AS day, group_concat(a.provider_id) AS setlists
    FROM shows s LEFT JOIN actual_setlists a ON a.show_id = s.id GROUP BY s.id ORDER BY s.id`);
const songs = (on: CatalogueStage) =>
  on.database.rows("SELECT p.position, p.set_number AS 'set', p.title, p.cover_of AS cover, p.guest, p.tape, p.note FROM played_songs p ORDER BY setlist_id, position");
/** As setlist.fm has it: another id, another name, the place of the town. */
const there = (told: Parameters<typeof venueRecord>[0]) => venueRecord({ name: "Hall, big room", latitude: 51.3, longitude: 12.4, ...told });

describe("a setlist that comes in", () => {
  test("is kept whole and in order, and is not written again while its version is the same", async () => {
    await using on = await startCatalogueStage();
    await on.songs([songRecord({ id: "r", title: "Dawn" })]);
    const record = setlistRecord({
      id: "s",
      note: "Rain",
      sets: [
        { name: "Set 1", encore: null, songs: [played("Walk-on", { tape: true }), played("Dawn", { note: "slow" }), played("Dawn")] },
        { name: null, encore: null, songs: [] },
        { name: null, encore: 1, songs: [played("Old Song", { coverOf: { id: "o", name: "Others" }, guest: { id: null, name: "Elk" } })] },
      ],
    });
    expect(await on.setlists([record, record])).toBe(1);
    const plain = { cover: null, guest: null, tape: 0, note: null };
    expect(await songs(on)).toEqual([
      { ...plain, position: 1, set: 1, title: "Walk-on", tape: 1 },
      { ...plain, position: 2, set: 1, title: "Dawn", note: "slow" },
      { ...plain, position: 3, set: 1, title: "Dawn" },
      { ...plain, position: 4, set: 3, title: "Old Song", cover: "Others", guest: "Elk" },
    ]);
    expect(await on.database.rows("SELECT number, name, encore FROM actual_sets ORDER BY number")).toEqual([
      { number: 1, name: "Set 1", encore: null },
      { number: 2, name: null, encore: null },
      { number: 3, name: null, encore: 1 },
    ]);
    expect(await on.database.rows("SELECT count(*) AS n FROM played_songs WHERE song_id IS NOT NULL")).toEqual([{ n: 2 }]);
    const changes = await watchRows(on.database);
    expect(await on.setlists([record])).toBe(0);
    expect(await changes()).toEqual({});
  });

  test("in another version replaces the one that is there, down to nothing", async () => {
    await using on = await startCatalogueStage();
    await on.setlists([setlistRecord({ id: "s" }, ["Dawn", "Dusk", "Noon"])]);
    await on.setlists([setlistRecord({ id: "s", version: "2" }, ["Dusk"])]);
    expect((await songs(on)).map(({ title }) => title)).toEqual(["Dusk"]);
    await on.setlists([setlistRecord({ id: "s", version: "3" }, [])]);
    expect(await songs(on)).toEqual([]);
    expect(await nights(on)).toMatchObject([{ setlists: "s", status: "completed" }]);
    expect(await on.database.rows("SELECT version FROM actual_setlists")).toEqual([{ version: "3" }]);
  });

  test("of three hundred songs comes in whole", async () => {
    await using on = await startCatalogueStage();
    await on.setlists([setlistRecord({ id: "s" }, Array.from({ length: 300 }, (_, i) => `Song ${i % 250}`))]);
    expect(await songs(on)).toHaveLength(300);
  });
});

describe("a setlist and a show of the same night", () => {
  test.each([
    ["in one town", there({ id: "s1", latitude: null, longitude: null })],
    ["near each other, in towns of other names", there({ id: "s1", city: "Schkeuditz" })],
    ["where the setlist knows no venue", null],
  ])("meet %s, and votes stay", async (_, venue) => {
    await using on = await startCatalogueStage();
    await on.songs([songRecord({ id: "r", title: "Dawn" })]);
    await on.shows([showRecord({ id: "E1" })]);
    await on.setlists([setlistRecord({ id: "s", localDate: "2026-07-01", venue })]);
    expect(await nights(on)).toMatchObject([{ slug: "the-larks-hall-2026-07-01", setlists: "s", status: "upcoming" }]);
    expect(await on.database.rows("SELECT name FROM venues v JOIN shows s ON s.venue_id = v.id")).toEqual([{ name: "Hall" }]);
  });

  test.each([
    ["a day apart", { localDate: "2026-07-02" }],
    ["in towns far from each other", { localDate: "2026-07-01", venue: there({ id: "s1", city: "Oslo", latitude: 59.9, longitude: 10.7 }) }],
  ])("do not meet %s", async (_, told) => {
    await using on = await startCatalogueStage();
    await on.shows([showRecord({ id: "E1" })]);
    await on.setlists([setlistRecord({ id: "s", ...told })]);
    expect(await nights(on)).toHaveLength(2);
  });

  test("do not meet by the day of the other side of the date line", async () => {
    await using on = await startCatalogueStage();
    const venue = venueRecord({ id: "V1", city: "Auckland", country: "NZ", latitude: -36.85, longitude: 174.76, timeZone: "Pacific/Auckland" });
    // In UTC it is still the day before.
    await on.shows([showRecord({ id: "E1", venue, timeZone: null, localDate: "2026-07-01", startsAt: Date.parse("2026-06-30T20:00:00Z") })]);
    await on.setlists([setlistRecord({ id: "a", localDate: "2026-06-30", venue: { ...venue, id: "s1" } }), setlistRecord({ id: "b", localDate: "2026-07-01", venue: { ...venue, id: "s1" } })]);
    expect((await nights(on)).map(({ day, setlists }) => [day, setlists])).toEqual([["2026-07-01", "b"], ["2026-06-30", "a"]]);
  });

  test("are two and two: a matinee and an evening, each setlist at one", async () => {
    await using on = await startCatalogueStage();
    await on.shows([showRecord({ id: "E2" }), showRecord({ id: "E1", localTime: "14:00", startsAt: Date.parse("2026-07-01T12:00:00Z") })]);
    const venue = venueRecord({ id: "s1" });
    await on.setlists([setlistRecord({ id: "a", localDate: "2026-07-01", venue }), setlistRecord({ id: "b", localDate: "2026-07-01", venue })]);
    expect((await nights(on)).length).toBeGreaterThanOrEqual(2);
    const perShow = await on.database.rows("SELECT count(*) AS n FROM actual_setlists GROUP BY show_id");
    expect(perShow).toEqual([{ n: 1 }, { n: 1 }]);
  });

  test("before voting has closed are stored, and voting goes on", async () => {
    await using on = await startCatalogueStage();
    await on.songs([songRecord({ id: "r", title: "Dawn" })]);
    await on.shows([showRecord({ id: "E1" })]);
    await on.run("makeBallots", { artistId: on.artistId });
    await on.setlists([setlistRecord({ id: "s", localDate: "2026-07-01" })]);
    const [fan] = await buildFans(on.database, 1);
    expect(await on.run("castVotes", { fan: allowed(fan!, "vote"), setlistSongId: 1 })).toMatchObject({ verdict: "counted" });
  });

  test("at a festival of several days are told apart by the day", async () => {
    await using on = await startCatalogueStage();
    const days = ["2026-07-01", "2026-07-02", "2026-07-03"];
    await on.shows(days.map((localDate, i) => showRecord({ id: `E${i}`, localDate, startsAt: null, localTime: null })));
    await on.setlists([setlistRecord({ id: "s", localDate: days[1]!, venue: there({ id: "s1" }) })]);
    expect((await nights(on)).map(({ setlists }) => setlists)).toEqual([null, "s", null]);
  });
});

describe("a setlist that an edit moves", () => {
  const oslo = there({ id: "s2", name: "Club", city: "Oslo", country: "NO", latitude: 59.9, longitude: 10.7 });

  test("takes the show with it that it has made", async () => {
    await using on = await startCatalogueStage();
    await on.setlists([setlistRecord({ id: "s" })]);
    const [before] = await nights(on);
    await on.setlists([setlistRecord({ id: "s", version: "2", localDate: "2026-06-03", venue: oslo })]);
    expect(await nights(on)).toEqual([{ ...before, day: "2026-06-03" }]);
    expect(await on.database.rows("SELECT v.name FROM shows s JOIN venues v ON v.id = s.venue_id")).toEqual([{ name: "Club" }]);
  });

  test("leaves a provider's show where it is, and goes to the one of its new night", async () => {
    await using on = await startCatalogueStage();
    await on.shows([showRecord({ id: "E1" }), showRecord({ id: "E2", localDate: "2026-07-03", startsAt: null, localTime: null })]);
    const [one, two] = await nights(on);
    await on.setlists([setlistRecord({ id: "s", localDate: "2026-07-01" })]);
    await on.setlists([setlistRecord({ id: "s", version: "2", localDate: "2026-07-03" })]);
    expect(await nights(on)).toEqual([{ ...one, setlists: null }, { ...two, setlists: "s" }]);
    await on.setlists([setlistRecord({ id: "s", version: "3", localDate: "2026-06-01" })]);
    expect((await nights(on)).map(({ day, setlists }) => [day, setlists])).toEqual([["2026-07-01", null], ["2026-07-03", null], ["2026-06-01", "s"]]);
  });

  test("leaves no empty show of its own behind, unless fans have voted on it", async () => {
    await using on = await startCatalogueStage();
    await on.songs([songRecord({ id: "r", title: "Dawn" })]);
    await on.shows([showRecord({ id: "E1" }), showRecord({ id: "E2", localDate: "2026-07-05", startsAt: null, localTime: null })]);
    await on.setlists([setlistRecord({ id: "s" })]);
    await on.setlists([setlistRecord({ id: "s", version: "2", localDate: "2026-07-01" })]);
    expect((await nights(on)).map(({ day }) => day)).toEqual(["2026-07-01", "2026-07-05"]);
    expect(await on.database.rows("SELECT slug FROM removed_pages")).toEqual([{ slug: "the-larks-hall-2026-06-01" }]);

    await on.setlists([setlistRecord({ id: "t", localDate: "2026-07-04" })]);
    await on.run("makeBallots", { artistId: on.artistId });
    const [{ id: setlistSongId }] = (await on.database.rows("SELECT id FROM setlist_songs WHERE show_id = (SELECT max(id) FROM shows)")) as [{ id: number }];
    const [fan] = await buildFans(on.database, 1);
    await on.run("castVotes", { fan: allowed(fan!, "vote"), setlistSongId });
    await on.setlists([setlistRecord({ id: "t", version: "2", localDate: "2026-07-05" })]);
    expect((await nights(on)).map(({ day, setlists }) => [day, setlists])).toEqual([["2026-07-01", "s"], ["2026-07-05", "t"], ["2026-07-04", null]]);
    expect(await on.database.rows("SELECT count(*) AS n FROM votes")).toEqual([{ n: 1 }]);
  });

  test("to another venue of the same town stays at a provider's show", async () => {
    await using on = await startCatalogueStage();
    await on.shows([showRecord({ id: "E1" })]);
    await on.setlists([setlistRecord({ id: "s", localDate: "2026-07-01" })]);
    const before = await nights(on);
    await on.setlists([setlistRecord({ id: "s", version: "2", localDate: "2026-07-01", venue: there({ id: "s9", name: "Bar" }) })]);
    expect(await nights(on)).toEqual(before);
  });
});

test("a setlist of an artist who is another one here now goes to that one's show", async () => {
  await using on = await startCatalogueStage();
  const other = await on.artist(artistRecord({ id: "owl", name: "Owl" }));
  await on.setlists([setlistRecord({ id: "s" })]);
  await on.run("storeSetlists", { artistId: other, provider: "setlistfm", records: [setlistRecord({ id: "s", version: "2" })] });
  expect(await on.database.rows("SELECT artist_id AS artist FROM actual_setlists a JOIN shows s ON s.id = a.show_id")).toEqual([{ artist: other }]);
  expect(await nights(on)).toHaveLength(1);
});
