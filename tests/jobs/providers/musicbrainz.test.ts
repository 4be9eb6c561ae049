import { describe, expect, it } from "vitest";
import { partialDate, readAlbum, readArtist, readSong, readTracks, readWork } from "#jobs/providers/musicbrainz/to-domain.ts";
import { readEach } from "#jobs/providers/wire-values.ts";

const toArtists = (items: unknown[]) => readEach(items, readArtist);
const toSongs = (items: unknown[]) => readEach(items, readSong);
const toWorks = (items: unknown[]) => readEach(items, readWork);
const toAlbums = (items: unknown[]) => readEach(items, readAlbum);

const ID = "0aa1bb22-cc33-4d44-8e55-ff6677889900";
const WORK = "1aa1bb22-cc33-4d44-8e55-ff6677889901";
const OTHER_WORK = "2aa1bb22-cc33-4d44-8e55-ff6677889902";

const artist = {
  id: ID,
  type: "Group",
  "type-id": "e431f5f6-b5d2-343d-8b36-72607fffb74b",
  name: "The Paper Lanterns",
  "sort-name": "Paper Lanterns, The",
  disambiguation: "indie band from Malmö",
  country: "SE",
  area: { id: WORK, name: "Sweden", "iso-3166-1-codes": ["SE"], disambiguation: "", type: null },
  "begin-area": null,
  "life-span": { begin: "2004-03", end: null, ended: false },
  ipis: [],
  isnis: [],
  aliases: [
    { name: "Paper Lanterns", "sort-name": "Paper Lanterns", locale: null, primary: null, ended: false },
    { name: "The Paper Lanterns", "sort-name": "Paper Lanterns, The", locale: "en", primary: true, ended: false },
    { name: "  ", "sort-name": "", locale: null, primary: null, ended: false },
  ],
  genres: [
    { id: WORK, name: "dream pop", count: 2, disambiguation: "" },
    { id: WORK, name: "polka", count: 0, disambiguation: "" },
    { id: WORK, name: "indie rock", count: 9, disambiguation: "" },
  ],
  relations: [
    link("free streaming", "https://open.spotify.com/artist/1aBcDeFgHiJkLmNoPqRsTu"),
    link("setlistfm", "https://www.setlist.fm/setlists/the-paper-lanterns-4bd6af22.html"),
    link("wikipedia", "https://en.wikipedia.org/wiki/Paper_lantern"),
  ],
};

function link(type: string, resource: unknown, ended = false) {
  return { type, "target-type": "url", direction: "forward", ended, attributes: [], url: { id: WORK, resource } };
}

function performance(work: unknown, attributes: string[] = [], type = "performance") {
  return { type, "target-type": "work", direction: "forward", ended: false, attributes, work: { id: work, title: "Harbour" } };
}

const recording = {
  id: ID,
  title: "Harbour (live)",
  length: 215_000,
  video: false,
  disambiguation: "live, 2019-07-06: Roskilde",
  "first-release-date": "2020-02",
  isrcs: ["SEABC2000017", "se-abc-20-00017", "not one"],
  "artist-credit": [
    { name: "Paper Lanterns", joinphrase: " feat. ", artist: { id: WORK, name: "The Paper Lanterns", "sort-name": "…" } },
    { name: "Ida Holm", joinphrase: "", artist: { id: OTHER_WORK, name: "Ida Holm", "sort-name": "Holm, Ida" } },
  ],
  relations: [performance(WORK, ["live"])],
};

const one = <T>([first]: T[]) => first!;
const song = (changes: object) => one(toSongs([{ ...recording, ...changes }]).records);
const artistWith = (changes: object) => one(toArtists([{ ...artist, ...changes }]).records);

