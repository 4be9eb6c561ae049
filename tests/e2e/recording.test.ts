import type { Page } from "playwright";
import { expect, test, visit } from "#tests/support/browser.ts";
import { expectAccessible, expectOriented } from "#tests/support/browser-accessibility.ts";
import { sessionCookie } from "#tests/support/browser-session.ts";
import { buildShow, titles, type BuiltShow, type ShowSpec } from "#tests/support/builders.ts";
import type { TestServer } from "#tests/support/test-server.ts";

/** A show in Berlin that has begun an hour before the tests' clock. */
const tonight: ShowSpec = { localDate: "2026-06-13", startTime: "13:00", status: "ongoing", ballot: ["Dawn", "Dusk", "Lantern", "Ferry"], catalogue: ["Rare One"] };

const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true };

const field = (page: Page) => page.getByRole("combobox", { name: "Next song" });
const status = (page: Page) => page.getByRole("status").filter({ hasText: /Saved|Saving|Not saved|Nothing/ });
const lines = (page: Page) => page.locator("[data-line] bdi, [data-line] p.font-display");

async function titlesOf({ client }: TestServer, { slug }: BuiltShow) {
  const own = (await client.setlists.actual.query({ show: slug })).items.find(({ provider }) => provider === null);
  return own?.sets.map(({ encore, songs }) => [encore, ...songs.map(({ title }) => title)]) ?? [];
}

test("at a concert, on a phone: songs by one tap or as typed, an encore, order by keys and by dragging, and that's all", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, tonight);
  const page = await visit(await open({ as: await server.fan("Mo", "moderator"), ...PHONE }), `/shows/${show.slug}`);
  await page.getByRole("link", { name: "Write the setlist down" }).click();
  await field(page).focus();
  await page.getByRole("option", { name: "Dawn" }).tap();
  await expect(field(page)).toBeFocused();
  await field(page).pressSequentially("du");
  await expect(page.getByRole("option")).toHaveText(["Dusk"]);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: "Dusk" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await field(page).fill("Something New");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Encore", exact: true }).tap();
  await field(page).fill("ferry");
  await page.keyboard.press("Enter");
  await expect(lines(page)).toHaveText(["Dawn", "Dusk", "Something New", "Encore", "Ferry"]);
  await expect(status(page)).toHaveText("Saved: 4 songs.");
  await expect(page.getByText("not in the catalogue")).toHaveCount(1);
  expect(await titlesOf(server, show)).toEqual([[null, "Dawn", "Dusk", "Something New"], [1, "Ferry"]]);

  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Move Dusk", exact: true }).press("ArrowUp");
  await expect(lines(page)).toHaveText(["Dusk", "Dawn", "Something New", "Encore", "Ferry"]);
  await expect(page.getByRole("button", { name: "Move Dusk", exact: true })).toBeFocused();
  const [from, to] = [page.getByRole("button", { name: "Move Dusk", exact: true }), page.getByRole("button", { name: "Move Something New", exact: true })];
  await from.scrollIntoViewIfNeeded();
  const [a, b] = [(await from.boundingBox())!, (await to.boundingBox())!];
  await page.mouse.move(a.x + 10, a.y + 10);
  await page.mouse.down();
  await page.mouse.move(a.x + 10, a.y + (b.y - a.y) / 2, { steps: 8 });
  await page.mouse.move(b.x + 10, b.y + b.height - 4, { steps: 12 });
  await page.mouse.up();
  await expect(lines(page)).toHaveText(["Dawn", "Something New", "Dusk", "Encore", "Ferry"]);

  await page.getByRole("button", { name: "Remove Something New" }).tap();
  await expect(lines(page)).toHaveText(["Dawn", "Dusk", "Encore", "Ferry"]);
  await page.getByRole("button", { name: "Undo: bring Something New back" }).tap();
  await expect(lines(page)).toHaveText(["Dawn", "Something New", "Dusk", "Encore", "Ferry"]);
  await page.getByText("More about Something New").tap();
  const details = page.locator("[data-line]").nth(1);
  await details.getByLabel("Cover of").fill("The Others");
  await details.getByLabel("Goes into the next song").check();
  await details.getByRole("button", { name: "Apply" }).tap();
  await expect(page.getByText("The Others cover · goes into the next")).toBeVisible();
  await page.getByRole("button", { name: "That's all: the show is over" }).tap();
  await expect(status(page)).toHaveText("Saved: 4 songs, and that is all.");
  const [setlist] = (await server.client.setlists.actual.query({ show: show.slug })).items;
  expect(setlist).toMatchObject({ status: "final", sets: [{ songs: [{ title: "Dawn" }, { coverOf: "The Others", segue: true }, { title: "Dusk" }] }, { encore: 1 }] });
  await page.reload();
  await expect(lines(page)).toHaveText(["Dawn", "Something New", "Dusk", "Encore", "Ferry"]);
});

