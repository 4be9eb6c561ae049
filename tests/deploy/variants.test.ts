import { describe, expect, test } from "vitest";
import { caddy } from "./caddy.ts";
import { haproxy } from "./haproxy.ts";
import { LivePage } from "./live-page.ts";
import { nginx } from "./nginx.ts";
import { openSite, type Site } from "./site.ts";
import { NAME } from "./visitor.ts";

const BASE = "/theset";

/** A vote through the proxy and how long a live page waits for it, in ms. */
async function voteSeen(site: Site): Promise<number> {
  const { slug, setlistSongIds } = site.stock.shows[0]!;
  await using page = await LivePage.open(site.visitor(), slug);
  const before = await page.next("tally");
  const answer = await site.visitor().call("votes.cast", { setlistSongId: setlistSongIds[0] }, { authorization: `Bearer ${site.stock.tokens[0]}` });
  const answered = performance.now();
  expect(answer.status, answer.body.toString()).toBe(200);
  return (await page.tally(Number(before.id) + 1)).at - answered;
}

describe.for([nginx, caddy, haproxy])("what the comments of $name's recipe say", (proxy) => {
  test.skipIf(!proxy.installed)("a Unix socket takes the port's place, and the visitor's address still comes from the proxy", async () => {
    await using site = await openSite([proxy], { onSocket: true });
    expect(await voteSeen(site)).toBeLessThan(1_000);
    const guess = (address: string, i: number) =>
      site.visitor(address).call("auth.login", { email: "victim@example.org", password: "a wrong guess" }, { "x-forwarded-for": `203.0.113.${i}` });
    const statuses: number[] = [];
    for (let i = 0; i < 11; i += 1) statuses.push((await guess("127.0.0.3", i)).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await guess("127.0.0.4", 0)).status).toBe(401);
  });

  test.skipIf(!proxy.installed)("a base path: pages, assets, cookies and live pages are below it, and only what is below it comes to the program", async () => {
    await using site = await openSite([proxy], { basePath: BASE });
    const home = await site.visitor().ask("/");
    expect(home.status).toBe(200);
    const asset = /\/theset(\/assets\/[\w.-]+\.js)/.exec(home.body.toString())![1]!;
    expect((await site.visitor().ask(asset)).headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    const form = new URLSearchParams({ email: "fan@example.org", displayName: "Fan", password: "a long enough one", next: "/" }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", origin: `https://${NAME}` };
    const signedUp = await site.visitor().ask("/sign-up", { method: "POST", headers, body: form });
    expect(signedUp.headers["set-cookie"]![0]).toMatch(/Path=\/theset(;|$)/i);
    const signedIn = await site.visitor().call("auth.login", { email: "fan@example.org", password: "a long enough one" });
    expect(signedIn.headers["set-cookie"]![0]).toMatch(/Path=\/theset(;|$)/i);
    expect(await voteSeen(site)).toBeLessThan(1_000);
    const bare = await site.outsider().ask(BASE);
    expect([bare.status, bare.headers.location ?? ""]).toEqual(bare.status === 200 ? [200, ""] : [308, expect.stringMatching(/\/theset\/$/)]);
    const outside = await site.outsider().ask("/shows");
    expect(outside.body.toString()).not.toContain("TheSet");
    expect(outside.headers).not.toHaveProperty("content-security-policy");
  });
});