describe("an artist of MusicBrainz", () => {
  it("is known with aliases, genres, country and what it is elsewhere", () => {
    expect(toArtists([artist])).toEqual({
      records: [
        {
          id: ID,
          name: "The Paper Lanterns",
          sortName: "Paper Lanterns, The",
          disambiguation: "indie band from Malmö",
          aliases: ["Paper Lanterns"],
          country: "SE",
          genres: ["indie rock", "dream pop"],
          url: `https://musicbrainz.org/artist/${ID}`,
          imageUrl: null,
          sameAs: [
            { provider: "spotify", id: "1aBcDeFgHiJkLmNoPqRsTu" },
            { provider: "setlistfm", id: ID },
          ],
        },
      ],
      refused: [],
    });
  });

  it("needs no more than id and name", () => {
    expect(toArtists([{ id: ID.toUpperCase(), name: "Solo" }]).records).toEqual([
      expect.objectContaining({ id: ID, name: "Solo", sortName: null, aliases: [], country: null, genres: [], sameAs: [] }),
    ]);
  });

  it.each([
    [{ country: "DE", area: null }, "DE"],
    [{ country: null, area: { "iso-3166-1-codes": ["JP"] } }, "JP"],
    [{ country: null, area: { "iso-3166-2-codes": ["CA-QC"] } }, "CA"],
    [{ country: "XW", area: { "iso-3166-1-codes": ["XW"] } }, null],
    [{ country: "XE", area: { "iso-3166-1-codes": ["FR"] } }, "FR"],
    [{ country: "XK", area: null }, "XK"],
    [{ country: "Sweden", area: { "iso-3166-1-codes": [null] } }, null],
    [{ country: 46, area: "Sweden" }, null],
  ])("of %j has the country %j", (changes, country) => {
    expect(artistWith(changes).country).toBe(country);
  });

  it.each([
    ["https://open.spotify.com/intl-de/artist/1aBcDeFgHiJkLmNoPqRsTu?si=x", "1aBcDeFgHiJkLmNoPqRsTu"],
    ["http://open.spotify.com/artist/1aBcDeFgHiJkLmNoPqRsTu", "1aBcDeFgHiJkLmNoPqRsTu"],
    ["https://open.spotify.com/album/1aBcDeFgHiJkLmNoPqRsTu", undefined],
    ["https://open.spotify.com/artist/tooShort", undefined],
    ["https://open.spotify.com.example.org/artist/1aBcDeFgHiJkLmNoPqRsTu", undefined],
    ["https://example.org/@open.spotify.com/artist/1aBcDeFgHiJkLmNoPqRsTu", undefined],
    ["javascript://open.spotify.com/artist/1aBcDeFgHiJkLmNoPqRsTu", undefined],
    ["https://www.ticketmaster.com/the-paper-lanterns-tickets/artist/1234567", undefined],
    ["https://www.songkick.com/artists/123456-paper-lanterns", undefined],
    ["https://www.setlist.fm/venue/harbour-hall-4bd6af22.html", undefined],
    ["https://[broken", undefined],
    ["", undefined],
    [null, undefined],
    [{ href: "x" }, undefined],
  ])("with the link %j is elsewhere %j", (resource, id) => {
    const found = artistWith({ relations: [link("any", resource)] }).sameAs;
    expect(found).toEqual(id === undefined ? [] : [{ provider: "spotify", id }]);
  });

  it("is said to be elsewhere once, and not by a link that has ended", () => {
    const address = "https://open.spotify.com/artist/1aBcDeFgHiJkLmNoPqRsTu";
    const ended = link("any", "https://open.spotify.com/artist/2aBcDeFgHiJkLmNoPqRsTu", true);
    const { sameAs } = artistWith({ relations: [link("a", address), ended, link("b", `${address}?si=1`)] });
    expect(sameAs).toEqual([{ provider: "spotify", id: "1aBcDeFgHiJkLmNoPqRsTu" }]);
  });
});

