import { describe, expect, test } from "vitest";
import { dayFromWire, dayToWire, instantFromWire, instantToWire } from "#jobs/providers/setlistfm/dates.ts";
import { toArtist, toPage, toSetlist } from "#jobs/providers/setlistfm/to-domain.ts";
import { readArtist, readArtistPage, readSetlist, readSetlistPage } from "#jobs/providers/setlistfm/wire.ts";
import { artist, MBID, pageOf, setlist, venue } from "./setlistfm-answers.ts";

function read(body: object) {
  return toSetlist(readSetlist(body));
}

/** The setlist's record, with these fields of the answer replaced. */
function record(fields: object = {}) {
  const { records } = read({ ...setlist, ...fields });
  expect(records).toHaveLength(1);
  return records[0]!;
}

function songs(song: unknown) {
  return record({ sets: { set: [{ song }] } }).sets[0]!.songs;
}

function titles(fields: object) {
  return record(fields).sets.map((set) => set.songs.map(({ title }) => title));
}

describe("a setlist", () => {
  test("is taken whole", () => {
    expect(read(setlist)).toEqual({
      refused: [],
      records: [
        {
          id: "63de0001",
          version: "7be10001",
          artist: { id: MBID, name: "The Paper Lanterns", sameAs: [{ provider: "musicbrainz", id: MBID }] },
          localDate: "2024-02-29",
          venue: {
            id: "3bd00001",
            name: "Old Ferry Hall",
            city: "Berlin",
            cityGeonamesId: "2950159",
            region: "Berlin",
            country: "DE",
            latitude: 52.5243683,
            longitude: 13.41053,
            timeZone: null,
            url: venue.url,
          },
          tour: "Slow Boats",
          sets: [
            {
              name: "Acoustic:",
              encore: null,
              songs: [
                { title: "Kite Weather", coverOf: null, guest: null, tape: false, note: null },
                { title: "Harbour", coverOf: null, guest: null, tape: false, note: "new arrangement" },
              ],
            },
            {
              name: null,
              encore: 1,
              songs: [{ title: "Night Bus", coverOf: null, guest: null, tape: false, note: null }],
            },
          ],
          note: "First show of the tour.",
          editedAt: Date.UTC(2024, 2, 1, 23, 15, 4, 250),
          url: setlist.url,
        },
      ],
    });
  });

  test("keeps who a song is by, who joined in, and what came from a tape", () => {
    const other = { mbid: MBID.replace("0f", "1F"), name: "Dora Quill", sortName: "Quill, Dora", url: "" };
    expect(
      songs([
        { name: "Overture", tape: true },
        { name: "Lighthouse", cover: other, with: { name: "Sam Reed" }, info: " twice ", extra: { a: 1 } },
      ]),
    ).toEqual([
      { title: "Overture", coverOf: null, guest: null, tape: true, note: null },
      {
        title: "Lighthouse",
        coverOf: { id: MBID.replace("0f", "1f"), name: "Dora Quill" },
        guest: { id: null, name: "Sam Reed" },
        tape: false,
        note: "twice",
      },
    ]);
  });

  test.each([
    ["sets.set as documented for XML", { sets: { set: [{ song: [{ name: "A" }] }, { song: [{ name: "B" }] }] } }],
    ["set beside the other fields", { sets: undefined, set: [{ song: [{ name: "A" }] }, { song: { name: "B" } }] }],
    ["set beside empty sets", { sets: { set: [] }, set: [{ song: [{ name: "A" }] }, { song: { name: "B" } }] }],
    ["set beside sets of nothing", { sets: {}, set: [{ song: [{ name: "A" }] }, { song: { name: "B" } }] }],
    ["sets as the list itself", { sets: [{ song: [{ name: "A" }] }, { song: [{ name: "B" }] }] }],
  ])("has its songs from %s", (_, fields) => {
    expect(titles(fields)).toEqual([["A"], ["B"]]);
  });

  test("takes one set and one song for lists of one", () => {
    expect(titles({ sets: { set: { song: { name: "A" } } } })).toEqual([["A"]]);
  });

  test.each([[1, 1], ["2", 2], [" 3 ", 3], [0, null], ["first", null], [-1, null], [1.5, null], [null, null], [{}, null]])(
    "encore %j is %j",
    (encore, expected) => {
      expect(record({ sets: { set: [{ encore, song: [{ name: "A" }] }] } }).sets[0]!.encore).toBe(expected);
    },
  );

  test.each([[undefined], [null], [""], [{}], [{ set: [] }], [{ set: "" }], [{ set: [{ song: [] }, {}] }], [[]], [7]])(
    "without a song stays: sets %j",
    (sets) => {
      expect(record({ sets }).sets).toEqual([]);
    },
  );

  test("goes without songs that have no name, and says which", () => {
    const song = [{ name: "" }, { name: "Harbour" }, { name: " \u200b ", info: "new song" }, null, "Kite", {}];
    const { records, refused } = read({ ...setlist, sets: { set: [{ song: [{ name: "" }] }, { encore: 2, song }] } });
    expect(records[0]!.sets).toMatchObject([{ encore: 2, songs: [{ title: "Harbour" }] }]);
    expect(refused.map(({ reason, detail }) => [reason, detail])).toEqual([
      ["no_name", "Song 1 of set 1 has no name; its note: nothing."],
      ["no_name", "Song 1 of set 2 has no name; its note: nothing."],
      ["no_name", 'Song 3 of set 2 has no name; its note: "new song".'],
      ["malformed", "Song 4 of set 2 is no object."],
      ["malformed", "Song 5 of set 2 is no object."],
      ["no_name", "Song 6 of set 2 has no name; its note: nothing."],
    ]);
    expect(new Set(refused.map(({ id }) => id))).toEqual(new Set(["63de0001"]));
  });

  test.each([
    ["no_id", { id: "" }],
    ["no_id", { versionId: undefined }],
    ["no_artist", { artist: undefined }],
    ["no_artist", { artist: { ...artist, name: "  " } }],
    ["no_artist", { artist: { ...artist, mbid: null } }],
    ["no_date", { eventDate: undefined }],
    ["no_date", { eventDate: "31-04-2024" }],
    ["no_date", { eventDate: "2024-04-01" }],
    ["malformed", { url: "" }],
    ["malformed", { url: "javascript:alert(1)" }],
  ])("is refused as %s with %j", (reason, fields) => {
    // The wire has no undefined: such a field is missing.
    const { records, refused } = read(JSON.parse(JSON.stringify({ ...setlist, ...fields })) as object);
    expect(records).toEqual([]);
    expect(refused).toMatchObject([{ reason, id: "id" in fields ? null : "63de0001" }]);
  });

  test("stays without what may be missing", () => {
    const { id, versionId, eventDate, url } = setlist;
    expect(read({ id, versionId, eventDate, url, artist: { mbid: MBID, name: "X" } })).toMatchObject({
      refused: [],
      records: [{ venue: null, tour: null, note: null, editedAt: null, sets: [] }],
    });
  });

  test("of an artist with an unusual id says nothing of MusicBrainz", () => {
    expect(record({ artist: { ...artist, mbid: "4711" } }).artist).toEqual({ id: "4711", name: artist.name, sameAs: [] });
  });

  test("takes a tour that is only a name", () => {
    expect(record({ tour: "Slow Boats" }).tour).toBe("Slow Boats");
    expect(record({ tour: { name: "" } }).tour).toBeNull();
  });
});

