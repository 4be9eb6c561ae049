import type { Page } from "playwright";
import { expect, scriptsRun, test } from "#tests/support/browser.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";

/** The row of a song, and what a fan calls of it. */
function callsOf(page: Page, title: string) {
  const row = page.getByRole("listitem").filter({ has: page.getByText(title, { exact: true }) });
  const group = row.getByRole("group", { name: `Your calls for ${title}` });
  return { row, summary: row.locator(".calls > summary"), button: (name: string) => group.getByRole("button", { name }) };
}

async function openShow(page: Page, show: BuiltShow): Promise<ShowView> {
  const view = new ShowView(page, show.slug);
  await page.goto(view.path);
  return view;
}

for (const javaScriptEnabled of [true, false]) {
  test(`a fan calls a song voted for, moves the call and takes it back ${javaScriptEnabled ? "by script" : "by plain forms"}`, async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const me = await site.server.fan();
    await me.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 2) });
    const { page } = await openShow(await open({ as: me, javaScriptEnabled }), show);
    const [one, two] = [callsOf(page, "Song 1"), callsOf(page, "Song 2")];
    await expect(callsOf(page, "Song 3").summary).toHaveCount(0);
    await expect(one.summary).toHaveText("Call its place for extra points");

    await one.summary.click();
    await one.button("Opener").click();
    await expect(one.summary).toHaveText("You call: it opens");
    await two.summary.click();
    await two.button("Opener").click();
    await expect(two.summary).toHaveText("You call: it opens");
    await expect(one.summary).toHaveText("Call its place for extra points");

    await page.reload();
    await two.summary.click();
    await expect(two.button("Opener")).toHaveAttribute("aria-pressed", "true");
    await two.button("Opener").click();
    await expect(two.summary).toHaveText("Call its place for extra points");
  });
}

test("a second call needs not wait for the answer to the first", async ({ site, open }) => {
  const show = await buildShow(site.server.database);
  const me = await site.server.fan();
  await me.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  const { page } = await openShow(await open({ as: me }), show);
  await scriptsRun(page);
  const one = callsOf(page, "Song 1");
  await one.summary.click();
  const held = Promise.withResolvers<void>();
  await page.route(/\.data/, async (route) => {
    await held.promise;
    await route.continue();
  });
  for (const role of ["Opener", "Closer"]) await one.button(role).click();
  for (const role of ["Opener", "Closer"]) await expect(one.button(role)).toHaveAttribute("aria-pressed", "true");
  held.resolve();
  await expect(one.summary).toHaveText("You call: it opens, closes");
});

test("a call without its vote says that it does not count, and a closed ballot tells what was called", async ({ site, open }) => {
  const show = await buildShow(site.server.database);
  const me = await site.server.fan();
  await me.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 2) });
  await me.client.votes.callSong.mutate({ setlistSongId: show.setlistSongIds[0]!, role: "closer" });
  await me.client.votes.callSong.mutate({ setlistSongId: show.setlistSongIds[1]!, role: "encore" });
  const fan = await openShow(await open({ as: me }), show);
  await fan.button("Song 1").click();
  await expect(callsOf(fan.page, "Song 1").row).toContainText("Your call “it closes” does not count without your vote.");
  const admin = await site.server.fan("Ada", "admin");
  await admin.client.shows.lockVoting.mutate({ show: show.slug });
  await fan.page.reload();
  await expect(callsOf(fan.page, "Song 2").row).toContainText("You called: it comes in an encore");
});
