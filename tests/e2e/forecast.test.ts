import { buildStudied } from "#tests/support/browser-forecast.ts";
import { expect, test } from "#tests/support/browser.ts";

test("each song says its forecast, and why, without scripts and by keys", async ({ site, open }) => {
  const { slug } = await buildStudied(site.server);
  const page = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  await page.goto(`/shows/${slug}`);
  const row = page.locator(".ballot > li", { has: page.getByText("Song 1", { exact: true }) });
  await expect(row.locator("summary")).toHaveText(/^Forecast 9\d%$/);
  await expect(row.getByText("usually opens")).toBeHidden();
  await row.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(row.getByText("usually opens")).toBeVisible();
  await page.getByRole("link", { name: "The setlist that the forecast expects" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The forecast");
  await expect(page.getByRole("heading", { name: "Encore" })).toBeVisible();
  await expect(page.getByText("It rests on 40 past shows and on no vote.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Song 1" }).filter({ hasText: "usual opener" })).toHaveCount(1);
});

test("the ballot begins with what is likely, and a page from memory tells a new forecast soon", async ({ site }) => {
  const { slug } = await buildStudied(site.server);
  const html = await (await fetch(`${site.server.url}/shows/${slug}`)).text();
  const order = [...html.matchAll(/class="title"[^>]*>([^<]+)</g)].map(([, title]) => title);
  expect(new Set(order.slice(0, 4))).toEqual(new Set(["Song 1", "Song 2", "Song 3", "Song 13"]));
});

test("statistics: from the artist's page to all shows, a year and a tour, without scripts", async ({ site, open }) => {
  const { artistSlug } = await buildStudied(site.server);
  const page = await open({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  await page.goto(`/artists/${artistSlug}`);
  await page.getByRole("link", { name: "What they play" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What they play");
  const most = page.getByRole("table", { name: "Most played" });
  await expect(most.getByRole("row").nth(1)).toHaveText(/Song 1\s*40\s*100%\s*2026-06-12/);
  await expect(page.getByRole("table", { name: "Openers" }).getByRole("row")).toHaveCount(2);
  await page.getByText("As a table").first().click();
  await expect(page.getByRole("table", { name: "Shows by month" }).getByRole("row").nth(1)).toContainText("2026-05");
  await page.getByRole("link", { name: "2026", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What they play in 2026");
  await page.getByText("Tours", { exact: true }).click();
  await page.getByRole("link", { name: "The First Tour" }).click();
  await expect(most.getByRole("row").nth(1)).toHaveText(/Song 1\s*25\s*100%/);
});
