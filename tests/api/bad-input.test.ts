import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTheSetClient } from "#server/client.ts";
import { buildShow } from "#tests/support/builders.ts";
import { mutate, query, send, type RawAnswer, type WireRefusal } from "#tests/support/raw-http.ts";
import { startTestServer, type TestFan, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;
let fan: TestFan;

beforeAll(async () => {
  server = await startTestServer();
  fan = await server.fan();
});
afterAll(() => server[Symbol.asyncDispose]());

const json = { "content-type": "application/json" };

/** Nothing of how the server is made. */
function expectNoInsides({ text, headers }: RawAnswer): void {
  expect(text).not.toMatch(/\bat .*\.(ts|js|mjs):\d|node_modules|SELECT |INSERT |UPDATE |sqlite|libsql|drizzle|stack/i);
  expect(headers["x-powered-by"]).toBeUndefined();
}

function refusalIn(answer: RawAnswer): WireRefusal["error"]["data"] & { message: string } {
  const { error } = answer.json<WireRefusal>();
  return { ...error.data, message: error.message };
}

const wrongQueries: [string, unknown, Record<string, string>][] = [
  ["shows.get", {}, { show: "Give an id or a slug." }],
  ["shows.get", { show: { $gt: 0 } }, { show: "Give an id or a slug." }],
  ["shows.get", { show: -1 }, { show: expect.any(String) as string }],
  ["shows.get", { show: 1.5 }, { show: "Give an id or a slug." }],
  ["shows.get", { show: 1e300 }, { show: expect.any(String) as string }],
  ["shows.get", { show: "../etc/passwd" }, { show: "An address part has only small letters, digits and hyphens." }],
  ["shows.get", { show: "a\u0000b" }, { show: "An address part has only small letters, digits and hyphens." }],
  ["shows.get", { show: "a".repeat(201) }, { show: expect.any(String) as string }],
  ["shows.list", { from: "14.06.2026" }, { from: "A date looks like 2026-12-31." }],
  ["shows.list", { to: "2026-02-30" }, { to: "A date looks like 2026-12-31." }],
  ["shows.list", { sort: "votes; DROP TABLE votes" }, { sort: expect.any(String) as string }],
  ["shows.list", { limit: 101 }, { limit: expect.any(String) as string }],
  ["shows.list", { limit: 0 }, { limit: expect.any(String) as string }],
  ["shows.list", { limit: "10" }, { limit: expect.any(String) as string }],
  ["artists.list", { query: "q".repeat(101) }, { query: "At most 100 characters." }],
  ["songs.search", { artist: 1, query: "a\u0007b" }, { query: "Control characters are not allowed." }],
  ["songs.search", { artist: 1 }, { query: expect.any(String) as string }],
];

test.each(wrongQueries)("%s with %j names the field", async (procedure, input, fields) => {
  const answer = await query(server.url, procedure, input);
  expect(answer.status).toBe(400);
  expect(refusalIn(answer)).toMatchObject({ reason: "invalid", message: "Some of this is not valid.", fields });
  expectNoInsides(answer);
});

const wrongMutations: [string, unknown, Record<string, string>][] = [
  ["votes.cast", { setlistSongId: "1" }, { setlistSongId: expect.any(String) as string }],
  ["votes.cast", { setlistSongId: 0 }, { setlistSongId: expect.any(String) as string }],
  ["votes.cast", [], { input: expect.any(String) as string }],
  ["votes.cast", null, { input: expect.any(String) as string }],
  ["votes.cast", undefined, { input: expect.any(String) as string }],
  ["votes.castMany", { setlistSongIds: [] }, { setlistSongIds: expect.any(String) as string }],
  ["votes.castMany", { setlistSongIds: Array.from({ length: 51 }, () => 1) }, { setlistSongIds: expect.any(String) as string }],
  ["votes.castMany", { setlistSongIds: [1, "2"] }, { "setlistSongIds.1": expect.any(String) as string }],
  ["tokens.create", { name: "" }, { name: "Give the token a name." }],
  ["tokens.create", { name: "n".repeat(61) }, { name: "At most 60 characters." }],
  ["tokens.create", { name: "a\u2028b" }, { name: "Control characters are not allowed." }],
];

test.each(wrongMutations)("%s with %j names the field", async (procedure, input, fields) => {
  const answer = await mutate(server.url, procedure, input, { authorization: `Bearer ${fan.token}` });
  expect(answer.status).toBe(400);
  expect(refusalIn(answer)).toMatchObject({ reason: "invalid", fields });
  expectNoInsides(answer);
});

test.each([
  ["half of an object", "{"],
  ["no JSON at all", "nonsense"],
  ["a brace too many", '{"setlistSongId":1}}'],
  ["a zero byte", "\u0000"],
  ["five thousand open brackets", "[".repeat(5_000)],
])("a body with %s is refused", async (_what, body) => {
  const answer = await send(server.url, { path: "/api/trpc/auth.login", headers: json, body });
  expect(answer.status).toBe(400);
  expectNoInsides(answer);
});

test("an input in the address that is not JSON is refused", async () => {
  for (const input of ["{", "%7B%7B", "%E0%A4%A", "undefined"]) {
    const answer = await send(server.url, { path: `/api/trpc/shows.get?input=${input}` });
    expect([input, answer.status]).toEqual([input, 400]);
    expectNoInsides(answer);
  }
});

test("there is no prototype to pollute through a body", async () => {
  const body = '{"email":"fan@example.org","password":"x","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}';
  const answer = await send(server.url, { path: "/api/trpc/auth.login", headers: json, body });
  expect(answer.status).toBe(401);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test.each(["nobody.knows", "shows", "shows.get.query", "", "__proto__", "constructor", "shows.__proto__", "shows.hasOwnProperty", "%00", "shows%2Fget"])(
  "there is no procedure %j",
  async (procedure) => {
    for (const answer of [await query(server.url, procedure, {}), await mutate(server.url, procedure, {})]) {
      expect(answer.status).toBe(404);
      expectNoInsides(answer);
    }
  },
);

test("a mutation cannot be a GET, and a query cannot be a POST", async () => {
  expect((await query(server.url, "auth.logout", undefined)).status).toBe(405);
  expect((await query(server.url, "votes.cast", { setlistSongId: 1 })).status).toBe(405);
  expect((await mutate(server.url, "shows.home", {})).status).toBe(405);
  const put = await send(server.url, { method: "PUT", path: "/api/trpc/auth.logout", headers: json, body: "{}" });
  expect([404, 405]).toContain(put.status);
});

const kB = 1024;

test("a body of 64 kB is read and a byte more is not, with its length or in chunks", async () => {
  const body = (bytes: number) => {
    const frame = '{"email":"fan@example.org","password":""}';
    return frame.replace('""', `"${"p".repeat(bytes - frame.length)}"`);
  };
  const attempt = (sent: string | Buffer[]) =>
    send(server.url, { path: "/api/trpc/auth.login", headers: json, body: sent });
  // Read, and found too long by the field's own rule.
  expect((await attempt(body(64 * kB))).status).toBe(400);
  expect((await attempt([Buffer.from(body(64 * kB))])).status).toBe(400);
  for (const answer of [await attempt(body(64 * kB + 1)), await attempt([Buffer.from(body(64 * kB)), Buffer.from(" ")])]) {
    expect(answer.status).toBe(413);
    expect(answer.json()).toEqual({ error: { reason: "too_large", message: "At most 64 kB." } });
    expect(answer.headers["connection"]).toBe("close");
  }
});

test("megabytes in chunks are refused before they have all been sent", async () => {
  const piece = Buffer.alloc(64 * kB, " ");
  const answer = await send(server.url, {
    path: "/api/trpc/auth.login",
    headers: json,
    body: Array.from({ length: 256 }, () => piece),
  });
  expect(answer.status).toBe(413);
});

test("twenty calls fit in a batch, and twenty-one do not", async () => {
  const batch = (calls: number) =>
    send(server.url, {
      path: `/api/trpc/${Array.from({ length: calls }, () => "votes.cast").join(",")}?batch=1`,
      headers: { ...json, authorization: `Bearer ${fan.token}` },
      body: JSON.stringify(Object.fromEntries(Array.from({ length: calls }, (_, i) => [i, { setlistSongId: 999_999 }]))),
    });
  const twenty = await batch(20);
  expect(twenty.status).toBe(404);
  expect(twenty.json<WireRefusal[]>().map((one) => one.error.data.reason)).toEqual(Array.from({ length: 20 }, () => "not_found"));
  expect((await batch(21)).status).toBe(400);
});

test("a batch answers each call for itself", async () => {
  const show = await buildShow(server.database);
  const answer = await send(server.url, {
    path: "/api/trpc/votes.cast,votes.cast,votes.retract?batch=1",
    headers: { ...json, authorization: `Bearer ${fan.token}` },
    body: JSON.stringify({ 0: { setlistSongId: show.setlistSongIds[0] }, 1: { setlistSongId: "?" }, 2: { setlistSongId: 999_999 } }),
  });
  expect(answer.status).toBe(207);
  expect(answer.json()).toMatchObject([
    { result: { data: { verdict: "counted" } } },
    { error: { data: { httpStatus: 400, reason: "invalid" } } },
    { error: { data: { httpStatus: 404, reason: "not_found" } } },
  ]);
});

test.each([
  "multipart/form-data; boundary=x",
  "text/plain",
  "text/plain;application/json",
  "application/x-www-form-urlencoded",
  "application/octet-stream",
])("a mutation as %s is refused, as a form on any site could send it", async (type) => {
  const body = type.startsWith("multipart") ? "--x--\r\n" : "{}";
  const answer = await send(server.url, { path: "/api/trpc/auth.logout", headers: { "content-type": type }, body });
  expect(answer.status).toBe(415);
  expect(answer.json()).toEqual({ error: { reason: "unsupported_media_type", message: "Send JSON as application/json." } });
});

const elsewhere: [string, Record<string, string>][] = [
  ["another site's origin", { origin: "https://evil.example" }],
  ["a sandboxed frame", { origin: "null" }],
  ["another port of this host", { origin: "http://127.0.0.1:1" }],
  ["an origin that only starts like ours", { origin: "http://127.0.0.1.evil.example" }],
  ["a browser that says cross-site", { "sec-fetch-site": "cross-site" }],
  ["a browser that says same-site", { "sec-fetch-site": "same-site" }],
];

test.each(elsewhere)("what %s asks to change is not carried out", async (_what, headers) => {
  const show = await buildShow(server.database);
  const authorization = `Bearer ${fan.token}`;
  const vote = await mutate(server.url, "votes.cast", { setlistSongId: show.setlistSongIds[0] }, { authorization, ...headers });
  const form = await send(server.url, {
    path: `/shows/${show.slug}`,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: `intent=vote&setlistSongId=${show.setlistSongIds[0]!}`,
  });
  for (const answer of [vote, form]) {
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({ error: { reason: "cross_origin" } });
  }
  expect((await server.client.shows.get.query({ show: show.slug })).totalVotes).toBe(0);
});

test("what the site itself asks for goes through, and so does a script", async () => {
  const { host } = new URL(server.url);
  for (const headers of [{}, { origin: `http://${host}` }, { "sec-fetch-site": "same-origin" }, { "sec-fetch-site": "none" }]) {
    expect((await mutate(server.url, "auth.logout", undefined, headers)).status).toBe(200);
  }
});

test("behind a proxy the site's own address counts, and the host header does not", async () => {
  await using proxied = await startTestServer({ env: { PUBLIC_URL: "https://vote.example.org" } });
  const attempt = (headers: Record<string, string>) => mutate(proxied.url, "auth.logout", undefined, headers);
  expect((await attempt({ origin: "https://vote.example.org" })).status).toBe(200);
  expect((await attempt({ origin: "https://evil.example", host: "evil.example" })).status).toBe(403);
});

test("an error that nobody foresaw is logged and leaves without its message", async () => {
  await using broken = await startTestServer();
  const show = await buildShow(broken.database);
  const { token } = await broken.fan();
  await broken.database.change((tx) => tx.run("ALTER TABLE setlist_songs RENAME TO elsewhere"));
  const authorization = { authorization: `Bearer ${token}` };
  const answers = [
    await mutate(broken.url, "votes.cast", { setlistSongId: show.setlistSongIds[0] }, authorization),
    await query(broken.url, "shows.get", { show: show.slug }),
    await send(broken.url, { path: `/shows/${show.slug}/live` }),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(500);
    expect(answer.text).toContain("Something went wrong on our side.");
    expectNoInsides(answer);
  }
  for (const path of ["votes.cast", "shows.get", `/shows/${show.slug}/live`]) {
    expect(broken.errors.filter((line) => line.includes("no such table") && line.includes(`"${path}"`))).toHaveLength(1);
  }
});

test("who is asking can't be found out: that is an error of ours, logged and without its message", async () => {
  await using broken = await startTestServer();
  await broken.database.change((tx) => tx.run("ALTER TABLE sessions RENAME TO elsewhere"));
  const answer = await query(broken.url, "auth.me", undefined, { cookie: `theset=${"a".repeat(40)}` });
  expect(answer.status).toBe(500);
  expect(refusalIn(answer)).toMatchObject({ reason: "internal", message: "Something went wrong on our side." });
  expectNoInsides(answer);
  expect(broken.errors.join()).toContain("no such table");
});

test("a page that fails before it is made says so, and the log says why", async () => {
  await using broken = await startTestServer();
  const answer = await send(broken.url, { path: "/" });
  expect(answer.status).toBe(500);
  expect(answer.text).toBe("Something went wrong on our side.");
  expect(answer.headers["content-type"]).toMatch(/^text\/plain/);
  expect(broken.errors.join()).toContain("This test server has no pages");
});

const plainHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

test("every kind of answer carries the security headers", async () => {
  const show = await buildShow(server.database);
  const answers: [string, RawAnswer][] = [
    ["a query", await query(server.url, "shows.home", undefined)],
    ["a refusal", await query(server.url, "shows.get", { show: "no-such-show" })],
    ["a mutation", await mutate(server.url, "auth.logout", undefined)],
    ["an unknown procedure", await query(server.url, "no.such", undefined)],
    ["health", await send(server.url, { path: "/healthz" })],
    ["readiness", await send(server.url, { path: "/readyz" })],
    ["a cross-site form", await send(server.url, { path: "/", headers: { origin: "null" }, body: "" })],
    ["a missing live stream", await send(server.url, { path: "/shows/no-such-show/live" })],
    ["a large body", await send(server.url, { path: "/", body: "x".repeat(70_000) })],
  ];
  for (const [what, { headers }] of answers) {
    expect({ what, ...headers }).toMatchObject({ what, ...plainHeaders });
    expect([what, headers["access-control-allow-origin"]]).toEqual([what, undefined]);
    expect([what, headers["strict-transport-security"]]).toEqual([what, undefined]);
  }
  const elsewhereThanLocalhost = await query(server.url, "shows.get", { show: show.slug }, { host: "vote.example.org" });
  expect(elsewhereThanLocalhost.headers["strict-transport-security"]).toBe("max-age=31536000");
});

test("answers that may be someone's own are not stored on the way", async () => {
  const authorization = `Bearer ${fan.token}`;
  for (const answer of [await query(server.url, "auth.me", undefined, { authorization }), await query(server.url, "votes.mine", undefined, {})]) {
    expect(answer.headers["cache-control"]).toBe("no-store");
  }
});

/** Sends bytes as they are and returns the status of the answer; null where the server just hung up. */
function sendBytes(bytes: string): Promise<number | null> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
    socket.on("error", () => {});
    socket.on("close", () => resolve(received === "" ? null : Number(/^HTTP\/1\.1 (\d+)/.exec(received)?.[1])));
  });
}

