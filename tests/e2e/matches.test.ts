import type { Page } from "playwright";
import { expect, test, visit } from "#tests/support/browser.ts";
import { expectAccessible, expectOriented } from "#tests/support/browser-accessibility.ts";
import { buildArtistPair, buildQueue, venueOf } from "#tests/support/matches.ts";
import { buildShow } from "#tests/support/builders.ts";
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
  await expect(heading(page)).toHaveAccessibleDescription("Nora Vale and VALE, NORA");
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

test("without scripts each decision leads to the next match, and can be taken back from there", async ({ site, open }) => {
  const { server } = site;
  await settleAll(server);
  const pairs = [await buildArtistPair(server.database, { confidence: 0.9 }), await buildArtistPair(server.database, { confidence: 0.8 })];
  const page = await open({ as: await server.fan("Mo", "moderator"), javaScriptEnabled: false });
  const press = (name: RegExp) => page.getByRole("button", { name }).click();
  await page.goto("/moderation/matches?kind=artist");
  await page.getByRole("link", { name: "Review artists one after the other" }).click();
  await page.locator("summary", { hasText: "Which one stays" }).click();
  await page.getByRole("radio", { name: /number/ }).last().check();
  await press(/^Approve/);
  await expect(status(page)).toHaveText(/^Approved: .*\. 1 left\./);
  await press(/^Undo last/);
  await expect(status(page)).toHaveText(/^Taken back: .*\. 2 left\./);
  await expect(page).toHaveURL(new RegExp(`/matches/${pairs[0]!.id}\\?kind=artist&`));
  await press(/^Reject/);
  await page.getByRole("link", { name: "Skip S" }).waitFor({ state: "detached" });
  await press(/^Approve/);
  await expect(page).toHaveURL(/\/moderation\/matches\?kind=artist&/);
  await expect(status(page)).toHaveText(/^Approved: .*\. None left\./);
  await expect(page.getByText("Nothing waits for a decision.")).toBeVisible();
  expect(await statuses(server, pairs.map(({ id }) => id))).toEqual(["rejected", "approved"]);
  await page.getByRole("link", { name: /^Rejected/ }).click();
  await page.locator(`a[href="/moderation/matches/${pairs[0]!.id}?kind=artist"]`).click();
  await expect(heading(page)).toHaveText("Two artists");
  await expect(page.getByText("By Mo, 2026-06-13 12:00 UTC")).toBeVisible();
  await press(/^Take this decision back/);
  await expect(heading(page)).toHaveText("One artist or two?");
});

test("two moderators at one match: the later one hears who was first, and goes on with the next", async ({ site, open }) => {
  const { server } = site;
  await settleAll(server);
  const [first, second] = [await buildArtistPair(server.database, { confidence: 0.9 }), await buildArtistPair(server.database, { confidence: 0.8 })];
  const mo = await server.fan("Mo", "moderator");
  const page = await visit(await open({ as: await server.fan("Ada", "admin") }), `/moderation/matches/${first.id}`);
  await mo.client.matching.reject.mutate({ id: first.id });
  await page.keyboard.press("a");
  await expect(status(page)).toContainText("Mo has rejected this match already. 1 left.");
  await expect(page).toHaveURL(new RegExp(`/matches/${second.id}$`));
  expect(await statuses(server, [first.id, second.id])).toEqual(["rejected", "review"]);
  await server.database.change((tx) => tx.run(`DELETE FROM matches WHERE id = ${second.id}`));
  await page.keyboard.press("r");
  await expect(status(page)).toHaveText("One of the two is gone, so there was nothing to decide. None left.");
  await expect(heading(page)).toHaveText("All settled");
});

test("the keys can be looked up and turned off; the buttons do the same and keep the focus", async ({ site, open }) => {
  const { server } = site;
  await settleAll(server);
  for (const confidence of [0.9, 0.8, 0.7]) await buildArtistPair(server.database, { confidence });
  const page = await visit(await open({ as: await server.fan("Mo", "moderator") }), "/moderation/matches");
  await page.getByRole("link", { name: "Review them one after the other" }).click();
  const help = page.getByText("Approve: they are one");
  await expect(page.getByText("Keys", { exact: false }).first()).toBeVisible();
  await page.locator("summary", { hasText: "Which one stays" }).click();
  await page.getByRole("radio", { name: "The one with more votes" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: /number/ }).first()).toBeChecked();
  await page.keyboard.press("?");
  await expect(help).toBeVisible();
  await page.getByRole("checkbox", { name: "Single keys work here" }).uncheck();
  await page.keyboard.press("a");
  const reject = page.getByRole("button", { name: /^Reject/ });
  await reject.focus();
  await page.keyboard.press("Enter");
  await expect(status(page)).toHaveText(/^Rejected: .*\. 2 left\./);
  await expect(reject).toBeFocused();
  await visit(page, new URL(page.url()).pathname);
  await page.keyboard.press("a");
  await page.getByRole("link", { name: "Skip S" }).click();
  await expect(status(page)).toHaveText("2 left.");
  expect(await server.database.rows("SELECT status, count(*) AS n FROM matches GROUP BY 1 ORDER BY 1")).toEqual([{ status: "rejected", n: 1 }, { status: "review", n: 2 }]);
});

