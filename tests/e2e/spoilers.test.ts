import type { Page } from "playwright";
import { expect, test, visit, type Open, type Site } from "#tests/support/browser.ts";
import { buildStudied } from "#tests/support/browser-forecast.ts";
import { buildShow } from "#tests/support/builders.ts";
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

/** A page as the server sends it to who hides spoilers. */
async function hiddenPage({ server }: Site, path: string): Promise<string> {
  const hidden = encodeURIComponent(btoa(JSON.stringify("hidden")));
  return (await fetch(`${server.url}${path}`, { headers: { cookie: `spoilers=${hidden}` } })).text();
}

test("statistics with last night's show, why songs are forecast, and the last shows' songs are hidden too", async ({ site }) => {
  const show = await buildStudied(site.server);
  const figures = `/artists/${show.artistSlug}/statistics`;
  expect(await hiddenPage(site, figures)).toMatch(/Hidden, as you asked[\s\S]*Show them anyway/);
  expect(await hiddenPage(site, figures)).not.toMatch(/Most played<|2026-06-12/);
  const anyway = await hiddenPage(site, `${figures}?spoilers=shown`);
  expect(anyway).toMatch(/Most played</);
  expect(anyway, "also of the year, from there").toContain("?year=2026&amp;spoilers=shown");
  const reasons = /of the last 10|in this run|last show(?!\.)/;
  for (const path of [`/shows/${show.slug}`, `/shows/${show.slug}/forecast`]) {
    expect(await (await fetch(`${site.server.url}${path}`)).text()).toMatch(reasons);
    expect(await hiddenPage(site, path)).not.toMatch(reasons);
  }
  const running = await buildRunning(site.server.database, 0);
  expect(await hiddenPage(site, `/shows/${running.slug}/results?list=last-shows`)).not.toMatch(/of the last 3|>Last shows</);
});

test("who hides spoilers is told the same as others of shows at which nothing has been played", async ({ site }) => {
  const { database } = site.server;
  const [open, cancelled, running] = [await buildShow(database), await buildShow(database, { status: "cancelled" }), await buildRunning(database, 0)];
  expect(await hiddenPage(site, `/shows/${open.slug}/results`)).toMatch(/Voting is still open[\s\S]*Vote now/);
  expect(await hiddenPage(site, `/shows/${cancelled.slug}/results`)).toContain("This show was cancelled");
  expect(await hiddenPage(site, `/shows/${running.slug}/results`)).toContain("Nothing has been played yet");
  for (const { slug } of [open, cancelled, running]) for (const path of bothPages({ slug })) expect(await hiddenPage(site, path)).not.toContain("Hidden, as you asked");
});

test("the first song that comes hides the results page of whoever had it open", async ({ site, open }) => {
  const show = await buildRunning(site.server.database, 0);
  const page = await hideSpoilers(open, { javaScriptEnabled: true });
  await visit(page, `/shows/${show.slug}/results`);
  await expect(page.getByText("Nothing has been played yet")).toBeVisible();
  await writeDown(site.server.database, show, "A First Secret", null);
  await expect(page.getByText("Hidden, as you asked")).toBeVisible({ timeout: 10_000 });
  await expect(page.getByText("A First Secret")).toHaveCount(0);
});
