import type { Page } from "playwright";
import { expect, testOf, visit } from "#tests/support/browser.ts";
import { Strays } from "#tests/support/browser-addresses.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { buildShow } from "#tests/support/builders.ts";

const test = testOf({ BASE_PATH: "/theset" });

async function signUp(page: Page, name: string): Promise<void> {
  await page.getByRole("banner").getByRole("link", { name: "Sign up" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(`${name.toLowerCase()}@example.org`);
  await page.getByLabel("Password").fill("a long enough one");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: /my account/ })).toBeVisible();
}

test("a visit from end to end stays below the base path", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, { artist: "Portishead", catalogue: ["Hidden Gem"] });
  const crowd = await ShowView.open(await open(), show);
  const page = await open();
  const strays = new Strays(page.context(), server.url);
  await visit(page, "/");
  await strays.inDocument(page);
  const banner = page.getByRole("banner");
  await page.getByRole("main").getByRole("link", { name: /Portishead/ }).filter({ visible: true }).first().click();
  const fan = new ShowView(page, show.slug);
  await expect(fan.live).toBeVisible();
  await expect(page).toHaveURL(server.url + fan.path);
  await signUp(page, "Robin");
  await expect(page).toHaveURL(`${server.url}/`);

  await page.goBack();
  await visit(page, fan.path);
  await expect(fan.live).toBeVisible();
  await fan.button("Song 3").click();
  await fan.expectMine("Song 3", true);
  await crowd.expectVotes("Song 3", 1);
  await page.getByLabel("Song title").fill("hidden");
  await page.getByRole("button", { name: "Add Hidden Gem to the ballot" }).click();
  await expect(crowd.row("Hidden Gem")).toBeVisible();
  await strays.inDocument(page);

  await banner.getByRole("link", { name: /my account/ }).click();
  await expect(page.getByRole("link", { name: "Song 3" })).toBeVisible();
  await banner.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${server.url}/`);
  await expect(banner.getByRole("link", { name: "Sign in" })).toBeVisible();

  await visit(page, "/nothing/here");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await strays.inDocument(page);
  await page.getByRole("main").getByRole("link", { name: "See the shows" }).click();
  await expect(page).toHaveURL(`${server.url}/shows`);
  await page.getByRole("button", { name: "Use the dark theme" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  expect(await strays.found()).toEqual([]);
  expect(strays.answers).toBeGreaterThan(30);
  const cookies = await page.context().cookies(`${server.url}/`);
  expect(cookies.map(({ name, path }) => [name, path])).toEqual([["theme", "/theset"]]);
});

test("so does one without scripts", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, { artist: "Low", catalogue: ["Rare Bird"] });
  const page = await open({ javaScriptEnabled: false });
  const strays = new Strays(page.context(), server.url);
  const fan = new ShowView(page, show.slug);
  await page.goto(`.${fan.path}`);
  await page.getByRole("link", { name: /^Vote for Song 2\b/ }).click();
  await expect(page).toHaveURL(new RegExp(`^${server.url}/sign-in\\?next=%2Fshows%2F`));
  await page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
  await page.getByLabel("Name").fill("Jane");
  await page.getByLabel("E-mail").fill("jane@example.org");
  await page.getByLabel("Password").fill("a long enough one");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page).toHaveURL(`${server.url}${fan.path}#song-${show.setlistSongIds[1]}`);
  await fan.button("Song 2").click();
  await fan.expectVotes("Song 2", 1);
  await page.getByLabel("Song title").fill("rare");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("button", { name: "Add Rare Bird to the ballot" }).click();
  await expect(fan.row("Rare Bird")).toBeVisible();
  await page.getByRole("button", { name: "Use the dark theme" }).click();
  await expect(page).toHaveURL(server.url + fan.path);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${server.url}/`);
  await page.goto("./account");
  await expect(page).toHaveURL(`${server.url}/sign-in?next=%2Faccount`);
  expect(await strays.found()).toEqual([]);
  expect(strays.answers).toBeGreaterThan(15);
});

test("signing in on the way leads back to where it began, and nowhere above the base", async ({ site, open }) => {
  const { server } = site;
  const me = { email: "back@example.org", password: "a long enough one" };
  await server.client.auth.register.mutate({ ...me, displayName: "Back" });
  for (const [next, lands] of [
    ["/shows?sort=votes", "/shows?sort=votes"],
    ["/../elsewhere", "/"],
    ["/shows/%2e%2e/%2E./elsewhere", "/"],
  ] as const) {
    const page = await visit(await open(), `/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").fill(me.email);
    await page.getByLabel("Password").fill(me.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("banner").getByRole("link", { name: /my account/ })).toBeVisible();
    expect(page.url()).toBe(server.url + lands);
  }
});
