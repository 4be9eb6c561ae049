import { expect, test } from "#tests/support/browser.ts";
import { beyond } from "#tests/support/browser-accessibility.ts";
import { buildCareer, buildPlayed, cameIn, hugeSets, variedSets } from "#tests/support/browser-came-in.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { titles } from "#tests/support/builders.ts";

const song = (title: string) => ({ title, coverOf: null, guest: null, tape: false, note: null });

test("what was played comes to an open page by itself, and to whoever asks next", async ({ site, open }) => {
  const { server } = site;
  const show = await buildPlayed(server.database, { artist: "The Awaited" });
  const view = await ShowView.open(await open(), show);
  await expect(view.page.getByRole("heading", { name: "What they played" })).toHaveCount(0);
  await server.write("storeSetlists", {
    artistId: show.artistId,
    provider: "setlistfm",
    records: [
      {
        id: "awaited",
        version: "1",
        artist: { id: "a", name: "The Awaited", sameAs: [] },
        localDate: "2026-06-10",
        venue: { id: "hall", name: "A Hall", city: "Berlin", region: null, country: "DE", latitude: 52.5, longitude: 13.4, timeZone: "Europe/Berlin", url: null },
        tour: null,
        sets: [{ name: null, encore: null, songs: [song("Played at Last")] }],
        note: null,
        editedAt: null,
        url: "https://www.setlist.fm/setlist/awaited.html",
      },
    ],
  });
  await expect(view.page.getByRole("region", { name: "What they played" }).getByText("Played at Last")).toBeVisible();
  const next = await open({ javaScriptEnabled: false });
  await next.goto(view.path);
  await expect(next.getByText("Played at Last")).toBeVisible();
});

test("without scripts a setlist reads in order, each kind of song said for what it was", async ({ site, open }) => {
  const show = await buildPlayed(site.server.database, {}, { sets: variedSets, note: "The lights went out." });
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`/shows/${show.slug}`);
  const played = page.getByRole("region", { name: "What they played" });
  await expect(played.getByRole("heading", { level: 3 })).toHaveText(["Set 1", "Acoustic", "Encore 1", "Encore 2"]);
  await expect(played.getByRole("listitem")).toHaveText([
    /^IntroFrom tape.*opera$/,
    "1The First Song",
    "2Someone Else's SongThe Others cover",
    "3A Duetwith Ms. GuestFirst time in ten years",
    "4Quiet",
    /^5שיר השירים \(live\) 2.* cover$/,
    /^6/,
    "7Hit",
    /^8Slow Goodbye/,
    "OutroFrom tape",
  ]);
  await expect(played.getByText("The lights went out.")).toBeVisible();
  const link = played.getByRole("link", { name: "This setlist on setlist.fm" });
  await expect(link).toHaveAttribute("href", /^https:\/\/www\.setlist\.fm\/setlist\//);
  await expect(link).toHaveAttribute("rel", "noopener");
  await expect(page.getByRole("complementary", { name: "Sources" })).toHaveText(/Setlists from setlist\.fm/);
  await expect(page.getByRole("heading", { name: "The ballot" })).toBeVisible();
});

test("one main set and one encore need no numbers", async ({ site, open }) => {
  const sets = [{ songs: titles(2) }, { encore: 1, songs: ["Last"] }];
  const show = await buildPlayed(site.server.database, {}, { sets });
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`/shows/${show.slug}`);
  await expect(page.getByRole("region", { name: "What they played" }).getByRole("heading", { level: 3 })).toHaveText(["Encore"]);
});

test("two accounts of a show stand under a heading each", async ({ site, open }) => {
  const show = await buildPlayed(site.server.database, {}, { sets: variedSets }, { sets: [{ songs: ["Soirée"] }] });
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`/shows/${show.slug}`);
  const played = page.getByRole("region", { name: "What they played" });
  await expect(played.getByRole("heading", { level: 3 })).toHaveText(["Setlist 1 of 2, from setlist.fm", "Setlist 2 of 2, from setlist.fm"]);
  await expect(played.getByRole("link", { name: "This setlist on setlist.fm" })).toHaveCount(2);
});

