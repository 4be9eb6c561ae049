import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCareer, buildPast } from "#tests/support/browser-came-in.ts";
import { buildShow } from "#tests/support/builders.ts";
import { buildBill, buildSetlist, linkArtist, linkShow } from "#tests/support/came-in.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const show = (slug: string) => server.client.shows.get.query({ show: slug });
const artist = (slug: string) => server.client.artists.get.query({ artist: slug });

describe("tickets", () => {
  test("are linked to at each seller once, as the seller wants it", async () => {
    const built = await buildShow(server.database);
    const url = "https://www.ticketmaster.com/event/1?wt.mc_id=a";
    await linkShow(server.database, built, url);
    await linkShow(server.database, built, "https://www.ticketmaster.com/event/2");
    await linkShow(server.database, built, null);
    expect((await show(built.slug)).tickets).toEqual([{ provider: "ticketmaster", url, text: "Tickets at Ticketmaster" }]);
  });

  test.each(["completed", "cancelled", "postponed", "ongoing"] as const)("are not offered for a show that is %s", async (status) => {
    const built = await buildShow(server.database, { status });
    await linkShow(server.database, built, "https://www.ticketmaster.com/event/3");
    expect((await show(built.slug)).tickets).toEqual([]);
  });

  test("of an event that was found to be another one are not offered", async () => {
    const built = await buildShow(server.database);
    await linkShow(server.database, built, "https://www.ticketmaster.com/event/4");
    await server.database.change((tx) => tx.run(`UPDATE show_identities SET status = 'rejected' WHERE show_id = ${built.showId}`));
    const { tickets, sources } = await show(built.slug);
    expect([tickets, sources]).toEqual([[], []]);
  });
});

test("others on the bill are named in its order, with a page where they have one here", async () => {
  const built = await buildShow(server.database);
  const support = await buildShow(server.database, { artist: "Support Act" });
  const wrong = await buildShow(server.database, { artist: "Another of the Name" });
  await linkArtist(server.database, built.artistId, "ticketmaster", { id: "main" });
  await linkArtist(server.database, support.artistId, "ticketmaster", { id: "support" });
  await linkArtist(server.database, wrong.artistId, "ticketmaster", { id: "wrong" });
  await server.database.change((tx) => tx.run("UPDATE artist_identities SET status = 'rejected' WHERE provider_id = 'wrong'"));
  await buildBill(server.database, built.showId, [
    { name: "Unknown", id: "unknown" },
    { name: "The Main Act", id: "main" },
    { name: "Support", id: "support" },
    { name: "Wrong", id: "wrong" },
  ]);
  expect((await show(built.slug)).alsoOnBill).toEqual([
    { name: "Unknown", slug: null },
    { name: "Support", slug: support.artistSlug },
    { name: "Wrong", slug: null },
  ]);
});

describe("an artist's pages elsewhere", () => {
  test("are linked to where one is known, a rejected one is not", async () => {
    const { artistId, artistSlug } = await buildShow(server.database);
    const [musicbrainz, spotify] = [`https://musicbrainz.org/artist/${artistId}`, `https://open.spotify.com/artist/${artistId}`];
    await linkArtist(server.database, artistId, "spotify", { url: spotify });
    await linkArtist(server.database, artistId, "musicbrainz", { url: musicbrainz });
    await linkArtist(server.database, artistId, "setlistfm", { id: "rejected", url: "https://www.setlist.fm/setlists/x.html" });
    await linkArtist(server.database, artistId, "ticketmaster");
    await server.database.change((tx) => tx.run("UPDATE artist_identities SET status = 'rejected' WHERE provider_id = 'rejected'"));
    const { links } = await artist(artistSlug);
    expect(links).toEqual([
      { provider: "musicbrainz", url: musicbrainz, text: "More at MusicBrainz" },
      { provider: "spotify", url: spotify, text: "Listen on Spotify" },
    ]);
  });
});