describe("a song of MusicBrainz", () => {
  it("is known with its work, ISRCs, credits and a partial date", () => {
    expect(toSongs([recording])).toEqual({
      records: [
        {
          id: ID,
          title: "Harbour (live)",
          artists: [
            { id: WORK, name: "Paper Lanterns" },
            { id: OTHER_WORK, name: "Ida Holm" },
          ],
          workId: WORK,
          isrcs: ["SEABC2000017"],
          albumId: null,
          discNumber: null,
          trackNumber: null,
          durationMs: 215_000,
          releasedOn: "2020-02",
          video: false,
          note: "live, 2019-07-06: Roskilde",
          url: `https://musicbrainz.org/recording/${ID}`,
        },
      ],
      refused: [],
    });
  });

  it.each([
    [true, true],
    [false, false],
    [null, false],
    [undefined, false],
    ["yes", false],
  ])("with video %j is a film: %j", (video, film) => {
    expect(song({ video }).video).toBe(film);
  });

  it.each([
    [215_000, 215_000],
    ["215000", 215_000],
    [0, null],
    [null, null],
    [-1, null],
    ["3:35", null],
  ])("with length %j lasts %j ms", (length, durationMs) => {
    expect(song({ length }).durationMs).toBe(durationMs);
  });

  it.each([
    ["one work, said twice", [performance(WORK), performance(WORK)], WORK],
    ["two works", [performance(WORK), performance(OTHER_WORK)], null],
    ["a medley", [performance(WORK, ["medley"])], null],
    ["another relation to a work", [performance(WORK, [], "arranger")], null],
    ["a work without an id", [performance(null)], null],
    ["none", [], null],
  ])("that plays %s", (_, relations, workId) => {
    expect(song({ relations }).workId).toBe(workId);
  });

  it.each([
    ["", [], null],
    ["acoustic", [], "acoustic"],
    ["", ["live"], "live"],
    ["Live at home", ["live"], "Live at home"],
    ["radio edit", ["live", "instrumental", "partial"], "radio edit, live, instrumental"],
  ])("of disambiguation %j and marks %j has the note %j", (disambiguation, marks, note) => {
    expect(song({ disambiguation, relations: [performance(WORK, marks)] }).note).toBe(note);
  });

  it("names artists as credited, else as they are called, and leaves nameless ones out", () => {
    const credits = [{ name: "", artist: { id: WORK, name: "Ida Holm" } }, { name: null, artist: null }, "and", { name: "Choir" }];
    expect(song({ "artist-credit": credits }).artists).toEqual([
      { id: WORK, name: "Ida Holm" },
      { id: null, name: "Choir" },
    ]);
  });
});

describe("a date of MusicBrainz", () => {
  it.each([
    ["1999", "1999"],
    ["1999-04", "1999-04"],
    ["1999-04-30", "1999-04-30"],
    ["1999-04-31", "1999-04"],
    ["2000-02-29", "2000-02-29"],
    ["2001-02-29", "2001-02"],
    ["1999-00-00", "1999"],
    ["1999-??-12", "1999"],
    ["????-04", null],
    ["0000", null],
    ["", null],
    [null, null],
  ])("%j is %j", (text, date) => {
    expect(partialDate(text)).toBe(date);
  });
});

describe("an album of MusicBrainz", () => {
  const group = { id: ID, title: "Night Ferry", "primary-type": "Album", "secondary-types": [], "first-release-date": "2011-09-02" };

  it("is known with kind and date", () => {
    expect(toAlbums([group]).records).toEqual([
      {
        id: ID,
        title: "Night Ferry",
        kind: "album",
        releasedOn: "2011-09-02",
        url: `https://musicbrainz.org/release-group/${ID}`,
        imageUrl: null,
      },
    ]);
  });

  it.each([
    ["Album", [], "album"],
    ["Single", [], "single"],
    ["EP", [], "ep"],
    ["Album", ["Live"], "live"],
    ["Album", ["Compilation", "Live"], "live"],
    ["Album", ["Compilation"], "compilation"],
    ["Compilation", null, "compilation"],
    ["Album", ["Soundtrack"], "album"],
    ["Album", ["DJ-mix", "Compilation"], "other"],
    ["Other", ["Interview"], "other"],
    ["Broadcast", [], "other"],
    [null, null, "other"],
  ])("of type %j and %j is %j", (primary, secondary, kind) => {
    const { records } = toAlbums([{ ...group, "primary-type": primary, "secondary-types": secondary }]);
    expect(one(records).kind).toBe(kind);
  });
});

it("a work of MusicBrainz is known with its other titles", () => {
  const work = { id: ID, title: "Harbour", disambiguation: "", language: "eng", type: "Song", aliases: [{ name: "Hamnen" }] };
  expect(toWorks([work]).records).toEqual([
    { id: ID, title: "Harbour", aliases: ["Hamnen"], note: null, url: `https://musicbrainz.org/work/${ID}` },
  ]);
});

