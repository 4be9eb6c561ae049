import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionCookie } from "#tests/support/browser-session.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import { startTestServer, type TestFan, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;
let fan: TestFan;
let cookie: string;
/** Of an artist and a venue that nobody has said anything about, with votes. */
let bare: BuiltShow;
/** Its like, of which everything is known. */
let known: BuiltShow;

beforeAll(async () => {
  server = await startTestServer({ pages: true });
  const tonight = { localDate: "2026-06-13" };
  bare = await buildShow(server.database, { ...tonight, artist: "Nobody Knows", venue: "Somewhere Hall", bare: true });
  known = await buildShow(server.database, { ...tonight, artist: "Everyone Knows", venue: "Great Hall" });
  fan = await server.fan("Ada", "admin");
  const session = await sessionCookie(server, fan);
  cookie = `${session.name}=${session.value}`;
  await fan.client.votes.castMany.mutate({ setlistSongIds: [bare.setlistSongIds[0]!, known.setlistSongIds[0]!] });
});
afterAll(() => server[Symbol.asyncDispose]());

const nowhere = { city: null, country: null, timeZone: "Europe/Berlin" };

describe("what nobody has said is null", () => {
  test("of a show, its artist and its venue", async () => {
    const page = await server.client.shows.get.query({ show: bare.slug });
    expect(page.artist).toMatchObject({ name: "Nobody Knows", genre: null, country: null });
    expect(page.venue).toMatchObject({ name: "Somewhere Hall", ...nowhere, latitude: null, longitude: null, capacity: null });
    const { venue } = await server.client.venues.get.query({ venue: bare.venueSlug });
    expect(venue).toEqual(page.venue);
    const { artist } = await server.client.artists.get.query({ artist: bare.artistSlug });
    expect(artist).toEqual({ ...page.artist, disambiguation: null });
  });

  test("in lists, and it is no genre to filter by", async () => {
    const { items } = await server.client.shows.list.query({ artist: bare.artistSlug });
    expect(items).toMatchObject([{ artist: { genre: null, country: null }, venue: nowhere }]);
    const { items: artists, genres } = await server.client.artists.list.query();
    expect(artists.map(({ name, genre }) => [name, genre])).toEqual([
      ["Everyone Knows", "Indie rock"],
      ["Nobody Knows", null],
    ]);
    expect(genres).toEqual(["Indie rock"]);
  });
});

const INLINE = /<\/?(a|bdi|code|span|strong|time)\b[^>]*>/g;

/** The lines that a page shows, and its title and description. */
async function wordsOf(path: string): Promise<{ head: string[]; lines: string[] }> {
  const answer = await fetch(server.url + path, { headers: { cookie } });
  expect(answer.status).toBe(200);
  const html = (await answer.text()).replace(/<!--.*?-->/gs, "");
  const head = [/<title>(.*?)<\/title>/, /<meta name="description" content="(.*?)"/].map((part) => part.exec(html)![1]!);
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  const lines = main.replace(INLINE, "").replace(/<[^>]*>/g, "\n").split("\n");
  return { head, lines: lines.map((line) => line.trim()).filter((line) => line !== "") };
}

/** Words that stand for nothing, and separators with nothing before or after them. */
const STRAY = /\bnull\b|\bundefined\b|\bNaN\b|^[,·]|[,·]$|[,·]\s*[,·]|\s,|\bin (and|that)\b/;

const pages = (of: () => BuiltShow) => ({
  home: () => "/",
  shows: () => "/shows",
  artists: () => "/artists",
  show: () => `/shows/${of().slug}`,
  artist: () => `/artists/${of().artistSlug}`,
  venue: () => `/venues/${of().venueSlug}`,
  account: () => "/account",
});

test.each(Object.entries(pages(() => bare)))("the page %s shows what is known and leaves the rest out", async (_name, path) => {
  const { head, lines } = await wordsOf(path());
  expect([...head, ...lines].filter((line) => STRAY.test(line))).toEqual([]);
  expect(lines.join("\n")).toMatch(/Nobody Knows|Somewhere Hall/);
});

