import { describe } from "vitest";
import { expect, scriptsRun, test, visit } from "#tests/support/browser.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { buildShow, titles } from "#tests/support/builders.ts";

describe("a fan's votes", () => {
  test("from signing up to a vote that everyone sees at once", async ({ site, open }) => {
    const show = await buildShow(site.server.database, { artist: "Portishead" });
    const crowd = await ShowView.open(await open(), show);
    const page = await visit(await open(), "/");
    await page.getByRole("banner").getByRole("link", { name: "Sign up" }).click();
    await page.getByLabel("Name").fill("Robin");
    await page.getByLabel("E-mail").fill("robin@example.org");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Sign up" }).click();
    await expect(page.getByRole("banner").getByRole("link", { name: /Robin|account/i })).toBeVisible();

    await page
      .getByRole("link", { name: /Portishead/ })
      .filter({ visible: true })
      .first()
      .click();
    const fan = new ShowView(page, show.slug);
    await expect(fan.live).toBeVisible();
    await fan.button("Song 3").click();
    await fan.expectVotes("Song 3", 1);
    await fan.expectMine("Song 3", true);
    await fan.expectLeft(9);
    await crowd.expectVotes("Song 3", 1);
    await expect(crowd.titles.first()).toHaveText("Song 3");
  });

  test("a vote taken back goes from every page, and stays gone after a reload", async ({ site, open }) => {
    const { server } = site;
    const show = await buildShow(server.database);
    const me = await server.fan("Kim");
    await me.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 2) });
    const crowd = await ShowView.open(await open(), show);
    const fan = await ShowView.open(await open({ as: me }), show);
    await fan.expectLeft(8);
    await crowd.expectVotes("Song 1", 1);

    await fan.button("Song 1").click();
    await fan.expectVotes("Song 1", 0);
    await fan.expectMine("Song 1", false);
    await fan.expectLeft(9);
    await crowd.expectVotes("Song 1", 0);

    await fan.page.reload();
    await scriptsRun(fan.page);
    await fan.expectVotes("Song 1", 0);
    await fan.expectMine("Song 1", false);
    await fan.expectMine("Song 2", true);
    await fan.expectLeft(9);
  });

  test("what a fan does is told to screen readers, politely", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
    const said = fan.page.locator("[aria-live=polite]");
    await fan.button("Song 2").click();
    await expect(said.getByText("Vote counted for Song 2. 9 votes left for this show.")).toBeAttached();
    await expect(fan.button("Song 2")).toBeFocused();
  });

  test("two quick clicks are one vote", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const me = await site.server.fan();
    const fan = await ShowView.open(await open({ as: me }), show);
    await fan.button("Song 1").dblclick();
    await expect(fan.page.getByText("Vote counted for Song 1. 9 votes left for this show.")).toBeAttached();
    await fan.expectMine("Song 1", true);
    await fan.expectVotes("Song 1", 1);
    const { items } = await me.client.votes.mine.query({});
    expect(items[0]?.songs.map((song) => song.title)).toEqual(["Song 1"]);
  });

  test("a second thought before the first answer is in is the one that counts", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const me = await site.server.fan();
    const fan = await ShowView.open(await open({ as: me }), show);
    const held = Promise.withResolvers<void>();
    await fan.page.route(/\/shows\//, async (route, request) => {
      if (request.method() === "POST") await held.promise;
      await route.continue();
    });
    await fan.button("Song 1").click();
    await fan.pause();
    await fan.button("Song 1").click();
    held.resolve();
    await expect(fan.page.getByText("Vote taken back from Song 1. 10 votes left for this show.")).toBeAttached();
    await fan.expectMine("Song 1", false);
    expect((await me.client.votes.mine.query({})).items).toEqual([]);
  });

  test("the same fan's other window follows", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const me = await site.server.fan();
    const desk = await ShowView.open(await open({ as: me }), show);
    const phone = await ShowView.open(await open({ as: me, viewport: { width: 390, height: 800 } }), show);
    await desk.button("Song 5").click();
    await phone.expectVotes("Song 5", 1);
    await desk.expectMine("Song 5", true);
  });

  test("votes of many move the rows on an open page", async ({ site, open }) => {
    const show = await buildShow(site.server.database, { ballot: titles(5) });
    const crowd = await ShowView.open(await open(), show);
    await expect(crowd.titles).toHaveText(titles(5));
    const [, two, three, four, five] = show.setlistSongIds as [number, number, number, number, number];
    for (const setlistSongIds of [[five, three], [five, three, two], [five], [four, two]]) {
      const { client } = await site.server.fan();
      await client.votes.castMany.mutate({ setlistSongIds });
    }
    await expect(crowd.titles).toHaveText(["Song 5", "Song 2", "Song 3", "Song 4", "Song 1"]);
    await crowd.expectVotes("Song 5", 3);
    await expect(crowd.row("Song 5")).toContainText("38%");
  });
});

describe("moving rows", () => {
  /** Runs in the browser before its scripts: counts the movements that are started. */
  const countMoves = () => {
    const counted = Object.assign(globalThis, { moves: 0 });
    const animate = Reflect.get<Element, "animate">(Element.prototype, "animate");
    Element.prototype.animate = new Proxy(animate, {
      apply(target, element: Element, args: Parameters<Element["animate"]>) {
        counted.moves += 1;
        return target.apply(element, args);
      },
    });
  };

  test.for([
    { motion: "no-preference", moves: true },
    { motion: "reduce", moves: false },
  ] as const)("glide with motion $motion: $moves", async ({ motion, moves }, { site, open }) => {
    const show = await buildShow(site.server.database, { ballot: titles(4) });
    const page = await open({ reducedMotion: motion });
    await page.addInitScript(countMoves);
    const crowd = await ShowView.open(page, show);
    const { client } = await site.server.fan();
    await client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[3]! });
    await expect(crowd.titles.first()).toHaveText("Song 4");
    const started = await page.evaluate(() => (globalThis as unknown as { moves: number }).moves);
    expect(started > 0).toBe(moves);
    if (!moves) await page.waitForFunction(() => document.getAnimations().length === 0);
  });
});
