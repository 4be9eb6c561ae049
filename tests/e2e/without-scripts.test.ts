import type { Page } from "playwright";
import { expect, test, type Open } from "#tests/support/browser.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { buildShow } from "#tests/support/builders.ts";
import type { TestFan } from "#tests/support/test-server.ts";

const plain = (open: Open, as?: TestFan) => open({ as, javaScriptEnabled: false });

async function openShow(page: Page, { slug }: { slug: string }): Promise<ShowView> {
  const view = new ShowView(page, slug);
  await page.goto(view.path);
  return view;
}

test("a fan signs up, signs out and signs in again by plain forms", async ({ open }) => {
  const page = await plain(open);
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Plain Jane");
  await page.getByLabel("E-mail").fill("jane@example.org");
  await page.getByLabel("Password").fill("a long enough one");
  await page.getByRole("button", { name: "Sign up" }).click();
  const account = page.getByRole("banner").getByRole("link", { name: /Plain Jane/ });
  await expect(account).toBeVisible();

  await account.click();
  await expect(page.getByRole("heading", { level: 1, name: "Plain Jane" })).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(account).toHaveCount(0);

  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("E-mail").fill("jane@example.org");
  await page.getByLabel("Password").fill("not the right one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("do not go together");
  await expect(page.getByLabel("E-mail")).toHaveValue("jane@example.org");
  await page.getByLabel("Password").fill("a long enough one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(account).toBeVisible();
});

test("a vote is cast and taken back by plain forms", async ({ site, open }) => {
  const show = await buildShow(site.server.database);
  const fan = await openShow(await plain(open, await site.server.fan()), show);
  await fan.button("Song 7").click();
  await expect(fan.page).toHaveURL(new RegExp(`${fan.path}#song-${show.setlistSongIds[6]}$`));
  await fan.expectVotes("Song 7", 1);
  await fan.expectMine("Song 7", true);
  await fan.expectLeft(9);
  await expect(fan.titles.first()).toHaveText("Song 7");
  await fan.button("Song 7").click();
  await fan.expectVotes("Song 7", 0);
  await fan.expectMine("Song 7", false);
  await fan.expectLeft(10);
});

test("a refused vote says why on the page it goes back to", async ({ site, open }) => {
  const show = await buildShow(site.server.database);
  const me = await site.server.fan();
  await me.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 10) });
  const fan = await openShow(await plain(open, me), show);
  await fan.button("Song 12").click();
  await expect(fan.page.getByRole("alert")).toContainText(
    "You have used your 10 votes for this show. Take one back to vote for another.",
  );
  await fan.expectMine("Song 12", false);
  await fan.expectVotes("Song 12", 0);
});

test("the live connection is not promised where nothing can be live", async ({ site, open }) => {
  const show = await buildShow(site.server.database);
  const fan = await openShow(await plain(open), show);
  await expect(fan.live).toHaveCount(0);
});

test("an anonymous visitor is led from a song to signing in and back to it", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database);
  const email = "returning@example.org";
  await server.client.auth.register.mutate({ email, password: "a long enough one", displayName: "R" });
  const fan = await openShow(await plain(open), show);
  await fan.page.getByRole("link", { name: /^Vote for Song 2\b/ }).click();
  await fan.page.getByLabel("E-mail").fill(email);
  await fan.page.getByLabel("Password").fill("a long enough one");
  await fan.page.getByRole("button", { name: "Sign in" }).click();
  await expect(fan.page).toHaveURL(new RegExp(`${fan.path}#song-${show.setlistSongIds[1]}$`));
  await expect(fan.button("Song 2")).toBeVisible();
});

test("a song is searched for and added by plain forms", async ({ site, open }) => {
  const show = await buildShow(site.server.database, { catalogue: ["Hidden Gem", "Hidden Track", "B-side"] });
  const fan = await openShow(await plain(open, await site.server.fan()), show);
  await fan.page.getByLabel("Song title").fill("hidden");
  await fan.page.getByRole("button", { name: "Search" }).click();
  await expect(fan.page.getByText("2 songs found.")).toBeVisible();
  await fan.page.getByRole("button", { name: "Add Hidden Gem to the ballot" }).click();
  await expect(fan.row("Hidden Gem")).toContainText(/fan/);
  await expect(fan.button("Hidden Gem")).toBeVisible();
});

test("a song that has got onto the ballot meanwhile is refused in words", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, { catalogue: ["Hidden Gem"] });
  const fan = await openShow(await plain(open, await server.fan()), show);
  await fan.page.goto(`${fan.path}?add=gem`);
  const quicker = await server.fan();
  await quicker.client.setlists.suggest.mutate({ show: show.slug, songId: show.catalogueSongIds[0]! });
  await fan.page.getByRole("button", { name: "Add Hidden Gem to the ballot" }).click();
  await expect(fan.page.getByRole("alert")).toContainText("This song is already on the ballot.");
});

test("the theme is chosen, kept and given back by plain forms", async ({ open }) => {
  const page = await plain(open);
  await page.goto("/artists");
  const html = page.locator("html");
  await page.getByRole("button", { name: "Use the dark theme" }).click();
  await expect(page).toHaveURL(/\/artists$/);
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.goto("/shows");
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.getByRole("button", { name: "Follow my system’s theme" }).click();
  await expect(html).not.toHaveAttribute("data-theme", /./);
});

test("a token is made, shown once and revoked by plain forms", async ({ site, open }) => {
  const me = await site.server.fan("Tim");
  const page = await plain(open, me);
  await page.goto("/account");
  await page.getByLabel("Name of a new token").fill("my script");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByText("“my script” is ready")).toBeVisible();
  await page.goto("/account");
  await expect(page.getByText("“my script” is ready")).toHaveCount(0);
  await page.getByRole("button", { name: "Revoke my script" }).click();
  await expect(page.getByRole("button", { name: "Revoke my script" })).toHaveCount(0);
});

test("an admin locks and unlocks voting by plain forms", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database);
  const admin = await openShow(await plain(open, await server.fan("Ada", "admin")), show);
  await admin.page.locator("summary", { hasText: "Admin" }).click();
  await admin.page.getByRole("button", { name: "Lock voting" }).click();
  await expect(admin.page.getByText("Voting is locked for now")).toBeVisible();
  await admin.page.locator("summary", { hasText: "Admin" }).click();
  await admin.page.getByRole("button", { name: "Unlock voting" }).click();
  await expect(admin.button("Song 1")).toBeVisible();
});
