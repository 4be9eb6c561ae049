import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSecretName, Mask } from "#jobs/providers/secrets.ts";
import { httpTo, MemoryCache } from "#tests/support/provider-http.ts";
import { startProvider } from "#tests/support/provider-server.ts";

/** Keys as they may be, with characters that look different in an address, and such as no header may have. */
const secret = fc.oneof(
  fc.string({ minLength: 8, maxLength: 40, unit: fc.constantFrom(..."abcXYZ0189-_.~+/=&%$ \"\\") }).filter((text) => /^\S{4,}.*\S$/.test(text)),
  fc.string({ minLength: 8, maxLength: 20, unit: fc.constantFrom(..."kéy–ü1234") }),
);

/** All that somebody may see of it: as text, as JSON, as an address. */
function looksOf(text: string): string[] {
  return [text, encodeURIComponent(text), new URLSearchParams({ "": text }).toString().slice(1), JSON.stringify(text).slice(1, -1)];
}

/** As logs write errors. */
function told(value: unknown): string {
  const seen = new Set<unknown>();
  const asJson = JSON.stringify(value, (_, each: unknown) => {
    if (!(each instanceof Error) || seen.has(each)) return each;
    seen.add(each);
    return { ...each, name: each.name, message: each.message, stack: each.stack, cause: each.cause };
  });
  return `${inspect(value, { depth: 20 })}\n${asJson}`;
}

describe("secrets never show", () => {
  const ways = fc.constantFrom("answer", "echo", "explain", "redirect", "break", "thrown", "nobody");

  test("in logs, errors or keys of the cache, however a request ends", async () => {
    await using server = await startProvider();
    const property = fc.asyncProperty(secret, secret, secret, ways, async (key, token, password, way) => {
      server.always(({ path }) => {
        if (way === "answer") return { json: {} };
        if (way === "break") return "break";
        if (way === "redirect") return { status: 302, headers: { location: `http://127.0.0.1:1${path}` } };
        return { status: way === "echo" ? 401 : 400, json: { fault: `Invalid ApiKey ${key}`, token, url: path } };
      });
      const cache = new MemoryCache();
      const thrown = (url: string) => Object.assign(new TypeError(`Failed to fetch ${url} with ${token}`, { cause: new Error(key, { cause: `apikey=${password}` }) }), { code: password });
      const { http, lines, figures } = httpTo({ url: way === "nobody" ? "http://127.0.0.1:1" : server.url }, {
        attempts: 2,
        cache,
        credentials: () => ({ query: { apikey: key }, headers: { authorization: `Bearer ${token}` } }),
        ...(way === "explain" && { explain: (_: number, body: unknown) => ({ kind: "bad_request" as const, message: `It said: ${JSON.stringify(body)} ${key}` }) }),
        ...(way === "thrown" && { fetch: (url) => Promise.reject(thrown((url as URL).href)) }),
      });
      const get = { path: "/x", query: { city: "Lund", access_token: password }, headers: { "x-api-key": encodeURIComponent(password) }, freshMs: 1000 };
      const post = { path: "/token", form: { grant_type: "client_credentials", client_secret: password } };
      const ends = await Promise.allSettled([http.request(get), http.request(post)]);
      const errors = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
      const shown = [told(lines), told(errors), told(figures), told([...cache.answers.keys()]), errors.map(String).join()].join("\n");
      const leaked = [key, token, password].flatMap(looksOf).filter((look) => shown.includes(look));
      expect(leaked).toEqual([]);
      expect(lines.length + figures.length + errors.length).toBeGreaterThan(0);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test("while all else does", async () => {
    await using server = await startProvider();
    server.always({ status: 400 });
    const { http, lines } = httpTo(server, { credentials: () => ({ query: { apikey: "k-12345" } }) });
    await expect(http.request({ path: "/events.json", query: { city: "Lund", apikey: "k-77777" } })).rejects.toThrow("setlist.fm does not understand the request (answer 400).");
    expect(lines).toMatchObject([
      {
        level: "warn",
        message: "A request to a provider failed",
        fields: { provider: "setlistfm", url: `${server.url}/events.json?city=Lund&apikey=***`, result: "bad_request", status: 400, attempt: 1 },
      },
    ]);
  });
});

describe("what looks like a secret", () => {
  test.each([
    ["GET /x?apikey=abc123&size=2", "GET /x?apikey=***&size=2"],
    ["?client_secret=a%20b&x=1", "?client_secret=***&x=1"],
    ["Authorization: Bearer abc.def", "Authorization: ***"],
    ['{"x-api-key":"abc","city":"Lund"}', '{"x-api-key":***,"city":"Lund"}'],
    ["sent Basic YWJjOmRlZg== to it", "sent Basic *** to it"],
    ["Token bucket is empty", "Token bucket is empty"],
    ["connect ECONNREFUSED 127.0.0.1:1", "connect ECONNREFUSED 127.0.0.1:1"],
  ])("%s", (text, masked) => {
    expect(new Mask().text(text)).toBe(masked);
  });

  test("goes by its name", () => {
    expect(["apikey", "api_key", "X-Api-Key", "Authorization", "client_secret", "access_token", "Cookie"].filter((name) => !isSecretName(name))).toEqual([]);
    expect(["size", "city", "accept-language", "keyword", "client_id", "grant_type"].filter(isSecretName)).toEqual([]);
  });

  test("is forgotten when many newer ones have come, so that a year of tokens fills nothing", () => {
    const mask = new Mask();
    for (let i = 0; i < 10_000; i++) mask.learn(`token-${i}-of-a-year`);
    expect(mask.text("token-9999-of-a-year and token-1-of-a-year")).toBe("*** and token-1-of-a-year");
  });
});
