import { request } from "node:http";
import { Agent } from "node:https";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caddy } from "./caddy.ts";
import { connectedTo } from "./connections.ts";
import { haproxy } from "./haproxy.ts";
import { LivePage } from "./live-page.ts";
import { nginx } from "./nginx.ts";
import { openSite, type Site } from "./site.ts";
import { NAME, type Answer } from "./visitor.ts";

const password = "a long enough one";
const STREAMS = 200;

describe.for([nginx, caddy, haproxy])("behind $name", (proxy) => {
  describe.skipIf(!proxy.installed)("with its recipe", () => {
    let site: Site;
    let fan = 0;
    beforeAll(async () => void (site = await openSite([proxy])));
    afterAll(() => site?.[Symbol.asyncDispose]());

    /** A vote of a fan who has not voted yet. */
    async function vote(show: number): Promise<void> {
      const token = site.stock.tokens[(fan += 1)];
      const input = { setlistSongId: site.stock.shows[show]!.setlistSongIds[0] };
      const answer = await site.visitor().call("votes.cast", input, { authorization: `Bearer ${token}` });
      expect(answer.status, answer.body.toString()).toBe(200);
    }

    test("a page comes gzipped by the program to those who take it, with its headers", async () => {
      const { slug } = site.stock.shows[0]!;
      const plain = await site.visitor().ask(`/shows/${slug}`);
      expect(plain.status).toBe(200);
      expect(plain.headers).not.toHaveProperty("content-encoding");
      expect(plain.headers["strict-transport-security"]).toBe("max-age=31536000");
      expect(plain.headers["content-security-policy"]).toContain("default-src 'self'");
      const zipped = await site.visitor().ask(`/shows/${slug}`, { headers: { "accept-encoding": "gzip" } });
      expect(zipped.headers["content-encoding"]).toBe("gzip");
      expect(gunzipSync(zipped.body).toString()).toContain("</html>");
    });

    test("an asset keeps its year in caches and the program's own compression", async () => {
      const html = (await site.visitor().ask("/")).body.toString();
      const path = /\/assets\/[\w.-]+\.js/.exec(html)![0];
      const plain = await site.visitor().ask(path);
      expect(plain.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      expect(plain.headers).not.toHaveProperty("content-encoding");
      const packed = await site.visitor().ask(path, { headers: { "accept-encoding": "gzip, br" } });
      expect(packed.headers["content-encoding"]).toBe("br");
      expect(packed.headers["vary"]).toMatch(/accept-encoding/i);
      expect(brotliDecompressSync(packed.body).equals(plain.body)).toBe(true);
      const again = await site.visitor().ask(path, { headers: { "if-none-match": plain.headers.etag } });
      expect(again.status).toBe(304);
    });

    test("a fan signs up, gets a cookie for HTTPS only and votes with it; a live page has the vote within a second", async () => {
      const form = new URLSearchParams({ email: "fan@example.org", displayName: "Fan", password, next: "/" }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", origin: `https://${NAME}` };
      const signedUp = await site.visitor().ask("/sign-up", { method: "POST", headers, body: form });
      expect([302, 303]).toContain(signedUp.status);
      const cookie = signedUp.headers["set-cookie"]![0]!;
      expect(cookie).toMatch(/^__Host-theset=.*; Secure/);
      const { slug, setlistSongIds } = site.stock.shows[1]!;
      await using page = await LivePage.open(site.visitor(), slug);
      expect(page.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
      expect(page.headers).not.toHaveProperty("content-encoding");
      const before = await page.next("tally");
      const answer = await site.visitor().call("votes.cast", { setlistSongId: setlistSongIds[0] }, { cookie: cookie.split(";", 1)[0] });
      const answered = performance.now();
      expect(answer.status, answer.body.toString()).toBe(200);
      const frame = await page.tally(Number(before.id) + 1);
      expect(frame.at - answered).toBeLessThan(1_000);
    });

    test("a form that another site sends is refused", async () => {
      const headers = { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example" };
      const answer = await site.visitor().ask("/sign-up", { method: "POST", headers, body: "email=a" });
      expect(answer.status).toBe(403);
    });

    test("a browser's HTTP/2 connection carries pages and a live stream at once", async () => {
      const session = site.visitor().connect();
      const { slug } = site.stock.shows[1]!;
      const host = { ":authority": NAME };
      try {
        await using page = new LivePage(session.request({ ...host, ":path": `/shows/${slug}/live` }), {});
        const before = await page.next("tally");
        const home = session.request({ ...host, ":path": "/" });
        let html = "";
        for await (const chunk of home.setEncoding("utf8") as AsyncIterable<string>) html += chunk;
        expect(html).toContain("</html>");
        await vote(1);
        expect((await page.tally(Number(before.id) + 1)).kind).toBe("tally");
      } finally {
        session.destroy();
      }
    });

    test("a script's subscription has a vote within a second", async () => {
      const { slug } = site.stock.shows[1]!;
      const input = encodeURIComponent(JSON.stringify({ show: slug }));
      await using page = await LivePage.at(site.visitor(), `/api/trpc/live.tally?input=${input}`);
      const before = await page.next("message");
      await vote(1);
      const answered = performance.now();
      const frame = await page.next("message");
      expect(Number(frame.id)).toBe(Number(before.id) + 1);
      expect(frame.at - answered).toBeLessThan(1_000);
    });

    test(`${STREAMS} live pages at once all have a vote within a second`, async () => {
      const { slug } = site.stock.shows[2]!;
      await using pages = new AsyncDisposableStack();
      const opened = await Promise.all(Array.from({ length: STREAMS }, async () => pages.use(await LivePage.open(site.visitor(), slug))));
      const [first] = await Promise.all(opened.map((page) => page.next("tally")));
      await vote(2);
      const answered = performance.now();
      const frames = await Promise.all(opened.map((page) => page.tally(Number(first!.id) + 1)));
      expect(Math.max(...frames.map((frame) => frame.at)) - answered).toBeLessThan(1_000);
    });

    test("whoever guesses passwords is stopped by their own address, whatever they claim in headers, and nobody else is", async () => {
      const guess = (address: string, headers: Record<string, string>) =>
        site.visitor(address).call("auth.login", { email: "victim@example.org", password: "a wrong guess" }, headers);
      const lies = (i: number) => ({ "x-forwarded-for": `203.0.113.${i}`, "x-real-ip": `203.0.113.${i}`, forwarded: `for=203.0.113.${i}` });
      const answers: Answer[] = [];
      for (let i = 0; i < 11; i += 1) answers.push(await guess("127.0.0.3", lies(i)));
      expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
      // A header that says which others are for the next hop only must not take the address away.
      expect((await guess("127.0.0.3", { connection: "close, X-Forwarded-For" })).status).toBe(429);
      expect((await guess("127.0.0.4", {})).status).toBe(401);
    });

    test("what a visitor says of host and protocol is not believed", async () => {
      const lies = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" };
      const answer = await site.visitor().call("auth.register", { email: "b@example.org", displayName: "B", password }, { ...lies, origin: "https://evil.example", "sec-fetch-site": "cross-site" });
      expect(answer.status).toBe(403);
      const own = await site.visitor().call("auth.register", { email: "b@example.org", displayName: "B", password }, lies);
      expect(own.status).toBe(200);
    });

    test("a body of more than 64 kB is refused with 413, one below is read", async () => {
      const headers = { "content-type": "application/json", authorization: `Bearer ${site.stock.tokens[0]}` };
      const post = (size: number, length = {}) => site.visitor().post("/api/trpc/votes.cast", "x".repeat(size), { ...headers, ...length });
      expect(await post(70_000, { "content-length": 70_000 })).toBe(413);
      expect(await post(2_000_000, { "content-length": 2_000_000 })).toBe(413);
      expect(await post(60_000)).toBe(400);
    });

    test("a file of links, which may be larger, reaches the program by each of its addresses", async () => {
      const headers = { "content-type": "text/csv", authorization: `Bearer ${site.stock.tokens[0]}` };
      // The program's own answer to who may not send it.
      for (const path of ["/moderation/links.csv", "/moderation/links.json"]) expect(await site.visitor().post(path, "x".repeat(300_000), headers)).toBe(403);
      const form = { "content-type": "multipart/form-data; boundary=edge" };
      expect(await site.visitor().post("/moderation/links", "x".repeat(300_000), form)).toBe(303);
    });

    test("a body in chunks that turns out too large is refused with 413 each time, though the program answers while it comes in", async () => {
      const headers = { "content-type": "application/json", authorization: `Bearer ${site.stock.tokens[0]}` };
      const chunked = { method: "POST", headers: { ...headers, "transfer-encoding": "chunked" } };
      for (const size of [70_000, 300_000, 2_000_000]) {
        const body = "x".repeat(size);
        for (let i = 0; i < 10; i += 1) {
          expect(await site.visitor().post("/api/trpc/votes.cast", body, headers)).toBe(413);
          expect((await site.visitor().ask("/api/trpc/votes.cast", { ...chunked, body })).status).toBe(413);
        }
      }
    });

    test.runIf(process.platform === "linux")("requests share connections to the program", async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const before = connectedTo(site.ports.program);
      const used = new Set<string>();
      for (let i = 0; i < 20; i += 1) {
        expect((await site.visitor().ask("/healthz", { agent })).status).toBe(200);
        for (const connection of connectedTo(site.ports.program)) if (!before.has(connection)) used.add(connection);
      }
      agent.destroy();
      expect(used.size).toBeLessThanOrEqual(2);
    });

    test("plain HTTP leads to HTTPS", async () => {
      const answer = await new Promise<{ status?: number; location?: string }>((resolve, reject) => {
        const outgoing = request({ port: site.ports.http, host: "127.0.0.1", path: "/shows?sort=votes", headers: { host: NAME }, agent: false });
        outgoing.once("response", (incoming) => resolve({ status: incoming.resume().statusCode!, location: incoming.headers.location! }));
        outgoing.once("error", reject).end();
      });
      expect([301, 308]).toContain(answer.status);
      expect(answer.location).toBe(`https://${NAME}/shows?sort=votes`);
    });

    test("while the program restarts visitors wait or are told to; live pages come back and miss nothing", async () => {
      const { slug } = site.stock.shows[0]!;
      await using page = await LivePage.open(site.visitor(), slug);
      const known = Number((await page.next("tally")).id);
      expect(await site.stopProgram()).toBe(0);
      await page.ended;
      const meanwhile = site.visitor().ask("/healthz");
      if (!proxy.holds) expect(await meanwhile).toMatchObject({ status: 503, headers: { "retry-after": "2" } });
      await site.startProgram();
      if (proxy.holds) expect((await meanwhile).status).toBe(200);
      await vote(0);
      await using back = await LivePage.open(site.visitor(), slug, { "last-event-id": String(known) });
      expect(Number((await back.next("tally")).id)).toBe(known + 1);
      await using current = await LivePage.open(site.visitor(), slug, { "last-event-id": String(known + 1) });
      await vote(0);
      expect(Number((await current.next("tally")).id)).toBe(known + 2);
    });
  });
});

/** Ordinary time-outs in seconds, far below the time between two heartbeats. */
const PATIENCE = 5;

const installed = [nginx, caddy, haproxy].filter((proxy) => proxy.installed);

test.skipIf(installed.length < 3)("a live page on which nothing happens stays open from heartbeat to heartbeat, however short other time-outs are", async () => {
  await using site = await openSite(installed, { patience: PATIENCE });
  const { slug } = site.stock.shows[0]!;
  await Promise.all(
    site.visitors.map(async (visitor) => {
      await using page = await LivePage.open(visitor, slug);
      const { at } = await page.next("tally");
      const first = await page.next("heartbeat");
      const second = await page.next("heartbeat");
      expect(first.at - at).toBeGreaterThan(PATIENCE * 1_000);
      expect(second.at - first.at).toBeGreaterThan(14_000);
      expect(second.at - first.at).toBeLessThan(16_500);
    }),
  );
});
