import type { Page } from "playwright";
import { expect, test, visit } from "#tests/support/browser.ts";
import { beyond } from "#tests/support/browser-accessibility.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { oddTitles } from "#tests/support/browser-states.ts";
import { buildShow } from "#tests/support/builders.ts";

const odd = Object.values(oddTitles);

async function expectHarmless(page: Page): Promise<void> {
  expect(await page.evaluate(() => "owned" in globalThis)).toBe(false);
  await expect(page.locator("main img")).toHaveCount(0);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => beyond(page), { message: `${page.url()}, ${width} px` }).toEqual([]);
  }
}

/** Elements in `main` whose text runs out of them at the side. */
function spilling(page: Page): Promise<string[]> {
  return page
    .locator("main [dir=auto]")
    .evaluateAll((elements) =>
      elements
        .filter(
          (element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline",
        )
        .map((element) => element.outerHTML.slice(0, 200)),
    );
}

test("odd song titles stand on the ballot as they are, and can be voted for", async ({ site, open }) => {
  const show = await buildShow(site.server.database, { ballot: odd });
  const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
  await expect(fan.titles).toHaveText(odd.map((title) => title.replace(/\s+/g, " ")));
  for (const title of [oddTitles.script, oddTitles.arabic]) {
    await fan.button(title).click();
    await fan.expectMine(title, true);
    await fan.expectVotes(title, 1);
  }
  await expectHarmless(fan.page);
  expect(await spilling(fan.page)).toEqual([]);
});

test("a right-to-left title does not turn the line around it", async ({ site, open }) => {
  const show = await buildShow(site.server.database, { ballot: [oddTitles.hebrew] });
  const crowd = await ShowView.open(await open(), show);
  await expect(crowd.titles.first()).toHaveCSS("direction", "rtl");
  await crowd.expectVotes(oddTitles.hebrew, 0);
  await expect(crowd.page.locator("ol > li").first()).toHaveCSS("direction", "ltr");
});

test("they are found, added and listed as they are", async ({ site, open }) => {
  const show = await buildShow(site.server.database, { ballot: ["Plain"], catalogue: odd });
  const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
  await fan.page.getByLabel("Song title").fill("onerror");
  await fan.page.getByRole("button", { name: `Add ${oddTitles.markup} to the ballot`, exact: true }).click();
  await expect(fan.row(oddTitles.markup)).toBeVisible();
  await fan.page.getByLabel("Song title").fill("WWWW");
  await expect(fan.page.getByRole("button", { name: `Add ${oddTitles.unbroken} to the ballot` })).toBeVisible();
  await expectHarmless(fan.page);
});

test.for(["script", "arabic", "emoji", "long", "unbroken"] as const)(
  "an artist, a venue and a tour named like %s leave every page whole",
  async (kind, { site, open }) => {
    const name = oddTitles[kind];
    const short = name.slice(0, 200);
    const localDate = "2026-06-13";
    const show = await buildShow(site.server.database, {
      localDate,
      artist: short,
      venue: short,
      tour: short,
      ballot: [name],
    });
    const me = await site.server.fan(short.slice(0, 60));
    await me.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds });
    const page = await open({ as: me });
    const paths = [`/shows/${show.slug}`, `/artists/${show.artistSlug}`, `/venues/${show.venueSlug}`, "/account", "/"];
    for (const path of paths) {
      await visit(page, path);
      await expect(page.getByRole("main")).toContainText(path === "/account" ? name : short);
      await expectHarmless(page);
    }
  },
);
