import { describe, expect, it } from "vitest";
import { albumAt } from "#tests/support/sandbox/catalogue.ts";
import { listOf } from "#tests/support/sandbox/musicbrainz.ts";
import { setlistAt, setlistsOf } from "#tests/support/sandbox/setlists.ts";
import { startSandbox } from "#tests/support/sandbox/sandbox.ts";
import { showsOf } from "#tests/support/sandbox/shows.ts";
import { albumsOf, tracksOf } from "#tests/support/sandbox/spotify.ts";
import { createWorld, type World } from "#tests/support/sandbox/world.ts";
import { clientsOf, whole } from "./readers.ts";

const NOW = Date.parse("2026-06-13T12:00:00Z");
const YEARS = { from: NOW, to: NOW + 3 * 365 * 86_400_000 };

function smallWorld(): World {
  const artists = [
    { recordings: 260, works: 31, albums: 17, upcomingShows: 12, pastShows: 63, setlistsWithSongs: 50 },
    { recordings: 3, albums: 1, upcomingShows: 0, pastShows: 0 },
  ];
  return createWorld({ seed: "reads", now: NOW, artists, festivals: 2 });
}

async function opened(world = smallWorld()) {
  const sandbox = await startSandbox({ world, limits: { pace: null } });
  const artist = world.artist(0);
  const place = { kind: "artist", artist: 0, item: 0 } as const;
  const ids = { mbid: world.id("musicbrainz", place), attraction: world.id("ticketmaster", place), spotify: world.id("spotify", place) };
  return { sandbox, world, artist, ids, ...clientsOf(sandbox, { minTimeMs: 0 }), [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose]() };
}

