import { describe, expect, test } from "vitest";
import { ProviderError, type ProviderHttp, type ProviderRequest } from "#jobs/providers/http.ts";
import { createSetlistFm, setlistFmCredentials, type SetlistFm, type SetlistPage } from "#jobs/providers/setlistfm/client.ts";
import { SETLISTFM } from "#jobs/providers/setlistfm/terms.ts";
import { artist, MBID, pageOf, setlist } from "./setlistfm-answers.ts";

type Answer = { body: unknown; unchanged?: boolean } | ProviderError;

function provided(kind: "not_found" | "unavailable", status: number) {
  return new ProviderError("setlistfm", kind, `Answered ${status}.`, { status });
}

/** An asker that notes what it is asked and answers as it is told. */
function ask(answer: (request: ProviderRequest) => Answer) {
  const asked: ProviderRequest[] = [];
  const http: ProviderHttp = {
    request: async (request) => {
      asked.push(request);
      const given = answer(request);
      if (given instanceof ProviderError) throw given;
      return { status: 200, unchanged: false, ...given };
    },
  };
  return { asked, setlistFm: createSetlistFm(http) };
}

/** As many setlists as said, 20 a page, and 404 behind them. */
function listOf(total: number) {
  return ({ query }: ProviderRequest): Answer => {
    const page = Number(query?.p);
    const first = (page - 1) * 20;
    if (first >= total) return provided("not_found", 404);
    const items = Array.from({ length: Math.min(20, total - first) }, (_, i) => ({ ...setlist, id: `s${first + i}` }));
    return { body: pageOf(items, { total, page }) };
  };
}

