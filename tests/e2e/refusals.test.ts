import { describe } from "vitest";
import { expect, test } from "#tests/support/browser.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { buildShow } from "#tests/support/builders.ts";

describe("a vote that does not count", () => {
  test("the eleventh of a show is taken back on the page, with the reason in words", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const me = await site.server.fan();
    await me.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 10) });
    const fan = await ShowView.open(await open({ as: me }), show);
    await fan.expectLeft(0);
    await fan.button("Song 11").click();
    await expect(fan.toast).toContainText("Vote not counted");
    await expect(fan.toast).toContainText(
      "You have used your 10 votes for this show. Take one back to vote for another.",
    );
    await fan.expectMine("Song 11", false);
    await fan.expectVotes("Song 11", 0);
    await fan.expectLeft(0);

    await fan.button("Song 1").click();
    await fan.expectLeft(1);
    await fan.pause();
    await fan.button("Song 11").click();
    await fan.expectMine("Song 11", true);
    await fan.expectVotes("Song 11", 1);
    await fan.expectLeft(0);
  });

  test("a refusal is read out by screen readers", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const me = await site.server.fan();
    await me.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 10) });
    const fan = await ShowView.open(await open({ as: me }), show);
    await fan.button("Song 11").click();
    const spoken = fan.page.getByRole("status").filter({ hasText: /You have used your 10 votes/ });
    await expect(spoken.first()).toBeAttached();
  });

  test("one sent as voting has just ended is taken back, with the reason in words", async ({ site, open }) => {
    const { server } = site;
    const show = await buildShow(server.database, { startTime: "20:00" });
    const fan = await ShowView.open(await open({ as: await server.fan() }), show);
    server.clock.set("2026-06-14T18:00:00Z");
    await fan.button("Song 1").click();
    await expect(fan.toast).toContainText("Voting for this show is closed.");
    await fan.expectVotes("Song 1", 0);
    await expect(fan.row("Song 1").getByText(/Yours|Voted/)).toHaveCount(0);
  });

  test("one that another window has cast already is shown as cast", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const me = await site.server.fan();
    const fan = await ShowView.open(await open({ as: me }), show);
    await me.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
    await fan.expectVotes("Song 1", 1);
    await fan.button("Song 1").click();
    await expect(fan.toast).toContainText("You have already voted for this song.");
    await fan.expectMine("Song 1", true);
    await fan.expectVotes("Song 1", 1);
  });

  test("a vote that needs the one just taken back waits for it, however slow the network", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const me = await site.server.fan();
    await me.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 10) });
    const fan = await ShowView.open(await open({ as: me }), show);
    const held = Promise.withResolvers<void>();
    await fan.page.route(/\/shows\//, async (route, request) => {
      if (request.postData()?.includes("retract=")) await held.promise;
      await route.continue();
    });
    await fan.button("Song 1").click();
    await fan.button("Song 11").click();
    await fan.expectMine("Song 11", true);
    held.resolve();
    await expect(fan.page.getByText("Vote counted for Song 11. 0 votes left for this show.")).toBeAttached();
    await fan.expectMine("Song 1", false);
    await fan.expectVotes("Song 11", 1);
    await expect(fan.toast).toHaveCount(0);
  });

  test("one whose session has ended leads to signing in and back to its song", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
    await fan.page.context().clearCookies();
    await fan.button("Song 4").click();
    await fan.page.waitForURL(/\/sign-in\?/);
    const next = new URL(fan.page.url()).searchParams.get("next");
    expect(next).toBe(`${fan.path}#song-${show.setlistSongIds[3]}`);
  });
});

describe("offline", () => {
  test("a vote is taken back and said so, and the page catches up when the network is back", async ({ site, open }) => {
    const { server } = site;
    const show = await buildShow(server.database);
    const fan = await ShowView.open(await open({ as: await server.fan() }), show);
    await fan.page.context().setOffline(true);
    await expect(fan.connection("Offline")).toBeVisible();
    await fan.button("Song 1").click();
    await expect(fan.toast).toContainText("You are offline, so nothing was sent.");
    await fan.expectMine("Song 1", false);
    await fan.expectVotes("Song 1", 0);
    await fan.expectLeft(10);

    const { client } = await server.fan();
    await client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[1]! });
    await fan.page.context().setOffline(false);
    await expect(fan.live).toBeVisible();
    await fan.expectVotes("Song 2", 1);
    await fan.pause();
    await fan.button("Song 1").click();
    await fan.expectVotes("Song 1", 1);
    await fan.expectMine("Song 1", true);
  });

  test("searching and adding keep the page, and adding says why it cannot be", async ({ site, open }) => {
    const show = await buildShow(site.server.database, { catalogue: ["Rare One", "Other"] });
    const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
    const field = fan.page.getByLabel("Song title");
    await field.fill("rare");
    const add = fan.page.getByRole("button", { name: "Add Rare One to the ballot" });
    await expect(add).toBeVisible();
    await fan.page.context().setOffline(true);
    await add.click();
    await expect(fan.toast).toContainText("You are offline, so nothing was sent.");
    const searched = fan.page.waitForEvent("requestfailed", (request) => request.url().includes("add=other"));
    await field.fill("other");
    await searched;
    await fan.page.context().setOffline(false);
    await expect(fan.live).toBeVisible();
    await field.fill("rare");
    await add.click();
    await expect(fan.row("Rare One")).toBeVisible();
  });

  test("a page that cannot refresh itself stays, and is right again with the network", async ({ site, open }) => {
    const { server } = site;
    const show = await buildShow(server.database);
    const admin = await server.fan("Ada", "admin");
    const fan = await ShowView.open(await open({ as: await server.fan() }), show);
    const unreachable = (url: URL) => url.pathname.endsWith(".data");
    await fan.page.route(unreachable, (route) => route.abort());
    const tried = fan.page.waitForEvent("requestfailed");
    await admin.client.shows.lockVoting.mutate({ show: show.slug, note: "" });
    await tried;
    await expect(fan.page.getByText("Voting is locked for now")).toBeVisible();
    await expect(fan.row("Song 1")).toBeVisible();

    await fan.page.context().setOffline(true);
    await expect(fan.connection("Offline")).toBeVisible();
    await admin.client.shows.unlockVoting.mutate({ show: show.slug, note: "" });
    await fan.page.unroute(unreachable);
    await fan.page.context().setOffline(false);
    await expect(fan.button("Song 1")).toBeVisible();
  });

  test("another page that cannot be loaded says so, and comes when the network is back", async ({
    site,
    open,
    complaints,
  }) => {
    const [here, there] = [await buildShow(site.server.database), await buildShow(site.server.database)];
    const { page } = await ShowView.open(await open(), here);
    await page.goto("/shows");
    const link = (slug: string) => page.getByRole("main").locator(`a[href="/shows/${slug}"]`).first();
    await link(here.slug).click();
    await expect(page.getByRole("heading", { name: "The ballot" })).toBeVisible();
    await page.goBack();
    await expect(link(there.slug)).toBeVisible();
    complaints.allow(/TypeError: Failed to fetch/);
    await page.context().setOffline(true);
    await link(there.slug).click();
    await expect(page.getByRole("heading", { level: 1, name: "No signal" })).toBeVisible();
    await page.context().setOffline(false);
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { name: "The ballot" })).toBeVisible();
  });
});
