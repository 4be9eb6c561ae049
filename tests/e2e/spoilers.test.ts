import type { Page } from "playwright";
import { expect, test, visit, type Open, type Site } from "#tests/support/browser.ts";
import { buildCompared, buildRunning, writeDown } from "#tests/support/finished-shows.ts";

const TITLES = /Driftwood|Glass|8 of 9|7 of 9|better than/;

/** All that a page says to people and to machines but the predicted lists. */
async function told(page: Page): Promise<string> {
  const predicted = page.getByRole("region", { name: "What was predicted" });
  await predicted.evaluateAll((lists) => lists.forEach((list) => list.remove()));
  await page.locator("ol.ballot").evaluateAll((lists) => lists.forEach((list) => list.remove()));
  const head = await page.locator("head").innerHTML();
  return `${head.replace(/<script[\s\S]*?<\/script>/g, "")} ${await page.locator("main").innerText()}`;
}

async function hideSpoilers(open: Open, { javaScriptEnabled = false } = {}): Promise<Page> {
  const page = await open({ javaScriptEnabled });
  await page.goto("/artists");
  await page.getByRole("button", { name: "Hide spoilers" }).click();
  await expect(page.getByRole("button", { name: "Show spoilers again" })).toBeVisible();
  return page;
}

const bothPages = ({ slug }: { slug: string }) => [`/shows/${slug}`, `/shows/${slug}/results`];

test("who hides spoilers sees nothing of what was played, in words, titles or descriptions, and no script is needed", async ({ site, open }) => {
  const show = await buildCompared(site.server.database);
  const page = await hideSpoilers(open);
  for (const path of bothPages(show)) {
    await page.goto(path);
    await expect(page.getByText("Hidden, as you asked")).toBeVisible();
    expect(await told(page)).not.toMatch(TITLES);
  }
});

test("nor does the page's own data have it", async ({ site, open }) => {
  const show = await buildCompared(site.server.database);
  const page = await hideSpoilers(open);
  for (const path of bothPages(show)) {
    const html = await (await page.request.get(path)).text();
    expect(html).not.toMatch(/This setlist on setlist\.fm/);
    expect(html).not.toMatch(/"Somebody Else's Song"|Somebody Else&#x27;s Song/);
  }
});

test("one show is shown on demand, on both its pages, and others stay hidden", async ({ site, open }) => {
  const [show, other] = [await buildCompared(site.server.database), await buildCompared(site.server.database)];
  const page = await hideSpoilers(open);
  await page.goto(`/shows/${show.slug}`);
  await page.getByRole("button", { name: "Show what they played" }).click();
  await expect(page).toHaveURL(new RegExp(`/shows/${show.slug}$`));
  await expect(page.getByRole("region", { name: "What they played" })).toContainText("Driftwood");
  await page.getByRole("link", { name: "Who called it?" }).click();
  await expect(page.getByText("The crowd was better than the forecast by 1 song.")).toBeVisible();
  await page.goto(`/shows/${other.slug}/results`);
  await expect(page.getByText("Hidden, as you asked")).toBeVisible();
  await page.getByRole("button", { name: "Show spoilers again" }).first().click();
  await expect(page.getByText("The crowd was better than the forecast by 1 song.")).toBeVisible();
});

test("what was played a week ago is no secret any more", async ({ site, open }) => {
  const show = await buildCompared(site.server.database, { localDate: "2026-06-05" });
  const page = await hideSpoilers(open);
  await page.goto(`/shows/${show.slug}/results`);
  await expect(page.getByText("The crowd was better than the forecast by 1 song.")).toBeVisible();
});

async function expectSilence(page: Page, site: Site, { show, title }: { show: Awaited<ReturnType<typeof buildRunning>>; title: string }): Promise<void> {
  await writeDown(site.server.database, show, title, null);
  // Whoever hides nothing has it by then.
  const other = await (await page.context().browser()!.newContext({ baseURL: `${site.server.url}/` })).newPage();
  await other.goto(`/shows/${show.slug}/results`);
  await expect(other.getByText(title, { exact: true })).toBeVisible();
  await other.context().close();
  await expect(page.getByText(title)).toHaveCount(0);
}

test("a song that comes while the page is open is neither shown nor said", async ({ site, open }) => {
  const show = await buildRunning(site.server.database);
  const page = await hideSpoilers(open, { javaScriptEnabled: true });
  for (const path of bothPages(show)) {
    await visit(page, path);
    await expect(page.getByText("Hidden, as you asked")).toBeVisible();
    await expectSilence(page, site, { show, title: `A Secret of ${path.length}` });
  }
});

test("a page from memory is never that of somebody who hides, nor the other way round", async ({ site }) => {
  const { server } = site;
  const show = await buildCompared(server.database);
  const hidden = encodeURIComponent(btoa(JSON.stringify("hidden")));
  const shown = encodeURIComponent(btoa(JSON.stringify([show.showId])));
  const get = async (path: string, cookie = "") => (await fetch(`${server.url}${path}`, { headers: { cookie } })).text();
  const played = /This setlist on setlist\.fm/;
  for (const path of [...bothPages(show), `/shows/${show.slug}/results?list=forecast`]) {
    for (let round = 0; round < 2; round += 1) {
      expect(await get(path)).toMatch(played);
      expect(await get(path, `spoilers=${hidden}`)).not.toMatch(played);
      expect(await get(path, `theme=ImRhcmsi; spoilers=${hidden}`)).not.toMatch(played);
      expect(await get(path, `spoilers=${hidden}; played=${shown}`)).toMatch(played);
      expect(await get(path, `played=${shown}`)).toMatch(played);
      expect(await get(path, "theme=ImRhcmsi")).toMatch(played);
    }
  }
});