test("without a network the setlist stays on the page, and is saved as soon as there is one", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, tonight);
  const page = await visit(await open({ as: await server.fan("Mo", "moderator") }), `/shows/${show.slug}/setlist`);
  await page.context().setOffline(true);
  for (const title of ["Dawn", "Dusk"]) {
    await field(page).fill(title);
    await page.keyboard.press("Enter");
  }
  await expect(status(page)).toContainText("Not saved: the site can't be reached.");
  await expect(lines(page)).toHaveText(["Dawn", "Dusk"]);
  await page.context().setOffline(false);
  await expect(status(page)).toHaveText("Saved: 2 songs.");
  expect(await titlesOf(server, show)).toEqual([[null, "Dawn", "Dusk"]]);
});

test("what is typed about a song outlasts the answer to its save, keys alone choose what is offered, and the focus is never lost", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, tonight);
  const page = await visit(await open({ as: await server.fan("Mo", "moderator"), ...PHONE }), `/shows/${show.slug}/setlist`);
  const held = Promise.withResolvers<void>();
  await page.route("**/setlist.data*", async (route) => {
    await held.promise;
    await route.continue();
  });
  await field(page).focus();
  for (const key of ["ArrowDown", "Enter", "Escape"]) await page.keyboard.press(key);
  await expect(lines(page)).toHaveText(["Dawn"]);
  await page.getByText("More about Dawn").press("Enter");
  const details = page.locator("[data-line]").first();
  await details.getByLabel("Guest").fill("Ms. Guest");
  await expect(status(page)).toHaveText("Saving …");
  held.resolve();
  await expect(status(page)).toHaveText("Saved: 1 song.");
  await expect(details.getByLabel("Guest")).toHaveValue("Ms. Guest");
  await details.getByRole("button", { name: "Apply" }).press("Enter");
  await expect(status(page)).toHaveText("Saved: 1 song.");
  await field(page).fill("Dusk");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Move Dusk", exact: true }).press("ArrowUp");
  await expect(page.getByRole("status").filter({ hasText: "Dusk, 1 of 2." })).toHaveCount(1);
  await expect(page.locator("[data-line]").last().getByLabel("Guest")).toBeVisible();
  await page.getByRole("button", { name: "Remove Dawn" }).press("Enter");
  await expect(page.getByRole("button", { name: "Move Dusk", exact: true })).toBeFocused();
  await page.getByRole("button", { name: "Undo: bring Dawn back" }).press("Enter");
  await expect(page.getByRole("button", { name: "Move Dawn", exact: true })).toBeFocused();
});

