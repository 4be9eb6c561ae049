import { describe, expect, it } from "vitest";
import { providerErrorOf } from "#tests/support/provider-http.ts";
import * as changes from "#tests/support/sandbox/changes.ts";
import type { Place } from "#tests/support/sandbox/ids.ts";
import { startSandbox } from "#tests/support/sandbox/sandbox.ts";
import { setlistAt, setlistsOf } from "#tests/support/sandbox/setlists.ts";
import { showsOf } from "#tests/support/sandbox/shows.ts";
import { createWorld } from "#tests/support/sandbox/world.ts";
import { clientsOf, whole } from "./readers.ts";

const NOW = Date.parse("2026-06-13T12:00:00Z");
const YEARS = { from: NOW, to: NOW + 3 * 365 * 86_400_000 };
const ARTIST: Place = { kind: "artist", artist: 0, item: 0 };

async function opened() {
  const world = createWorld({ seed: "changes", now: NOW, artists: [{ recordings: 60, works: 12, albums: 9, upcomingShows: 20, pastShows: 45, setlistsWithSongs: 45 }] });
  const sandbox = await startSandbox({ world, limits: { pace: null } });
  const clients = clientsOf(sandbox, { minTimeMs: 0, attempts: 1 });
  const { musicbrainz, setlistfm, ticketmaster, spotify } = clients;
  const mbid = world.id("musicbrainz", ARTIST);
  const attraction = world.id("ticketmaster", ARTIST);
  const reads = {
    songs: async () => (await whole((cursor) => musicbrainz.recordings(mbid, { cursor }))).records,
    setlists: async () => (await whole((cursor) => setlistfm.artistSetlists(mbid, { cursor }))).records,
    shows: async () => (await whole((cursor) => ticketmaster.showsOfArtist(attraction, { range: YEARS, cursor }))).records,
  };
  return { sandbox, world, mbid, reads, musicbrainz, setlistfm, ticketmaster, spotify, [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose]() };
}

