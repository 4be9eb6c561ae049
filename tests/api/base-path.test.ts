import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createTheSetClient } from "#server/client.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import { TestClock } from "#tests/support/clock.ts";
import { startCallServer } from "#tests/support/call-server.ts";
import { openStream } from "#tests/support/event-stream.ts";
import { mutate, send, type WireRefusal } from "#tests/support/raw-http.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;
/** The host alone. */
let host: string;
let show: BuiltShow;

beforeAll(async () => {
  server = await startTestServer({ pages: true, env: { BASE_PATH: "/theset", METRICS_TOKEN: "a-token-of-metrics" } });
  host = new URL(server.url).origin;
  show = await buildShow(server.database);
});
afterAll(() => server[Symbol.asyncDispose]());

const get = (path: string, headers: Record<string, string> = {}) => send(host, { path, headers });

describe("below the base path", () => {
  test.each([
    ["/theset/", 200, "text/html"],
    ["/theset/shows?sort=votes", 200, "text/html"],
    ["/theset/_root.data", 200, "text/x-script"],
    ["/theset/_root.data?_routes=root", 200, "text/x-script"],
    ["/theset/shows.data", 200, "text/x-script"],
    ["/theset/favicon.svg", 200, "image/svg+xml"],
    ["/theset/robots.txt", 200, "text/plain"],
    ["/theset/healthz", 200, "application/json"],
    ["/theset/readyz", 200, "application/json"],
    ["/theset/api/trpc/shows.list", 200, "application/json"],
    ["/theset/nothing", 404, "text/html"],
    ["/theset//evil.example/", 404, "text/html"],
    ["/theset/assets/nothing.js", 404, "text/html"],
    ["/theset/./shows", 200, "text/html"],
    ["http://evil.example/theset/shows", 200, "text/html"],
  ])("%s answers %i", async (path, status, type) => {
    const answer = await get(path);
    expect([answer.status, answer.headers["content-type"]?.split(";")[0]]).toEqual([status, type]);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });

  test("metrics are where the rest is", async () => {
    const headers = { authorization: "Bearer a-token-of-metrics" };
    expect((await get("/theset/metrics", headers)).status).toBe(200);
    expect((await get("/metrics", headers)).status).toBe(404);
  });

  test("every file that a page names is there, as it is and compressed", async () => {
    const { text } = await get(`/theset/shows/${show.slug}`);
    const named = [...text.matchAll(/"(\/[^"]*\.(?:js|css|svg|woff2))"/g)].map(([, path = ""]) => path);
    expect(named.length).toBeGreaterThan(10);
    for (const path of new Set(named)) {
      expect(path).toMatch(/^\/theset\//);
      for (const encoding of ["identity", "gzip", "br"]) {
        expect([path, (await get(path, { "accept-encoding": encoding })).status]).toEqual([path, 200]);
      }
    }
  });

  test("an anonymous visitor's show page comes from memory, with an address for each script", async () => {
    const path = `/theset/shows/${show.slug}`;
    const first = await get(path);
    expect(first.headers["etag"]).toBeDefined();
    expect((await get(path, { "if-none-match": first.headers["etag"]! })).status).toBe(304);
    expect((await get(path, { cookie: "__Secure-theset=somebody", host: "vote.example.org" })).headers["etag"]).toBeUndefined();
  });
});

describe("beside the base path", () => {
  test.each(["/", "/shows", "/thesetx", "/theset.data", "/THESET/", "/theset/../shows", "/theset/%2e%2e/shows", "/theset/..\\shows", "/api/trpc/shows.list", "//theset/"])(
    "%s is nothing",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(answer.json<{ error: unknown }>().error).toEqual({
        reason: "not_found",
        message: "There is nothing here: this site begins at /theset/",
      });
    },
  );

  test("a browser is shown the way", async () => {
    const answer = await get("/shows", { accept: "text/html,*/*" });
    expect([answer.status, answer.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
    expect(answer.text).toContain('<a href="/theset/">');
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  test.each([
    ["/theset", "/theset/"],
    ["/theset?sort=votes&x=?", "/theset/?sort=votes&x=?"],
  ])("%s leads to %s", async (path, location) => {
    const answer = await get(path);
    expect([answer.status, answer.headers["location"]]).toEqual([308, location]);
  });

  test("whoever watches the process need not know the base", async () => {
    expect((await get("/healthz")).status).toBe(200);
    expect((await get("/readyz?x")).status).toBe(200);
  });
});

describe("cookies", () => {
  const me = { email: "cookie@example.org", password: "a long enough one" };
  beforeAll(() => server.client.auth.register.mutate({ ...me, displayName: "C" }));

  test.each([
    ["localhost", "theset", ["HttpOnly", "Max-Age=2592000", "Path=/theset", "SameSite=Lax"]],
    ["vote.example.org", "__Secure-theset", ["HttpOnly", "Max-Age=2592000", "Path=/theset", "SameSite=Lax", "Secure"]],
  ])("at %s the session's is %s, for the base path only, set and removed", async (name, cookie, attributes) => {
    const answer = await mutate(server.url, "auth.login", me, { host: name });
    const [pair = "", ...given] = answer.headers["set-cookie"]![0]!.split("; ");
    expect(pair.split("=")[0]).toBe(cookie);
    expect(given.sort()).toEqual(attributes);
    const ended = await mutate(server.url, "auth.logout", undefined, { host: name, cookie: pair });
    expect(ended.headers["set-cookie"]![0]).toMatch(new RegExp(`^${cookie}=; .*Max-Age=0; Path=/theset;`));
  });

  test("that of an instance above, which comes after our own, changes nothing", async () => {
    const answer = await mutate(server.url, "auth.login", me);
    const [pair = ""] = answer.headers["set-cookie"]![0]!.split("; ");
    const asked = await get("/theset/api/trpc/auth.me", { cookie: `${pair}; theset=of-another` });
    expect(asked.text).toContain(me.email);
  });

  test("the theme's is for the base path only, and the way back stays below it", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const choose = (theme: string) => send(host, { path: "/theset/theme", headers, body: `theme=${theme}&next=/shows` });
    const dark = await choose("dark");
    expect([dark.status, dark.headers["location"]]).toEqual([303, "/theset/shows"]);
    expect(dark.headers["set-cookie"]![0]).toContain("Path=/theset;");
    expect((await choose("system")).headers["set-cookie"]![0]).toMatch(/Max-Age=0; Path=\/theset;/);
  });
});

describe("the typed client", () => {
  test.each(["", "/"])("works by an address with the path, ending in %j", async (end) => {
    const fan = await server.fan();
    const client = createTheSetClient({ url: server.url + end, token: fan.token });
    const { votes } = await client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
    expect((await client.auth.me.query())?.email).toBe(fan.email);
    const first = await new Promise((resolve, reject) => {
      const watching = client.live.tally.subscribe({ show: show.slug }, { onError: reject, onData: ({ data }) => resolve(data) });
      onTestFinished(() => watching.unsubscribe());
    });
    expect(first).toMatchObject({ total: votes });
  });
});

test("votes take the short way below the base, too", async () => {
  await using calls = await startCallServer({ lean: true, clock: new TestClock(), basePath: "/theset" });
  const answer = await mutate(calls.url, "votes.cast", { setlistSongId: 1 });
  expect(answer.json<WireRefusal>().error.data.reason).toBe("unauthenticated");
  expect(calls.adapted()).toBe(0);
  expect((await mutate(new URL(calls.url).origin, "votes.cast", { setlistSongId: 1 })).status).toBe(404);
});

test("a live stream is followed below the base, and only there", async () => {
  await using stream = await openStream(`${server.url}/shows/${show.slug}/live`);
  expect((await stream.next()).event).toBe("tally");
  await expect(openStream(`${host}/shows/${show.slug}/live`)).rejects.toThrow("answered 404");
});

test("a form from another site is refused below the base too", async () => {
  const answer = await send(host, { path: "/theset/sign-out", headers: { "sec-fetch-site": "cross-site" }, body: "" });
  expect(answer.status).toBe(403);
});

test("none of this is an error of ours", () => {
  expect(server.errors).toEqual([]);
});
