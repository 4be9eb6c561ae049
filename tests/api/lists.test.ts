import { afterAll, beforeAll, expect, test } from "vitest";
import * as demo from "#db/queries/demo.ts";
import { fold } from "#server/domain/fold.ts";
import { buildShow } from "#tests/support/builders.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Every item of a list, page by page, as a script would fetch it. */
async function all<T>(page: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null | undefined;
  do {
    const answer = await page(cursor ?? undefined);
    items.push(...answer.items);
    cursor = answer.nextCursor;
  } while (cursor !== null);
  return items;
}

let serial = 0;

/** An artist with shows on the given dates, one ballot song each; returns ids in the order given. */
async function buildTour(dates: string[]): Promise<{ artistId: number; showIds: number[]; setlistSongIds: number[] }> {
  serial += 1;
  const name = `Touring ${serial}`;
  return server.database.change(async (tx) => {
    const [artist] = await demo.insertArtists(tx, [
      { name, searchName: fold(name), slug: `touring-${serial}`, genre: "Folk", country: "IE" },
    ]);
    const place = { city: "Cork", country: "IE", latitude: 51.9, longitude: -8.5, capacity: null, timeZone: "Europe/Dublin" };
    const [venue] = await demo.insertVenues(tx, [{ name: `Hall ${serial}`, slug: `hall-${serial}`, ...place }]);
    const [song] = await demo.insertSongs(tx, [
      { artistId: artist!.id, title: "Reel", searchTitle: fold("Reel"), likelihoodRank: 0 },
    ]);
    const common = { artistId: artist!.id, venueId: venue!.id, tour: null, startsAt: null, status: "upcoming" as const };
    const slugs = dates.map((date, i) => `touring-${serial}-${date}-${i}`);
    const inserted = await demo.insertShows(tx, dates.map((localDate, i) => ({ ...common, localDate, slug: slugs[i]! })));
    const idBySlug = new Map(inserted.map((show) => [show.slug, show.id]));
    const showIds = slugs.map((slug) => idBySlug.get(slug)!);
    const closesAt = Date.parse("2027-01-01T00:00:00Z");
    await demo.insertPredictedSetlists(tx, showIds.map((showId) => ({ showId, closesAt, lockedAt: null, createdAt: 0 })));
    const rows = await demo.insertSetlistSongs(tx, showIds.map((showId) => ({ showId, songId: song!.id, position: 1 })));
    const songOf = new Map(rows.map((row) => [row.showId, row.id]));
    return { artistId: artist!.id, showIds, setlistSongIds: showIds.map((showId) => songOf.get(showId)!) };
  });
}

const twentyDates = Array.from({ length: 20 }, (_, i) => `2026-07-${String(1 + (i % 7)).padStart(2, "0")}`);

test.each([1, 3, 7, 20, 100])("pages of %i shows by date hold every show once, soonest first", async (limit) => {
  const { artistId, showIds } = await buildTour(twentyDates);
  const items = await all((cursor) => server.client.shows.list.query({ artist: artistId, limit, cursor }));
  expect(items.map((show) => show.id).sort((a, b) => a - b)).toEqual([...showIds].sort((a, b) => a - b));
  const keys = items.map((show) => [show.localDate, show.id]);
  expect(keys).toEqual([...keys].sort(([a, i], [b, j]) => String(a).localeCompare(String(b)) || Number(i) - Number(j)));
});