test("what is written after the session has ended stays on the device, and is there again after signing in", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, tonight);
  const mo = await server.fan("Mo", "moderator");
  const page = await visit(await open({ as: mo }), `/shows/${show.slug}/setlist`);
  await page.context().clearCookies();
  await field(page).fill("Dawn");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "You are signed out, so nothing is saved." })).toBeVisible();
  await expect(lines(page)).toHaveText(["Dawn"]);
  await page.getByRole("link", { name: "sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  // Until the recorder is gone it warns whoever leaves.
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.context().addCookies([await sessionCookie(server, mo)]);
  await visit(page, `/shows/${show.slug}/setlist`);
  await expect(page.getByRole("alert").filter({ hasText: "is here again" })).toBeVisible();
  await expect(status(page)).toHaveText("Saved: 1 song.");
  expect(await titlesOf(server, show)).toEqual([[null, "Dawn"]]);
  await page.getByRole("button", { name: "Go back to what was saved" }).click();
  await expect(status(page)).toHaveText("Nothing is written down yet.");
});

test("a marathon of 300 songs is written on with", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, { ...tonight, catalogue: titles(300, "A longer title of a song that goes on, number") });
  const mo = await server.fan("Mo", "moderator");
  await mo.client.setlists.record.mutate({ show: show.slug, sets: [{ songs: show.catalogueSongIds.map((songId) => ({ songId })) }] });
  const page = await visit(await open({ as: mo }), `/shows/${show.slug}/setlist`);
  await field(page).fill("Dawn");
  await page.keyboard.press("Enter");
  await expect(status(page)).toHaveText("Saved: 301 songs.");
});

test("a table can be pasted after songs were added, and all of it removed", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, tonight);
  const page = await visit(await open({ as: await server.fan("Mo", "moderator") }), `/shows/${show.slug}/setlist`);
  await field(page).fill("Dawn");
  await page.keyboard.press("Enter");
  await expect(status(page)).toHaveText("Saved: 1 song.");
  await page.getByText("Paste it, or send a file").click();
  await page.getByLabel("Table or JSON").fill('[{"title": "Dusk"}, {"title": "Ferry", "encore": 1}]');
  await page.getByRole("button", { name: "Take it over" }).click();
  await expect(lines(page)).toHaveText(["Dusk", "Encore", "Ferry"]);
  await page.getByText("Remove it").click();
  await page.getByRole("button", { name: "Remove the whole setlist" }).click();
  await expect(status(page)).toHaveText("Nothing is written down yet.");
  expect(await titlesOf(server, show)).toEqual([]);
});

test("of two moderators at once the later one chooses, and loses nothing", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, tonight);
  const ada = await server.fan("Ada", "admin");
  const page = await visit(await open({ as: await server.fan("Mo", "moderator") }), `/shows/${show.slug}/setlist`);
  const adas = { show: show.slug, sets: [{ songs: [{ title: "Lantern" }] }] };
  await ada.client.setlists.record.mutate(adas);
  await field(page).fill("Dawn");
  await page.keyboard.press("Enter");
  const told = page.getByRole("alert").filter({ hasText: "Ada has changed this setlist meanwhile: it has 1 song now, yours has 1 song." });
  await expect(told).toBeVisible();
  await expect(lines(page)).toHaveText(["Dawn"]);
  await page.getByRole("button", { name: "Replace it with mine" }).click();
  await expect(status(page)).toHaveText("Saved: 1 song.");
  expect(await titlesOf(server, show)).toEqual([[null, "Dawn"]]);
  await ada.client.setlists.record.mutate(adas);
  await field(page).fill("Dusk");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Go on with theirs" }).click();
  await expect(lines(page)).toHaveText(["Lantern"]);
});