test.for(["show, played, never voted on", "show, played, nothing written down", "show, cancelled, never voted on"])(
  "%s: nothing is said of voting that never was",
  async (name, { site, open }) => {
    const { path } = await cameIn[name]!(site.server);
    const page = await open();
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.getByRole("main").innerText()).not.toMatch(/\bvot|ballot|crowd/i);
    expect(await page.locator('meta[name="description"]').getAttribute("content")).not.toMatch(/vote/i);
  },
);

test("a setlist of 293 songs, with titles and notes beyond measure, is there whole and as text", async ({ site, open }) => {
  const show = await buildPlayed(site.server.database, { ballot: [] }, { sets: hugeSets });
  const page = await open();
  await page.goto(`/shows/${show.slug}`);
  const played = page.getByRole("region", { name: "What they played" });
  await expect(played.getByRole("listitem")).toHaveCount(293);
  await expect(played.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
  await expect(played.locator("img")).toHaveCount(0);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => beyond(page), { message: `${width} px` }).toEqual([]);
  }
});

test("tickets are a click away and say that the click may be paid for; others on the bill have pages", async ({ site, open }) => {
  const { path } = await cameIn["show, with tickets and a bill"]!(site.server);
  const page = await open({ javaScriptEnabled: false });
  await page.goto(path);
  const tickets = page.getByRole("link", { name: "Tickets at Ticketmaster" });
  await expect(tickets).toHaveAttribute("href", "https://www.ticketmaster.com/event/1?wt.mc_id=a");
  await expect(tickets).toHaveAttribute("rel", "noopener nofollow sponsored");
  await expect(page.getByRole("paragraph").filter({ hasText: "Also on the bill" })).toHaveText("Also on the bill: A Known Support, Someone nobody knows here, فنان آخر");
  await page.getByRole("link", { name: "A Known Support" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "A Known Support" })).toBeVisible();
});

test("an artist's past shows go on by plain links to the first and back", async ({ site, open }) => {
  const { artistSlug } = await buildCareer(site.server.database);
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`/artists/${artistSlug}`);
  await expect(page.getByRole("list", { name: "Elsewhere" }).getByRole("link")).toHaveText([
    "More at MusicBrainz",
    "More at setlist.fm",
    "Listen on Spotify",
    "More at Ticketmaster",
  ]);
  const past = page.getByRole("region", { name: "Past shows" }).getByRole("listitem");
  await expect(past).toHaveCount(50);
  await expect(past.first().getByRole("link", { name: "Results" })).toHaveAttribute("href", /^\/shows\/.*\/results$/);
  await expect(past.nth(1)).toContainText("Played");
  await expect(past.nth(1)).not.toContainText(/vote/i);
  await page.getByRole("link", { name: "Earlier shows" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Past shows" })).toBeVisible();
  await expect(page.getByRole("main").locator("ul").first().getByRole("listitem")).toHaveCount(11);
  await expect(page.getByRole("link", { name: "Earlier shows" })).toHaveCount(0);
  await page.getByRole("link", { name: "Back to the start" }).click();
  await expect(page.getByRole("main").locator("ul").first().getByRole("listitem")).toHaveCount(50);
});

test("a made-up place in the past is refused in words", async ({ site, open }) => {
  const { artistSlug } = await buildPlayed(site.server.database);
  const page = await open({ javaScriptEnabled: false });
  const answer = await page.goto(`/artists/${artistSlug}/shows?cursor=made-up`);
  expect(answer?.status()).toBe(400);
  await expect(page.getByText("This cursor is not one that a list gave out.")).toBeVisible();
});

test("trending says what it means, and how fast votes come in", async ({ site, open }) => {
  const { path } = await cameIn["home, trending"]!(site.server);
  const page = await open({ javaScriptEnabled: false });
  await page.goto(path);
  const trending = page.getByRole("region", { name: "Trending" });
  await expect(trending.getByText(/Where votes are coming in fastest/)).toBeVisible();
  await expect(trending.getByRole("listitem").first()).toContainText("40 votes, 12 an hour");
});
