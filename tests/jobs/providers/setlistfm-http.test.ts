import { expect, test } from "vitest";
import { createSetlistFm, setlistFmCredentials } from "#jobs/providers/setlistfm/client.ts";
import { httpTo, MemoryCache } from "#tests/support/provider-http.ts";
import { startProvider } from "#tests/support/provider-server.ts";
import { MBID, pageOf, setlist } from "./setlistfm-answers.ts";

const KEY = "a-key-of-nobody-1234";

async function stage(key: string | null = KEY) {
  const provider = await startProvider();
  const cache = new MemoryCache();
  const { http, lines } = httpTo(provider, { cache, credentials: setlistFmCredentials(() => key) });
  return { provider, cache, lines, setlistFm: createSetlistFm(http), [Symbol.asyncDispose]: () => provider[Symbol.asyncDispose]() };
}

test("a page is asked for with the key, which is neither logged nor kept", async () => {
  await using at = await stage();
  at.provider.always({ json: pageOf([setlist]) });
  expect(await at.setlistFm.artistSetlists(MBID)).toMatchObject({ records: [{ id: setlist.id }], unchanged: false });
  expect(await at.setlistFm.artistSetlists(MBID)).toMatchObject({ records: [{ id: setlist.id }], unchanged: true });
  expect(at.provider.requests).toMatchObject(
    Array.from({ length: 2 }, () => ({
      method: "GET",
      path: `/artist/${MBID}/setlists?p=1`,
      headers: { "x-api-key": KEY, accept: "application/json" },
    })),
  );
  expect(at.lines).toHaveLength(2);
  expect(JSON.stringify([at.lines, [...at.cache.answers]])).not.toContain(KEY);
});

test("a show is sought by artist, day and city", async () => {
  await using at = await stage();
  at.provider.always({ json: pageOf([setlist]) });
  await at.setlistFm.showSetlists({ artistId: MBID, localDate: "2024-02-29", cityName: "São Paulo" });
  const { pathname, searchParams } = new URL(at.provider.requests[0]!.path, at.provider.url);
  expect(pathname).toBe("/search/setlists");
  expect(Object.fromEntries(searchParams)).toEqual({ artistMbid: MBID, date: "29-02-2024", cityName: "São Paulo", p: "1" });
});

test("an answer of 404 is empty and is asked for once", async () => {
  await using at = await stage();
  at.provider.always({ status: 404, json: { code: 404, status: "Not Found", message: "not found" } });
  expect(await at.setlistFm.artistSetlists(MBID)).toMatchObject({ records: [], refused: [], next: null, total: 0 });
  expect(at.provider.requests).toHaveLength(1);
});

test("a version is asked for once", async () => {
  await using at = await stage();
  at.provider.always({ json: setlist });
  const first = await at.setlistFm.setlistVersion(setlist.versionId);
  expect(await at.setlistFm.setlistVersion(setlist.versionId)).toEqual(first);
  expect(at.provider.requests).toHaveLength(1);
});

test("without a key nothing is sent", async () => {
  await using at = await stage(null);
  await expect(at.setlistFm.setlist(setlist.id)).rejects.toMatchObject({ kind: "not_allowed" });
  expect(at.provider.requests).toEqual([]);
});