const closing = "Connection: close\r\n\r\n";

test.each([
  ["no Host", `GET /healthz HTTP/1.1\r\n${closing}`],
  ["two Hosts", `GET /api/trpc/shows.home HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n${closing}`],
  ["a Host with a path", `GET /api/trpc/shows.home HTTP/1.1\r\nHost: a.example/b\r\n${closing}`],
  ["a Host with a space", `GET /api/trpc/shows.home HTTP/1.1\r\nHost: a b\r\n${closing}`],
  ["a body with two lengths", `POST /api/trpc/auth.logout HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n${closing}{}`],
  ["a body with a length and chunks", `POST /api/trpc/auth.logout HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n${closing}{}`],
  ["a path with a line break", `GET /a\rb HTTP/1.1\r\nHost: a\r\n${closing}`],
  ["no HTTP at all", "hello\r\n\r\n"],
])("a request with %s is refused as bad", async (_what, bytes) => {
  expect(await sendBytes(bytes)).toBe(400);
});

test("an address of more than 16 kB is refused, and the server goes on serving", async () => {
  expect(await sendBytes(`GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: a\r\n${closing}`)).toBe(431);
  expect((await send(server.url, { path: "/healthz" })).status).toBe(200);
});

const oddTitles = [
  "<script>alert(1)</script><img src=x onerror=alert(2)>",
  "'; DROP TABLE votes; --",
  "\u05E9\u05D9\u05E8 \u05D0\u05D4\u05D1\u05D4 (Live)",
  "أغنية 123",
  "👩‍👩‍👧‍👦 🎸 Ünïcödé",
  "é" + "x".repeat(299),
  "{{7*7}} ${7*7} %s %d \\u0041 &amp;",
];

test("song titles come back as they are, whatever is in them", async () => {
  const show = await buildShow(server.database, { ballot: oddTitles, catalogue: [] });
  const { ballot } = await server.client.shows.get.query({ show: show.slug });
  expect(ballot.map((row) => row.song.title)).toEqual(oddTitles);
  for (const title of oddTitles.map((odd) => odd.slice(0, 40))) {
    const { items } = await server.client.songs.search.query({ artist: show.artistSlug, query: title });
    expect(items.map((song) => song.title)).toEqual(oddTitles.filter((odd) => odd.startsWith(title)));
  }
});

test("many long queries at once do not make an address that the server refuses", async () => {
  const show = await buildShow(server.database);
  const client = createTheSetClient({ url: server.url });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => client.songs.search.query({ artist: show.artistSlug, query: "愛".repeat(100) })),
  );
  expect(answers).toEqual(Array.from({ length: 20 }, () => ({ items: [] })));
});
