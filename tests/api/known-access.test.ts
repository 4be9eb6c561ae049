import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authorize } from "#server/auth/actor.ts";
import { BELIEVED_MS } from "#server/auth/known-access.ts";
import { hashSessionId } from "#server/auth/sessions.ts";
import { createTheSetClient } from "#server/client.ts";
import { buildShow } from "#tests/support/builders.ts";
import { TestClock } from "#tests/support/clock.ts";
import { mutate, query } from "#tests/support/raw-http.ts";
import { startServerProcess } from "#tests/support/server-process.ts";
import { createTestDatabase } from "#tests/support/test-database.ts";
import { startTestServer, type TestFan, type TestServer } from "#tests/support/test-server.ts";

const DAY_MS = 86_400_000;
let server: TestServer;

// Lucia has a clock of its own, so that of the test starts at the same time.
beforeAll(async () => {
  server = await startTestServer({ clock: new TestClock(new Date().toISOString()) });
});
afterAll(() => server[Symbol.asyncDispose]());

let serial = 0;

/** A session of a fan's; its Cookie header. */
async function sessionOf(fan: TestFan, days = 29): Promise<string> {
  serial += 1;
  const [id, expiresAt] = [`session-${serial}`, server.clock.now() + days * DAY_MS];
  await server.write("createSession", { idHash: hashSessionId(id), userId: fan.id, expiresAt });
  return `theset=${id}`;
}

/** Who the server takes a request for; null for nobody. */
async function whoIs(headers: Record<string, string>, url = server.url): Promise<string | null> {
  const answer = await query(url, "auth.me", undefined, headers);
  if (answer.status === 401) return null;
  return answer.json<{ result: { data: { email: string } | null } }>().result.data?.email ?? null;
}

const bearer = ({ token }: TestFan) => ({ authorization: `Bearer ${token}` });
const account = (fan: TestFan) =>
  authorize({ userId: fan.id, role: "user", displayName: "Fan", email: fan.email }, "manage-own-account");

test("who votes a second time is known without asking the database, for half a minute", async () => {
  await using own = await startTestServer();
  const show = await buildShow(own.database);
  const fan = await own.fan();
  const cast = (i: number) => mutate(own.url, "votes.cast", { setlistSongId: show.setlistSongIds[i] }, bearer(fan));
  expect((await cast(0)).status).toBe(200);
  await own.database.change((tx) => tx.run("ALTER TABLE api_tokens RENAME TO elsewhere"));
  expect((await cast(1)).status).toBe(200);
  own.clock.advance(BELIEVED_MS - 1);
  expect((await cast(2)).status).toBe(200);
  own.clock.advance(1);
  expect((await cast(3)).status).toBe(500);
  expect(own.errors.splice(0).join()).toContain("api_tokens");
});

