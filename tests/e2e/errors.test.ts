import { sql } from "drizzle-orm";
import { expect, test, visit } from "#tests/support/browser.ts";
import { expectAccessible, expectOriented } from "#tests/support/browser-accessibility.ts";
import { breakShow, buildRemovedShow } from "#tests/support/browser-states.ts";
import { buildShow } from "#tests/support/builders.ts";
import { takeConsole } from "#tests/support/console-guard.ts";

/** What gives away how the program is built. */
const INSIDES = /node_modules|\.tsx?:\d|at [\w.]+ \(|SQLITE|SELECT |RangeError|Mars|Invalid time/;

test.for([
  { path: "/nowhere", status: 404, title: "Not on the setlist" },
  { path: "/shows/no-such-show", status: 404, title: "Not on the setlist" },
  { path: "/artists/no-such-artist", status: 404, title: "Not on the setlist" },
  { path: "/venues/no-such-venue", status: 404, title: "Not on the setlist" },
  { path: "/shows/%3Cscript%3E", status: 404, title: "Not on the setlist" },
  { path: "/shows?from=tomorrow", status: 400, title: "doesn’t add up" },
])("$path is answered with $status and words", async ({ path, status, title }, { open }) => {
  const page = await open();
  const answer = await page.goto(path);
  expect(answer?.status()).toBe(status);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
  await expect(page.getByRole("main").getByRole("link", { name: "See the shows" })).toBeVisible();
  expect(await page.content()).not.toMatch(INSIDES);
});

test("a page that was removed says that it was there, with 410", async ({ site, open }) => {
  const { slug } = await buildRemovedShow(site.server);
  const page = await open();
  expect((await page.goto(`/shows/${slug}`))?.status()).toBe(410);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This one has left the building");
  await expect(page.getByText("This show has been removed.")).toBeVisible();
});

test("a cancelled show says so and takes no votes", async ({ site, open }) => {
  const show = await buildShow(site.server.database, { status: "cancelled" });
  const page = await open({ as: await site.server.fan() });
  expect((await page.goto(`/shows/${show.slug}`))?.status()).toBe(200);
  await expect(page.getByText("This show is cancelled")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Vote for/ })).toHaveCount(0);
});

test("a postponed show says so and what becomes of the votes, and takes none", async ({ site, open }) => {
  const show = await buildShow(site.server.database, { status: "postponed" });
  const page = await open({ as: await site.server.fan() });
  expect((await page.goto(`/shows/${show.slug}`))?.status()).toBe(200);
  await expect(page.getByText("This show is postponed")).toBeVisible();
  await expect(page.getByText("Votes stay as they are until there is a new date.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Vote for/ })).toHaveCount(0);
});

test("an error on our side is answered with 500, in words, without its insides", async ({ site, open, complaints }) => {
  complaints.allow(/500|Invalid time value/);
  const show = await buildShow(site.server.database);
  await breakShow(site.server, show);
  const page = await open({ reducedMotion: "reduce" });
  const answer = await page.goto(`/shows/${show.slug}`);
  expect(answer?.status()).toBe(500);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A string snapped");
  await expect(page.getByRole("link", { name: "Try again" })).toHaveAttribute("href", `/shows/${show.slug}`);
  expect(await answer?.text()).not.toMatch(INSIDES);
  await expectOriented(page);
  await expectAccessible(page);
  expect(await page.content()).not.toMatch(INSIDES);
  expect(takeConsole().join()).toContain("Something went wrong on our side.");
});

test("an error met on the way between pages is told in words, and leads on", async ({ site, open, complaints }) => {
  complaints.allow(/500|Invalid time value/);
  const { server } = site;
  const show = await buildShow(server.database);
  const page = await visit(await open(), `/artists/${show.artistSlug}`);
  await breakShow(server, show);
  await page.getByRole("main").locator(`a[href="/shows/${show.slug}"]`).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A string snapped");
  expect(await page.content()).not.toMatch(INSIDES);
  expect(takeConsole().join()).toContain("Something went wrong on our side.");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Artists" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Artists");
});

test("an error while a page is being drawn gives nothing away either", async ({ site, open, complaints }) => {
  complaints.allow(/500|Mars/);
  const { server } = site;
  const show = await buildShow(server.database);
  await server.database.change((tx) =>
    tx.run(sql`UPDATE venues SET time_zone = 'Mars/Olympus' WHERE slug = ${show.venueSlug}`),
  );
  const answer = await (await open()).request.get(`/shows/${show.slug}`);
  expect(answer.status()).toBe(500);
  expect(await answer.text()).not.toMatch(/node_modules|at \w+ \(|server\/index\.js/);
  expect(takeConsole().join()).toContain("Mars/Olympus");
});
