import { describe, expect, it } from "vitest";
import { ProviderError, type ProviderHttp, type ProviderRequest } from "#jobs/providers/http.ts";
import { createMusicBrainz, luceneWords, pages } from "#jobs/providers/musicbrainz/client.ts";
import { explain } from "#jobs/providers/musicbrainz/explain.ts";
import { MUSICBRAINZ, userAgent } from "#jobs/providers/musicbrainz/terms.ts";

const ARTIST = "0aa1bb22-cc33-4d44-8e55-ff6677889900";
const DAY_MS = 86_400_000;

/** Answers with what `answer` makes of a request, and keeps the requests. */
function musicBrainz(answer: (request: ProviderRequest) => unknown) {
  const requests: ProviderRequest[] = [];
  const http: ProviderHttp = {
    async request(request) {
      requests.push(request);
      return { status: 200, body: answer(request), unchanged: false };
    },
  };
  return { client: createMusicBrainz(http), requests };
}

function mbid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
}

/** A catalogue of so many recordings, asked for in pages. */
function catalogue(size: number) {
  const all = Array.from({ length: size }, (_, n) => ({ id: mbid(n), title: `Song ${n}` }));
  return musicBrainz(({ query }) => {
    const offset = Number(query?.["offset"]);
    const recordings = all.slice(offset, offset + Number(query?.["limit"]));
    return { "recording-count": size, "recording-offset": offset, recordings };
  });
}

async function failure(promise: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProviderError);
  return error as ProviderError;
}

describe("a search for artists", () => {
  it("asks with the words and tells the matches in order", async () => {
    const { client, requests } = musicBrainz(() => ({
      created: "2026-01-01T00:00:00.000Z",
      count: "12",
      offset: 10,
      artists: [
        { id: mbid(1), score: 100, name: "Paper Lanterns" },
        { id: mbid(2), score: "64", name: "Paper" },
      ],
    }));
    const page = await client.searchArtists("Paper Lanterns", { cursor: "10", limit: 25 });
    expect(requests).toEqual([
      { path: "/artist", query: { query: "Paper Lanterns", limit: 25, offset: 10, fmt: "json" }, freshMs: DAY_MS / 24 },
    ]);
    expect(page.records.map(({ name }) => name)).toEqual(["Paper Lanterns", "Paper"]);
    expect(page).toMatchObject({ refused: [], next: null, total: 12 });
  });

  it.each([
    ["AC/DC", "AC\\/DC"],
    ["!!!", "\\!\\!\\!"],
    ['Ke$ha "live" (2010)', 'Ke$ha \\"live\\" \\(2010\\)'],
    ["name:x AND *:*", "name\\:x and \\*\\:\\*"],
    ["OR", "or"],
    ["Andy NOT TOM", "Andy not TOM"],
    ["a\\b~^{}[]-+&|?", "a\\\\b\\~\\^\\{\\}\\[\\]\\-\\+\\&\\|\\?"],
    ["  two \n words ", "two words"],
    ["Sigur Rós 羊文学", "Sigur Rós 羊文学"],
  ])("for %j says %j", (name, words) => {
    expect(luceneWords(name)).toBe(words);
  });

  it("for nothing is not asked", async () => {
    const { client, requests } = musicBrainz(() => ({}));
    for (const name of ["", "  ", "\u200b"]) expect((await failure(client.searchArtists(name))).kind).toBe("bad_request");
    expect(requests).toEqual([]);
  });
});

