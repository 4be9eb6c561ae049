import type { Page } from "playwright";
import { expect, test, visit } from "#tests/support/browser.ts";
import { expectAccessible, expectOriented } from "#tests/support/browser-accessibility.ts";
import { buildShow } from "#tests/support/builders.ts";
import type { TestServer } from "#tests/support/test-server.ts";

/** A moderator, and played titles that wait: of each of some shows, one show a title. */
async function stage(server: TestServer, titles: string[]) {
  await server.database.change((tx) => tx.run("DELETE FROM unmatched_titles"));
  const mo = await server.fan("Mo", "moderator");
  const show = await buildShow(server.database, { localDate: "2026-06-12", status: "completed", ballot: ["Northbound", "Lantern Song"] });
  await mo.client.setlists.record.mutate({ show: show.slug, sets: [{ songs: titles.map((title) => ({ title })) }] });
  return { mo, show };
}

const rows = (page: Page) => page.getByRole("heading", { level: 2 });
const status = (page: Page) => page.getByRole("status");

test("a moderator says what played titles are by keys, takes one back, and looks for another song", async ({ site, open }) => {
  const { mo } = await stage(site.server, ["Northbond", "Zebra", "Applause for Ann"]);
  const page = await visit(await open({ as: mo }), "/moderation/matches");
  await page.getByRole("navigation", { name: "Moderation" }).getByRole("link", { name: "Titles" }).click();
  await expect(rows(page)).toHaveText(["Applause for Ann", "Northbond", "Zebra"]);
  await page.keyboard.press("x");
  await expect(status(page)).toHaveText("Applause for Ann counts as no song now.");
  await page.keyboard.press("a");
  await expect(status(page)).toHaveText("Northbond is that song now, also when it is played again.");
  await page.keyboard.press("u");
  await expect(status(page)).toHaveText("Northbond waits again.");
  await page.keyboard.press("s");
  await page.keyboard.press("n");
  await expect(status(page)).toHaveText("Zebra is a song of its own now.");
  await expect(rows(page)).toHaveText(["Northbond"]);
  await page.getByText("Another song").click();
  await page.getByLabel("Part of its title").fill("lant");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "It is Lantern Song" }).click();
  await expect(page.getByText("Every title is a song")).toBeVisible();
  await page.getByRole("link", { name: "Not a song (1)" }).click();
  await expect(rows(page)).toHaveText(["Applause for Ann"]);
  await page.getByRole("button", { name: "Decide it again" }).click();
  await expect(status(page)).toHaveText("Applause for Ann waits again.");
});

test("further down the list a search and a decision stay there, keys take nothing that a search has found, and can be turned off", async ({ site, open }) => {
  // Not like any song, so that nothing is suggested.
  const { mo } = await stage(site.server, Array.from({ length: 26 }, (_, i) => `${"Zyx".repeat(i + 1)} Quj`));
  const page = await visit(await open({ as: mo }), "/moderation/titles");
  await page.getByRole("link", { name: "More titles" }).click();
  await expect(rows(page)).toHaveCount(2);
  const [first, second] = await rows(page).allTextContents();
  await page.getByText("Another song").first().click();
  await page.getByLabel("Part of its title").first().fill("lant");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "It is Lantern Song" })).toBeVisible();
  await expect(rows(page)).toHaveText([first!, second!]);
  await page.locator("body").click({ position: { x: 1, y: 1 } });
  await page.keyboard.press("a");
  await page.keyboard.press("x");
  await expect(status(page)).toHaveText(`${first} counts as no song now.`);
  await expect(rows(page)).toHaveText([second!]);
  await page.locator("summary", { hasText: "Keys" }).click();
  await page.getByLabel("Single keys work here").uncheck();
  await page.locator("body").click({ position: { x: 1, y: 1 } });
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "A song of its own" }).click();
  await expect(status(page)).toHaveText(`${second} is a song of its own now.`);
  await expect(page.getByText("That was the last one")).toBeVisible();
});

test("works without scripts, wide and narrow, light and dark", async ({ site, open }) => {
  const { mo } = await stage(site.server, ["Northbond", "A title that goes on and on ".repeat(8), "أغنية طويلة عن الحب"]);
  const page = await open({ as: mo, javaScriptEnabled: false });
  await page.goto("/moderation/titles");
  await page.getByRole("button", { name: "It is Northbound" }).click();
  await expect(status(page)).toHaveText("Northbond is that song now, also when it is played again.");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(rows(page)).toHaveCount(3);
  const scripted = await visit(await open({ as: mo, reducedMotion: "reduce" }), "/moderation/titles");
  await expectOriented(scripted);
  await scripted.getByText("Another song").first().click();
  await expectAccessible(scripted);
});