describe("a venue", () => {
  test("may have no city", () => {
    expect(record({ venue: { id: "1", name: "Field" } }).venue).toEqual({
      id: "1",
      name: "Field",
      city: null,
      cityGeonamesId: null,
      region: null,
      country: null,
      latitude: null,
      longitude: null,
      timeZone: null,
      url: null,
    });
  });

  test("without a name is left out, and the setlist stays", () => {
    const { records, refused } = read({ ...setlist, venue: { ...venue, name: "" } });
    expect(records[0]!.venue).toBeNull();
    expect(refused).toEqual([
      { reason: "no_name", id: "63de0001", detail: 'The venue "3bd00001" in "Berlin" has no name; the setlist goes without it.' },
    ]);
    expect(read({ ...setlist, venue: { name: "Field" } }).refused).toMatchObject([{ reason: "no_id" }]);
  });

  test.each([
    [{ lat: "52.5", long: "-13.4" }, [52.5, -13.4]],
    [{ lat: 91, long: 13 }, [null, null]],
    [{ lat: 52.5 }, [null, null]],
    [{}, [null, null]],
    [null, [null, null]],
  ])("is at %j", (coords, expected) => {
    const { latitude, longitude } = record({ venue: { ...venue, city: { ...venue.city, coords } } }).venue!;
    expect([latitude, longitude]).toEqual(expected);
  });

  test("in a city of setlist.fm's own has no GeoNames number", () => {
    expect(record({ venue: { ...venue, city: { ...venue.city, id: "3ff1a" } } }).venue!.cityGeonamesId).toBeNull();
  });
});