describe("a list of what belongs to an artist", () => {
  it("is asked for with all that lists can tell", async () => {
    const { client, requests } = musicBrainz(({ path }) => ({ [`${path.slice(1)}s`]: [] }));
    await client.recordings(ARTIST.toUpperCase());
    await client.works(ARTIST, { cursor: "200" });
    await client.albums(ARTIST, { limit: 1_000, freshMs: 0 });
    const common = { artist: ARTIST, limit: 100, fmt: "json" };
    expect(requests).toEqual([
      { path: "/recording", query: { ...common, inc: "artist-credits isrcs work-rels", offset: 0 }, freshMs: DAY_MS },
      { path: "/work", query: { ...common, inc: "aliases", offset: 200 }, freshMs: DAY_MS },
      { path: "/release-group", query: { ...common, "release-group-status": "website-default", offset: 0 }, freshMs: 0 },
    ]);
  });

  it("goes on after all that came, refused or not", async () => {
    const { client } = musicBrainz(() => ({
      "release-group-count": 5,
      "release-group-offset": 1,
      "release-groups": [{ id: mbid(1), title: "Night Ferry" }, { id: mbid(2), title: "" }, null],
    }));
    expect(await client.albums(ARTIST, { cursor: "1" })).toMatchObject({
      records: [{ title: "Night Ferry" }],
      refused: [{ reason: "no_name" }, { reason: "malformed" }],
      next: "4",
      total: 5,
    });
  });

  it("ends where nothing comes, though the total says otherwise, and goes on where there is no total", async () => {
    const empty = musicBrainz(() => ({ "work-count": 900, works: [] }));
    expect((await empty.client.works(ARTIST, { cursor: "800" })).next).toBeNull();
    const uncounted = musicBrainz(() => ({ works: [{ id: mbid(1), title: "Harbour" }] }));
    expect(await uncounted.client.works(ARTIST)).toMatchObject({ next: "1", total: null });
  });

  it("is walked page by page, each asked for when it is wanted", async () => {
    const { client, requests } = catalogue(250);
    const walk = pages((cursor) => client.recordings(ARTIST, { cursor }));
    expect(requests).toHaveLength(0);
    const first = await walk.next();
    expect(requests).toHaveLength(1);
    expect(first.value).toMatchObject({ next: "100", total: 250 });
    const titles = [];
    for await (const page of walk) titles.push(...page.records.map(({ title }) => title));
    expect(titles).toEqual(Array.from({ length: 150 }, (_, n) => `Song ${n + 100}`));
    expect(requests).toHaveLength(3);
  });

  it("is taken up again where it was left", async () => {
    const { client, requests } = catalogue(250);
    const sizes = [];
    for await (const page of pages((cursor) => client.recordings(ARTIST, { cursor }), "200")) sizes.push(page.records.length);
    expect(sizes).toEqual([50]);
    expect(requests.map(({ query }) => query?.["offset"])).toEqual([200]);
  });

  it.each([[null], ["Not Found"], [[]], [{}], [{ error: "Not Found" }], [{ recordings: null }], [{ recordings: {} }], [{ works: [] }]])(
    "is garbled where the answer is %j",
    async (body) => {
      const { client } = musicBrainz(() => body);
      expect(await failure(client.recordings(ARTIST))).toMatchObject({ kind: "garbled", provider: "musicbrainz" });
    },
  );

  it("stops with the signal it is given", async () => {
    const { client, requests } = catalogue(1);
    const { signal } = new AbortController();
    await client.recordings(ARTIST, { signal });
    expect(requests[0]?.signal).toBe(signal);
  });
});

describe("the songs of an album", () => {
  it("are those of one official edition, in one answer", async () => {
    const edition = { id: mbid(8), media: [{ position: 1, tracks: [{ position: 1, recording: { id: mbid(3), title: "Harbour" } }] }] };
    const { client, requests } = musicBrainz(() => ({ "release-count": 14, releases: [edition] }));
    expect(await client.songsOfAlbum(mbid(5).toUpperCase())).toMatchObject({
      records: [{ id: mbid(3), title: "Harbour", albumId: mbid(5), discNumber: 1, trackNumber: 1 }],
      refused: [],
      next: null,
      total: null,
    });
    expect(requests).toEqual([
      {
        path: "/release",
        query: { "release-group": mbid(5), status: "official", inc: "recordings artist-credits isrcs", limit: 1, fmt: "json" },
        freshMs: DAY_MS,
      },
    ]);
  });

  it("are none where there is no official edition, and garbled where there is no list", async () => {
    const none = musicBrainz(() => ({ "release-count": 0, releases: [] }));
    expect(await none.client.songsOfAlbum(mbid(5))).toEqual({ records: [], refused: [], next: null, total: null });
    const other = musicBrainz(() => ({ error: "Not Found" }));
    expect((await failure(other.client.songsOfAlbum(mbid(5)))).kind).toBe("garbled");
  });
});

