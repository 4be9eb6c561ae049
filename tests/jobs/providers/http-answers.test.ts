import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ProviderErrorKind } from "#jobs/providers/http.ts";
import { httpTo, providerErrorOf } from "#tests/support/provider-http.ts";
import { type ScriptedAnswer, startProvider } from "#tests/support/provider-server.ts";

describe("what is asked", () => {
  test("a path and a query below the base, with who asks", async () => {
    await using server = await startProvider();
    server.always({ json: { artist: "Ada" } });
    const { http } = httpTo({ url: `${server.url}/rest/1.0` }, { credentials: () => ({ headers: { "x-api-key": "k-12345" } }) });
    const answer = await http.request({ path: "/search/artists", query: { artistName: "Ada & Co", p: 2, none: undefined }, headers: { "accept-language": "en" } });
    expect(answer).toEqual({ status: 200, body: { artist: "Ada" }, unchanged: false });
    const [{ method, path, headers }] = server.requests as [(typeof server.requests)[0]];
    expect([method, path]).toEqual(["GET", "/rest/1.0/search/artists?artistName=Ada+%26+Co&p=2"]);
    expect(headers).toMatchObject({ accept: "application/json", "accept-language": "en", "user-agent": "the-set-tests/1.0 (tests@example.org)", "x-api-key": "k-12345" });
  });

  test("a form goes to another base without the credentials, which may ask for a token by it", async () => {
    await using api = await startProvider();
    await using accounts = await startProvider();
    accounts.always({ json: { access_token: "t-98765" } });
    const { http } = httpTo(api, {
      credentials: async () => {
        const { body } = await http.request({ base: accounts.url, path: "/api/token", form: { grant_type: "client_credentials" } });
        return { headers: { authorization: `Bearer ${(body as { access_token: string }).access_token}` }, query: { market: "SE" } };
      },
    });
    await http.request({ path: "/artists/1" });
    expect(accounts.requests).toMatchObject([{ method: "POST", path: "/api/token", body: "grant_type=client_credentials" }]);
    expect(accounts.requests[0]!.headers.authorization).toBeUndefined();
    expect(api.requests).toMatchObject([{ path: "/artists/1?market=SE", headers: { authorization: "Bearer t-98765" } }]);
  });

  test("a key that can't be sent is told as such, without it, and nothing is asked", async () => {
    await using server = await startProvider();
    const { http } = httpTo(server, { credentials: () => ({ headers: { "x-api-key": "kéy–12345" } }) });
    const error = await providerErrorOf(http.request({ path: "/" }));
    expect(error).toMatchObject({ kind: "not_allowed", message: "setlist.fm refuses us (the key has characters that can't be sent). Check its key in the settings." });
    expect(server.requests).toEqual([]);
  });
});

describe("what an answer means", () => {
  const cases: [answer: ScriptedAnswer, kind: ProviderErrorKind, status: number | null, requests: number][] = [
    [{ status: 400, json: { error: "bad" } }, "bad_request", 400, 1],
    [{ status: 401, json: {} }, "not_allowed", 401, 1],
    [{ status: 403, text: "Forbidden" }, "not_allowed", 403, 1],
    [{ status: 404, json: { error: "Not Found" } }, "not_found", 404, 1],
    [{ status: 410, json: {} }, "bad_request", 410, 1],
    [{ status: 422, json: {} }, "bad_request", 422, 1],
    [{ status: 429, json: {} }, "rate_limited", 429, 4],
    [{ status: 500, text: "<h1>Oops</h1>" }, "unavailable", 500, 4],
    [{ status: 502, text: "" }, "unavailable", 502, 4],
    [{ status: 503, text: "" }, "unavailable", 503, 4],
    [{ status: 200, text: "<html>Sign in to the Wi-Fi</html>" }, "garbled", 200, 2],
    [{ status: 200, text: '{"artist": [1, 2' }, "garbled", 200, 2],
    [{ status: 200, text: "" }, "garbled", 200, 2],
    [{ status: 204 }, "garbled", 204, 2],
    [{ status: 304 }, "garbled", 304, 2],
    [{ status: 200, text: JSON.stringify("x".repeat(2000)) }, "garbled", null, 2],
    [{ status: 200, text: gzipSync(JSON.stringify("x".repeat(2000))), headers: { "content-encoding": "gzip" } }, "garbled", null, 2],
    ["break", "unavailable", null, 4],
    [{ truncate: '{"artist": [' }, "unavailable", null, 4],
  ];
  test.each(cases)("%j is %s", async (answer, kind, status, requests) => {
    await using server = await startProvider();
    server.always(answer);
    const { http } = httpTo(server, { maxBytes: 1000 });
    expect(await providerErrorOf(http.request({ path: "/x" }))).toMatchObject({ name: "ProviderError", provider: "setlistfm", kind, status });
    expect(server.requests).toHaveLength(requests);
  });

  test("a number, null or a list are JSON too", async () => {
    await using server = await startProvider();
    server.next({ text: "null" }, { text: "\uFEFF[1]" });
    const { http } = httpTo(server);
    expect([await http.request({ path: "/" }), await http.request({ path: "/" })]).toMatchObject([{ body: null }, { body: [1] }]);
  });

  test("nobody listens: unavailable, with the reason", async () => {
    const server = await startProvider();
    await server[Symbol.asyncDispose]();
    const { http, sleeps } = httpTo(server);
    const error = await providerErrorOf(http.request({ path: "/x" }));
    expect(error).toMatchObject({ kind: "unavailable", status: null, cause: { message: "fetch failed", cause: { code: "ECONNREFUSED" } } });
    expect(sleeps).toHaveLength(3);
  });

  test.each<[string, ScriptedAnswer]>([
    ["never begins", "hang"],
    ["trickles without end", { trickle: " ", everyMs: 10 }],
  ])("an answer that %s is given up at the time-out", async (_, answer) => {
    await using server = await startProvider();
    server.always(answer);
    const { http } = httpTo(server, { timeoutMs: 100, attempts: 1 });
    const startedAt = performance.now();
    expect(await providerErrorOf(http.request({ path: "/x" }))).toMatchObject({ kind: "unavailable", message: expect.stringContaining("no whole answer in time") as string });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(99);
    expect(server.requests).toHaveLength(1);
  });

  test("after a time-out the next request gets its answer", async () => {
    await using server = await startProvider();
    server.next("hang");
    const { http, figures } = httpTo(server, { timeoutMs: 100 });
    expect(await http.request({ path: "/x" })).toMatchObject({ body: { ok: true } });
    expect(figures.map(({ result, attempt }) => [result, attempt])).toEqual([["unavailable", 1], ["answered", 2]]);
  });

  test("an abort ends a request that is under way, with the reason and without another attempt", async () => {
    await using server = await startProvider();
    server.always("hang");
    const { http } = httpTo(server);
    const stop = new AbortController();
    const asked = http.request({ path: "/x", signal: stop.signal });
    await server.arrived(1);
    stop.abort(new Error("We close."));
    await expect(asked).rejects.toThrow("We close.");
    await expect(http.request({ path: "/x", signal: stop.signal })).rejects.toThrow("We close.");
    expect(server.requests).toHaveLength(1);
  });
});

