import type { Page } from "playwright";
import { appendEvents } from "#db/queries/events.ts";
import { expect, test, visit } from "#tests/support/browser.ts";
import { buildHistory, buildScored } from "#tests/support/browser-results.ts";
import { buildCompared, buildExample, buildRunning, setStatus, voteAs, writeDown } from "#tests/support/finished-shows.ts";
import { buildSetlist } from "#tests/support/came-in.ts";

const resultsOf = ({ slug }: { slug: string }) => `/shows/${slug}/results`;
const card = (page: Page, name: string) => page.getByRole("region", { name: "Who called it" }).getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
const played = (page: Page) => page.getByRole("region", { name: "What they played" }).getByRole("listitem");
const live = (page: Page) => page.getByRole("status", { name: "Live results: Live", exact: true });

test("without scripts the page tells who called the show, song by song and list by list", async ({ site, open }) => {
  const show = await buildCompared(site.server.database, { artist: "The Paper Boats" });
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`/shows/${show.slug}`);
  await page.getByRole("link", { name: "Who called it?" }).click();
  await expect(page).toHaveURL(new RegExp(`${resultsOf(show)}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/The Paper Boats\s*called and played/);
  await expect(page.getByText("The crowd was better than the forecast by 1 song.")).toBeVisible();
  await expect(card(page, "The crowd")).toContainText("8 of 9");
  await expect(card(page, "The crowd")).toContainText("Best");
  await expect(card(page, "The forecast")).toContainText("7 of 9");
  await expect(card(page, "Last shows")).toContainText("6 of 9");
  await expect(page.getByRole("region", { name: "What they played" }).getByRole("heading", { level: 3 })).toHaveText(["Encore"]);
  await expect(played(page).filter({ hasText: "Driftwood" })).toContainText("Crowd’s no. 7Forecast 20%");
  await expect(played(page).filter({ hasText: "Somebody Else's Song" })).toContainText("Nobody could vote for this one.");
  await expect(page.getByRole("link", { name: "This setlist on setlist.fm" })).toHaveAttribute("href", /^https:\/\/www\.setlist\.fm\//);
  const predicted = page.getByRole("region", { name: "What was predicted" });
  await expect(predicted.getByRole("listitem").nth(2)).toHaveText(/^3Ferry Home25 votesNot played$/);
  await predicted.getByRole("link", { name: "Forecast" }).click();
  await expect(predicted.getByRole("listitem").first()).toHaveText(/^1Harbour Lights95%Played$/);
  await expect(predicted.getByRole("link", { name: "Forecast" })).toHaveAttribute("aria-current", "true");
  await expect(predicted.getByRole("heading", { name: "Further down, and played" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Link to these results" })).toHaveAttribute("href", resultsOf(show));
});

test("a shared link says how the crowd did, and has one address", async ({ site, open }) => {
  const show = await buildCompared(site.server.database, { artist: "The Shared" });
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${resultsOf(show)}?list=me`);
  await expect(page).toHaveTitle(/^The crowd had 8 of 9: The Shared at /);
  await expect(page.locator('meta[property="og:title"]')).toHaveAttribute("content", /^The crowd had 8 of 9/);
  await expect(page.locator('meta[property="og:description"]')).toHaveAttribute("content", /by 1 song/);
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute("href", resultsOf(show));
});

test("the link is copied by a button where the system has no sheet for it", async ({ site, open }) => {
  const show = await buildCompared(site.server.database);
  const page = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await page.addInitScript(() => Object.defineProperty(navigator, "share", { value: undefined }));
  await visit(page, resultsOf(show));
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("region", { name: /Notifications/ }).getByRole("listitem")).toContainText("Link copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(new RegExp(`${resultsOf(show)}$`));
});