describe("a world that changes", () => {
  it("has an artist's new name at all four", async () => {
    await using sandbox = await opened();
    changes.rename(sandbox.world, ARTIST, "The Renamed Owls");
    const { musicbrainz, setlistfm, ticketmaster, spotify } = sandbox;
    const found = await Promise.all([musicbrainz, setlistfm, ticketmaster, spotify].map((client) => client.searchArtists("renamed owls")));
    expect(found.map(({ records }) => records.map(({ name }) => name))).toEqual(Array(4).fill(["The Renamed Owls"]));
  });

  it("has a song's new title in all its recordings and in setlists", async () => {
    await using sandbox = await opened();
    const { world, reads } = sandbox;
    changes.rename(world, { kind: "work", artist: 0, item: 3 }, "Another Word for Rain");
    const workId = world.id("musicbrainz", { kind: "work", artist: 0, item: 3 });
    const recordings = (await reads.songs()).filter((song) => song.workId === workId);
    expect(recordings.length).toBeGreaterThan(1);
    expect(recordings.every(({ title }) => title.startsWith("Another Word for Rain"))).toBe(true);
    const played = (await reads.setlists()).flatMap(({ sets }) => sets.flatMap(({ songs }) => songs.map(({ title }) => title)));
    expect(played).toContain("Another Word for Rain");
  });

  it("has a venue's new name at setlist.fm and Ticketmaster", async () => {
    await using sandbox = await opened();
    const { world, reads, ticketmaster } = sandbox;
    const show = showsOf(world, world.artist(0))[0]!;
    changes.rename(world, { kind: "venue", artist: 0, item: show.venue }, "The Sponsor Arena");
    const { records } = await ticketmaster.venue(world.id("ticketmaster", { kind: "venue", artist: 0, item: show.venue }));
    expect(records[0]?.name).toBe("The Sponsor Arena");
    const setlists = setlistsOf(world, world.artist(0)).map((item) => setlistAt(world, world.artist(0), item).venue);
    const there = (await reads.setlists()).filter((_, i) => setlists[i] === show.venue);
    expect(there.every(({ venue }) => venue?.name === "The Sponsor Arena")).toBe(true);
  });

  it("answers a recording's old id with the new one at MusicBrainz, and lists the new one alone", async () => {
    await using sandbox = await opened();
    const { world, reads, musicbrainz } = sandbox;
    const place: Place = { kind: "recording", artist: 0, item: 5 };
    const old = world.id("musicbrainz", place);
    const id = changes.giveNewId(world, place, "musicbrainz");
    expect((await musicbrainz.recording(old)).records[0]?.id).toBe(id);
    const ids = (await reads.songs()).map((song) => song.id);
    expect([ids.length, ids.includes(id), ids.includes(old)]).toEqual([60, true, false]);
  });

  it("answers a merged recording's id with the other one", async () => {
    await using sandbox = await opened();
    const { world, reads, musicbrainz } = sandbox;
    const [from, into] = [4, 6].map((item): Place => ({ kind: "recording", artist: 0, item }));
    changes.mergeInto(world, from!, into!);
    expect((await musicbrainz.recording(world.id("musicbrainz", from!))).records[0]?.id).toBe(world.id("musicbrainz", into!));
    expect(await reads.songs()).toHaveLength(59);
  });

  it("has an artist under a new MBID, and under the old one still", async () => {
    await using sandbox = await opened();
    const { world, mbid, reads, musicbrainz, setlistfm } = sandbox;
    const id = changes.giveNewId(world, ARTIST, "musicbrainz");
    expect((await musicbrainz.artist(mbid)).records[0]?.id).toBe(id);
    expect((await setlistfm.artistSetlists(id)).records[0]?.artist.id).toBe(id);
    expect(await reads.songs()).toHaveLength(60);
  });

  it("forgets old ids at Ticketmaster and Spotify", async () => {
    await using sandbox = await opened();
    const { world, spotify, ticketmaster } = sandbox;
    const album: Place = { kind: "album", artist: 0, item: 0 };
    const show: Place = { kind: "show", artist: 0, item: 0 };
    const old = [world.id("spotify", album), world.id("ticketmaster", show)] as const;
    const now = [changes.giveNewId(world, album, "spotify"), changes.giveNewId(world, show, "ticketmaster")] as const;
    expect((await providerErrorOf(spotify.songsOfAlbum(old[0]))).kind).toBe("not_found");
    expect((await providerErrorOf(ticketmaster.show(old[1]))).kind).toBe("not_found");
    expect((await spotify.songsOfAlbum(now[0])).records.length).toBeGreaterThan(0);
    expect((await ticketmaster.show(now[1])).records).toHaveLength(1);
  });

  it("loses what is deleted: a recording, a setlist, a show, an artist", async () => {
    await using sandbox = await opened();
    const { world, reads, mbid, musicbrainz, setlistfm } = sandbox;
    for (const kind of ["recording", "setlist", "show"] as const) changes.remove(world, { kind, artist: 0, item: 2 });
    expect([(await reads.songs()).length, (await reads.setlists()).length, (await reads.shows()).length]).toEqual([59, 44, 19]);
    changes.remove(world, ARTIST);
    expect((await providerErrorOf(musicbrainz.artist(mbid))).kind).toBe("not_found");
    expect((await setlistfm.artist(mbid)).records).toEqual([]);
    expect(await reads.shows()).toEqual([]);
  });

  it("has a song and an album that came out today", async () => {
    await using sandbox = await opened();
    const { world, reads, musicbrainz, spotify } = sandbox;
    const { work, recording } = changes.addSong(world, 0, "Fresh Paint");
    const album = changes.addAlbum(world, 0, { title: "Fresh Paint", tracks: [recording] });
    const song = (await reads.songs()).find(({ title }) => title === "Fresh Paint");
    expect(song?.workId).toBe(world.id("musicbrainz", { kind: "work", artist: 0, item: work }));
    const place: Place = { kind: "album", artist: 0, item: album };
    expect((await musicbrainz.songsOfAlbum(world.id("musicbrainz", place))).records.map(({ id }) => id)).toEqual([song?.id]);
    expect((await spotify.songsOfAlbum(world.id("spotify", place))).records.map(({ title }) => title)).toEqual(["Fresh Paint"]);
    const newest = (await spotify.albums(world.id("spotify", ARTIST))).records[0];
    expect(newest).toMatchObject({ title: "Fresh Paint", releasedOn: "2026-06-13" });
  });

  it("has a show that was announced, moved, put off without a date, and cancelled", async () => {
    await using sandbox = await opened();
    const { world, reads, ticketmaster } = sandbox;
    const place: Place = { kind: "show", artist: 0, item: changes.addShow(world, 0, { localDate: "2026-08-01", venue: 3 }) };
    const read = async () => (await ticketmaster.show(world.id("ticketmaster", place))).records[0];
    expect(await read()).toMatchObject({ localDate: "2026-08-01", localTime: "20:00", status: "scheduled" });
    changes.reschedule(world, place, "2026-09-02");
    expect(await read()).toMatchObject({ localDate: "2026-09-02", status: "rescheduled" });
    changes.postpone(world, place);
    expect(await read()).toMatchObject({ localDate: null, startsAt: null, status: "postponed" });
    changes.cancel(world, place);
    expect((await read())?.status).toBe("cancelled");
    expect(await reads.shows()).toHaveLength(21);
  });

  it("has a setlist that somebody wrote down just now, and edited: another version, found by its edit", async () => {
    await using sandbox = await opened();
    const { world, mbid, setlistfm } = sandbox;
    const item = changes.addSetlist(world, 0, NOW + 3_600_000, { localDate: "2026-06-13", songs: [0, "A Song of Somebody's"] });
    const [first] = (await setlistfm.artistSetlists(mbid)).records;
    expect(first).toMatchObject({ id: world.id("setlistfm", { kind: "setlist", artist: 0, item }), localDate: "2026-06-13", editedAt: NOW + 3_600_000 });
    expect(first?.sets[0]?.songs[1]?.title).toBe("A Song of Somebody's");
    const version = changes.editSetlist(world, 0, item, NOW + 7_200_000, { songs: [1, 2, 3] });
    const edited = await setlistfm.artistSetlists(mbid, { editedSince: NOW + 7_000_000 });
    expect(edited.records.map((record) => [record.version, record.sets[0]?.songs.length])).toEqual([[version, 3]]);
    expect(version).not.toBe(first?.version);
    expect((await setlistfm.setlistVersion(version)).records[0]?.id).toBe(first?.id);
    expect((await setlistfm.artistSetlists(mbid, { editedSince: NOW + 7_300_000 })).records).toEqual([]);
  });

  it("has the setlist of a show once it was played, where and when it was", async () => {
    await using sandbox = await opened();
    const { world, mbid, setlistfm } = sandbox;
    const show = showsOf(world, world.artist(0)).find(({ localDate }) => localDate !== null)!;
    const [played] = changes.playShow(world, show.place, NOW, [0, 1]);
    const { records } = await setlistfm.showSetlists({ artistId: mbid, localDate: show.localDate!, venueId: world.id("setlistfm", { kind: "venue", artist: 0, item: show.venue }) });
    expect(records.map(({ id }) => id)).toEqual([world.id("setlistfm", { kind: "setlist", ...played! })]);
    expect(records[0]?.sets[0]?.songs).toHaveLength(2);
  });

  it("finds the setlists of one show by artist, day and place", async () => {
    await using sandbox = await opened();
    const { world, mbid, setlistfm } = sandbox;
    const artist = world.artist(0);
    const setlist = setlistAt(world, artist, 7);
    const { city } = world.venue(setlist.venue);
    const onDay = await setlistfm.showSetlists({ artistId: mbid, localDate: setlist.localDate });
    expect(onDay.records).toHaveLength(2);
    const there = await setlistfm.showSetlists({ artistId: mbid, localDate: setlist.localDate, cityName: city.name, venueId: world.id("setlistfm", { kind: "venue", artist: 0, item: setlist.venue }) });
    expect(there.records.map(({ id }) => id)).toContain(world.id("setlistfm", { kind: "setlist", artist: 0, item: 7 }));
    expect((await setlistfm.showSetlists({ artistId: mbid, localDate: setlist.localDate, cityName: "Nowhere" })).records).toEqual([]);
  });
});