test("works without scripts: songs, an encore, order, what is said of a song, removing and taking that back, and the end", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, tonight);
  const mo = await server.fan("Mo", "moderator");
  const page = await open({ as: mo, javaScriptEnabled: false, ...PHONE });
  await page.goto(`/shows/${show.slug}/setlist`);
  const add = async (title: string, where = "Next") => {
    await page.getByRole("textbox", { name: "Next song" }).fill(title);
    await page.getByLabel("Where it is played").selectOption(where);
    await page.getByRole("button", { name: "Add this song" }).click();
  };
  await add("dawn");
  await add("Nobody Knows It");
  await add("Dusk", "Encore");
  await expect(lines(page)).toHaveText(["dawn", "Nobody Knows It", "Encore", "Dusk"]);
  await page.getByRole("button", { name: "Move Nobody Knows It up" }).click();
  await expect(lines(page)).toHaveText(["Nobody Knows It", "dawn", "Encore", "Dusk"]);
  await page.getByRole("button", { name: "Remove dawn" }).click();
  await expect(lines(page)).toHaveText(["Nobody Knows It", "Encore", "Dusk"]);
  await page.getByRole("button", { name: "Undo: bring dawn back" }).click();
  await expect(lines(page)).toHaveText(["Nobody Knows It", "dawn", "Encore", "Dusk"]);
  await page.getByText("More about dawn").click();
  await page.locator("[data-line]").nth(1).getByLabel("From tape").check();
  await page.locator("[data-line]").nth(1).getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("from tape", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "That's all: the show is over" }).click();
  await expect(page.getByRole("button", { name: "There was more after all" })).toBeVisible();
  expect(await titlesOf(server, show)).toEqual([[null, "Nobody Knows It", "dawn"], [1, "Dusk"]]);

  await page.getByText("Paste it, or send a file").click();
  await page.getByLabel("Table or JSON").fill("title,encore\nDawn,\nDusk,one");
  await page.getByRole("button", { name: "Take it over" }).click();
  await expect(page.getByRole("alert")).toContainText('Line 3: "one" under encore is no whole number from 1 to 60.');
  await expect(page.getByLabel("Table or JSON")).toHaveValue("title,encore\nDawn,\nDusk,one");
  await page.getByLabel("Table or JSON").fill("");
  await page.getByLabel("Or a file").setInputFiles({ name: "setlist.csv", mimeType: "text/csv", buffer: Buffer.from("title,encore\r\nDawn,\r\nFerry,1\r\n") });
  await page.getByRole("button", { name: "Take it over" }).click();
  await expect(lines(page)).toHaveText(["Dawn", "Encore", "Ferry"]);
  await mo.client.setlists.record.mutate({ show: show.slug, sets: [{ songs: [{ title: "Lantern" }] }] });
  await add("Rare One");
  await expect(page.getByRole("alert")).toContainText("Here is what is there now");
  await expect(lines(page)).toHaveText(["Lantern"]);
  await expect(page.getByRole("textbox", { name: "Next song" })).toHaveValue("Rare One");
  await page.getByRole("button", { name: "Add this song" }).click();
  await expect(lines(page)).toHaveText(["Lantern", "Rare One"]);
});

test("is there for everyone: wide and narrow, light and dark, and tells when it is too early", async ({ site, open }) => {
  const { server } = site;
  const mo = await server.fan("Mo", "moderator");
  const show = await buildShow(server.database, { ...tonight, artist: "שירת הלילה והיום הארוך" });
  await mo.client.setlists.record.mutate({
    show: show.slug,
    note: "Rain.",
    sets: [{ songs: [{ title: "Walk-on", tape: true }, { title: "A title that goes on and on ".repeat(6), coverOf: "Others", guest: "Ms. Guest" }] }, { name: "Acoustic", songs: [{ title: "أغنية طويلة عن الحب" }] }, { encore: 1, songs: [{ title: "Dusk", segue: true }] }],
  });
  const page = await visit(await open({ as: mo, reducedMotion: "reduce" }), `/shows/${show.slug}/setlist`);
  await expectOriented(page);
  await page.getByText("More about Dusk").click();
  await page.getByText("Paste it, or send a file").click();
  await field(page).focus();
  await expectAccessible(page);
  const later = await buildShow(server.database, { ...tonight, localDate: "2026-06-20", status: "upcoming" });
  await visit(page, `/shows/${later.slug}/setlist`);
  await expect(page.getByText("The show is on 2026-06-20. Come back on that day")).toBeVisible();
  await expectAccessible(page);
});