test("a fan sees the votes that hit, their points and the calls that came true", async ({ site, open }) => {
  const show = await buildCompared(site.server.database);
  const dan = await site.server.fan("Dan");
  await voteAs(site.server.database, show, "Dan", dan.id);
  const page = await open({ as: dan });
  await visit(page, resultsOf(show));
  await expect(card(page, "You")).toContainText("4 of 471 points");
  await expect(played(page).filter({ hasText: "Glass" })).toContainText("You, 33 points");
  await page.getByRole("link", { name: "Me", exact: true }).click();
  const predicted = page.getByRole("region", { name: "What was predicted" });
  await expect(predicted).toContainText("4 of your 4 votes hit. 71 points, 12 of them for calls: 61.2% of what was possible.");
  await expect(predicted.getByRole("list", { name: "Your votes" }).getByRole("listitem").first()).toHaveText(/^Glass33 pointsPlayed$/);
  await expect(predicted).toContainText("Opener: Harbour LightsCame true, 5 points");
  await expect(predicted).toContainText("In the encore: DriftwoodDid not come true");
});

test("each song that somebody writes down comes to the open page with its marks, and is said aloud", async ({ site, open }) => {
  const { database } = site.server;
  const show = await buildRunning(database);
  const dan = await site.server.fan("Dan");
  await voteAs(database, show, "Dan", dan.id);
  const page = await open({ as: dan });
  await visit(page, resultsOf(show));
  await expect(live(page)).toBeVisible();
  await expect(card(page, "You")).toContainText("1 of 46 points");
  await writeDown(database, show, "Driftwood", show.song(9));
  await expect(played(page)).toHaveCount(3);
  await expect(played(page).last()).toContainText("Driftwood");
  await expect(played(page).last()).toContainText("You, 23 points");
  await expect(card(page, "You")).toContainText("2 of 429 points");
  await expect(card(page, "The crowd")).toContainText("2 of 3");
  await expect(page.getByText("Driftwood. The crowd has 2 of 3.")).toBeAttached();
  await setStatus(database, show.setlistId, "final");
  await writeDown(database, show, "Glass", show.song(10));
  await expect(page.getByText("Final", { exact: true })).toBeVisible();
});

test("an open page asks for nothing again when a song comes", async ({ site, open }) => {
  const { database } = site.server;
  const show = await buildRunning(database);
  for (const path of [resultsOf(show), `/shows/${show.slug}`]) {
    const page = await open();
    await visit(page, path);
    await expect(page.getByRole("status", { name: /^Live .*: Live$/ })).toBeVisible();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const title = path === resultsOf(show) ? "Old Maps" : "Winter Coat";
    await writeDown(database, show, title, show.song(title === "Old Maps" ? 8 : 11));
    await expect(played(page).filter({ hasText: title })).toHaveCount(1);
    expect(asked).toEqual([]);
  }
});

test("votes that a moderator releases after the show change the lists of an open page", async ({ site: { server }, open }) => {
  const show = await buildCompared(server.database);
  const page = await visit(await open(), resultsOf(show));
  const first = page.getByRole("region", { name: "What was predicted" }).getByRole("listitem").first();
  await expect(first).toContainText("Harbour Lights31 votes");
  await server.database.change(async (tx) => {
    await tx.run(`UPDATE setlist_songs SET votes = 90 WHERE id = ${show.row(2)}`);
    await tx.run(`UPDATE shows SET tally_version = tally_version + 1 WHERE id = ${show.showId}`);
    await appendEvents(tx, 0, [{ kind: "tally.changed", showId: show.showId, payload: {} }]);
  });
  await expect(first).toContainText("Lanterns90 votes");
});

