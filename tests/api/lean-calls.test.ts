import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { authorize } from "#server/auth/actor.ts";
import { hashSessionId } from "#server/auth/sessions.ts";
import { hashToken } from "#server/auth/tokens.ts";
import { buildShow } from "#tests/support/builders.ts";
import { startCallServer, type CallServer } from "#tests/support/call-server.ts";
import { TestClock } from "#tests/support/clock.ts";
import { miscounts } from "#tests/support/outbox.ts";
import { send, type RawAnswer, type RawRequest } from "#tests/support/raw-http.ts";

const DAY_MS = 86_400_000;
// Lucia has a clock of its own, so that of the test starts at the same time.
const clock = new TestClock(new Date().toISOString());
const localDate = new Date(clock.now() + 3 * DAY_MS).toISOString().slice(0, 10);

/** What two servers hold alike, so that their answers can be compared to the letter. */
interface World {
  songs: number[];
  token: string;
  /** A cookie of a session in the middle of its life, and of one that is to be prolonged. */
  cookie: string;
  oldCookie: string;
}

let lean: CallServer;
let adapted: CallServer;
let world: World;

beforeAll(async () => {
  lean = await startCallServer({ lean: true, clock });
  adapted = await startCallServer({ lean: false, clock });
});
afterAll(() => Promise.all([lean[Symbol.asyncDispose](), adapted[Symbol.asyncDispose]()]));

let serial = 0;

async function build(server: CallServer, name: string): Promise<World> {
  const email = `${name}@example.org`;
  await server.write("registerFan", { email, displayName: name, passwordHash: "none" });
  const [row] = await server.database.rows("SELECT id FROM users WHERE email = ?", email);
  const userId = Number(row!["id"]);
  const fan = authorize({ userId, role: "user", email, displayName: name }, "manage-own-account");
  await server.write("createApiToken", { fan, name, tokenHash: hashToken(`ths_${name}`), prefix: "ths_" });
  const session = async (id: string, days: number) => {
    await server.write("createSession", { idHash: hashSessionId(id), userId, expiresAt: clock.now() + days * DAY_MS });
    return `theset=${id}`;
  };
  const show = await buildShow(server.database, { artist: name, venue: name, localDate });
  const [cookie, oldCookie] = [await session(`${name}-new`, 29), await session(`${name}-old`, 10)];
  return { songs: show.setlistSongIds, token: `ths_${name}`, cookie, oldCookie };
}

beforeEach(async () => {
  serial += 1;
  const [one, other] = await Promise.all([lean, adapted].map((server) => build(server, `fan-${serial}`)));
  expect(one).toEqual(other);
  world = one!;
});

type Request = Omit<RawRequest, "path"> & { to?: string; input?: unknown };

function rawOf({ to = "votes.cast", input, ...request }: Request): RawRequest {
  const body = input === undefined ? request.body : JSON.stringify(input);
  const wanted = { "content-type": "application/json", authorization: `Bearer ${world.token}`, ...request.headers };
  const headers = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return { method: "POST", ...request, path: `/api/trpc/${to}`, headers, ...(body !== undefined && { body }) };
}

/** All of an answer but what differs between two answers of one server too, or only in how its length is told. */
function comparable({ status, text, headers }: RawAnswer) {
  const { date: _date, "content-length": _length, "transfer-encoding": _encoding, ...kept } = headers;
  return { status, text, headers: kept };
}

/** Sends requests one after another to both servers; the answers of both are the same. */
async function same(requests: Request[]): Promise<RawAnswer[]> {
  const answers: RawAnswer[] = [];
  for (const request of requests.map(rawOf)) {
    const [one, other] = await Promise.all([send(lean.url, request), send(adapted.url, request)]);
    expect(comparable(one)).toEqual(comparable(other));
    answers.push(one);
  }
  return answers;
}