describe("a page says whose data it shows", () => {
  const named = (page: { sources: { name: string }[] }) => page.sources.map((source) => source.name);

  test("of nobody where all is the site's own", async () => {
    const { slug, artistSlug, venueSlug } = await buildShow(server.database);
    const pages = [await show(slug), await artist(artistSlug), await server.client.venues.get.query({ venue: venueSlug })];
    expect(pages.map(named)).toEqual([[], [], []]);
  });

  test("of those whose records were stored, not of those that another one only links to", async () => {
    const built = await buildShow(server.database);
    await linkArtist(server.database, built.artistId, "musicbrainz", { url: "https://musicbrainz.org/artist/stored" });
    await linkArtist(server.database, built.artistId, "spotify");
    await linkArtist(server.database, built.artistId, "setlistfm");
    const page = await show(built.slug);
    expect(page.sources).toEqual([
      {
        provider: "musicbrainz",
        name: "MusicBrainz",
        home: "https://musicbrainz.org",
        text: "Artists, genres, songs and albums from MusicBrainz",
        termsUrl: "https://musicbrainz.org/doc/About/Data_License",
        licence: { text: "Genres under CC BY-NC-SA 3.0", url: "https://creativecommons.org/licenses/by-nc-sa/3.0/" },
      },
    ]);
    expect(named(await artist(built.artistSlug))).toEqual(["MusicBrainz"]);
    expect(named(await server.client.venues.get.query({ venue: built.venueSlug }))).toEqual(["MusicBrainz"]);
  });

  test("names the licence of genres only where there is one to see", async () => {
    const built = await buildShow(server.database, { bare: true });
    await linkArtist(server.database, built.artistId, "musicbrainz", { url: "https://musicbrainz.org/artist/bare" });
    expect((await artist(built.artistSlug)).sources).toMatchObject([{ name: "MusicBrainz", licence: null }]);
  });

  test("of the shows and setlists in its lists", async () => {
    const built = await buildShow(server.database, { localDate: "2026-06-10", status: "completed" });
    await buildSetlist(server.database, built, { sets: [{ songs: ["One"] }] });
    await linkShow(server.database, built, null);
    const pages = [await show(built.slug), await artist(built.artistSlug), await server.client.venues.get.query({ venue: built.venueSlug })];
    expect(pages.map(named)).toEqual(Array.from({ length: 3 }, () => ["setlist.fm", "Ticketmaster"]));
  });

  test("of the songs that it lists", async () => {
    const built = await buildShow(server.database);
    await server.database.change((tx) =>
      tx.run(`
        INSERT INTO song_variants (artist_id, provider, provider_id, song_id, title, title_key, kind, live, video)
        SELECT artist_id, 'spotify', 'track', id, title, title_key, 'original', 0, 0 FROM songs WHERE artist_id = ${built.artistId} LIMIT 1`),
    );
    expect(named(await show(built.slug))).toEqual(["Spotify"]);
    expect(named(await artist(built.artistSlug))).toEqual(["Spotify"]);
  });
});

describe("past shows", () => {
  test("are walked to the first, none twice, with what was played marked", async () => {
    const built = await buildCareer(server.database);
    const { past, pastCursor } = await artist(built.artistSlug);
    const walked = [...past];
    let cursor = pastCursor;
    for (let pages = 0; cursor !== null && pages < 10; pages += 1) {
      const page = await server.client.artists.pastShows.query({ artist: built.artistSlug, cursor, limit: 4 });
      expect(page.artist.slug).toBe(built.artistSlug);
      walked.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(past).toHaveLength(50);
    expect(walked).toHaveLength(61);
    expect(new Set(walked.map((item) => item.id)).size).toBe(61);
    expect(walked.map((item) => item.localDate)).toEqual(walked.map((item) => item.localDate).toSorted().reverse());
    expect(walked.filter((item) => item.setlist).map((item) => item.slug)).toEqual([built.slug]);
  });

  test("of one night are told apart by the cursor", async () => {
    const built = await buildShow(server.database, { localDate: "2026-06-10", status: "completed" });
    await buildPast(server.database, built, 7);
    await server.database.change((tx) => tx.run(`UPDATE shows SET local_date = '2026-06-10' WHERE artist_id = ${built.artistId}`));
    const ids: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await server.client.venues.pastShows.query({ venue: built.venueSlug, cursor, limit: 3 });
      ids.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && ids.length < 20);
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(8);
  });

  test("an empty setlist marks nothing", async () => {
    const built = await buildShow(server.database, { localDate: "2026-06-10", status: "completed" });
    await buildSetlist(server.database, built, {});
    expect((await artist(built.artistSlug)).past).toMatchObject([{ id: built.showId, setlist: false }]);
  });

  test("the page of an artist whose shows all fit leads nowhere", async () => {
    const built = await buildShow(server.database, { localDate: "2026-06-10", status: "completed" });
    expect(await artist(built.artistSlug)).toMatchObject({ past: [{ id: built.showId }], pastCursor: null });
  });

  test.each([
    ["of an artist that is not there", { artist: "nobody-at-all" }, "not_found"],
    ["after a made-up cursor", { artist: 1, cursor: "made-up" }, "invalid"],
    ["too many at once", { artist: 1, limit: 101 }, "invalid"],
  ])("%s are refused", async (_what, input, reason) => {
    expect(await refusalOf(server.client.artists.pastShows.query(input))).toMatchObject({ reason });
  });
});
