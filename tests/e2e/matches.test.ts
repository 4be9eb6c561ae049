import type { Page } from "playwright";
import { describe } from "vitest";
import { expect, test, visit } from "#tests/support/browser.ts";
import { expectAccessible, expectOriented } from "#tests/support/browser-accessibility.ts";
import { buildArtistPair, buildMatch, buildQueue, venueOf } from "#tests/support/matches.ts";
import type { TestServer } from "#tests/support/test-server.ts";

const status = (page: Page) => page.getByRole("status");
const heading = (page: Page) => page.getByRole("heading", { level: 1 });

/** Nothing waits that another test has left. */
async function settleAll({ database }: TestServer): Promise<void> {
  await database.change((tx) => tx.run("DELETE FROM matches"));
}

async function statuses({ database }: TestServer, ids: number[]): Promise<unknown[]> {
  const rows = await database.rows("SELECT id, status FROM matches");
  return ids.map((id) => rows.find((row) => row["id"] === id)?.["status"]);
}

test("a moderator settles the whole queue by keys alone, skips one, takes one decision back, and ends where nothing is left", async ({ site, open }) => {
  const { server } = site;
  await settleAll(server);
  const ids = await buildQueue(server.database);
  const page = await visit(await open({ as: await server.fan("Mo", "moderator") }), "/moderation/matches");
  for (let presses = 0; presses < 60 && !(await page.locator(":focus").filter({ hasText: "Review them" }).count()); presses += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("One artist or two?");
  await expect(page).toHaveURL(new RegExp(`/moderation/matches/${ids[0]}$`));
  let left = ids.length;
  const press = async (key: string, says: RegExp) => {
    await page.keyboard.press(key);
    await expect(status(page)).toHaveText(says);
  };
  await press("a", /^Approved: Paper Lanterns .*\. 11 left\./);
  left -= 1;
  await expect(page).toHaveURL(new RegExp(`/moderation/matches/${ids[1]}$`));
  await expect(heading(page)).toBeFocused();
  await press("r", /^Rejected: .*\. 10 left\./);
  await press("u", /^Taken back: .*\. 11 left\./);
  await expect(page).toHaveURL(new RegExp(`/moderation/matches/${ids[1]}$`));
  await page.keyboard.press("s");
  await expect(page).toHaveURL(new RegExp(`/moderation/matches/${ids[2]}$`));
  for (const other of ["Control+a", "Alt+a", "x"]) await page.keyboard.press(other);
  for (const [at, key] of ["a", "a", "r", "a", "a", "a", "a", "r", "a", "r", "r"].entries()) {
    left -= 1;
    await press(key, new RegExp(`^${key === "a" ? "Approved" : "Rejected"}: .* ${left === 0 ? "None" : left} left\\.`));
    if (at === 9) await expect(page).toHaveURL(new RegExp(`/moderation/matches/${ids[1]}$`));
  }
  await expect(heading(page)).toHaveText("All settled");
  await expect(heading(page)).toBeFocused();
  const a = "approved";
  const r = "rejected";
  expect(await statuses(server, ids)).toEqual([a, r, a, a, r, a, a, a, a, r, a, r]);
});