test.each([1, 3, 7])("pages of %i shows by votes hold every show once, most votes first", async (limit) => {
  const { artistId, showIds, setlistSongIds } = await buildTour(twentyDates.slice(0, 10));
  const fans = [await server.fan(), await server.fan()];
  // Two votes for the ninth show, one each for the third and the fifth, none for the others.
  await fans[0]!.client.votes.castMany.mutate({ setlistSongIds: [setlistSongIds[8]!, setlistSongIds[2]!] });
  await fans[1]!.client.votes.castMany.mutate({ setlistSongIds: [setlistSongIds[8]!, setlistSongIds[4]!] });
  const items = await all((cursor) => server.client.shows.list.query({ artist: artistId, sort: "votes", limit, cursor }));
  expect(items.map((show) => show.totalVotes)).toEqual([2, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  const [first, second, third, ...others] = items.map((show) => show.id);
  expect([first, second, third]).toEqual([showIds[8], showIds[2], showIds[4]]);
  expect(others).toEqual(showIds.filter((_, i) => ![8, 2, 4].includes(i)).sort((a, b) => a - b));
});

test("shows are taken from a date to a date, both included, and without dates from today on", async () => {
  const dates = ["2026-05-30", "2026-06-13", "2026-06-20", "2026-06-21", "2026-06-22"];
  const { artistId } = await buildTour(dates);
  const list = async (from?: string, to?: string) =>
    (await server.client.shows.list.query({ artist: artistId, from, to })).items.map((show) => show.localDate);
  expect(await list()).toEqual(dates.slice(1));
  expect(await list("2026-06-20", "2026-06-21")).toEqual(["2026-06-20", "2026-06-21"]);
  expect(await list(undefined, "2026-06-13")).toEqual(["2026-06-13"]);
  expect(await list("2000-01-01", "2026-06-01")).toEqual(["2026-05-30"]);
  expect(await list("2026-06-23")).toEqual([]);
});

test("artists page by name without gap or duplicate, same names included", async () => {
  const names = ["Zed", "Älva", "alto", "Alto", "Twin Names", "Twin Names", "日本", "Éclair"];
  await server.database.change((tx) =>
    demo.insertArtists(
      tx,
      names.map((name, i) => ({ name, searchName: fold(name), slug: `paged-${i}`, genre: "Paged genre", country: "SE" })),
    ),
  );
  const items = await all((cursor) => server.client.artists.list.query({ genre: "Paged genre", limit: 3, cursor }));
  expect(items.map((artist) => artist.name).sort()).toEqual([...names].sort());
  expect(new Set(items.map((artist) => artist.id)).size).toBe(names.length);
  expect(items[0]).toEqual({
    id: expect.any(Number) as number,
    slug: expect.stringMatching(/^paged-\d$/) as string,
    name: expect.any(String) as string,
    genre: "Paged genre",
    country: "SE",
    disambiguation: null,
    upcomingShows: 0,
    songs: 0,
  });
});

test("artists are found by any part of the name, with counts and every genre there is", async () => {
  const show = await buildShow(server.database, { artist: "The Findable Ones" });
  const { items, nextCursor, genres } = await server.client.artists.list.query({ query: "findable" });
  expect(items).toMatchObject([{ id: show.artistId, upcomingShows: 1, songs: 15 }]);
  expect(nextCursor).toBeNull();
  expect(genres).toContain("Indie rock");
  for (const query of ["%", "_", "\\", "'; --"]) {
    expect((await server.client.artists.list.query({ query })).items).toEqual([]);
  }
});

test("a fan's votes page by show, latest show first", async () => {
  const dates = Array.from({ length: 9 }, (_, i) => `2026-08-${String(10 + Math.floor(i / 2))}`);
  const { showIds, setlistSongIds } = await buildTour(dates);
  const fan = await server.fan();
  await fan.client.votes.castMany.mutate({ setlistSongIds });
  await fan.client.votes.retract.mutate({ setlistSongId: setlistSongIds[0]! });
  const items = await all((cursor) => fan.client.votes.mine.query({ limit: 2, cursor }));
  expect(items.map((item) => item.show.id)).toEqual(showIds.slice(1).reverse());
  expect(items.every((item) => item.songs.length === 1 && item.songs[0]!.votes === 1)).toBe(true);
});

test("a search ignores case and accents and takes wildcards as they are", async () => {
  const show = await buildShow(server.database, { ballot: ["Crème Brûlée"], catalogue: ["100% Mine", "100 Miles", "ÅNGSTRÖM"] });
  const find = async (query: string) =>
    (await server.client.songs.search.query({ artist: show.artistSlug, query })).items.map((song) => song.title);
  expect(await find("creme bru")).toEqual(["Crème Brûlée"]);
  expect(await find("ångström")).toEqual(["ÅNGSTRÖM"]);
  expect(await find("100%")).toEqual(["100% Mine"]);
  expect(await find("0 m")).toEqual(["100 Miles"]);
  expect(await find("_")).toEqual([]);
});

function cursorOf(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

test.each(["", "x", cursorOf(null), cursorOf([1, 2, 3]), cursorOf([{}, []]), cursorOf(["2026-06-14", 1, 2, 3])])(
  "a made-up cursor (%j) is refused by every list",
  async (cursor) => {
    const fan = await server.fan();
    const { shows, artists, votes } = fan.client;
    const refused = { status: 400, reason: "invalid", fields: { cursor: "This cursor is not one that a list gave out." } };
    expect(await refusalOf(shows.list.query({ cursor }))).toMatchObject(refused);
    expect(await refusalOf(artists.list.query({ cursor }))).toMatchObject(refused);
    expect(await refusalOf(votes.mine.query({ cursor }))).toMatchObject(refused);
  },
);

test("a show, an artist and a venue that were removed say so", async () => {
  await server.database.change(async (tx) => {
    for (const kind of ["show", "artist", "venue"]) {
      await tx.run(`INSERT INTO removed_pages (kind, slug, removed_at) VALUES ('${kind}', 'gone-${kind}', 0)`);
    }
  });
  const { shows, artists, venues } = server.client;
  const gone = (noun: string) => ({ status: 404, reason: "gone", message: `This ${noun} has been removed.` });
  expect(await refusalOf(shows.get.query({ show: "gone-show" }))).toEqual(gone("show"));
  expect(await refusalOf(artists.get.query({ artist: "gone-artist" }))).toEqual(gone("artist"));
  expect(await refusalOf(venues.get.query({ venue: "gone-venue" }))).toEqual(gone("venue"));
});
