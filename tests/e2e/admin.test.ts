import { describe } from "vitest";
import { expect, test, visit } from "#tests/support/browser.ts";
import { ShowView } from "#tests/support/browser-show.ts";
import { buildShow } from "#tests/support/builders.ts";

describe("an admin", () => {
  test("is made by the setup token, once", async ({ site, open }) => {
    const { server } = site;
    const first = await visit(await open({ as: await server.fan("Ada") }), `/setup?token=${server.setupToken}`);
    await first.getByRole("button", { name: "Become admin" }).click();
    await expect(first).toHaveURL(/\/account$/);
    await expect(first.getByRole("main").getByText(/, admin/)).toBeVisible();

    const second = await visit(await open({ as: await server.fan("Mallory") }), `/setup?token=${server.setupToken}`);
    await second.getByRole("button", { name: "Become admin" }).click();
    await expect(second.getByRole("alert")).toContainText("This setup token is not valid, or has been used.");
  });

  test("locks voting, and every open page shows it at once; unlocks, and it goes on", async ({ site, open }) => {
    const { server } = site;
    const show = await buildShow(server.database);
    const admin = await ShowView.open(await open({ as: await server.fan("Ada", "admin") }), show);
    const fan = await ShowView.open(await open({ as: await server.fan() }), show);
    await fan.button("Song 1").click();
    await fan.expectVotes("Song 1", 1);

    await admin.page.locator("summary", { hasText: "Admin" }).click();
    await admin.page.getByLabel("Note for the log").first().fill("Bots at work");
    await admin.page.getByRole("button", { name: "Lock voting" }).click();
    await expect(fan.page.getByText("Voting is locked for now")).toBeVisible();
    await expect(fan.button("Song 1")).toHaveCount(0);
    await expect(fan.row("Song 1").getByText("Yours")).toBeVisible();
    const [entry] = await server.database.rows("SELECT action, details FROM audit_log ORDER BY id DESC LIMIT 1");
    expect(entry).toMatchObject({ action: "voting.lock" });
    expect(String(entry!["details"])).toContain("Bots at work");

    await admin.page.getByRole("button", { name: "Unlock voting" }).click();
    await expect(fan.page.getByText("Voting is locked for now")).toHaveCount(0);
    await fan.expectMine("Song 1", true);
    await fan.button("Song 2").click();
    await fan.expectVotes("Song 2", 1);
  });

  test("a vote sent just as the lock falls is taken back with the reason", async ({ site, open }) => {
    const { server } = site;
    const show = await buildShow(server.database);
    const admin = await server.fan("Ada", "admin");
    const fan = await ShowView.open(await open({ as: await server.fan() }), show);
    const held = Promise.withResolvers<void>();
    await fan.page.route(/\/shows\//, async (route, request) => {
      if (request.method() === "POST") await held.promise;
      await route.continue();
    });
    await fan.button("Song 1").click();
    await admin.client.shows.lockVoting.mutate({ show: show.slug, note: "" });
    await expect(fan.page.getByText("Voting is locked for now")).toBeVisible();
    held.resolve();
    await expect(fan.toast).toContainText("Voting for this show is closed.");
    await fan.expectVotes("Song 1", 0);
  });

  test("moves the close by the venue's clock, and open pages follow", async ({ site, open }) => {
    const { server } = site;
    const show = await buildShow(server.database, { city: "Berlin", startTime: "20:00" });
    const admin = await ShowView.open(await open({ as: await server.fan("Ada", "admin") }), show);
    const fan = await ShowView.open(await open(), show);
    await expect(fan.page.getByText("tomorrow 20:00, Berlin time")).toBeVisible();
    await expect(fan.page.getByText("tomorrow 19:00 your time")).toBeVisible();
    await admin.page.locator("summary", { hasText: "Admin" }).click();
    await admin.page.getByLabel("Voting closes").fill("2026-06-14T18:30");
    await admin.page.getByRole("button", { name: "Move the close" }).click();
    await expect(fan.page.getByText("tomorrow 18:30, Berlin time")).toBeVisible();
    await visit(admin.page, admin.path);
    await admin.page.locator("summary", { hasText: "Admin" }).click();
    await admin.page.getByLabel("Voting closes").fill("");
    await admin.page.getByRole("button", { name: "Move the close" }).click();
    await expect(fan.page.getByText("tomorrow 20:00, Berlin time")).toBeVisible();
  });

  test("is the only one to see the controls, and the only one they obey", async ({ site, open }) => {
    const { server } = site;
    const show = await buildShow(server.database);
    const fan = await ShowView.open(await open({ as: await server.fan() }), show);
    await expect(fan.page.locator("summary", { hasText: "Admin" })).toHaveCount(0);
    const status = await fan.page.evaluate(async () => {
      const body = new URLSearchParams({ intent: "lock", note: "" });
      return (await fetch(location.href, { method: "POST", body })).status;
    });
    expect(status).toBe(403);
    await fan.page.reload();
    await expect(fan.button("Song 1")).toBeVisible();
  });
});

test("an open page turns to closed by itself when the close has come", async ({ site, open }) => {
  const { server } = site;
  const show = await buildShow(server.database, { startTime: "20:00" });
  server.clock.set("2026-06-14T17:59:58Z");
  const fan = await ShowView.open(await open({ as: await server.fan() }), show);
  await expect(fan.page.getByRole("timer")).toContainText("0 min 0");
  server.clock.set("2026-06-14T18:00:00Z");
  await expect(fan.page.getByText("Voting is over")).toBeVisible();
  await expect(fan.button("Song 1")).toHaveCount(0);
});