describe("redirects", () => {
  test("are followed on the same host, with the credentials", async () => {
    await using server = await startProvider();
    server.next({ status: 301, headers: { location: "/artist/new?inc=works" } });
    const { http } = httpTo(server, { credentials: () => ({ query: { apikey: "k-12345" } }) });
    expect(await http.request({ path: "/artist/old" })).toMatchObject({ body: { ok: true } });
    expect(server.requests.map(({ path }) => path)).toEqual(["/artist/old?apikey=k-12345", "/artist/new?inc=works&apikey=k-12345"]);
  });

  test("to another host are not, nor is anything told to it", async () => {
    await using server = await startProvider();
    await using other = await startProvider();
    server.always({ status: 302, headers: { location: `${other.url}/steal` } });
    const { http } = httpTo(server);
    expect(await providerErrorOf(http.request({ path: "/x" }))).toMatchObject({ kind: "garbled", message: expect.stringContaining("another host") as string });
    expect(other.requests).toEqual([]);
  });

  test("come to an end", async () => {
    await using server = await startProvider();
    server.always({ status: 302, headers: { location: "/x" } });
    const { http } = httpTo(server);
    expect(await providerErrorOf(http.request({ path: "/x" }))).toMatchObject({ kind: "garbled", status: 302 });
    expect(server.requests).toHaveLength(4);
  });

  test("do not send a form again", async () => {
    await using server = await startProvider();
    server.always({ status: 307, headers: { location: "/elsewhere" } });
    const { http } = httpTo(server);
    expect(await providerErrorOf(http.request({ path: "/token", form: { a: "b" } }))).toMatchObject({ kind: "garbled" });
    expect(server.requests.map(({ path }) => path)).toEqual(["/token", "/token"]);
  });
});

describe("a provider's own way of refusing", () => {
  test("is explained before its status counts, also in a 2xx", async () => {
    await using server = await startProvider();
    server.next({ status: 200, json: { fault: { faultstring: "Spike arrest violation" } } });
    const { http, sleeps } = httpTo(server, {
      explain: (status, body) => (status === 200 && "fault" in (body as object) ? { kind: "rate_limited", message: "spike arrest", retryAfterMs: 2_000 } : null),
    });
    expect(await http.request({ path: "/x" })).toMatchObject({ body: { ok: true } });
    expect(sleeps).toEqual([2_000]);
  });

  test("sees text that is no JSON, and the headers", async () => {
    await using server = await startProvider();
    server.always({ status: 403, text: "over the limit", headers: { "x-reason": "quota" } });
    const { http } = httpTo(server, {
      explain: (_, body, headers) => (body === "over the limit" && headers.get("x-reason") === "quota" ? { kind: "bad_request", message: body } : null),
    });
    expect(await providerErrorOf(http.request({ path: "/x" }))).toMatchObject({ kind: "bad_request", status: 403 });
  });
});
