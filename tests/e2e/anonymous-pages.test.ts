import { createHash } from "node:crypto";
import { expect, scriptsRun, test, visit, type Site } from "#tests/support/browser.ts";
import { sessionCookie } from "#tests/support/browser-session.ts";
import { buildShow } from "#tests/support/builders.ts";
import { openStream } from "#tests/support/event-stream.ts";

/** A cookie that belongs to no session: its page is rendered for this one request. */
const UNKNOWN_SESSION = "theset=nobody";

// Also for tests that open no browser.
test.beforeEach(({ site }) => site.server.clock.set("2026-06-13T12:00:00Z"));

interface Answer {
  status: number;
  headers: Headers;
  html: string;
}

async function load({ server }: Site, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(server.url + path, { headers });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
}

function votesOn({ html }: Answer): number {
  return Number(/tabular-nums">(\d+)<\/span> (?:<!-- -->)?votes?/.exec(html)?.[1]);
}

function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) => text!).filter(Boolean);
}

test("a page from memory is the page that one visitor alone gets, but for the nonce", async ({ site }) => {
  const path = `/shows/${(await buildShow(site.server.database)).slug}`;
  const own = await load(site, path, { cookie: UNKNOWN_SESSION });
  const nonce = /'nonce-([^']+)'/.exec(own.headers.get("content-security-policy") ?? "")![1]!;
  for (let i = 0; i < 2; i += 1) {
    const kept = await load(site, path);
    expect(kept.status).toBe(200);
    expect(kept.html).toBe(own.html.replaceAll(` nonce="${nonce}"`, ""));
    expect(kept.headers.get("cache-control")).toBe("no-cache");
    expect(kept.headers.get("vary")).toBe("cookie, accept-encoding");
    expect(kept.headers.get("x-frame-options")).toBe("DENY");
  }
  expect(own.headers.get("cache-control")).toBe("private, no-cache");
  expect(own.headers.get("etag")).toBeNull();
});

test("its policy allows exactly its own inline scripts", async ({ site }) => {
  const show = await buildShow(site.server.database);
  const { html, headers } = await load(site, `/shows/${show.slug}`);
  const hashes = inlineScripts(html).map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  expect(hashes.length).toBeGreaterThan(2);
  const policy = headers.get("content-security-policy")!;
  expect(/script-src ([^;]*)/.exec(policy)![1]).toBe(["'self'", ...hashes].join(" "));
  expect(policy).toContain("style-src 'self';");
  expect(html).not.toMatch(/nonce=|<[^>]+\son\w+=/);
});