test("the show's page says that they have begun, and leads to the live comparison", async ({ site, open }) => {
  const { database } = site.server;
  const show = await buildExample(database, { localDate: "2026-06-13", startTime: "13:00", status: "ongoing" });
  const page = await open();
  await visit(page, `/shows/${show.slug}`);
  await expect(page.getByRole("status", { name: "Live tally: Live", exact: true })).toBeVisible();
  const { id } = await buildSetlist(database, show, { sets: [{ songs: [] }] });
  await setStatus(database, id, "live");
  await writeDown(database, { showId: show.showId, setlistId: id }, "Lanterns", show.song(2));
  await expect(page.getByText("One song is written down so far.")).toBeVisible();
  await page.getByRole("link", { name: "Follow it live" }).click();
  await expect(played(page)).toHaveCount(1);
});

test("who comes to the page too early is led to the ballot", async ({ site, open }) => {
  const show = await buildExample(site.server.database, { localDate: "2026-06-14", status: "upcoming" });
  const page = await open({ javaScriptEnabled: false });
  await page.goto(resultsOf(show));
  await expect(page.getByText("Voting is still open")).toBeVisible();
  await page.getByRole("link", { name: "Vote now" }).click();
  await expect(page).toHaveURL(new RegExp(`/shows/${show.slug}$`));
});

test("a cancelled show has no score and says so", async ({ site, open }) => {
  const show = await buildExample(site.server.database, { status: "cancelled" });
  const page = await open({ javaScriptEnabled: false });
  await page.goto(resultsOf(show));
  await expect(page.getByText("were given back, and there is no score")).toBeVisible();
  await expect(page.getByRole("region", { name: "Who called it" })).toHaveCount(0);
});

test("a fan finds the own results from the account page, and the way to each show's comparison", async ({ site, open }) => {
  const { fan, season } = await buildScored(site.server);
  const page = await open({ as: fan, javaScriptEnabled: false });
  await page.goto("/account");
  await page.getByRole("link", { name: "My results" }).click();
  await expect(page.getByRole("img", { name: /^Accuracy from 60% after the first show to 80% after the latest; usual is 50%\.$/ })).toBeVisible();
  const table = page.getByRole("table").first();
  await expect(table.getByRole("row")).toHaveCount(1 + season.length);
  await expect(table.getByRole("row").nth(1)).toContainText("5 of 5");
  await table.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/shows\/[a-z0-9-]+\/results\?list=me$/);
});

test("a leaderboard goes on page by page, and marks the fan who looks, wherever that is", async ({ site, open }) => {
  const { fan, season } = await buildScored(site.server);
  const page = await open({ as: fan, javaScriptEnabled: false });
  await page.goto(`/artists/${season[0]!.artistSlug}/leaderboard`);
  await expect(page.getByText("Listed is who has 3 rated shows or more.")).toBeVisible();
  await expect(page.getByText("You are number 1.")).toBeVisible();
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toHaveText(/^1RobinYou/);
  await expect(rows).toHaveCount(51);
  await page.getByRole("link", { name: "Further down" }).click();
  await expect(rows.nth(1)).toHaveText(/^51Fan/);
  await expect(rows.last()).toHaveText(/^1RobinYou/);
  await page.getByRole("navigation", { name: /^Tours of/ }).getByRole("link", { name: "The World Tour" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("The World Tour");
  await page.getByRole("navigation", { name: "Everything" }).getByRole("link", { name: "2026" }).click();
  await expect(page).toHaveURL(/\/leaderboards\/2026$/);
});

test("how the votes came in is drawn without scripts, and told in figures beside it", async ({ site, open }) => {
  const show = await buildExample(site.server.database, { localDate: "2026-06-14", status: "upcoming" });
  await buildHistory(site.server.database, show, 6);
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`/shows/${show.slug}`);
  await page.getByRole("link", { name: "How the votes came in" }).click();
  await expect(page.getByRole("img", { name: /^All votes from 2 at .* to 193 at Today 14:00\.$/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /8 leading songs from .*; Harbour Lights leads\.$/ })).toBeVisible();
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.first()).toContainText("WhenAll votesHarbour LightsLanterns");
  await expect(rows.nth(1)).toContainText("Today 09:00211");
  await expect(rows.last()).toContainText("Today 14:001933130");
});
