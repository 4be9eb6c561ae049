import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BELIEVED_MS } from "#server/auth/known-access.ts";
import { createTheSetClient } from "#server/client.ts";
import { hashesDuring } from "#tests/support/hash-count.ts";
import { mutate, query, type RawAnswer, type WireRefusal } from "#tests/support/raw-http.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { TestClock } from "#tests/support/clock.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

const DAY_MS = 86_400_000;
const password = "a long enough password";

let server: TestServer;

// Lucia has a clock of its own, so that of the test starts at the same time.
beforeAll(async () => {
  server = await startTestServer({ clock: new TestClock(new Date().toISOString()) });
});
afterAll(() => server[Symbol.asyncDispose]());

let serial = 0;

/** A fan who signed up with a password. */
async function signUp(on = server): Promise<string> {
  serial += 1;
  const email = `signed-up-${serial}@example.org`;
  await on.client.auth.register.mutate({ email, password, displayName: `Fan ${serial}` });
  return email;
}

/** Name, value and attributes of the one cookie that an answer sets. */
function cookieOf(answer: RawAnswer) {
  const lines = answer.headers["set-cookie"] ?? [];
  expect(lines).toHaveLength(1);
  const [pair, ...attributes] = lines[0]!.split("; ");
  const [name, value] = pair!.split("=") as [string, string];
  return { name, value, attributes: attributes.sort(), pair: pair! };
}

async function signIn(email: string, headers: Record<string, string> = {}) {
  const answer = await mutate(server.url, "auth.login", { email, password }, headers);
  expect(answer.status).toBe(200);
  return cookieOf(answer);
}