const cast = (input: unknown, headers: Request["headers"] = {}): Request => ({ input, headers });
const song = (i = 0) => ({ setlistSongId: world.songs[i] });
const batchOf = (paths: string[], inputs: unknown[]): Request => ({
  to: `${paths.join(",")}?batch=1`,
  input: Object.fromEntries(inputs.map((input, i) => [i, input])),
});
const repeat = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const anonymous = { authorization: undefined };
const withCookie = (cookie: string) => ({ authorization: undefined, cookie });

/** Requests that the lean way answers, with the statuses that come of them. */
const shortened: [string, () => Request[], number[]][] = [
  ["a vote", () => [cast(song())], [200]],
  ["a vote cast twice", () => [cast(song()), cast(song())], [200, 409]],
  ["a vote for nothing", () => [cast({ setlistSongId: 999_999 })], [404]],
  ["a vote and its retraction", () => [cast(song()), { to: "votes.retract", input: song() }], [200, 200]],
  ["a retraction of nothing", () => [{ to: "votes.retract", input: song() }], [409]],
  ["many votes", () => [{ to: "votes.castMany", input: { setlistSongIds: world.songs.slice(0, 5) } }], [200]],
  ["the eleventh vote among many", () => [{ to: "votes.castMany", input: { setlistSongIds: world.songs } }], [200]],
  ["too many votes at once", () => [{ to: "votes.castMany", input: { setlistSongIds: repeat(51, (i) => i + 1) } }], [400]],
  ["no votes at once", () => [{ to: "votes.castMany", input: { setlistSongIds: [] } }], [400]],
  ["a batch of one", () => [batchOf(["votes.cast"], [song()])], [200]],
  ["a batch of twenty", () => [batchOf(repeat(20, () => "votes.cast"), repeat(20, (i) => song(i % 12)))], [207]],
  ["a batch all refused alike", () => [cast(song()), batchOf(["votes.cast", "votes.cast"], [song(), song()])], [200, 409]],
  ["a mixed batch", () => [batchOf(["votes.cast", "votes.castMany", "votes.retract"], [song(), { setlistSongIds: [world.songs[1]] }, song(2)])], [207]],
  ["a batch with an input missing", () => [batchOf(["votes.cast", "votes.cast"], [song()])], [207]],
  ["a batch with too many inputs", () => [batchOf(["votes.cast"], [song(), song(1)])], [200]],
  ["a batch whose input is a list", () => [{ to: "votes.cast?batch=1", input: [song()] }], [400]],
  ["a batch whose input is null", () => [{ to: "votes.cast?batch=1", input: null }], [400]],
  ["a batch without a body", () => [{ to: "votes.cast?batch=1", body: "" }], [400]],
  ["a batch of nobody", () => [{ ...batchOf(["votes.cast", "votes.cast"], [song(), song(1)]), headers: anonymous }], [401]],
  ["a batch with a token that is not valid", () => [{ ...batchOf(["votes.cast"], [song()]), headers: { authorization: "Bearer ths_x" } }], [401]],
  ["nobody's vote", () => [cast(song(), anonymous)], [401]],
  ["nobody's vote for nothing", () => [cast({}, anonymous)], [401]],
  ["a token that is not valid", () => [cast(song(), { authorization: "Bearer ths_wrong" })], [401]],
  ["another kind of authorization", () => [cast(song(), { authorization: "Basic eDp5" })], [401]],
  ["a session", () => [cast(song(), withCookie(world.cookie)), cast(song(1), withCookie(world.cookie))], [200, 200]],
  ["a session among other cookies", () => [cast(song(), withCookie(`a=%; b; =c; ${world.cookie}; d="e`))], [200]],
  ["a session that is nobody's", () => [cast(song(), withCookie("theset=stranger"))], [401]],
  ["a session that is prolonged", () => [cast(song(), withCookie(world.oldCookie)), cast(song(1), withCookie(world.oldCookie))], [200, 200]],
  ["a session that is prolonged by a refused batch", () => [{ ...batchOf(["votes.cast"], [{}]), headers: withCookie(world.oldCookie) }], [400]],
  ["a token in a cookie", () => [cast(song()), cast(song(1), withCookie(`theset=${world.token}`))], [200, 401]],
  ...(["1", 0, -1, 1.5, 1e300, null, true, [], {}, "x".repeat(5_000)] as unknown[]).map(
    (value): [string, () => Request[], number[]] => [
      `the id ${JSON.stringify(value).slice(0, 20)}`,
      () => [cast({ setlistSongId: value })],
      [400],
    ],
  ),
  ...([null, 1, "text", [], [1], {}, { setlistSongID: 1 }] as unknown[]).map((input): [string, () => Request[], number[]] => [
    `the input ${JSON.stringify(input)}`,
    () => [cast(input)],
    [400],
  ]),
  ["fields that nobody asked for", () => [cast({ ...song(), userId: 1, __proto__: { a: 1 }, constructor: 1 })], [200]],
  ["a field that looks like a prototype", () => [{ body: `{"__proto__":{"setlistSongId":${world.songs[0]}}}` }], [400]],
  ["no body", () => [{ body: "" }], [400]],
  ["half a body", () => [{ body: '{"setlistSongId":' }], [400]],
  ["a body of control characters", () => [{ body: "\u0000\u0001\u001f{}" }], [400]],
  ["a body that is not UTF-8", () => [{ body: Buffer.from([0x22, 0xff, 0xfe, 0x22]) }], [400]],
  ["a body with a byte order mark", () => [{ body: Buffer.from(`\ufeff${JSON.stringify(song())}`) }], [200]],
  ["two JSON texts", () => [{ body: "{}{}" }], [400]],
  ["a body of just 64 kB", () => [{ body: JSON.stringify(song()).padEnd(65_536) }], [200]],
  ["a type with a charset", () => [cast(song(), { "content-type": "Application/JSON; charset=utf-8" })], [200]],
  ["the site's own page", () => [cast(song(), { "sec-fetch-site": "same-origin" })], [200]],
  ["a browser's Accept", () => [cast(song(), { accept: "application/json, text/plain, */*" })], [200]],
  ["a host that wants HTTPS", () => [cast(song(), { host: "vote.example.org" })], [200]],
  ["a batch said to be a batch of 1 by its list", () => [{ to: "votes.cast,votes.cast?batch=1", input: { 1: song() } }], [207]],
];