describe("the tracks of an edition of MusicBrainz", () => {
  const track = (position: unknown, changes: object = {}, length: unknown = null) => ({
    id: OTHER_WORK,
    number: String(position),
    position,
    title: "as printed",
    length,
    recording: { ...recording, ...changes },
  });

  it("are songs of the album, disc by disc, hidden ones too", () => {
    const release = {
      id: OTHER_WORK,
      title: "Night Ferry (deluxe)",
      media: [
        { position: 1, format: "CD", pregap: track(0, { title: "Hidden" }), tracks: [track(1), track("2", { length: null }, 61_000)] },
        { position: 2, format: "CD", tracks: [track(1, { title: "Bonus" })], "data-tracks": [track(2, { title: "Wallpaper" })] },
      ],
    };
    const { records, refused } = readTracks(release, WORK);
    expect(records.map((it) => [it.title, it.discNumber, it.trackNumber, it.durationMs])).toEqual([
      ["Hidden", 1, null, 215_000],
      ["Harbour (live)", 1, 1, 215_000],
      ["Harbour (live)", 1, 2, 61_000],
      ["Bonus", 2, 1, 215_000],
    ]);
    expect(new Set(records.map(({ albumId }) => albumId))).toEqual(new Set([WORK]));
    expect(refused).toEqual([]);
  });

  it("are refused one by one", () => {
    const media = [{ position: 1, tracks: [track(1, { title: "[silence]" }), { position: 2 }, "x", track(3)] }, null, { tracks: null }];
    const { records, refused } = readTracks({ media }, WORK);
    expect(records.map(({ trackNumber }) => trackNumber)).toEqual([3]);
    expect(refused.map(({ reason }) => reason)).toEqual(["not_this_kind", "malformed", "malformed"]);
  });

  it("are none where nothing is an edition", () => {
    expect(readTracks({}, WORK)).toEqual({ records: [], refused: [] });
    expect(readTracks("x", WORK)).toMatchObject({ records: [], refused: [{ reason: "malformed" }] });
  });
});

describe("what is refused", () => {
  const kinds = [
    ["artist", (name: unknown, id: unknown = ID) => toArtists([{ ...artist, id, name }])],
    ["song", (title: unknown, id: unknown = ID) => toSongs([{ ...recording, id, title }])],
    ["work", (title: unknown, id: unknown = ID) => toWorks([{ id, title }])],
    ["album", (title: unknown, id: unknown = ID) => toAlbums([{ id, title }])],
  ] as const;
  const names = [
    [null, "no_name"],
    [undefined, "no_name"],
    ["", "no_name"],
    [" \t\u00a0\u200b\u2028", "no_name"],
    ["\u3164\u2800", "no_name"],
    [["Harbour"], "no_name"],
    ["[unknown]", "no_name"],
    ["[Untitled]", "no_name"],
    ["[silence]", "not_this_kind"],
    ["[data track]", "not_this_kind"],
  ] as const;

  it.each(kinds.flatMap(([kind, read]) => names.map(([name, reason]) => [kind, name, reason, read] as const)))(
    "an %s named %j: %s",
    (_, name, reason, read) => {
      expect(read(name)).toEqual({ records: [], refused: [{ reason, id: ID, detail: expect.stringMatching(/\w/) as string }] });
    },
  );

  it.each(kinds)("an %s without an id, or with one that is none", (_, read) => {
    for (const id of [null, "", "12345", `${ID}/../x`, {}, 7]) {
      const { records, refused } = read("Harbour", id);
      expect(records).toEqual([]);
      expect(refused).toEqual([expect.objectContaining({ reason: "no_id", id: null })]);
    }
  });

  it("the artist that compilations are listed under", () => {
    const id = "89ad4ac3-39f7-470e-963a-56509c546377";
    expect(toArtists([{ id, name: "Various Artists" }]).refused).toEqual([expect.objectContaining({ reason: "not_this_kind", id })]);
  });

  it("only the record that is wrong, not its neighbours", () => {
    const { records, refused } = toSongs([recording, null, { ...recording, title: "" }, "x", [], { ...recording, id: WORK }]);
    expect(records.map(({ id }) => id)).toEqual([ID, WORK]);
    expect(refused.map(({ reason }) => reason)).toEqual(["malformed", "no_name", "malformed", "malformed"]);
  });

  it("not a name that only looks unusual: it is kept as it is written, with single spaces", () => {
    for (const title of ["( )", "!!!", "…", "[Cello Song]", "Untitled", "羊文学", "🎸", "7"]) expect(song({ title }).title).toBe(title);
    expect(song({ title: "  Night\n\tFerry " }).title).toBe("Night Ferry");
  });
});