describe("a single record", () => {
  it("is asked for with its links, or with its works", async () => {
    const { client, requests } = musicBrainz(() => ({ id: mbid(7), name: "Ida Holm", title: "Harbour" }));
    expect((await client.artist(ARTIST)).records[0]).toMatchObject({ id: mbid(7), name: "Ida Holm" });
    expect((await client.recording(mbid(3))).records[0]).toMatchObject({ id: mbid(7), title: "Harbour" });
    expect(requests).toEqual([
      { path: `/artist/${ARTIST}`, query: { inc: "url-rels aliases genres", fmt: "json" }, freshMs: DAY_MS },
      { path: `/recording/${mbid(3)}`, query: { inc: "artist-credits isrcs work-rels", fmt: "json" }, freshMs: DAY_MS },
    ]);
  });

  it("is refused with a reason where it can't be used", async () => {
    const unknown = musicBrainz(() => ({ id: ARTIST, name: "[unknown]" }));
    expect(await unknown.client.artist(ARTIST)).toMatchObject({ records: [], refused: [{ reason: "no_name" }] });
    const nothing = musicBrainz(() => null);
    expect(await nothing.client.artist(ARTIST)).toMatchObject({ records: [], refused: [{ reason: "malformed" }] });
  });

  it("passes on what the provider is said to have answered", async () => {
    const notFound = new ProviderError("musicbrainz", "not_found", "There is none.", { status: 404 });
    const client = createMusicBrainz({ request: () => Promise.reject(notFound) });
    expect(await failure(client.artist(ARTIST))).toBe(notFound);
  });
});

it("an id or a place in a list that can't be one is not asked for", async () => {
  const { client, requests } = musicBrainz(() => ({ recordings: [] }));
  for (const id of ["", "nirvana", `${ARTIST}/../../x`, `${ARTIST}?fmt=xml`]) {
    for (const asked of [client.artist(id), client.recording(id), client.recordings(id), client.works(id), client.albums(id), client.songsOfAlbum(id)]) {
      expect((await failure(asked)).kind).toBe("bad_request");
    }
  }
  for (const cursor of ["", "-1", "1e3", "abc", "1.5"]) {
    expect((await failure(client.recordings(ARTIST, { cursor }))).kind).toBe("bad_request");
  }
  expect(requests).toEqual([]);
});

describe("who asks", () => {
  it("is told with the program's version and a contact", () => {
    expect(userAgent("0.1.0", "https://theset.example")).toBe("TheSet/0.1.0 ( https://theset.example )");
    expect(userAgent("1.0.0-rc.1", "me@theset.example")).toBe("TheSet/1.0.0-rc.1 ( me@theset.example )");
  });

  it.each(["", "me", "https://a.example )\r\nX-Evil: 1", "ftp://a.example", "(me@a.example)"])("can't be %j", (contact) => {
    expect(() => userAgent("0.1.0", contact)).toThrow(/how to reach you/);
  });

  it("keeps below one request a second", () => {
    expect(MUSICBRAINZ.minTimeMs).toBeGreaterThan(1_000);
  });
});

describe("an answer that is an error", () => {
  const limit = "Your requests are exceeding the allowable rate limit. Please see the documentation.";
  it.each([
    [503, { error: limit }, "rate_limited"],
    [200, { error: limit }, "rate_limited"],
    [503, { error: "The server is busy." }, undefined],
    [404, { error: "Not Found", help: "For usage, see the documentation." }, "not_found"],
    [400, { error: "Invalid mbid.", help: "" }, "bad_request"],
    [403, { error: "Your application did not say who it is." }, "not_allowed"],
    [401, { error: "Authorization required." }, undefined],
    [429, { error: "Slow down." }, undefined],
    [500, "<html>", undefined],
    [400, null, undefined],
    [400, { error: { text: "x" } }, undefined],
    [200, { recordings: [] }, undefined],
  ])("%i with %j is explained as %j", (status, body, kind) => {
    expect(explain(status, body)?.kind).toBe(kind);
  });

  it("is told in the provider's words, at most 200 characters of them", () => {
    expect(explain(400, { error: "Invalid mbid." })?.message).toBe("answer 400, Invalid mbid.");
    expect(explain(400, { error: "x".repeat(9_999) })?.message).toHaveLength("answer 400, ".length + 200);
  });
});
