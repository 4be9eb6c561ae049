import { expect, test, visit } from "#tests/support/browser.ts";
import { buildShow } from "#tests/support/builders.ts";

/** A page as it comes over the wire for one visitor alone: to a cookie that is nobody's. */
async function load(url: string): Promise<{ html: string; policy: string; nonce: string | undefined }> {
  const answer = await fetch(url, { headers: { cookie: "theset=nobody" } });
  const policy = answer.headers.get("content-security-policy") ?? "";
  return { html: await answer.text(), policy, nonce: /'nonce-([^']+)'/.exec(policy)?.[1] };
}

test("every inline script carries the nonce of its own answer, which is never used again", async ({ site }) => {
  const show = await buildShow(site.server.database);
  const nonces = new Set<string | undefined>();
  for (const path of ["/", `/shows/${show.slug}`, `/shows/${show.slug}`, "/sign-in", "/no/such/page"]) {
    const { html, policy, nonce } = await load(site.server.url + path);
    expect(nonce).toMatch(/^[\w+/]{20,}=*$/);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe(`'self' 'nonce-${nonce}'`);
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(2);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    expect(html).not.toMatch(/<[^>]+\son\w+=/);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(5);
});

test("a script that got into a page all the same does not run", async ({ open, complaints }) => {
  complaints.allow(/Content Security Policy/);
  const page = await visit(await open(), "/");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.owned = true";
    document.body.append(script);
    const image = document.createElement("img");
    image.setAttribute("onerror", "globalThis.owned = true");
    image.src = "data:,";
    document.body.append(image);
  });
  await expect.poll(() => complaints.heard(/inline (script|event handler)/).length).toBe(2);
  expect(await page.evaluate(() => "owned" in globalThis)).toBe(false);
});

test("a page cannot call another host", async ({ open, complaints }) => {
  complaints.allow(/Content Security Policy|evil\.example/);
  const page = await visit(await open(), "/");
  const called = await page.evaluate(() =>
    fetch("https://evil.example/").then(
      () => "went",
      () => "stopped",
    ),
  );
  expect(called).toBe("stopped");
  await expect.poll(() => complaints.heard(/connect-src/).length).toBeGreaterThan(0);
});

test("a form of another site changes nothing here", async ({ site, open, complaints }) => {
  complaints.allow(/other\.localhost/);
  const show = await buildShow(site.server.database);
  const me = await site.server.fan();
  const page = await open({ as: me });
  await page.route("http://other.localhost/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${site.server.url}/shows/${show.slug}">
        <input name="vote" value="${show.setlistSongIds[0]}">
        <button>Win a prize</button></form>`,
    }),
  );
  await page.goto("http://other.localhost/");
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.getByRole("button").click();
  expect((await answered).status()).toBe(403);
  expect((await me.client.votes.mine.query({})).items).toEqual([]);
});
