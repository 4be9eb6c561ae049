import { describe, expect, it } from "vitest";
import type { Provider } from "#server/domain/provider-records.ts";
import { albumAt, recordingAt, titleOf } from "#tests/support/sandbox/catalogue.ts";
import { KINDS, type Kind } from "#tests/support/sandbox/ids.ts";
import { startSandbox } from "#tests/support/sandbox/sandbox.ts";
import { setlistAt, setlistsOf } from "#tests/support/sandbox/setlists.ts";
import { instantOf, showsOf } from "#tests/support/sandbox/shows.ts";
import { createWorld, type World } from "#tests/support/sandbox/world.ts";
import { clientsOf, whole } from "./readers.ts";

const NOW = Date.parse("2026-06-13T12:00:00Z");
const BIG = { recordings: 12_000, works: 900, albums: 150, upcomingShows: 1_300, pastShows: 2_400 };

function bigWorld(seed = "big"): World {
  return createWorld({ seed, now: NOW, artists: [BIG, {}, {}], festivals: 3 });
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, item) => item);
}

describe("a generated world", () => {
  it("is the same each time, and another one for another seed", () => {
    const sample = (world: World) => JSON.stringify([recordingAt(world, world.artist(0), 7_777), albumAt(world, world.artist(1), 0), setlistAt(world, world.artist(0), 99), showsOf(world, world.artist(2))]);
    expect(sample(bigWorld())).toBe(sample(bigWorld()));
    expect(sample(bigWorld("other"))).not.toBe(sample(bigWorld()));
  });

  it("names all artists and all songs of an artist differently", () => {
    const world = createWorld({ seed: "names", now: NOW, artists: 300 });
    expect(new Set(world.artists.map(({ name }) => name)).size).toBe(300);
    expect(new Set(numbers(5_000).map((song) => titleOf(world, 0, song))).size).toBe(5_000);
  });

  it("finds what each id stands for, and gives no id twice", () => {
    const world = bigWorld();
    const owned: [Provider, Kind[]][] = [["musicbrainz", ["recording", "work", "album"]], ["ticketmaster", ["show"]], ["spotify", ["album", "track"]]];
    for (const [provider, kinds] of owned) {
      const artists = numbers(3).map((artist) => ({ kind: "artist", artist, item: 0 }) as const);
      const places = [...artists, ...kinds.flatMap((kind) => numbers(150).map((item) => ({ kind, artist: 0, item })))];
      for (const place of places) expect(world.find(provider, world.id(provider, place), ...KINDS)).toEqual(place);
      expect(new Set(places.map((place) => world.id(provider, place))).size).toBe(places.length);
    }
    const setlists = numbers(2_400).map((item) => ({ kind: "setlist", artist: 0, item }) as const);
    for (const place of setlists) expect(world.find("setlistfm", world.id("setlistfm", place), "setlist")).toEqual(place);
    expect(world.find("spotify", "7".repeat(22), ...KINDS)).toBeNull();
  });

  it("has every kind of recording, with and without ISRCs, lengths, guests and works", () => {
    const world = bigWorld();
    const recordings = numbers(12_000).map((item) => recordingAt(world, world.artist(0), item));
    expect(new Set(recordings.map(({ version }) => version)).size).toBe(10);
    const works = new Set(recordings.map(({ song }) => song));
    expect(works.size).toBe(901);
    for (const has of [(r: (typeof recordings)[number]) => r.guest !== null, (r: (typeof recordings)[number]) => r.durationMs === null, (r: (typeof recordings)[number]) => r.isrcs.length === 0]) {
      const share = recordings.filter(has).length / recordings.length;
      expect(share).toBeGreaterThan(0.02);
      expect(share).toBeLessThan(0.5);
    }
    const isrcs = recordings.flatMap((recording) => recording.isrcs);
    expect(new Set(isrcs).size).toBe(isrcs.length);
    expect(recordings.every(({ releasedOn }) => releasedOn.slice(0, 4) < "2026")).toBe(true);
  });

  it("has the same song on an album, its deluxe edition and a single", () => {
    const world = bigWorld();
    const albums = numbers(150).map((item) => albumAt(world, world.artist(0), item));
    const songs = (form: string) => new Set(albums.filter((album) => album.form === form).flatMap(({ tracks }) => tracks.map((item) => recordingAt(world, world.artist(0), item).song)));
    const onAlbums = songs("album");
    for (const form of ["deluxe", "single", "ep", "live", "compilation"]) expect([...songs(form)].filter((song) => !onAlbums.has(song))).toEqual([]);
    expect(albums.filter(({ form }) => form === "single").every(({ tracks }) => tracks.length > 1)).toBe(true);
  });

  it("has setlists as people write them: encores, covers, tapes, notes, guests, songs without a name, two on one day", () => {
    const world = bigWorld();
    const setlists = setlistsOf(world, world.artist(0)).map((item) => setlistAt(world, world.artist(0), item));
    const songs = setlists.flatMap(({ sets }) => sets.flatMap((set) => set.songs));
    expect(setlists.filter(({ sets }) => sets.length === 0)).toHaveLength(240);
    for (const some of [songs.some(({ tape }) => tape), songs.some(({ cover }) => cover !== null), songs.some(({ guest }) => guest !== null), songs.some(({ name }) => name === ""), songs.some(({ info }) => info === "Acoustic")]) expect(some).toBe(true);
    expect(setlists.some(({ sets }) => sets.some(({ encore }) => encore === 2))).toBe(true);
    expect(new Set(setlists.map(({ localDate }) => localDate)).size).toBeLessThan(2_400);
    const titles = new Set(numbers(900).map((song) => titleOf(world, 0, song)));
    const own = songs.filter(({ cover, tape, name }) => cover === null && !tape && name !== "");
    const share = own.filter(({ name }) => titles.has(name)).length / own.length;
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(1);
  });

  it("has shows of every status, with and without dates, by the venue's clock", () => {
    const world = bigWorld();
    const shows = showsOf(world, world.artist(0));
    expect(new Set(shows.map(({ status }) => status))).toEqual(new Set(["onsale", "offsale", "cancelled", "postponed", "rescheduled"]));
    expect(new Set(shows.map(({ undated }) => undated))).toEqual(new Set([null, "TBA", "TBD"]));
    expect(shows.every(({ startsAt, status }) => status !== "postponed" || startsAt === null)).toBe(true);
    expect(shows.some(({ place, bill }) => place.kind === "festival" && bill.length > 1)).toBe(true);
    expect(new Date(instantOf("2026-07-01", "20:00:00", "America/New_York")).toISOString()).toBe("2026-07-02T00:00:00.000Z");
    expect(new Date(instantOf("2026-01-01", "20:00:00", "Europe/London")).toISOString()).toBe("2026-01-01T20:00:00.000Z");
    expect(new Set(numbers(80).map((index) => world.venue(index).without))).toContain("coordinates");
  });

  it("gives an artist of more than 1,000 shows to the real client, which slices: all that have a date", async () => {
    const world = bigWorld();
    await using sandbox = await startSandbox({ world, limits: { pace: null } });
    const { ticketmaster } = clientsOf(sandbox, { minTimeMs: 0 });
    const id = world.id("ticketmaster", { kind: "artist", artist: 0, item: 0 });
    const { records } = await whole((cursor) => ticketmaster.showsOfArtist(id, { range: { from: NOW, to: NOW + 3 * 365 * 86_400_000 }, cursor }));
    const dated = showsOf(world, world.artist(0)).filter(({ startsAt }) => startsAt !== null);
    expect(dated.length).toBeGreaterThan(1_000);
    expect(records.map((show) => show.id)).toEqual(dated.map(({ place }) => world.id("ticketmaster", place)));
    const tooFar = await fetch(`${sandbox.bases.ticketmaster}/discovery/v2/events.json?apikey=${sandbox.keys.ticketmaster}&attractionId=${id}&size=200&page=5`);
    expect(tooFar.status).toBe(400);
  });

  it("finds shows at a place, by its city and by the distance from it", async () => {
    const world = bigWorld();
    await using sandbox = await startSandbox({ world, limits: { pace: null } });
    const { ticketmaster } = clientsOf(sandbox, { minTimeMs: 0 });
    const range = { from: NOW, to: NOW + 365 * 86_400_000 };
    const { city } = world.venue(showsOf(world, world.artist(0))[0]!.venue);
    const named = await whole((cursor) => ticketmaster.showsAt({ city: city.name, countryCode: city.countryCode }, { range, cursor }));
    expect(named.records.length).toBeGreaterThan(0);
    expect(new Set(named.records.filter(({ venue }) => venue !== null).map(({ venue }) => venue?.city))).toEqual(new Set([city.name]));
    const near = await whole((cursor) => ticketmaster.showsAt({ latitude: city.latitude, longitude: city.longitude, radiusKm: 15 }, { range, cursor }));
    const ids = new Set(near.records.map(({ id }) => id));
    expect(named.records.every(({ id }) => ids.has(id))).toBe(true);
  });
});