describe("the sandbox, read whole by the real clients", () => {
  it("gives MusicBrainz's recordings, works and albums, each once and none refused", async () => {
    await using sandbox = await opened();
    const { musicbrainz, ids, world, artist } = sandbox;
    const recordings = await whole((cursor) => musicbrainz.recordings(ids.mbid, { cursor }));
    const works = await whole((cursor) => musicbrainz.works(ids.mbid, { cursor, limit: 7 }));
    const albums = await whole((cursor) => musicbrainz.albums(ids.mbid, { cursor }));
    const expected = (kind: "recording" | "work" | "album", items: readonly number[]) => items.map((item) => world.id("musicbrainz", { kind, artist: 0, item }));
    expect(recordings.records.map(({ id }) => id)).toEqual(expected("recording", listOf(world, artist, "recording")));
    expect(works.records.map(({ id }) => id)).toEqual(expected("work", listOf(world, artist, "work")));
    expect(albums.records.map(({ id }) => id)).toEqual(expected("album", listOf(world, artist, "release-group")));
    expect([recordings, works, albums].flatMap(({ refused }) => refused)).toEqual([]);
    expect([recordings.total, works.total]).toEqual([260, 31]);
    expect(new Set(recordings.records.map(({ workId }) => workId))).toEqual(new Set([null, ...works.records.map(({ id }) => id)]));
  });

  it("gives the tracks of each of MusicBrainz's albums, all of them recordings of the artist", async () => {
    await using sandbox = await opened();
    const { musicbrainz, ids, world, artist } = sandbox;
    for (const item of listOf(world, artist, "release-group")) {
      const { records, refused } = await musicbrainz.songsOfAlbum(world.id("musicbrainz", { kind: "album", artist: 0, item }));
      const tracks = albumAt(world, artist, item).tracks;
      expect(tracks.length).toBeGreaterThan(0);
      expect(records.map(({ id }) => id)).toEqual(tracks.map((track) => world.id("musicbrainz", { kind: "recording", artist: 0, item: track })));
      expect(records.map(({ trackNumber }) => trackNumber)).toEqual(tracks.map((_, i) => i + 1));
      expect(refused).toEqual([]);
      expect(records[0]?.artists[0]?.id).toBe(ids.mbid);
    }
  });

  it("gives setlist.fm's setlists with all that was played, the newest first; nameless songs alone are refused", async () => {
    await using sandbox = await opened();
    const { setlistfm, ids, world, artist } = sandbox;
    const { records, refused, total } = await whole((cursor) => setlistfm.artistSetlists(ids.mbid, { cursor }));
    const expected = setlistsOf(world, artist).map((item) => setlistAt(world, artist, item));
    expect(total).toBe(63);
    expect(records.map(({ id }) => id)).toEqual(expected.map(({ item }) => world.id("setlistfm", { kind: "setlist", artist: 0, item })));
    expect(records.map(({ localDate }) => localDate)).toEqual(expected.map(({ localDate }) => localDate));
    const named = expected.map(({ sets }) => sets.map(({ songs }) => songs.filter(({ name }) => name !== "").map(({ name }) => name)).filter((songs) => songs.length > 0));
    expect(records.map(({ sets }) => sets.map(({ songs }) => songs.map(({ title }) => title)))).toEqual(named);
    expect(records.filter(({ sets }) => sets.length > 0)).toHaveLength(50);
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(["no_name"]));
  });

  it("gives Ticketmaster's shows, those without a date and festivals too", async () => {
    await using sandbox = await opened();
    const { ticketmaster, ids, world, artist } = sandbox;
    const { records, refused, total } = await whole((cursor) => ticketmaster.showsOfArtist(ids.attraction, { range: YEARS, cursor }));
    const expected = showsOf(world, artist);
    expect(total).toBe(expected.length);
    expect(refused).toEqual([]);
    expect(records.map(({ id, localDate, startsAt }) => [id, localDate, startsAt])).toEqual(
      expected.map(({ place, localDate, startsAt }) => [world.id("ticketmaster", place), localDate, startsAt]),
    );
    expect(records.every(({ artists }) => artists.some(({ id }) => id === ids.attraction))).toBe(true);
  });

  it("gives Spotify's albums and their tracks", async () => {
    await using sandbox = await opened();
    const { spotify, ids, world, artist } = sandbox;
    const albums = await whole((cursor) => spotify.albums(ids.spotify, { cursor }));
    expect(albums.records.map(({ id }) => id)).toEqual(albumsOf(world, artist).map((item) => world.id("spotify", { kind: "album", artist: 0, item })));
    for (const item of albumsOf(world, artist)) {
      const album = world.id("spotify", { kind: "album", artist: 0, item });
      const { records, refused } = await whole((cursor) => spotify.songsOfAlbum(album, { cursor }));
      expect(records.map(({ trackNumber }) => trackNumber)).toEqual(tracksOf(world, artist, albumAt(world, artist, item)).map(({ at }) => at + 1));
      expect(refused).toEqual([]);
    }
  });

  it("knows one artist at all four, by the bridges that the providers state", async () => {
    await using sandbox = await opened();
    const { musicbrainz, setlistfm, ticketmaster, spotify, ids, artist } = sandbox;
    const found = await Promise.all([musicbrainz, setlistfm, ticketmaster, spotify].map((client) => client.searchArtists(artist.name)));
    expect(found.map(({ records }) => [records[0]?.id, records[0]?.name])).toEqual([ids.mbid, ids.mbid, ids.attraction, ids.spotify].map((id) => [id, artist.name]));
    const { records } = await musicbrainz.artist(ids.mbid);
    expect(records[0]?.sameAs).toEqual([{ provider: "spotify", id: ids.spotify }, { provider: "setlistfm", id: ids.mbid }]);
    expect(found[2]?.records[0]?.sameAs).toEqual([{ provider: "musicbrainz", id: ids.mbid }, { provider: "spotify", id: ids.spotify }]);
  });

  it("answers an artist of nothing with nothing", async () => {
    await using sandbox = await opened();
    const { musicbrainz, setlistfm, ticketmaster, spotify, world } = sandbox;
    const id = (provider: "musicbrainz" | "ticketmaster" | "spotify") => world.id(provider, { kind: "artist", artist: 1, item: 0 });
    expect((await setlistfm.artistSetlists(id("musicbrainz"))).total).toBe(0);
    expect((await musicbrainz.recordings(id("musicbrainz"))).records).toHaveLength(3);
    expect((await spotify.albums(id("spotify"))).records).toHaveLength(1);
    expect((await ticketmaster.searchArtists("nobody of that name")).records).toEqual([]);
  });
});
