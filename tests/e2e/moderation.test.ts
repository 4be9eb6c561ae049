import { describe } from "vitest";
import { expect, scriptsRun, test, visit } from "#tests/support/browser.ts";
import { expectAccessible, expectOriented } from "#tests/support/browser-accessibility.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { buildCase } from "#tests/support/cases.ts";

describe("a moderator", () => {
  test("reads why, who and what it changes, releases the votes and holds them again, without scripts", async ({ site, open }) => {
    const { server } = site;
    const { id, show } = await buildCase(server);
    const page = await open({ as: await server.fan("Mo", "moderator"), javaScriptEnabled: false });
    await page.goto("/");
    await page.getByRole("link", { name: "Moderation" }).click();
    await page.locator(`a[href="/moderation/${id}"]`).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Case ${id}`);
    await expect(page.getByText("9 of the 9 fans who vote on this show from this network")).toBeVisible();
    await expect(page.getByText("89 % of these 9 fans vote like a metronome")).toBeVisible();
    await expect(page.getByText("9 fans share 3 songs that do not lead")).toBeVisible();
    await expect(page.getByText("Suspect 3", { exact: true })).toBeVisible();
    const row = page.getByRole("row", { name: /^Song 10 / });
    await expect(row.getByRole("cell")).toHaveText(["0 (no. 10)", "9 (no. 1)"]);

    await page.getByLabel("Note for the log").fill("A choir on one bus");
    await page.getByRole("button", { name: "Release: let them count" }).click();
    await expect(page.getByText("Decided by Mo on 2026-06-13 at 12:00 UTC: “A choir on one bus”")).toBeVisible();
    const total = async () => (await server.client.shows.get.query({ show: show.slug })).totalVotes;
    expect(await total()).toBe(33);
    await page.getByRole("button", { name: "Hold these votes" }).click();
    await expect(page.getByText("They are out of the public tally.")).toBeVisible();
    expect(await total()).toBe(6);
    await page.goto("/moderation?status=held");
    await expect(page.locator(`a[href="/moderation/${id}"]`)).toBeVisible();
  });

  test.for(["list", "case", "nothing"])("%s: nothing in the way of anyone", async (what, { site, open }) => {
    const { server } = site;
    const { id } = await buildCase(server);
    const as = await server.fan("Mo", "moderator");
    const page = await open({ as, reducedMotion: "reduce" });
    await page.goto({ list: "/moderation", case: `/moderation/${id}`, nothing: "/moderation?status=released&cursor=WzFd" }[what]!);
    await scriptsRun(page);
    await expectOriented(page);
    await expectAccessible(page);
  });
});

test("others are not let in: fans get 403, visitors are asked to sign in, a wrong number is no page", async ({ site, open }) => {
  const { server } = site;
  const { id } = await buildCase(server);
  const fan = await open({ as: await server.fan() });
  for (const path of ["/moderation", `/moderation/${id}`]) expect((await fan.goto(path))?.status()).toBe(403);
  await expect(fan.getByRole("link", { name: "Moderation" })).toHaveCount(0);
  const visitor = await open();
  await visitor.goto(`/moderation/${id}`);
  await expect(visitor).toHaveURL(/\/sign-in\?next=%2Fmoderation/);
  const moderator = await open({ as: await server.fan("Mo", "moderator") });
  for (const path of ["/moderation/4711", "/moderation/none"]) expect((await moderator.goto(path))?.status()).toBe(404);
});

test("a fan whose votes are held reads so, goes on voting, and sees the tally without them", async ({ site, open }) => {
  const { server } = site;
  const { id, show, suspects } = await buildCase(server);
  const fan = await ShowView.open(await open({ as: suspects[1] }), show);
  await expect(fan.page.getByText("Your votes here are being checked")).toBeVisible();
  await fan.expectMine("Song 12", true);
  await fan.expectVotes("Song 12", 0);
  await fan.button("Song 5").click();
  await fan.expectMine("Song 5", true);
  await fan.expectVotes("Song 5", 0);
  const moderator = await server.fan("Mo", "moderator");
  await moderator.client.moderation.release.mutate({ id, note: "" });
  await fan.expectVotes("Song 12", 9);
  await visit(fan.page, fan.path);
  await expect(fan.page.getByText("Your votes here are being checked")).toHaveCount(0);
  await fan.expectVotes("Song 5", 1);
});

test("a fan who votes on as the hold falls hears of it with the next vote", async ({ site, open }) => {
  const { server } = site;
  const { id, show, suspects } = await buildCase(server, { score: 0.7 });
  const fan = await ShowView.open(await open({ as: suspects[1] }), show);
  await expect(fan.page.getByText("Your votes here are being checked")).toHaveCount(0);
  const moderator = await server.fan("Mo", "moderator");
  await moderator.client.moderation.hold.mutate({ id, note: "" });
  await fan.button("Song 5").click();
  await expect(fan.page.getByText("Your votes here are being checked")).toBeVisible();
});