describe("the very next request after", () => {
  test("a token is revoked is refused", async () => {
    const [fan, other] = [await server.fan(), await server.fan()];
    const { id, token } = await fan.client.tokens.create.mutate({ name: "second" });
    const second = createTheSetClient({ url: server.url, token });
    expect((await second.auth.me.query())?.email).toBe(fan.email);
    expect(await whoIs(bearer(other))).toBe(other.email);
    await fan.client.tokens.revoke.mutate({ id });
    expect(await whoIs({ authorization: `Bearer ${token}` })).toBeNull();
    expect(await whoIs(bearer(fan))).toBe(fan.email);
    expect(await whoIs(bearer(other))).toBe(other.email);
  });

  test("signing out is nobody's, and the fan's other sessions go on", async () => {
    const fan = await server.fan();
    const [here, there] = [await sessionOf(fan), await sessionOf(fan)];
    for (const cookie of [here, there]) expect(await whoIs({ cookie })).toBe(fan.email);
    await mutate(server.url, "auth.logout", undefined, { cookie: here });
    expect(await whoIs({ cookie: here })).toBeNull();
    expect(await whoIs({ cookie: there })).toBe(fan.email);
  });

  test("all sessions of a fan are ended is nobody's", async () => {
    const fan = await server.fan();
    const cookies = [await sessionOf(fan), await sessionOf(fan)];
    for (const cookie of cookies) expect(await whoIs({ cookie })).toBe(fan.email);
    await server.write("endSessionsOf", { userId: fan.id });
    for (const cookie of cookies) expect(await whoIs({ cookie })).toBeNull();
  });

  test("a role is given or taken has it, or has it no more", async () => {
    const show = await buildShow(server.database);
    const fan = await server.fan();
    const lock = async () => (await mutate(server.url, "shows.lockVoting", { show: show.slug }, bearer(fan))).status;
    expect(await lock()).toBe(403);
    await server.write("setUserRole", { email: fan.email, role: "admin" });
    expect(await lock()).toBe(200);
    await server.write("setUserRole", { email: fan.email, role: "user" });
    expect(await lock()).toBe(403);
  });

  test("a session's end, to the millisecond, is nobody's", async () => {
    const fan = await server.fan();
    const cookie = await sessionOf(fan, 16);
    expect(await whoIs({ cookie })).toBe(fan.email);
    await server.database.change((tx) =>
      tx.run(`UPDATE sessions SET expires_at = ${server.clock.now() + DAY_MS}, created_at = ${server.clock.now() - 89 * DAY_MS + 1}
        WHERE user_id = ${fan.id}`),
    );
    server.clock.advance(DAY_MS - 1);
    expect(await whoIs({ cookie })).toBe(fan.email);
    server.clock.advance(1);
    expect(await whoIs({ cookie })).toBeNull();
  });
});

test("a hundred requests at once beside a revocation: none that began after its answer goes through", async () => {
  const fan = await server.fan();
  const [row] = await server.database.rows("SELECT id FROM api_tokens WHERE user_id = ?", fan.id);
  let revoked = false;
  const revocation = server.write("revokeApiToken", { id: Number(row!["id"]), fan: account(fan) }).then(() => (revoked = true));
  const ask = async () => {
    const after = revoked;
    return { after, who: await whoIs(bearer(fan)) };
  };
  const answers = [];
  while (!revoked) answers.push(...(await Promise.all([ask(), ask()])));
  await revocation;
  answers.push(...(await Promise.all(Array.from({ length: 100 }, ask))));
  expect(answers.filter(({ after, who }) => after && who !== null)).toEqual([]);
});

test("a use of a token is noted once an hour, however often it is used", async () => {
  const fan = await server.fan();
  const lastUsed = async () =>
    Number((await server.database.rows("SELECT last_used_at AS at FROM api_tokens WHERE user_id = ?", fan.id))[0]!["at"]);
  const start = server.clock.now();
  await Promise.all(Array.from({ length: 5 }, () => whoIs(bearer(fan))));
  await expect.poll(lastUsed).toBe(start);
  server.clock.advance(3_600_000);
  await whoIs(bearer(fan));
  server.clock.advance(1);
  await whoIs(bearer(fan));
  await expect.poll(lastUsed).toBe(start + 3_600_001);
});

test("a cookie of another program that cannot be decoded is no concern of ours", async () => {
  const fan = await server.fan();
  const cookie = await sessionOf(fan);
  expect(await whoIs({ cookie: `other=%E0%A4%A; ${cookie}` })).toBe(fan.email);
});

test("what another process revokes, this one refuses soon, with its clock standing still", { timeout: 60_000 }, async () => {
  await using database = await createTestDatabase();
  await using here = await startTestServer({ database });
  await using there = await startServerProcess(database);
  const fan = await here.fan();
  const admin = await here.fan("Admin", "admin");
  expect(await whoIs(bearer(fan), there.url)).toBe(fan.email);
  expect(await whoIs(bearer(admin), there.url)).toBe(admin.email);
  const [row] = await database.rows("SELECT id FROM api_tokens WHERE user_id = ?", fan.id);
  await here.write("revokeApiToken", { id: Number(row!["id"]), fan: account(fan) });
  await expect.poll(() => whoIs(bearer(fan), there.url), { timeout: 20_000 }).toBeNull();
  expect(await whoIs(bearer(admin), there.url)).toBe(admin.email);
});
