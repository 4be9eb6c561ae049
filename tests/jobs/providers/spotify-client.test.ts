import { describe, expect, test } from "vitest";
import { ProviderError, type ProviderHttp, type ProviderRequest } from "#jobs/providers/http.ts";
import { createSpotify, type Spotify } from "#jobs/providers/spotify/client.ts";
import { explain } from "#jobs/providers/spotify/explain.ts";
import { createTokens } from "#jobs/providers/spotify/token.ts";
import type { Page } from "#server/domain/provider-records.ts";
import { httpTo, providerErrorOf } from "#tests/support/provider-http.ts";
import { startProvider } from "#tests/support/provider-server.ts";
import { album, ALBUM_ID, artist, pageOf, track } from "./spotify-answers.ts";

const ARTIST_ID = artist.id;
const tokens = { run: <T>(task: (token: string) => Promise<T>) => task("t1") };

function answering(answer: (query: Record<string, unknown>) => unknown) {
  const asked: ProviderRequest[] = [];
  const http: ProviderHttp = {
    request: async (request) => {
      asked.push(request);
      return { status: 200, body: answer(request.query ?? {}), unchanged: false };
    },
  };
  return { asked, spotify: createSpotify(http, tokens) };
}

/** So many made-up items, in pages as they are asked for, never more than `most` at a time. */
function listOf(count: number, make: (id: string) => unknown, most = 50) {
  return ({ offset, limit }: Record<string, unknown>) => {
    const first = Number(offset);
    const size = Math.max(0, Math.min(Number(limit), most, count - first));
    return pageOf(Array.from({ length: size }, (_, i) => make(`i${first + i}`)), { total: count, offset: first, limit: size });
  };
}

async function all<T>(read: (cursor: string | null) => Promise<Page<T>>) {
  const records: T[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await read(cursor);
    records.push(...page.records);
    if (page.next === null) return records;
    cursor = page.next;
  }
}

describe("what is asked", () => {
  const headers = { authorization: "Bearer t1" };
  const DAY = 86_400_000;

  test.each<[string, (spotify: Spotify) => Promise<unknown>, string, object, number]>([
    ["artists by name", (spotify) => spotify.searchArtists(" Low  Tide"), "/search", { q: "Low Tide", type: "artist", limit: 10, offset: 0 }, 3_600_000],
    ["an artist", (spotify) => spotify.artist(ARTIST_ID), `/artists/${ARTIST_ID}`, {}, DAY],
    ["an artist's albums", (spotify) => spotify.albums(ARTIST_ID), `/artists/${ARTIST_ID}/albums`, { include_groups: "album,single,compilation", limit: 10, offset: 0 }, DAY],
    ["an album's tracks", (spotify) => spotify.songsOfAlbum(ALBUM_ID, { cursor: "50" }), `/albums/${ALBUM_ID}/tracks`, { limit: 50, offset: 50 }, DAY],
  ])("for %s", async (_, call, path, query, freshMs) => {
    const { asked, spotify } = answering(() => ({ artists: pageOf([]), ...pageOf([]), ...artist }));
    await call(spotify);
    expect(asked).toEqual([{ path, query, headers, freshMs, signal: undefined }]);
  });

  test.each<[string, (spotify: Spotify) => Promise<unknown>]>([
    ["an id that is a path", (spotify) => spotify.artist("../me")],
    ["an empty id", (spotify) => spotify.albums("")],
    ["a blank name", (spotify) => spotify.searchArtists(" ")],
    ["a cursor of something else", (spotify) => spotify.songsOfAlbum(ALBUM_ID, { cursor: "https://evil.example" })],
    ["a cursor before the start", (spotify) => spotify.songsOfAlbum(ALBUM_ID, { cursor: "-1" })],
  ])("nothing for %s", async (_, call) => {
    const { asked, spotify } = answering(() => pageOf([]));
    await expect(call(spotify)).rejects.toMatchObject({ provider: "spotify", kind: "bad_request" });
    expect(asked).toEqual([]);
  });
});