test("a browser runs it from memory, and again from its own cache after the server says that nothing has changed", async ({
  site,
  open,
}) => {
  const show = await buildShow(site.server.database);
  const path = `/shows/${show.slug}`;
  await load(site, path);
  const page = await visit(await open(), path);
  // Past the page's life: the same page with another instant in its scripts.
  site.server.clock.advance(10_000);
  const answered = page.waitForResponse((answer) => answer.url().endsWith(path));
  await page.goto(path);
  const answer = await answered;
  const sent = await answer.request().allHeaders();
  expect(sent["if-none-match"]).toMatch(/^W\/"/);
  await scriptsRun(page);
  await page.getByRole("button", { name: "Use the dark theme" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("who has the page already hears that it has not changed; HEAD gets headers alone", async ({ site }) => {
  const path = `/shows/${(await buildShow(site.server.database)).slug}`;
  const first = await load(site, path);
  const etag = first.headers.get("etag")!;
  for (const tag of [etag, `"other", ${etag}`, etag.replace("W/", ""), "*"]) {
    const again = await load(site, path, { "if-none-match": tag });
    expect([again.status, again.html, again.headers.get("etag")]).toEqual([304, "", etag]);
    // The page that the client has must keep the policy that came with it.
    expect(again.headers.get("content-security-policy")).toBeNull();
  }
  expect((await load(site, path, { "if-none-match": '"other"' })).status).toBe(200);
  const plain = await fetch(site.server.url + path, { method: "HEAD", headers: { "accept-encoding": "identity" } });
  expect(plain.headers.get("content-length")).toBe(String(Buffer.byteLength(first.html)));
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(plain.headers.get("etag")).toBe(etag);
  expect(await plain.text()).toBe("");
});

test("a vote shows on the next loads, a lock and an unlock at once", async ({ site }) => {
  const { server } = site;
  const show = await buildShow(server.database);
  const path = `/shows/${show.slug}`;
  const [fan, admin] = [await server.fan(), await server.fan(undefined, "admin")];
  expect(votesOn(await load(site, path))).toBe(0);
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  await expect.poll(async () => votesOn(await load(site, path))).toBe(1);
  // Whoever watches hears of it once the outbox has been read, and from then on no page tells what was.
  await using watcher = await openStream(`${server.url}${path}/live`);
  const told = () => watcher.until(({ event }) => event === "voting");
  await admin.client.shows.lockVoting.mutate({ show: show.slug, note: "a test" });
  await told();
  expect((await load(site, path)).html).toContain("Voting is locked");
  await admin.client.shows.unlockVoting.mutate({ show: show.slug, note: "a test" });
  await told();
  expect((await load(site, path)).html).not.toContain("Voting is locked");
});

test("the page closes with the voting, to the millisecond", async ({ site }) => {
  const show = await buildShow(site.server.database);
  const path = `/shows/${show.slug}`;
  site.server.clock.set("2026-06-14T17:59:59.999Z");
  expect((await load(site, path)).html).toContain("Voting closes in");
  site.server.clock.advance(1);
  const closed = await load(site, path);
  expect(closed.html).toContain("Voting closed");
  expect(closed.html).not.toContain("Voting closes in");
});

test("fans and strangers, and those of different themes, never get each other's page", async ({ site }) => {
  const { server } = site;
  const show = await buildShow(server.database);
  const path = `/shows/${show.slug}`;
  const fan = await server.fan("Ada Lovelace");
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  const { name, value } = await sessionCookie(server, fan);
  const dark = "theme=ImRhcmsi";
  const visitors = [
    { cookie: `${name}=${value}`, own: true, theme: undefined },
    { cookie: "", own: false, theme: undefined },
    { cookie: dark, own: false, theme: "dark" },
    { cookie: `${dark}; ${name}=${value}`, own: true, theme: "dark" },
    { cookie: "theme=ImxpZ2h0Ig%3D%3D; other=1", own: false, theme: "light" },
    { cookie: `x=1;${name}=${value}`, own: true, theme: undefined },
    { cookie: "", own: false, theme: undefined },
  ];
  const answers = await Promise.all(visitors.map(({ cookie }) => load(site, path, { cookie })));
  for (const [i, { own, theme }] of visitors.entries()) {
    const { html, headers } = answers[i]!;
    expect(html.includes("Ada Lovelace")).toBe(own);
    expect(html.includes('data-mine="true"')).toBe(own);
    expect(/<html[^>]* data-theme="(\w+)"/.exec(html)?.[1]).toBe(theme);
    expect(headers.get("cache-control")).toBe(own ? "private, no-cache" : "no-cache");
    expect(headers.get("set-cookie")).toBeNull();
  }
});

test("nothing that a stranger's request carries reaches the page that others get", async ({ site }) => {
  const path = `/shows/${(await buildShow(site.server.database)).slug}`;
  const headers = { "user-agent": "poison", referer: "http://poison.example/", "x-forwarded-host": "poison.example" };
  const first = await load(site, path, { ...headers, authorization: "Bearer poison", "accept-language": "poison" });
  expect(first.status).toBe(200);
  expect(JSON.stringify([...first.headers]) + first.html).not.toContain("poison");
});

test("a show that is not there, a query and a form are no pages to keep", async ({ site }) => {
  const show = await buildShow(site.server.database);
  const missing = await load(site, "/shows/no-such-show");
  expect([missing.status, missing.headers.get("etag")]).toEqual([404, null]);
  expect(missing.html).toContain("</html>");
  const search = await load(site, `/shows/${show.slug}?add=rarity`);
  expect(search.headers.get("cache-control")).toBe("private, no-cache");
  const form = new URLSearchParams({ vote: "1" });
  const answer = await fetch(`${site.server.url}/shows/${show.slug}`, { method: "POST", body: form, redirect: "manual" });
  expect(answer.status).toBe(303);
});

test("what an open page asks for again comes from memory, too", async ({ site }) => {
  const { server } = site;
  const show = await buildShow(server.database);
  const path = `/shows/${show.slug}.data?_routes=routes%2Fshow`;
  const own = await load(site, path, { cookie: UNKNOWN_SESSION });
  const kept = await load(site, path);
  expect(kept.html).toBe(own.html);
  expect(kept.headers.get("content-type")).toBe(own.headers.get("content-type"));
  expect(kept.headers.get("x-remix-response")).toBe(own.headers.get("x-remix-response"));
  expect(kept.headers.get("etag")).toMatch(/^W\//);
  const fan = await server.fan();
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  await expect.poll(async () => (await load(site, path)).html).not.toBe(kept.html);
});