describe("the lean way answers just as tRPC's adapter does:", () => {
  test.each(shortened)("%s", async (_what, requests, statuses) => {
    const before = lean.adapted();
    const answers = await same(requests());
    expect(answers.map((answer) => answer.status)).toEqual(statuses);
    expect(lean.adapted()).toBe(before);
    expect(lean.errors).toEqual([]);
  });
});

/** Requests that are left to the adapter, or refused before any procedure. */
const left: [string, () => Request[], number[]][] = [
  ["a batch of twenty-one", () => [batchOf(repeat(21, () => "votes.cast"), repeat(21, () => song()))], [400]],
  ["a batch with another procedure", () => [batchOf(["votes.cast", "auth.logout"], [song(), undefined])], [200]],
  ["a batch with a query", () => [batchOf(["votes.cast", "votes.mine"], [song(), {}])], [400]],
  ["a batch with an unknown procedure", () => [batchOf(["votes.cast", "votes.none"], [song(), {}])], [207]],
  ["a list without being a batch", () => [{ to: "votes.cast,votes.cast", input: song() }], [404]],
  ["an unknown procedure", () => [{ to: "votes.castAll", input: song() }], [404]],
  ["an unknown question", () => [{ to: "votes.cast?a=1", input: song() }], [200]],
  ["a batch asked for otherwise", () => [{ to: "votes.cast?batch=1&a=1", input: { 0: song() } }], [200]],
  ["an encoded list", () => [{ to: "votes.cast%2Cvotes.retract?batch=1", input: { 0: song(), 1: song() } }], [200]],
  ["a trailing slash", () => [{ to: "votes.cast/", input: song() }], [200]],
  ["GET", () => [{ method: "GET", to: "votes.cast" }], [405]],
  ["HEAD", () => [{ method: "HEAD", to: "votes.cast" }], [204]],
  ["PUT", () => [{ method: "PUT", input: song() }], [405]],
  ["no type", () => [cast(song(), { "content-type": undefined })], [415]],
  ["a form", () => [{ headers: { "content-type": "multipart/form-data; boundary=x" }, body: "--x--" }], [415]],
  ["text", () => [cast(song(), { "content-type": "text/plain" })], [415]],
  ["a type that starts alike", () => [cast(song(), { "content-type": "application/json-seq" })], [415]],
  ["a stream of lines", () => [{ ...batchOf(["votes.cast"], [song()]), headers: { "trpc-accept": "application/jsonl" } }], [200]],
  ["a stream of lines by Accept", () => [{ ...batchOf(["votes.cast"], [song()]), headers: { accept: "application/jsonl" } }], [200]],
  ["a body in chunks", () => [{ body: [Buffer.from(JSON.stringify(song()))] }], [200]],
  ["a compressed body", () => [{ headers: { "content-encoding": "gzip" }, body: "x" }], [400]],
  ["a body beyond 64 kB", () => [{ body: JSON.stringify(song()).padEnd(65_537) }], [413]],
  ["another site", () => [cast(song(), { "sec-fetch-site": "cross-site", origin: "https://evil.example" })], [403]],
  ["another site's older browser", () => [cast(song(), { origin: "https://evil.example" })], [403]],
  ["a host with a port that needs a look", () => [cast(song(), { host: "LOCALHOST:80" })], [200]],
];

