import { describe } from "vitest";
import { expect, test } from "#tests/support/browser.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { buildShow, titles } from "#tests/support/builders.ts";

describe("adding a song", () => {
  test("it is found while typing, added, and stands on everyone's page at once", async ({ site, open }) => {
    const show = await buildShow(site.server.database, { catalogue: ["Rarität", "Rare Bird", "B-side"] });
    const crowd = await ShowView.open(await open(), show);
    const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
    await fan.page.getByLabel("Song title").pressSequentially("rarit");
    await expect(fan.page.getByText("One song found.")).toBeVisible();
    await expect(fan.page.getByText("You can add 5 more.")).toBeVisible();
    await fan.page.getByRole("button", { name: "Add Rarität to the ballot" }).click();
    await expect(fan.button("Rarität")).toBeFocused();
    await expect(fan.page.getByText("You can add 4 more.")).toBeVisible();
    await expect(crowd.row("Rarität")).toBeVisible();
    await fan.button("Rarität").click();
    await crowd.expectVotes("Rarität", 1);
    await expect(crowd.titles.first()).toHaveText("Rarität");
  });

  test("one that is on the ballot already leads to its row instead", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
    await fan.page.getByLabel("Song title").fill("song 12");
    await fan.page.getByRole("link", { name: "Song 12 is on the ballot: go to it" }).click();
    await expect(fan.row("Song 12")).toBeInViewport();
    await expect(fan.page.getByRole("button", { name: /^Add Song 12/ })).toHaveCount(0);
  });

  test("one that another fan has added meanwhile is refused in words", async ({ site, open }) => {
    const { server } = site;
    const show = await buildShow(server.database, { catalogue: ["Rarity"] });
    const fan = await ShowView.open(await open({ as: await server.fan() }), show);
    await fan.page.getByLabel("Song title").fill("rarity");
    const add = fan.page.getByRole("button", { name: "Add Rarity to the ballot" });
    await expect(add).toBeVisible();
    // Nothing reaches this page any more, so that it still offers what is on the ballot by now.
    await fan.page.route("**/*", (route, request) => (request.method() === "GET" ? route.abort() : route.continue()));
    const quicker = await server.fan();
    await quicker.client.setlists.suggest.mutate({ show: show.slug, songId: show.catalogueSongIds[0]! });
    await add.click();
    await expect(fan.toast).toContainText("This song is already on the ballot.");
  });

  test("the sixth of a fan is refused in words", async ({ site, open }) => {
    const show = await buildShow(site.server.database, { catalogue: titles(6, "Rarity") });
    const me = await site.server.fan();
    for (const songId of show.catalogueSongIds.slice(0, 5)) {
      await me.client.setlists.suggest.mutate({ show: show.slug, songId });
    }
    const fan = await ShowView.open(await open({ as: me }), show);
    await expect(fan.page.getByText("You have added as many as one fan can.")).toBeVisible();
    await fan.page.getByLabel("Song title").fill("rarity 6");
    await fan.page.getByRole("button", { name: "Add Rarity 6 to the ballot" }).click();
    await expect(fan.toast).toContainText("You have added 5 songs to this show, which is the most a fan can add.");
    await expect(fan.row("Rarity 6")).toHaveCount(0);
  });

  test("nothing found is said in words, with what was typed shown as typed", async ({ site, open }) => {
    const show = await buildShow(site.server.database);
    const fan = await ShowView.open(await open({ as: await site.server.fan() }), show);
    await fan.page.getByLabel("Song title").fill("<b>zzz</b>");
    await expect(fan.page.getByText("Nothing in the catalogue matches “<b>zzz</b>”.")).toBeVisible();
  });

  test("an empty ballot takes its first song", async ({ site, open }) => {
    const show = await buildShow(site.server.database, { ballot: [], catalogue: ["First of All"] });
    const crowd = await ShowView.open(await open(), show);
    await expect(crowd.page.getByText("No songs on this ballot yet")).toBeVisible();
    const { client } = await site.server.fan();
    await client.setlists.suggest.mutate({ show: show.slug, songId: show.catalogueSongIds[0]! });
    await expect(crowd.row("First of All")).toBeVisible();
  });
});