describe("a list", () => {
  test("comes whole, each item once, page by page", async () => {
    const { asked, spotify } = answering(listOf(123, (id) => ({ ...track, id })));
    const songs = await all((cursor) => spotify.songsOfAlbum(ALBUM_ID, { cursor }));
    expect(songs.map(({ id }) => id)).toEqual(Array.from({ length: 123 }, (_, i) => `i${i}`));
    expect(songs.every(({ albumId }) => albumId === ALBUM_ID)).toBe(true);
    expect(asked).toHaveLength(3);
  });

  test("comes whole though Spotify sends shorter pages than asked for", async () => {
    const { asked, spotify } = answering(listOf(23, (id) => ({ ...album, id }), 7));
    expect(await all((cursor) => spotify.albums(ARTIST_ID, { cursor }))).toHaveLength(23);
    expect(asked).toHaveLength(4);
  });

  test("loses only the records that can't be used, and counts them for the next page", async () => {
    const { spotify } = answering(() => pageOf([track, null, { ...track, id: null }, { ...track, is_local: true }], { total: 9 }));
    const page = await spotify.songsOfAlbum(ALBUM_ID);
    expect(page).toMatchObject({ records: [{ id: track.id }], next: "4", total: 9 });
    expect(page.refused.map(({ reason }) => reason)).toEqual(["no_id", "no_id", "not_this_kind"]);
  });

  test("ends where nothing comes, whatever its figures say", async () => {
    const { spotify } = answering(() => ({ ...pageOf([], { total: 100 }), next: "https://api.spotify.com/v1/x?offset=10" }));
    expect((await spotify.albums(ARTIST_ID)).next).toBeNull();
  });

  test("of search results ends where Spotify gives out no more", async () => {
    const list = listOf(5000, (id) => ({ ...artist, id }));
    const { asked, spotify } = answering((query) => ({ artists: list(query) }));
    expect(await all((cursor) => spotify.searchArtists("tide", { cursor }))).toHaveLength(1000);
    expect(asked).toHaveLength(100);
  });

  test.each([[null], ["<html>"], [{}], [[]], [{ items: null }], [{ artists: null }]])("as %j is garbled", async (body) => {
    const { spotify } = answering(() => body);
    await expect(spotify.albums(ARTIST_ID)).rejects.toMatchObject({ kind: "garbled" });
    await expect(spotify.searchArtists("tide")).rejects.toMatchObject({ kind: "garbled" });
  });
});

describe("an error of Spotify", () => {
  const error = (status: number, message: string, around = {}) => ({ error: { status, message, ...around } });

  test.each([
    ["a used-up quota by its reason", 429, error(429, "Too many requests", { reason: "QUOTA_EXCEEDED" }), "quota_exceeded"],
    ["a used-up quota with 403", 403, error(403, "QUOTA_EXCEEDED"), "quota_exceeded"],
    ["a used-up quota by a code beside it", 429, { error: "rate", code: "APP_QUOTA_EXCEEDED" }, "quota_exceeded"],
    ["a used-up quota in words", 429, "Quota exceeded for this app", "quota_exceeded"],
    ["too many requests", 429, error(429, "API rate limit exceeded"), "rate_limited"],
    ["too many requests in words", 429, "Too many requests", "rate_limited"],
    ["a token that ended", 401, error(401, "The access token expired"), "not_allowed"],
    ["something that is not allowed", 403, error(403, "Forbidden"), "not_allowed"],
    ["wrong keys", 400, { error: "invalid_client", error_description: "Invalid client secret" }, "not_allowed"],
    ["a missing Premium", 403, error(403, "Active premium subscription required for the owner of the app."), "not_allowed"],
    ["no such thing", 404, error(404, "Resource not found"), "not_found"],
    ["no such thing, as it was told once", 404, { error: { type: "not_found", description: "non existing id" } }, "not_found"],
    ["a page too large", 400, error(400, "Invalid limit"), "bad_request"],
  ])("about %s is told apart", (_, status, body, kind) => expect(explain(status, body)?.kind).toBe(kind));

  test("says what to do about keys and Premium", () => {
    expect(explain(400, { error: "invalid_client" })?.message).toBe("it does not know the client id or its secret");
    expect(explain(403, error(403, "PREMIUM_REQUIRED: premium"))?.message).toBe("the app's owner needs Spotify Premium");
    expect(explain(400, error(400, "Invalid limit"))?.message).toBe("answer 400, Invalid limit");
  });

  test.each([["an artist", 200, artist], ["nothing", 304, ""], ["429 without a word", 429, ""], ["a fault", 503, error(503, "quota exceeded")]])(
    "is none, or the status says it all, where the answer is %s",
    (_, status, body) => expect(explain(status, body)).toBeNull(),
  );

  test("goes through real HTTP: a token that ended is replaced, and no secret is logged", async () => {
    await using server = await startProvider();
    let given = 0;
    server.always(({ path, headers }) => {
      if (path === "/api/token") return { json: { access_token: `token-${++given}`, token_type: "Bearer", expires_in: 3600 } };
      if (headers.authorization !== "Bearer token-2") return { status: 401, json: error(401, "The access token expired") };
      return path.startsWith("/artists/") ? { json: artist } : { status: 429, json: error(429, "x", { reason: "QUOTA_EXCEEDED" }) };
    });
    const { http, lines, clock } = httpTo(server, { provider: "spotify", explain });
    const spotify = createSpotify(http, createTokens(http, { clientId: "id-1", clientSecret: "s-secret", accounts: server.url }, clock.now));
    expect((await spotify.artist(ARTIST_ID)).records).toHaveLength(1);
    const failed = await providerErrorOf(spotify.searchArtists("tide"));
    expect(failed).toBeInstanceOf(ProviderError);
    expect(failed.kind).toBe("quota_exceeded");
    expect(server.requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`)).toEqual([
      "POST /api/token",
      `GET /artists/${ARTIST_ID}`,
      "POST /api/token",
      `GET /artists/${ARTIST_ID}`,
      "GET /search",
    ]);
    expect(server.requests[0]?.body).toBe("grant_type=client_credentials");
    expect(JSON.stringify([lines, failed.message])).not.toMatch(/token-\d|s-secret|aWQtMTpz/);
  });
});