test.each([
  ["artists", "Indie rock · 1 show ahead", "1 show ahead"],
  ["artist", "Indie rock · United Kingdom", null],
  ["artist", "Berlin", "Somewhere Hall"],
  ["venue", "Berlin, Germany", null],
  ["venue", "Coordinates", null],
  ["show", "Great Hall, Berlin", "Somewhere Hall"],
  ["show", "Today 20:00, Berlin time", "Today 20:00, local time"],
] as const)("the page %s says %j, and without the facts %j", async (name, full, rest) => {
  expect((await wordsOf(pages(() => known)[name]())).lines).toContain(full);
  const { lines } = await wordsOf(pages(() => bare)[name]());
  if (rest === null) expect(lines).not.toContain(full);
  else expect(lines).toContain(rest);
});

test("artists of one name are told apart, on the list and on their pages, and a venue says its region", async () => {
  const { artistSlug, venueSlug } = await buildShow(server.database, { artist: "Same Name", venue: "State Hall" });
  await server.database.change(async (tx) => {
    await tx.run(`UPDATE artists SET disambiguation = 'UK band', genre = '' WHERE slug = '${artistSlug}'`);
    await tx.run(`UPDATE venues SET region = 'Brandenburg' WHERE slug = '${venueSlug}'`);
  });
  expect((await wordsOf("/artists")).lines).toContain("UK band · 1 show ahead");
  expect((await wordsOf(`/artists/${artistSlug}`)).lines).toContain("UK band · United Kingdom");
  expect((await wordsOf(`/venues/${venueSlug}`)).lines).toContain("Berlin, Brandenburg, Germany");
});

test("titles and descriptions of pages name the place where there is one", async () => {
  expect((await wordsOf(`/venues/${known.venueSlug}`)).head[1]).toBe("Shows at Great Hall in Berlin that fans are voting on.");
  expect((await wordsOf(`/venues/${bare.venueSlug}`)).head).toEqual([
    "Somewhere Hall · TheSet",
    "Shows at Somewhere Hall that fans are voting on.",
  ]);
  expect((await wordsOf(`/shows/${bare.slug}`)).head).toEqual([
    "Nobody Knows at Somewhere Hall, Tonight 20:00 · TheSet",
    "Vote for the songs Nobody Knows will play at Somewhere Hall and watch the tally move live.",
  ]);
});

test("a postponed show's page says so, with the date that it had and no countdown", async () => {
  const show = await buildShow(server.database, { artist: "Later", status: "postponed", localDate: "2026-06-20" });
  const { head, lines } = await wordsOf(`/shows/${show.slug}`);
  expect(head[0]).toMatch(/^Later at Venue \d+, postponed · TheSet$/);
  expect(lines).toEqual(expect.arrayContaining(["was Sat 20 Jun", "This show is postponed"]));
  expect(lines.filter((line) => line.startsWith("Postponed"))).toHaveLength(1);
  expect(lines.join(" ")).toContain("Votes stay as they are until there is a new date.");
  expect(lines.join(" ")).not.toContain("Voting closes in");
  const artist = await wordsOf(`/artists/${show.artistSlug}`);
  expect(artist.lines).toContain("was Sat 20 Jun");
  expect(artist.lines.filter((line) => line.startsWith("Postponed"))).toHaveLength(1);
});

test("songs that are not voted for are left out of an artist's page, and found and added by who asks for them", async () => {
  const show = await buildShow(server.database, { artist: "Ceremonial", ballot: ["Opener"], catalogue: ["Intro (tape)", "Closer"] });
  const [introId] = show.catalogueSongIds;
  await server.database.change((tx) => tx.run(`UPDATE songs SET ballot_worthy = 0 WHERE id = ${introId!}`));
  const { songs } = await server.client.artists.get.query({ artist: show.artistSlug });
  expect(songs.map((song) => song.title)).toEqual(["Opener", "Closer"]);
  const { items } = await server.client.songs.search.query({ artist: show.artistSlug, query: "intro", show: show.slug });
  expect(items).toEqual([{ id: introId, title: "Intro (tape)", setlistSongId: null }]);
  const added = await fan.client.setlists.suggest.mutate({ show: show.slug, songId: introId! });
  expect(added.tallyVersion).toBe(1);
});
