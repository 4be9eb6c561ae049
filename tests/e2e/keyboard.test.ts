import type { Page } from "playwright";
import { describe } from "vitest";
import { expect, test, visit } from "#tests/support/browser.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { buildShow } from "#tests/support/builders.ts";

/** Presses Tab until the element with this name has the focus, as a fan who looks for it does. */
async function tabTo(page: Page, name: string | RegExp, limit = 60): Promise<void> {
  for (let presses = 0; presses < limit; presses += 1) {
    await page.keyboard.press("Tab");
    if (await hasFocus(page, name)) return;
  }
  throw new Error(`${limit} presses of Tab do not lead to ${name}`);
}

async function hasFocus(page: Page, name: string | RegExp): Promise<boolean> {
  const focused = page.locator(":focus");
  const roles = (["link", "button", "searchbox", "textbox"] as const).map((role) =>
    page.getByRole(role, { name, exact: typeof name === "string" }),
  );
  const named = roles.reduce((all, role) => all.or(role));
  return (await focused.and(named).count()) > 0;
}

describe("by keyboard alone", () => {
  test("the first press of Tab offers to skip to the content, and Enter does", async ({ open }) => {
    const page = await visit(await open(), "/");
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to the content" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Enter");
    await expect(page.locator("main")).toBeFocused();
    await tabTo(page, "Find a show", 1);
  });

  test.for(["Space", "Enter"])(
    "%s votes, takes back, and leaves the focus where it is",
    async (key, { site, open }) => {
      const show = await buildShow(site.server.database);
      const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
      await tabTo(fan.page, "Vote for Song 2");
      await fan.page.keyboard.press(key);
      await fan.expectMine("Song 2", true);
      await fan.expectVotes("Song 2", 1);
      await expect(fan.button("Song 2")).toBeFocused();
      await fan.pause();
      await fan.page.keyboard.press(key);
      await fan.expectMine("Song 2", false);
      await expect(fan.button("Song 2")).toBeFocused();
    },
  );

  test("the focus stays on its song when the rows change places", async ({ site, open }) => {
    const show = await buildShow(site.server.database, { ballot: ["Ask", "Hand in Glove", "Panic"] });
    const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
    await tabTo(fan.page, "Vote for Hand in Glove");
    for (let i = 0; i < 2; i += 1) {
      const { client } = await site.server.fan();
      await client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[2]! });
    }
    await fan.page.keyboard.press("Space");
    await expect(fan.titles).toHaveText(["Panic", "Hand in Glove", "Ask"]);
    await expect(fan.button("Hand in Glove")).toBeFocused();
    await tabTo(fan.page, "Vote for Ask", 1);
  });

  test("a message does not take the focus, and can be reached and closed", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const me = await site.server.fan();
    await me.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 10) });
    const fan = await ShowView.open(await open({ as: me }), show);
    await fan.button("Song 11").focus();
    await fan.page.keyboard.press("Enter");
    await expect(fan.toast).toBeVisible();
    await expect(fan.button("Song 11")).toBeFocused();
    await fan.page.keyboard.press("F8");
    await tabTo(fan.page, "Close", 3);
    await fan.page.keyboard.press("Enter");
    await expect(fan.toast).toHaveCount(0);
  });

  test("a song is searched for, reached by the arrow keys, added and voted for", async ({ site, open }) => {
    const show = await buildShow(site.server.database, { catalogue: ["Rare One", "Rare Two"] });
    const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
    await tabTo(fan.page, "Song title");
    await fan.page.keyboard.type("rare");
    await expect(fan.page.getByText("2 songs found.")).toBeVisible();
    await fan.page.keyboard.press("ArrowDown");
    await fan.page.keyboard.press("ArrowDown");
    await expect(fan.page.getByRole("button", { name: "Add Rare Two to the ballot" })).toBeFocused();
    await fan.page.keyboard.press("ArrowUp");
    await expect(fan.page.getByRole("button", { name: "Add Rare One to the ballot" })).toBeFocused();
    await fan.page.keyboard.press("Enter");
    await expect(fan.button("Rare One")).toBeFocused();
    await fan.page.keyboard.press("Space");
    await fan.expectMine("Rare One", true);
    await fan.expectVotes("Rare One", 1);
  });

  test("what has the focus can be seen to have it", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const { page } = await ShowView.open(await open({ as: await site.server.fan() }), show);
    for (let presses = 0; presses < 25; presses += 1) {
      await page.keyboard.press("Tab");
      const outline = await page.locator(":focus").evaluate((element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return { element: element.outerHTML.slice(0, 120), seen: outlineStyle !== "none" && outlineWidth !== "0px" };
      });
      expect(outline).toMatchObject({ seen: true });
    }
  });
});