async function all(pages: AsyncIterable<SetlistPage>) {
  const found: SetlistPage[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

describe("what is asked", () => {
  const headers = { accept: "application/json" };
  const hour = 3_600_000;
  const show = { artistId: MBID, localDate: "2024-02-29", cityName: "Berlin", countryCode: "DE" };
  const since = Date.UTC(2024, 4, 6, 7, 8, 9, 999);
  test.each<[string, (s: SetlistFm) => Promise<unknown>, ProviderRequest]>([
    [
      "artists by name",
      (s) => s.searchArtists("Paper"),
      { path: "/search/artists", query: { artistName: "Paper", sort: "relevance", p: 1 }, freshMs: hour },
    ],
    ["an artist", (s) => s.artist(MBID), { path: `/artist/${MBID}`, freshMs: 24 * hour }],
    [
      "an artist's setlists",
      (s) => s.artistSetlists(MBID, { cursor: "3" }),
      { path: `/artist/${MBID}/setlists`, query: { p: 3 } },
    ],
    [
      "those edited since",
      (s) => s.artistSetlists(MBID, { editedSince: since }),
      { path: "/search/setlists", query: { artistMbid: MBID, lastUpdated: "20240506070809", p: 1 } },
    ],
    [
      "a show's setlists",
      (s) => s.showSetlists(show),
      {
        path: "/search/setlists",
        query: { artistMbid: MBID, date: "29-02-2024", cityName: "Berlin", countryCode: "DE", p: 1 },
      },
    ],
    ["a setlist", (s) => s.setlist("63de0001", { freshMs: 5 }), { path: "/setlist/63de0001", freshMs: 5 }],
    ["an id with other signs", (s) => s.setlist("a/b?c\ud800"), { path: "/setlist/a%2Fb%3Fc%EF%BF%BD" }],
    [
      "a version, which stays as it is",
      (s) => s.setlistVersion("7be10001"),
      { path: "/setlist/version/7be10001", freshMs: 30 * 24 * hour },
    ],
  ])("for %s", async (_, call, expected) => {
    const { asked, setlistFm } = ask(() => provided("not_found", 404));
    await call(setlistFm);
    expect(asked).toEqual([{ ...expected, headers }]);
  });

  test.each([
    ["a page 0", (s: SetlistFm) => s.artistSetlists(MBID, { cursor: "0" })],
    ["a page x", (s: SetlistFm) => s.searchArtists("Paper", { cursor: "x" })],
    ["a page x to go on from", (s: SetlistFm) => s.artistSetlistPages(MBID, { cursor: "x" }).next()],
    ["a day that is none", (s: SetlistFm) => s.showSetlists({ artistId: MBID, localDate: "2023-02-29" })],
    ["an instant that is none", (s: SetlistFm) => s.artistSetlists(MBID, { editedSince: Number.NaN })],
    ["an id that leaves the path", (s: SetlistFm) => s.setlist("..")],
    ["an empty id", (s: SetlistFm) => s.artist("")],
  ])("is not %s", async (_, call) => {
    const { asked, setlistFm } = ask(listOf(1));
    await expect(call(setlistFm)).rejects.toMatchObject({ name: "ProviderError", kind: "bad_request" });
    expect(asked).toEqual([]);
  });
});

describe("the key", () => {
  test("is that of the moment", () => {
    const keys = ["old", "new"];
    const credentials = setlistFmCredentials(() => keys.shift()!);
    expect([credentials(), credentials()]).toEqual([{ headers: { "x-api-key": "old" } }, { headers: { "x-api-key": "new" } }]);
  });

  test.each([null, ""])("is missed before anything is sent, and the error says where to get one: %j", (none) => {
    const message = expect.stringContaining(SETLISTFM.keys) as string;
    expect(setlistFmCredentials(() => none)).toThrow(expect.objectContaining({ kind: "not_allowed", message }));
  });
});

describe("what is answered", () => {
  test("404 is empty", async () => {
    const { setlistFm } = ask(() => provided("not_found", 404));
    const empty = { records: [], refused: [] };
    expect(await setlistFm.searchArtists("Nobody")).toEqual({ ...empty, next: null, total: 0 });
    expect(await setlistFm.artistSetlists(MBID)).toEqual({ ...empty, next: null, total: 0, page: "1", unchanged: false });
    expect(await setlistFm.artistSetlists(MBID, { cursor: "9" })).toMatchObject({ ...empty, next: null, total: null });
    expect(await setlistFm.setlist("63de0001")).toEqual(empty);
    expect(await setlistFm.artist(MBID)).toEqual(empty);
  });

  test("other errors are errors", async () => {
    const down = provided("unavailable", 503);
    const { setlistFm } = ask(() => down);
    await expect(setlistFm.artistSetlists(MBID)).rejects.toBe(down);
    await expect(setlistFm.setlistVersion("7be10001")).rejects.toBe(down);
  });

  test.each([[null], ["<html>"], [{}], [[]], [{ type: "cities", cities: [] }]])("%j is garbled, not empty", async (body) => {
    const { setlistFm } = ask(() => ({ body }));
    const garbled = { kind: "garbled", status: 200 };
    await expect(setlistFm.searchArtists("Paper")).rejects.toMatchObject(garbled);
    await expect(setlistFm.artistSetlists(MBID)).rejects.toMatchObject(garbled);
    await expect(setlistFm.setlist("63de0001")).rejects.toMatchObject(garbled);
  });

  test("records, and whether they are the same as last time", async () => {
    const { setlistFm } = ask(() => ({ body: pageOf([setlist, { ...setlist, url: null }]), unchanged: true }));
    const page = await setlistFm.artistSetlists(MBID);
    expect(page).toMatchObject({ page: "1", next: null, total: 1, unchanged: true });
    expect(page.records).toMatchObject([{ id: "63de0001", url: setlist.url }]);
    expect(page.refused).toMatchObject([{ reason: "malformed", id: "63de0001" }]);
  });

  test("one setlist, one artist, artists", async () => {
    const { setlistFm } = ask(({ path }) => ({
      body: path.startsWith("/setlist") ? setlist : path.startsWith("/artist") ? artist : { type: "artists", total: 31, artist },
    }));
    expect((await setlistFm.setlist("63de0001")).records).toMatchObject([{ version: "7be10001" }]);
    expect((await setlistFm.artist(MBID)).records).toMatchObject([{ id: MBID }]);
    expect(await setlistFm.searchArtists("Paper")).toMatchObject({ records: [{ id: MBID }], next: "2", total: 31 });
  });
});

describe("all pages of an artist", () => {
  const numbers = (asked: ProviderRequest[]) => asked.map(({ query }) => query?.p);

  test("come one after the other, each when it is wanted", async () => {
    const { asked, setlistFm } = ask(listOf(41));
    const pages = setlistFm.artistSetlistPages(MBID);
    expect(asked).toEqual([]);
    expect((await pages.next()).value).toMatchObject({ page: "1", next: "2", total: 41 });
    expect(numbers(asked)).toEqual([1]);
    expect((await all(pages)).map(({ page, next, records }) => [page, next, records.length])).toEqual([
      ["2", "3", 20],
      ["3", null, 1],
    ]);
    expect(numbers(asked)).toEqual([1, 2, 3]);
  });

  test("go on from where they broke off", async () => {
    let down = false;
    const { asked, setlistFm } = ask((request) => (down ? provided("unavailable", 503) : listOf(70)(request)));
    let next: string | null = "1";
    const ids: string[] = [];
    const run = async () => {
      for await (const page of setlistFm.artistSetlistPages(MBID, { cursor: next! })) {
        ids.push(...page.records.map(({ id }) => id));
        next = page.next;
        down = page.page === "2";
      }
    };
    await expect(run()).rejects.toMatchObject({ kind: "unavailable" });
    expect(next).toBe("3");
    down = false;
    await run();
    expect(ids).toEqual(Array.from({ length: 70 }, (_, i) => `s${i}`));
    expect(numbers(asked)).toEqual([1, 2, 3, 3, 4]);
  });

  test("end where setlists have gone in the meantime", async () => {
    let total = 45;
    const { setlistFm } = ask((request) => listOf(total)(request));
    const pages = setlistFm.artistSetlistPages(MBID, { cursor: "2" });
    await pages.next();
    total = 30;
    expect(await all(pages)).toMatchObject([{ page: "3", records: [], next: null }]);
  });

  test("of a total that is never reached end with the first empty one", async () => {
    const { asked, setlistFm } = ask(() => ({ body: pageOf([], { total: 1e9 }) }));
    expect(await all(setlistFm.artistSetlistPages(MBID))).toMatchObject([{ refused: [{ reason: "malformed" }] }]);
    expect(asked).toHaveLength(1);
  });
});
