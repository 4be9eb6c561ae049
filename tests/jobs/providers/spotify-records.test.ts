import { describe, expect, test } from "vitest";
import { readAlbum, readArtist, readSong } from "#jobs/providers/spotify/to-domain.ts";
import { album, ALBUM_ID, artist, track, wholeTrack } from "./spotify-answers.ts";

describe("an artist", () => {
  test("has a name, genres once, the widest picture and a page to link to", () => {
    expect(readArtist(artist)).toEqual({
      record: {
        id: "1234567890abcdefABCDEF",
        name: "The Paper Kites Club",
        sortName: null,
        disambiguation: null,
        aliases: [],
        country: null,
        genres: ["indie"],
        url: "https://open.spotify.com/artist/1234567890abcdefABCDEF",
        imageUrl: "https://i.scdn.co/image/large",
        sameAs: [],
      },
    });
  });

  test("is taken from an answer that holds its id and name alone, and still has a page", () => {
    const { id, name } = artist;
    expect(readArtist({ id, name })).toMatchObject({ record: { name, genres: [], imageUrl: null, url: `https://open.spotify.com/artist/${id}` } });
  });

  test.each([
    ["no name", { ...artist, name: "" }, "no_name"],
    ["no id", { ...artist, id: null }, "no_id"],
    ["another type", { ...artist, type: "user" }, "not_this_kind"],
    ["no shape", null, "malformed"],
  ])("with %s is refused", (_, value, reason) => expect(readArtist(value)).toMatchObject({ refusal: { reason } }));
});

describe("an album", () => {
  test("has a title, kind, date and picture", () => {
    expect(readAlbum(album)).toEqual({
      record: {
        id: ALBUM_ID,
        title: "Paper Boats",
        kind: "album",
        releasedOn: "2019-03-08",
        url: `https://open.spotify.com/album/${ALBUM_ID}`,
        imageUrl: "https://i.scdn.co/image/large",
      },
    });
  });

  test.each([
    ["album", 3, "album"],
    ["compilation", 30, "compilation"],
    ["single", 1, "single"],
    ["single", 3, "single"],
    ["single", 4, "ep"],
    ["SINGLE", null, "single"],
    ["ep", 5, "ep"],
    ["audiobook", 5, "other"],
    [null, 5, "other"],
  ])("of the type %j with %j tracks is of the kind %s", (album_type, total_tracks, kind) => {
    expect(readAlbum({ ...album, album_type, total_tracks })).toMatchObject({ record: { kind } });
  });

  test.each([
    ["2019-03-08", "day", "2019-03-08"],
    ["2019-03", "month", "2019-03"],
    ["2019-03-01", "month", "2019-03"],
    ["2019", "year", "2019"],
    ["2019-01-01", "year", "2019"],
    ["2019-03-08", undefined, "2019-03-08"],
    ["2019-02-31", "day", "2019-02"],
    ["2019-13-01", "day", "2019"],
    ["0000", "year", null],
    ["", "day", null],
    [null, null, null],
    [2019, "year", null],
  ])("of %j to the %s came out on %j", (release_date, release_date_precision, releasedOn) => {
    expect(readAlbum({ ...album, release_date, release_date_precision })).toMatchObject({ record: { releasedOn } });
  });

  test.each([
    ["no title", { ...album, name: " " }, "no_name"],
    ["no id", { ...album, id: undefined }, "no_id"],
    ["another type", { ...album, type: "show" }, "not_this_kind"],
    ["no shape", 3, "malformed"],
  ])("with %s is refused", (_, value, reason) => expect(readAlbum(value)).toMatchObject({ refusal: { reason } }));
});

describe("a track", () => {
  test("of an album's list is a song of that album, by all who are credited", () => {
    expect(readSong(track, ALBUM_ID)).toEqual({
      record: {
        id: "3234567890abcdefABCDEF",
        title: "Harbour Lights (feat. Low Tide)",
        artists: [
          { id: "1234567890abcdefABCDEF", name: "The Paper Kites Club" },
          { id: "4234567890abcdefABCDEF", name: "Low Tide" },
        ],
        workId: null,
        isrcs: [],
        albumId: ALBUM_ID,
        discNumber: 1,
        trackNumber: 3,
        durationMs: 215_040,
        releasedOn: null,
        video: false,
        note: null,
        url: "https://open.spotify.com/track/3234567890abcdefABCDEF",
      },
    });
  });

  test("by itself brings its album, date and ISRC", () => {
    expect(readSong(wholeTrack)).toMatchObject({ record: { isrcs: ["USABC1900001"], albumId: ALBUM_ID, releasedOn: "2019-03-08" } });
  });

  test.each([["no ISRC"], [""], ["US-ABC-19-0001"], [null], [1234]])("with %j for an ISRC has none", (isrc) => {
    expect(readSong({ ...wholeTrack, external_ids: { isrc } })).toMatchObject({ record: { isrcs: [] } });
  });

  test("whose numbers are missing or odd has none", () => {
    const odd = { ...track, disc_number: 0, track_number: null, duration_ms: -5 };
    expect(readSong(odd)).toMatchObject({ record: { discNumber: null, trackNumber: null, durationMs: null, albumId: null } });
  });

  test.each([
    ["is somebody's file", { ...track, is_local: true, id: null }, "not_this_kind"],
    ["is gone, and null in the list", null, "no_id"],
    ["is gone, and without an id", { ...track, id: null }, "no_id"],
    ["is an episode", { ...track, type: "episode" }, "not_this_kind"],
    ["has no title", { ...track, name: "" }, "no_name"],
    ["names nobody", { ...track, artists: [] }, "no_artist"],
    ["names nobody who could be read", { ...track, artists: [{ id: "x", name: "" }, 7] }, "no_artist"],
    ["is none", "track", "malformed"],
  ])("that %s is refused", (_, value, reason) => expect(readSong(value)).toMatchObject({ refusal: { reason } }));

  test("by an artist without an id is still by that artist", () => {
    expect(readSong({ ...track, artists: [{ id: null, name: "Low Tide" }] })).toMatchObject({ record: { artists: [{ id: null, name: "Low Tide" }] } });
  });
});