async function whoIs(cookie: string): Promise<string | null> {
  const answer = await query(server.url, "auth.me", undefined, { cookie });
  return answer.json<{ result: { data: { email: string } | null } }>().result.data?.email ?? null;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

test("a fan signs up, signs in, is known, and signs out", async () => {
  const client = createTheSetClient({ url: server.url });
  const email = "Maxi.Mustermann@Example.org";
  expect(await client.auth.register.mutate({ email, password, displayName: "  Maxi  " })).toEqual({ ok: true });
  expect(await client.auth.me.query()).toBeNull();
  const { user } = await client.auth.login.mutate({ email: "maxi.mustermann@example.org ", password });
  expect(user).toEqual({
    id: expect.any(Number) as number,
    email: "maxi.mustermann@example.org",
    displayName: "Maxi",
    role: "user",
    createdAt: new Date(server.clock.now()).toISOString(),
  });
  expect(await client.auth.me.query()).toEqual(user);
  expect(await client.auth.logout.mutate()).toEqual({ ok: true });
  expect(await client.auth.me.query()).toBeNull();
  expect(await client.auth.logout.mutate()).toEqual({ ok: true });
});

test("the password is stored as argon2id at 19 MiB, two passes, one lane", async () => {
  const email = await signUp();
  const [row] = await server.database.rows("SELECT password_hash AS hash FROM users WHERE email = ?", email);
  expect(row!["hash"]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
});

function comparable({ status, text, headers: { date: _date, ...headers } }: RawAnswer) {
  return { status, text, headers };
}

test("signing up says and costs the same for an address that has an account, and changes nothing", async () => {
  const email = await signUp();
  const attempt = (address: string) =>
    hashesDuring(() =>
      mutate(server.url, "auth.register", { email: address, password: "another long password", displayName: "Thief" }),
    );
  const known = await attempt(email);
  const unknown = await attempt("nobody-yet@example.org");
  expect(comparable(known.answer)).toEqual(comparable(unknown.answer));
  expect(known.answer.status).toBe(200);
  expect([known.hashes, unknown.hashes]).toEqual([1, 1]);
  const { user } = await createTheSetClient({ url: server.url }).auth.login.mutate({ email, password });
  expect(user.displayName).not.toBe("Thief");
});

test("signing in says and costs the same for a wrong password, an unknown address and a demo fan", async () => {
  const email = await signUp();
  const attempt = (address: string) =>
    hashesDuring(() => mutate(server.url, "auth.login", { email: address, password: "not the password" }));
  // The hash that stands in for a missing one is made at the first need.
  await attempt("warm-up@example.org");
  const known = await attempt(email);
  const unknown = await attempt("unknown@example.org");
  await server.database.change((tx) =>
    tx.run("INSERT INTO users (email, display_name, demo, created_at) VALUES ('without-password@example.org', 'Demo', 1, 0)"),
  );
  const withoutPassword = await attempt("without-password@example.org");
  expect(comparable(known.answer)).toEqual(comparable(unknown.answer));
  expect(comparable(withoutPassword.answer)).toEqual(comparable(unknown.answer));
  expect(known.answer.status).toBe(401);
  expect(known.answer.json<WireRefusal>().error).toMatchObject({
    message: "This e-mail address and password do not go together.",
    data: { reason: "wrong_credentials" },
  });
  expect([known.hashes, unknown.hashes, withoutPassword.hashes]).toEqual([1, 1, 1]);
});

test("on plain-HTTP localhost the cookie is HttpOnly and SameSite=Lax", async () => {
  const { name, attributes } = await signIn(await signUp());
  expect(name).toBe("theset");
  expect(attributes).toEqual(["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=Lax"]);
});

test("everywhere else it is Secure and bound to the host as well", async () => {
  const { name, attributes, pair } = await signIn(await signUp(), { host: "vote.example.org" });
  expect(name).toBe("__Host-theset");
  expect(attributes).toEqual(["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=Lax", "Secure"]);
  const me = await query(server.url, "auth.me", undefined, { cookie: pair, host: "vote.example.org" });
  expect(me.text).toContain("signed-up-");
});

test("a browser that came over plain HTTP from elsewhere is told to use HTTPS", async () => {
  const origin = { host: "vote.example.org", origin: "http://vote.example.org" };
  const answer = await mutate(server.url, "auth.login", { email: await signUp(), password }, origin);
  expect(answer.status).toBe(403);
  expect(answer.json<WireRefusal>().error.data.reason).toBe("needs_https");
  expect(answer.headers["set-cookie"]).toBeUndefined();
});

test("the database holds a hash of the session id and never the id", async () => {
  const { value } = await signIn(await signUp());
  const rows = await server.database.rows("SELECT id_hash FROM sessions WHERE id_hash IN (?, ?)", value, sha256(value));
  expect(rows).toEqual([{ id_hash: sha256(value) }]);
});

test("each sign-in has a new id, and the one it replaces is dead", async () => {
  const email = await signUp();
  const first = await signIn(email);
  const second = await signIn(email, { cookie: first.pair });
  expect(second.value).not.toBe(first.value);
  expect(await whoIs(first.pair)).toBeNull();
  expect(await whoIs(second.pair)).toBe(email);
});

test("a session id that the server did not make up is never taken over", async () => {
  const planted = `theset=${"a".repeat(40)}`;
  const { pair } = await signIn(await signUp(), { cookie: planted });
  expect(pair).not.toBe(planted);
  expect(await whoIs(planted)).toBeNull();
});

test("signing out ends this session and no other", async () => {
  const email = await signUp();
  const [here, there] = [await signIn(email), await signIn(email)];
  const answer = await mutate(server.url, "auth.logout", undefined, { cookie: here.pair });
  expect(cookieOf(answer).attributes).toContain("Max-Age=0");
  expect(await whoIs(here.pair)).toBeNull();
  expect(await whoIs(there.pair)).toBe(email);
});

/** Moves a session's times, in days from now, and lets pass what the server believes of it unseen. */
function ageSession(value: string, { created, expires }: { created: number; expires: number }): Promise<unknown> {
  server.clock.advance(BELIEVED_MS);
  const at = (days: number) => server.clock.now() + days * DAY_MS;
  return server.database.change((tx) =>
    tx.run(
      `UPDATE sessions SET created_at = ${at(created)}, expires_at = ${at(expires)} WHERE id_hash = '${sha256(value)}'`,
    ),
  );
}

async function daysLeft(value: string): Promise<number> {
  const [row] = await server.database.rows("SELECT expires_at AS at FROM sessions WHERE id_hash = ?", sha256(value));
  return (Number(row!["at"]) - server.clock.now()) / DAY_MS;
}

test("a session in use is prolonged, with a new cookie, once half its life is over", async () => {
  const { pair, value } = await signIn(await signUp());
  expect(await daysLeft(value)).toBeCloseTo(30, 1);
  await ageSession(value, { created: -14, expires: 16 });
  expect((await query(server.url, "auth.me", undefined, { cookie: pair })).headers["set-cookie"]).toBeUndefined();
  await ageSession(value, { created: -16, expires: 14 });
  const answer = await query(server.url, "auth.me", undefined, { cookie: pair });
  expect(cookieOf(answer)).toMatchObject({ pair, attributes: expect.arrayContaining(["Max-Age=2592000"]) as unknown });
  expect(await daysLeft(value)).toBeCloseTo(30, 1);
});

test("a session that nobody used for thirty days is over", async () => {
  const { pair, value } = await signIn(await signUp());
  await ageSession(value, { created: -30, expires: 0 });
  expect(await whoIs(pair)).toBeNull();
});

test("after ninety days a session is over however much it was used", async () => {
  const email = await signUp();
  const { pair, value } = await signIn(email);
  await ageSession(value, { created: -89, expires: 1 });
  expect(await whoIs(pair)).toBe(email);
  expect(await daysLeft(value)).toBeLessThanOrEqual(1);
  await ageSession(value, { created: -90, expires: 10 });
  expect(await whoIs(pair)).toBeNull();
});

test("an account takes ten wrong passwords from one address in a while, and its owner gets in from another", async () => {
  await using proxied = await startTestServer({ env: { TRUST_PROXY: "1" } });
  const email = await signUp(proxied);
  const attempt = (guess: string, address: string) =>
    mutate(proxied.url, "auth.login", { email, password: guess }, { "x-forwarded-for": address });
  const guesses = await Promise.all(Array.from({ length: 12 }, () => attempt("a wrong password", "198.51.100.1")));
  expect(guesses.map((answer) => answer.status).sort()).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
  const answer = await attempt(password, "198.51.100.1");
  expect(answer.status).toBe(429);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  expect(Number(answer.headers["retry-after"])).toBeLessThanOrEqual(900);
  expect(answer.json<WireRefusal>().error).toMatchObject({
    message: "Too many attempts. Try again in 15 minutes.",
    data: { reason: "too_many_attempts", retryAfter: Number(answer.headers["retry-after"]) },
  });
  expect((await attempt(password, "198.51.100.2")).status).toBe(200);
});

test("a right password gives the account its attempts back", async () => {
  const email = await signUp();
  const client = createTheSetClient({ url: server.url });
  for (let round = 0; round < 2; round += 1) {
    for (let i = 0; i < 9; i += 1) await refusalOf(client.auth.login.mutate({ email, password: "wrong" }));
    expect((await client.auth.login.mutate({ email, password })).user.email).toBe(email);
  }
});

test("an address has a number of attempts over all accounts; other addresses are not touched", async () => {
  await using proxied = await startTestServer({ env: { TRUST_PROXY: "1" } });
  const email = await signUp(proxied);
  const { token } = await proxied.fan();
  const from = (address: string) => ({ "x-forwarded-for": `203.0.113.250, ${address}` });
  // Guesses at the setup token count as well and need no hashing.
  const guess = { authorization: `Bearer ${token}`, ...from("198.51.100.1") };
  const spent = await Promise.all(
    Array.from({ length: 300 }, () => mutate(proxied.url, "auth.claimSetup", { token: "wrong" }, guess)),
  );
  expect(new Set(spent.map((answer) => answer.status))).toEqual(new Set([403]));
  const login = (address: string) => mutate(proxied.url, "auth.login", { email, password }, from(address));
  const refused = await login("198.51.100.1");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect((await login("198.51.100.2")).status).toBe(200);
});

test("the setup token makes one admin, once; a second start makes none", async () => {
  const first = await startTestServer();
  await using database = first.database;
  const { client, id } = await first.fan();
  const other = await first.fan();
  const wrong = { status: 403, reason: "wrong_setup_token", message: "This setup token is not valid, or has been used." };
  expect(first.setupToken).toMatch(/^ths_/);
  expect(await refusalOf(client.auth.claimSetup.mutate({ token: "ths_guess" }))).toEqual(wrong);
  expect((await client.auth.me.query())?.role).toBe("user");
  const { user } = await client.auth.claimSetup.mutate({ token: first.setupToken! });
  expect(user).toMatchObject({ id, role: "admin" });
  expect(await refusalOf(other.client.auth.claimSetup.mutate({ token: first.setupToken! }))).toEqual(wrong);
  expect(await database.rows("SELECT actor_id, action FROM audit_log")).toEqual([{ actor_id: id, action: "setup.claim" }]);
  await first.stop();
  await using second = await startTestServer({ database });
  expect(second.setupToken).toBeNull();
});

test("an admin made on the command line uses the setup token up", async () => {
  await using fresh = await startTestServer();
  const email = await signUp(fresh);
  const finder = await fresh.fan();
  await fresh.write("setUserRole", { email, role: "admin" });
  expect(await refusalOf(finder.client.auth.claimSetup.mutate({ token: fresh.setupToken! }))).toMatchObject({
    status: 403,
    reason: "wrong_setup_token",
  });
});

test("a token signs a script in until it is revoked, and is kept as a hash", async () => {
  const fan = await server.fan();
  const { id, token } = await fan.client.tokens.create.mutate({ name: "Laptop" });
  const script = createTheSetClient({ url: server.url, token });
  expect((await script.auth.me.query())?.id).toBe(fan.id);
  const { items } = await fan.client.tokens.list.query();
  expect(items.map(({ name, prefix }) => [name, prefix])).toEqual([
    ["test", fan.token.slice(0, 10)],
    ["Laptop", token.slice(0, 10)],
  ]);
  expect(await server.database.rows("SELECT token_hash AS hash FROM api_tokens WHERE id = ?", id)).toEqual([{ hash: sha256(token) }]);
  await fan.client.tokens.revoke.mutate({ id });
  expect(await refusalOf(script.auth.me.query())).toEqual({
    status: 401,
    reason: "invalid_token",
    message: "This API token is not valid. It may have been revoked.",
  });
  expect((await fan.client.tokens.list.query()).items).toHaveLength(1);
});

test("a fan can't see or revoke another fan's tokens", async () => {
  const [fan, other] = [await server.fan(), await server.fan()];
  const { items } = await fan.client.tokens.list.query();
  expect(await refusalOf(other.client.tokens.revoke.mutate({ id: items[0]!.id }))).toEqual({
    status: 404,
    reason: "not_found",
    message: "There is no such token.",
  });
  expect((await fan.client.auth.me.query())?.id).toBe(fan.id);
});

test("an account has at most twenty tokens, however fast it asks for them", async () => {
  const { client } = await server.fan();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 25 }, (_, i) => client.tokens.create.mutate({ name: `Token ${i}` })),
  );
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(19);
  expect(await refusalOf(client.tokens.create.mutate({ name: "One more" }))).toMatchObject({ status: 409, reason: "token_limit" });
});

