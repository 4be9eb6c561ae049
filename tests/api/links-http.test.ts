import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mutate, send, type RawAnswer } from "#tests/support/raw-http.ts";
import { startTestServer, type TestFan, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;
let moderator: TestFan;
let fan: TestFan;
/** The moderator's session, as a browser has it. */
let cookie: string;

const BASE = "/theset";
const HEADER = "action,kind,id,provider,provider_id,into\r\n";
const PASSWORD = "a long enough password";

beforeAll(async () => {
  server = await startTestServer({ pages: true, env: { BASE_PATH: BASE } });
  [moderator, fan] = await Promise.all([server.fan("Mo", "moderator"), server.fan("Fay")]);
  await server.database.change(async (tx) => {
    await tx.run("INSERT INTO artists (id, slug, name, search_name) VALUES (1, 'lark', 'Lark', 'lark'), (2, 'owl', 'Owl', 'owl')");
    await tx.run("INSERT INTO artist_identities (provider, provider_id, artist_id, confidence, status, evidence) VALUES ('spotify', '=a1', 1, 1, 'approved', '{}')");
  });
  const email = "mod@example.org";
  await server.client.auth.register.mutate({ email, password: PASSWORD, displayName: "Mod" });
  await server.write("setUserRole", { email, role: "moderator" });
  const signedIn = await mutate(server.url, "auth.login", { email, password: PASSWORD });
  cookie = signedIn.headers["set-cookie"]![0]!.split(";")[0]!;
});
afterAll(() => server[Symbol.asyncDispose]());

const bearer = ({ token }: TestFan) => ({ authorization: `Bearer ${token}` });
const links = () => server.database.rows("SELECT provider_id AS record, artist_id AS id FROM artist_identities ORDER BY provider, provider_id");
const file = (...lines: string[]) => HEADER + lines.map((line) => `${line}\r\n`).join("");
const post = (format: string, body: string | Buffer | Buffer[], headers: Record<string, string> = bearer(moderator)) => send(server.url, { path: `${BASE}/moderation/links.${format}`, headers, body });

describe("a file of all links", () => {
  test("is saved by moderators, by token or session, as a download that nobody keeps", async () => {
    for (const headers of [bearer(moderator), { cookie }]) {
      const answer = await send(server.url, { path: `${BASE}/moderation/links.csv`, headers });
      expect(answer).toMatchObject({ status: 200, text: `${HEADER}approve,artist,1,spotify,'=a1,\r\n` });
      expect(answer.headers).toMatchObject({
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="links-2026-06-13.csv"',
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      });
    }
    const json = await send(server.url, { path: `${BASE}/moderation/links.json`, headers: { cookie } });
    expect(json.json()).toEqual([{ action: "approve", kind: "artist", id: 1, provider: "spotify", provider_id: "=a1" }]);
  });

  test("is nobody else's to read or to send, and there is no other way to ask for it", async () => {
    const path = `${BASE}/moderation/links.csv`;
    expect(await send(server.url, { path })).toMatchObject({ status: 401 });
    expect(await send(server.url, { path, headers: bearer(fan) })).toMatchObject({ status: 403 });
    expect(await post("csv", file("approve,artist,2,spotify,x,"), {})).toMatchObject({ status: 401 });
    expect(await post("csv", file("approve,artist,2,spotify,x,"), bearer(fan))).toMatchObject({ status: 403 });
    expect(await send(server.url, { method: "DELETE", path, headers: bearer(moderator) })).toMatchObject({ status: 405 });
    const foreign = await post("csv", file("approve,artist,2,spotify,x,"), { cookie, origin: "https://evil.example" });
    expect(foreign).toMatchObject({ status: 403 });
    expect(foreign.text).toContain("cross_origin");
    expect(await links()).toHaveLength(1);
  });
});

describe("a file that is sent by a script", () => {
  test("is carried out, larger than other bodies may be, or only looked at", async () => {
    const lines = Array.from({ length: 5_000 }, (_, i) => `approve,artist,2,setlistfm,id-${i},`);
    const dry = await send(server.url, { path: `${BASE}/moderation/links.csv?dryRun=1`, headers: bearer(moderator), body: file(...lines) });
    expect(dry).toMatchObject({ status: 200, text: '{"dryRun":true,"lines":5000,"approved":5000,"rejected":0,"merged":0}' });
    expect(await links()).toHaveLength(1);
    const items = JSON.stringify([{ action: "approve", kind: "artist", id: 2, provider: "musicbrainz", provider_id: "m" }]);
    expect((await post("json", items)).json()).toMatchObject({ dryRun: false, approved: 1 });
    expect((await post("csv", file(...lines))).json()).toMatchObject({ dryRun: false, approved: 5_000 });
    expect(await links()).toHaveLength(5_002);
    expect(await server.database.rows("SELECT line FROM link_lines")).toEqual([]);
    expect((await send(server.url, { path: `${BASE}/api/trpc/votes.cast`, headers: { "content-type": "application/json" }, body: "x".repeat(70_000) })).status).toBe(413);
  });

  test("and is wrong gets the list of what is, by line", async () => {
    const answer = await post("csv", file("approve,artist,77,spotify,x,"));
    expect(answer.status).toBe(400);
    expect(answer.json()).toEqual({
      error: {
        reason: "bad_file",
        message: "Nothing was changed. Line 2: There is no artist 77.",
        faults: [{ line: 2, reason: "unknown_id", message: "Line 2: There is no artist 77." }],
        count: 1,
      },
    });
  });

  test("and is too large, or wrong from its first line, is answered without being read to its end", async () => {
    const megabyte = Buffer.alloc(1024 * 1024, "approve,artist,2,setlistfm,id-1,\n");
    const large = await post("csv", [Buffer.from(HEADER), ...Array.from({ length: 66 }, () => megabyte)]);
    expect(large.status).toBe(413);
    expect(large.text).toContain("The file is larger than 64 MB. Split it.");
    const wrong = await post("csv", [Buffer.from("id;name\n"), ...Array.from({ length: 20 }, () => megabyte)]);
    expect(wrong.status).toBe(400);
    expect(await server.client.site.status.query()).toBeDefined();
    expect(await server.database.rows("SELECT id FROM link_files")).toEqual([]);
  }, 60_000);
});

interface Part {
  name: string;
  filename?: string;
  value: string | Buffer;
}

/** What a browser sends for a form with a file, scripts or not. */
function form(parts: Part[], headers: Record<string, string> = { cookie }): Promise<RawAnswer> {
  const edge = "----edge";
  const pieces = parts.flatMap(({ name, filename, value }) => [
    Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"${filename === undefined ? "" : `; filename="${filename}"`}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from("\r\n"),
  ]);
  return send(server.url, {
    path: `${BASE}/moderation/links`,
    headers: { ...headers, "content-type": `multipart/form-data; boundary=${edge}`, "sec-fetch-site": headers["sec-fetch-site"] ?? "same-origin" },
    body: Buffer.concat([...pieces, Buffer.from(`--${edge}--\r\n`)]),
  });
}

describe("the page of files of links", () => {
  test("is for moderators: others are sent to sign in, or turned away", async () => {
    const path = `${BASE}/moderation/links`;
    const page = await send(server.url, { path, headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.text).toContain(`href="${BASE}/moderation/links.csv"`);
    const anonymous = await send(server.url, { path });
    expect(anonymous).toMatchObject({ status: 303 });
    const sent = await form([{ name: "file", filename: "links.csv", value: file("approve,artist,2,spotify,x,") }], {});
    expect(sent.status).toBe(303);
    expect(await form([{ name: "file", filename: "links.csv", value: HEADER }], { cookie, "sec-fetch-site": "cross-site" })).toMatchObject({ status: 403 });
  });

  test("carries out the file of its form and says what was done, or what is wrong, without scripts", async () => {
    const dryRun = { name: "dryRun", value: "1" };
    const good = { name: "file", filename: "links.csv", value: file("approve,artist,2,spotify,by-form,") };
    expect((await form([dryRun, good])).text).toContain("1 link approved, 0 links rejected, 0 merges, of 1 line. What was so already stays as it was. Nothing was changed.");
    const done = await form([good]);
    expect(done.status).toBe(200);
    expect(done.text).toContain("1 link approved");
    expect(await links()).toContainEqual({ record: "by-form", id: 2 });
    const json = await form([{ name: "file", filename: "LINKS.JSON", value: '[{"action":"reject","kind":"artist","id":2,"provider":"spotify","provider_id":"no"}]' }]);
    expect(json.text).toContain("1 link rejected");
    const wrong = await form([{ name: "file", filename: "links.csv", value: file("merge,artist,1,,,2", "merge,artist,2,,,1") }]);
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain("The merges of artists 1 → 2 → 1 go round. Remove one of them.");
    for (const none of [[], [{ name: "file", filename: "", value: "" }], [{ name: "file", value: "text" }]]) {
      const answer = await form(none);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain("Choose a file of links first, a CSV or JSON.");
    }
  });

  test("takes a file of more than 64 kB, and none of more than 64 MB", async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => `approve,artist,2,ticketmaster,id-${i},`);
    expect((await form([{ name: "file", filename: "links.csv", value: file(...lines) }])).text).toContain("3000 links approved");
    const large = Buffer.alloc(66 * 1024 * 1024, "approve,artist,2,setlistfm,id-1,\n");
    large.write(HEADER);
    const answer = await form([{ name: "file", filename: "links.csv", value: large }]);
    expect(answer.text).toContain("The file is larger than 64 MB. Split it.");
    expect(await server.database.rows("SELECT id FROM link_files")).toEqual([]);
    expect(server.errors).toEqual([]);
  }, 60_000);
});

test.each([
  ["links.csv", { "content-type": "text/csv" }, ""],
  ["links", { "content-type": "multipart/form-data; boundary=edge" }, '--edge\r\ncontent-disposition: form-data; name="file"; filename="l.csv"\r\n\r\n'],
])("a file whose sender hangs up while it comes in to %s changes nothing and is forgotten", async (path, headers, head) => {
  const before = await links();
  const lines = Array.from({ length: 2_500 }, (_, i) => `approve,artist,2,spotify,half-${i},`);
  const { hostname, port } = new URL(server.url);
  const sending = request({ hostname, port, method: "POST", path: `${BASE}/moderation/${path}`, headers: { ...headers, cookie, "content-length": 5_000_000 } });
  sending.on("error", () => {});
  sending.write(head + file(...lines));
  const waiting = async () => (await server.database.rows("SELECT line FROM link_lines")).length;
  await expect.poll(waiting).toBeGreaterThan(0);
  sending.destroy();
  await expect.poll(async () => (await server.database.rows("SELECT id FROM link_files")).length).toBe(0);
  expect(await waiting()).toBe(0);
  expect(await links()).toEqual(before);
  expect(server.errors).toEqual([]);
});