describe("a page", () => {
  const page = (body: unknown, number = 1) => toPage(readSetlistPage(body)!, number, toSetlist);

  test("loses nothing by one bad setlist", () => {
    const { records, refused } = page(pageOf([setlist, null, { ...setlist, eventDate: "?" }, 5, { ...setlist, id: "2" }]));
    expect(records.map(({ id }) => id)).toEqual(["63de0001", "2"]);
    expect(refused.map(({ reason, id }) => [reason, id])).toEqual([
      ["malformed", null],
      ["no_date", "63de0001"],
      ["malformed", null],
    ]);
  });

  test.each([
    ["the first of three", 1, { total: 41 }, "2"],
    ["the second of three", 2, { total: 41 }, "3"],
    ["the third of three", 3, { total: 41 }, null],
    ["a full last one", 2, { total: 40 }, null],
    ["one beyond the end", 9, { total: 40 }, null],
    ["smaller ones", 2, { total: 41, itemsPerPage: 10 }, "3"],
    ["no size", 1, { total: 41, itemsPerPage: 0 }, "2"],
  ])("knows the next one: %s", (_, number, counts, next) => {
    expect(page(pageOf([setlist], counts), number)).toMatchObject({ next, total: counts.total });
  });

  test("without a total ends with the first that is not full", () => {
    const twenty = Array.from({ length: 20 }, () => setlist);
    expect(page({ setlist: twenty })).toMatchObject({ total: null, next: "2" });
    expect(page({ setlist: twenty.slice(1) })).toMatchObject({ total: null, next: null });
  });

  test("that is empty before the total is reached ends the list and says so", () => {
    expect(page(pageOf([], { total: 1_000_000 }), 7)).toEqual({
      records: [],
      refused: [{ reason: "malformed", id: null, detail: "Page 7 of 1000000 entries is empty." }],
      total: 1_000_000,
      next: null,
    });
  });

  test("may be empty, or one setlist instead of a list", () => {
    expect(page({ type: "setlists", total: 0 })).toEqual({ records: [], refused: [], total: 0, next: null });
    expect(page(pageOf(setlist)).records).toHaveLength(1);
  });

  test.each([[null], [[]], ["{}"], [7], [{}], [setlist], [artist], [{ type: "cities", setlist: [] }], [{ status: 404 }]])(
    "is not %j",
    (body) => {
      expect(readSetlistPage(body)).toBeNull();
      expect(readArtistPage(body)).toBeNull();
    },
  );
});

describe("an artist", () => {
  test("is the same at MusicBrainz, and nowhere by its number at Ticketmaster", () => {
    expect(toArtist(readArtist({ ...artist, mbid: MBID.toUpperCase() })).records).toEqual([
      {
        id: MBID,
        name: "The Paper Lanterns",
        sortName: "Paper Lanterns, The",
        disambiguation: null,
        aliases: [],
        country: null,
        genres: [],
        url: artist.url,
        imageUrl: null,
        sameAs: [{ provider: "musicbrainz", id: MBID }],
      },
    ]);
  });

  test("without a name or an id is refused, and the others of the page stay", () => {
    const body = { type: "artists", total: 4, artist: [{ ...artist, name: "" }, { name: "Nobody" }, [], artist] };
    const { records, refused } = toPage(readArtistPage(body)!, 1, toArtist);
    expect(records).toHaveLength(1);
    expect(refused.map(({ reason, id }) => [reason, id])).toEqual([["no_name", MBID], ["no_id", null], ["malformed", null]]);
  });
});

describe("dates", () => {
  test.each([
    ["29-02-2024", "2024-02-29"],
    ["29-02-2023", null],
    ["31-04-2024", null],
    ["00-01-2024", null],
    ["01-13-2024", null],
    ["1-1-2024", null],
    ["01-01-0000", null],
    ["01-01-2024 ", null],
    [null, null],
  ])("%j is the day %j", (wire, day) => {
    expect(dayFromWire(wire)).toBe(day);
    if (day) expect(dayToWire(day)).toBe(wire);
  });

  test.each(["2023-02-29", "29-02-2024", "", "2024-1-1"])("%j is asked for by no one", (day) => {
    expect(dayToWire(day)).toBeNull();
  });

  const at = Date.UTC(2024, 1, 29, 12, 0, 5, 70);
  test.each([
    ["2024-02-29T12:00:05.070+0000", at],
    ["2024-02-29T14:00:05.070+0200", at],
    ["2024-02-29T06:30:05.07-05:30", at],
    ["2024-02-29T12:00:05.070999Z", at],
    ["2024-02-29T12:00:05Z", at - 70],
    ["2024-02-30T12:00:05.070+0000", null],
    ["2024-02-29T25:00:05.070+0000", null],
    ["2024-02-29 12:00:05", null],
    ["yesterday", null],
    [null, null],
  ])("%j is the instant %j", (wire, instant) => {
    expect(instantFromWire(wire)).toBe(instant);
  });

  test("a search by the last edit is in UTC", () => {
    expect(instantToWire(at)).toBe("20240229120005");
    expect([Number.NaN, Infinity, -1e15].map(instantToWire)).toEqual([null, null, null]);
  });
});