test("an artist's ids are linked by hand, rejected, merged with another artist's and parted again, without scripts", async ({ site, open }) => {
  const { server } = site;
  const [one, other] = [await buildShow(server.database, { artist: "Ida Winter" }), await buildShow(server.database, { artist: "Ida Winters" })];
  const page = await open({ as: await server.fan("Mo", "moderator"), javaScriptEnabled: false });
  await page.goto(`/artists/${one.artistSlug}`);
  await page.getByRole("link", { name: "Ids and merges" }).click();
  await expect(heading(page)).toHaveText("Ida Winter");
  const typed = page.getByLabel("Id there, or the address of its page");
  await typed.fill("https://www.ticketmaster.com/nora-vale-tickets/artist/123456");
  await page.getByRole("button", { name: "Link", exact: true }).click();
  await expect(page.getByText("does not hold the id that programs use")).toBeVisible();
  await expect(typed).toHaveValue("https://www.ticketmaster.com/nora-vale-tickets/artist/123456");
  await typed.fill("https://open.spotify.com/intl-de/artist/0aBcDeFgHiJkLmNoPqRsTu?si=1");
  await page.getByRole("button", { name: "Link", exact: true }).click();
  await expect(page.getByRole("alert")).toHaveText("Linked.");
  await expect(page.getByRole("listitem").filter({ hasText: "Spotify: 0aBcDeFgHiJkLmNoPqRsTu" })).toContainText("approved");
  await page.getByRole("button", { name: /^Reject Spotify/ }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Spotify: 0aBcDeFgHiJkLmNoPqRsTu" })).toContainText("not this one");
  await page.getByLabel("Find the other artist").fill("winters");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("button", { name: "Merge this one into it" }).click();
  await expect(heading(page)).toHaveText("Ida Winters");
  await page.goto("/moderation/merges");
  await page.locator("summary").first().click();
  await expect(page.getByText("Ida Winter comes back under its own address, with 1 show")).toBeVisible();
  await page.getByRole("button", { name: /^Undo merge/ }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Ida Winter became Ida Winters" })).toContainText("undone by Mo");
  expect((await server.client.artists.get.query({ artist: one.artistId })).upcoming).toMatchObject([{ slug: one.slug }]);
  await page.goto(`/venues/${other.venueSlug}`);
  await page.getByRole("link", { name: "Ids and merges" }).click();
  await expect(page).toHaveURL(new RegExp(`/moderation/venues/${await venueOf(server.database, other)}$`));
});

test("nothing is in the way of anyone", { timeout: 120_000 }, async ({ site, open }) => {
  const { server } = site;
  await settleAll(server);
  const ids = await buildQueue(server.database, " the Second");
  const as = await server.fan("Mo", "moderator");
  const { artistId } = await buildShow(server.database);
  await as.client.matching.approve.mutate({ id: ids[0]! });
  await as.client.matching.link.mutate({ kind: "artist", id: artistId, provider: "musicbrainz", providerId: "00000000-0000-4000-8000-000000000001" });
  const page = await open({ as, reducedMotion: "reduce" });
  const desk = `/moderation/matches/${ids[1]}?after=${ids[0]}&did=approved`;
  for (const path of ["/moderation/matches", desk, `/moderation/matches/${ids[2]}`, `/moderation/artists/${artistId}?query=lanterns`, "/moderation/merges", "/moderation/links"]) {
    await visit(page, path);
    await page.locator("main details").evaluateAll((all) => all.forEach((each) => each.setAttribute("open", "")));
    await expectOriented(page);
    await expectAccessible(page);
  }
});

test("others are not let in, and see nothing of it on the pages of artists and venues", async ({ site, open }) => {
  const { server } = site;
  const { id, a } = await buildArtistPair(server.database);
  const paths = ["/moderation/matches", `/moderation/matches/${id}`, "/moderation/merges", `/moderation/artists/${a.artistId}`, "/moderation/venues/1"];
  const as = await server.fan();
  const fan = await open({ as });
  for (const path of paths) expect((await fan.goto(path))?.status()).toBe(403);
  for (const path of [`/artists/${a.artistSlug}`, `/venues/${a.venueSlug}`]) {
    const html = await (await fetch(server.url + path)).text();
    expect(html).not.toMatch(/moderat/i);
    await fan.goto(path);
    await expect(fan.getByRole("link", { name: "Ids and merges" })).toHaveCount(0);
  }
  const visitor = await open();
  await visitor.goto(paths[1]!);
  await expect(visitor).toHaveURL(/\/sign-in\?next=%2Fmoderation%2Fmatches/);
  const moderator = await open({ as: await server.fan("Mo", "moderator") });
  for (const path of ["/moderation/matches/4711", "/moderation/matches/none", "/moderation/artists/4711"]) expect((await moderator.goto(path))?.status()).toBe(404);
});
