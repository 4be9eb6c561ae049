import { describe, expect, test } from "vitest";
import { httpTo, MemoryCache } from "#tests/support/provider-http.ts";
import { startProvider } from "#tests/support/provider-server.ts";

const DAY = 24 * 60 * 60 * 1000;

describe("an answer that may be used again", () => {
  test("is not asked for while it is fresh, also after a restart", async () => {
    await using server = await startProvider();
    const cache = new MemoryCache();
    const { http, clock } = httpTo(server, { cache });
    const request = { path: "/artist/1", query: { p: 1 }, freshMs: 60_000 };
    expect(await http.request(request)).toEqual({ status: 200, body: { ok: true }, unchanged: false });
    clock.advance(59_999);
    const again = httpTo(server, { cache, clock: clock.now });
    expect(await again.http.request(request)).toEqual({ status: 200, body: { ok: true }, unchanged: true });
    expect(again.figures).toEqual([{ provider: "setlistfm", result: "cached", status: 200, durationMs: 0, attempt: 1 }]);
    expect(server.requests).toHaveLength(1);
    clock.advance(1);
    await again.http.request(request);
    expect(server.requests).toHaveLength(2);
  });

  test("is asked for by whoever wants nothing old, and for another page, language or form", async () => {
    await using server = await startProvider();
    const { http } = httpTo(server, { cache: new MemoryCache() });
    const request = { path: "/artist/1", query: { p: 1 }, freshMs: 60_000 };
    await http.request(request);
    await http.request({ ...request, freshMs: 0 });
    await http.request({ ...request, query: { p: 2 } });
    await http.request({ ...request, headers: { "accept-language": "de" } });
    await http.request({ ...request, form: { a: "b" } });
    await http.request({ ...request, form: { a: "b" } });
    expect(server.requests).toHaveLength(6);
  });

  test("from a clock that was ahead is asked for", async () => {
    await using server = await startProvider();
    const { http, clock } = httpTo(server, { cache: new MemoryCache() });
    await http.request({ path: "/x", freshMs: DAY });
    clock.advance(-1);
    await http.request({ path: "/x", freshMs: DAY });
    expect(server.requests).toHaveLength(2);
  });

  test("errors are not", async () => {
    await using server = await startProvider();
    server.next({ status: 404 });
    const cache = new MemoryCache();
    const { http } = httpTo(server, { cache });
    await expect(http.request({ path: "/x", freshMs: DAY })).rejects.toMatchObject({ kind: "not_found" });
    expect(cache.answers.size).toBe(0);
    expect(await http.request({ path: "/x", freshMs: DAY })).toMatchObject({ body: { ok: true } });
  });
});

describe("an answer that is still the same", () => {
  test.each([
    ["etag", '"v1"', "if-none-match"],
    ["last-modified", "Sat, 13 Jun 2026 10:00:00 GMT", "if-modified-since"],
  ])("is told by its %s", async (header, value, asked) => {
    await using server = await startProvider();
    server.always(({ headers }) => (headers[asked] === value ? { status: 304 } : { headers: { [header]: value }, json: { n: 1 } }));
    const cache = new MemoryCache();
    const { http, figures } = httpTo(server, { cache });
    await http.request({ path: "/x" });
    expect(await http.request({ path: "/x" })).toEqual({ status: 200, body: { n: 1 }, unchanged: true });
    expect(figures.map(({ result, status }) => [result, status])).toEqual([["answered", 200], ["unchanged", 304]]);
    expect(cache.calls).toEqual(["read", "write", "read"]);
  });

  test("is told by its body where it has neither; the body itself is not kept", async () => {
    await using server = await startProvider();
    const cache = new MemoryCache();
    const { http } = httpTo(server, { cache });
    const unchanged = [];
    for (const n of [1, 1, 2]) {
      server.next({ json: { n } });
      unchanged.push((await http.request({ path: "/x" })).unchanged);
    }
    expect(unchanged).toEqual([false, true, false]);
    expect([...cache.answers.values()]).toMatchObject([{ body: null, etag: null, lastModified: null }]);
    expect(server.requests.every(({ headers }) => headers["if-none-match"] === undefined)).toBe(true);
  });

  test("is fresh again", async () => {
    await using server = await startProvider();
    server.always(({ headers }) => (headers["if-none-match"] ? { status: 304 } : { headers: { etag: '"v1"' }, json: { n: 1 } }));
    const { http, clock } = httpTo(server, { cache: new MemoryCache() });
    await http.request({ path: "/x", freshMs: 1_000 });
    clock.advance(1_000);
    await http.request({ path: "/x", freshMs: 1_000 });
    clock.advance(999);
    await http.request({ path: "/x", freshMs: 1_000 });
    expect(server.requests).toHaveLength(2);
  });

  test("is noted as used at most once a day where nobody counts on its freshness", async () => {
    await using server = await startProvider();
    const cache = new MemoryCache();
    const { http, clock } = httpTo(server, { cache });
    for (let hours = 0; hours <= 48; hours++) {
      await http.request({ path: "/x" });
      clock.advance(DAY / 24);
    }
    expect(cache.calls.filter((call) => call !== "read")).toEqual(["write", "touch", "touch"]);
  });

  test("with a new ETag is stored with that", async () => {
    await using server = await startProvider();
    server.next({ headers: { etag: '"v1"' }, json: 1 }, { headers: { etag: '"v2"' }, json: 1 });
    const cache = new MemoryCache();
    const { http } = httpTo(server, { cache });
    await http.request({ path: "/x" });
    expect(await http.request({ path: "/x" })).toMatchObject({ unchanged: true });
    expect([...cache.answers.values()]).toMatchObject([{ etag: '"v2"' }]);
  });
});

test("keys name what was asked, whatever the order, and no secret", async () => {
  await using server = await startProvider();
  const cache = new MemoryCache();
  const { http } = httpTo(server, { cache, credentials: () => ({ headers: { authorization: "Bearer t-98765" }, query: { apikey: "k-12345" } }) });
  await http.request({ path: "/events.json", query: { size: 20, city: "Malmö", apikey: "k-77777" }, headers: { "X-Api-Key": "k-88888", "Accept-Language": "sv" } });
  await http.request({ path: "/events.json", query: { city: "Malmö", size: 20 }, headers: { "accept-language": "sv" } });
  expect([...cache.answers.keys()]).toEqual([`${server.url}/events.json?city=Malm%C3%B6&size=20#accept-language=sv`]);
});
