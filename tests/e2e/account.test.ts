import { describe } from "vitest";
import { createTheSetClient } from "#server/client.ts";
import { expect, scriptsRun, test, visit } from "#tests/support/browser.ts";
import { buildShow } from "#tests/support/builders.ts";
import { refusalOf } from "#tests/support/refusals.ts";

const password = "a long enough one";

describe("signing in", () => {
  test.for([
    { next: "/shows?sort=votes", lands: "/shows?sort=votes" },
    { next: "//evil.example/shows", lands: "/" },
    { next: "https://evil.example/", lands: "/" },
    { next: "/\\evil.example", lands: "/" },
    { next: "javascript:alert(1)", lands: "/" },
    { next: "/\t/evil.example", lands: "/" },
  ])("with next=$next goes to $lands", async ({ next, lands }, { site, open }) => {
    const email = `next-${next.length}@example.org`;
    await site.server.client.auth.register.mutate({ email, password, displayName: "N" });
    const page = await visit(await open(), `/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("banner").getByRole("link", { name: /my account/ })).toBeVisible();
    expect(page.url()).toBe(site.server.url + lands);
  });

  test("a page for signed-in fans asks to sign in first and then opens", async ({ site, open }) => {
    await site.server.client.auth.register.mutate({ email: "acc@example.org", password, displayName: "Acc" });
    const page = await visit(await open(), "/account");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome back");
    await page.getByLabel("E-mail").fill("acc@example.org");
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/account$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Acc");
  });

  test("an unknown address and a wrong password are answered alike", async ({ site, open }) => {
    await site.server.client.auth.register.mutate({ email: "known@example.org", password, displayName: "K" });
    const page = await visit(await open(), "/sign-in");
    const said: (string | null)[] = [];
    for (const email of ["known@example.org", "unknown@example.org"]) {
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password").fill("not the right one");
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await page.getByRole("button", { name: "Sign in" }).click();
      expect((await answered).status()).toBe(401);
      await expect(page.getByRole("alert")).toContainText("do not go together");
      said.push(await page.getByRole("alert").textContent());
    }
    expect(said[0]).toBe(said[1]);
  });

  test("what is wrong with a field is said at the field", async ({ open }) => {
    const page = await visit(await open(), "/sign-up");
    await page
      .locator("form")
      .filter({ has: page.getByLabel("Password") })
      .evaluate((form: HTMLFormElement) => {
        form.noValidate = true;
      });
    await page.getByLabel("Name").fill(" ");
    await page.getByLabel("E-mail").fill("no address");
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Sign up" }).click();
    await expect(page.getByLabel("Name")).toHaveAccessibleDescription(/Tell us what to call you\./);
    await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(/This is not an e-mail address\./);
    await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/A password has at least 10 characters\./);
    await expect(page.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("E-mail")).toHaveValue("no address");
  });

  test("signing out ends the session everywhere on the page", async ({ site, open }) => {
    const page = await visit(await open({ as: await site.server.fan("Lee") }), "/artists");
    await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
    await page.goto("/account");
    await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount$/);
  });
});

describe("the account", () => {
  test("shows a fan's votes by show, each leading to its song", async ({ site, open }) => {
    const show = await buildShow(site.server.database, { artist: "Low", ballot: ["Lullaby", "Words"] });
    const me = await site.server.fan();
    await me.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[1]! });
    const page = await visit(await open({ as: me }), "/account");
    await page.getByRole("link", { name: "Words" }).click();
    await expect(page).toHaveURL(`/shows/${show.slug}#song-${show.setlistSongIds[1]}`);
    await expect(page.getByRole("button", { name: "Vote for Words" })).toHaveAttribute("aria-pressed", "true");
  });

  test("a token is shown once, works in a script, and does not once it is revoked", async ({ site, open }) => {
    const { url } = site.server;
    const page = await visit(await open({ as: await site.server.fan("Tim") }), "/account");
    await page.getByLabel("Name of a new token").fill("bedroom script");
    await page.getByRole("button", { name: "Create" }).click();
    await expect(page.getByText("“bedroom script” is ready")).toBeVisible();
    const token = await page.locator("code", { hasText: /^\S{30,}$/ }).innerText();
    const script = createTheSetClient({ url, token });
    expect(await script.auth.me.query()).toMatchObject({ displayName: "Tim" });

    await page.reload();
    await scriptsRun(page);
    await expect(page.getByRole("button", { name: "Revoke bedroom script" })).toBeVisible();
    expect(await page.content()).not.toContain(token);

    await page.getByRole("button", { name: "Revoke bedroom script" }).click();
    await expect(page.getByRole("button", { name: "Revoke bedroom script" })).toHaveCount(0);
    expect(await refusalOf(script.auth.me.query())).toMatchObject({ reason: "invalid_token" });
  });

  test("the theme is changed without a reload and kept", async ({ site, open }) => {
    const page = await visit(await open({ as: await site.server.fan(), colorScheme: "light" }), "/account");
    await page.evaluate(() => Object.assign(globalThis, { samePage: true }));
    await page.getByRole("button", { name: "Use the dark theme" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.getByRole("button", { name: "Use the light theme" })).toBeVisible();
    expect(await page.evaluate(() => "samePage" in globalThis)).toBe(true);
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });
});