test.each(left)("what the lean way does not know is left as it is: %s", async (_what, requests, statuses) => {
  expect((await same(requests())).map((answer) => answer.status)).toEqual(statuses);
});

test("a session that is prolonged gets its cookie once", async () => {
  const votes = [0, 1].map((i) => cast(song(i), withCookie(world.oldCookie)));
  const [first, second] = await same(votes);
  expect(first!.headers["set-cookie"]).toEqual([expect.stringContaining(`${world.oldCookie}; HttpOnly; Max-Age=2592000`)]);
  expect(second!.headers["set-cookie"]).toBeUndefined();
});

test("a busy writer is answered with when to come back, in both ways, single and in a batch", async () => {
  for (const server of [lean, adapted]) server.writer.state = "busy";
  const retracted = batchOf(["votes.cast", "votes.retract"], [song(), song()]);
  const answers = await same([cast(song()), batchOf(["votes.cast"], [song()]), retracted]);
  for (const server of [lean, adapted]) server.writer.state = "fine";
  expect(answers.map((answer) => [answer.status, answer.headers["retry-after"]])).toEqual([
    [503, "2"],
    [503, "2"],
    [207, "2"],
  ]);
});

test("an error of ours is logged once and leaves without its message, in both ways", async () => {
  for (const server of [lean, adapted]) server.writer.state = "broken";
  const [answer] = await same([cast(song())]);
  for (const server of [lean, adapted]) server.writer.state = "fine";
  expect(answer!.status).toBe(500);
  expect(answer!.text).not.toContain("secret");
  for (const server of [lean, adapted]) {
    expect(server.errors.splice(0).filter((line) => line.includes("a secret of the inside"))).toHaveLength(1);
  }
});

test("both have counted the same", async () => {
  await same([cast(song())]);
  const votes = "SELECT user_id, setlist_song_id FROM votes ORDER BY user_id, setlist_song_id";
  expect(await lean.database.rows(votes)).toEqual(await adapted.database.rows(votes));
  expect(await miscounts(lean.database)).toEqual([]);
});