test.each(["Bearer nonsense", `Bearer ths_${"A".repeat(43)}`, "Basic dXNlcjpwYXNz", "ths_", "Bearer"])(
  "an Authorization header that is no token of ours (%s) is refused and not ignored",
  async (authorization) => {
    const answer = await query(server.url, "auth.me", undefined, { authorization });
    expect(answer.status).toBe(401);
    expect(answer.json<WireRefusal>().error.data.reason).toBe("invalid_token");
  },
);

const refusedAccounts: [string, object, Record<string, string>][] = [
  ["an address without @", { email: "fan" }, { email: "This is not an e-mail address." }],
  ["a long address", { email: `${"a".repeat(250)}@example.org` }, { email: "At most 254 characters." }],
  ["a demo fan's address", { email: "demo-fan-1@demo.invalid" }, { email: "This is not an e-mail address." }],
  ["a short password", { password: "123456789" }, { password: "A password has at least 10 characters." }],
  ["a long password", { password: "x".repeat(201) }, { password: "At most 200 characters." }],
  ["no name", { displayName: "   " }, { displayName: "Tell us what to call you." }],
  ["a long name", { displayName: "n".repeat(61) }, { displayName: "At most 60 characters." }],
  ["a name that runs backwards", { displayName: "evil\u202Egnp" }, { displayName: "Control characters are not allowed." }],
  ["a name of two lines", { displayName: "a\nb" }, { displayName: "Control characters are not allowed." }],
  ["half a character", { displayName: "a\uD83D" }, { displayName: "This is not valid text." }],
];

test.each(refusedAccounts)("signing up with %s names the field", async (_what, change, fields) => {
  const input = { email: "fine@example.org", password, displayName: "Fine", ...change };
  expect(await refusalOf(server.client.auth.register.mutate(input))).toEqual({
    status: 400,
    reason: "invalid",
    message: "Some of this is not valid.",
    fields,
  });
});
