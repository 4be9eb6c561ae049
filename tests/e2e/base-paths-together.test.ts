import type { Page } from "playwright";
import { test } from "vitest";
import { startProgram, type Program } from "#tests/faults/program.ts";
import { expect } from "#tests/support/browser.ts";
import { buildShow } from "#tests/support/builders.ts";
import { launchChromium } from "#tests/support/chromium.ts";
import { startOneHost } from "#tests/support/one-host.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

const DAY_MS = 86_400_000;

const start = (database: TestDatabase, basePath: string): Promise<Program> =>
  startProgram({ databaseUrl: database.url, env: { BASE_PATH: basePath } });

async function signUp(page: Page, site: string, name: string): Promise<void> {
  await page.goto(`${site}/sign-up`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill("same@example.org");
  await page.getByLabel("Password").fill("a long enough one");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(account(page)).toContainText(name);
}

const account = (page: Page) => page.getByRole("banner").getByRole("link", { name: /my account/ });

/** Three programs, one of them above the others, as a browser meets them behind one proxy. */
test("instances with different base paths on one host share neither sessions nor themes", async () => {
  await using root = await createTestDatabase();
  await using first = await createTestDatabase();
  await using second = await createTestDatabase();
  const show = await buildShow(first, { localDate: new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10) });
  await using atFirst = await start(first, "/first");
  await using atSecond = await start(second, "/second");
  await using atRoot = await start(root, "");
  await using host = await startOneHost([atFirst.url, atSecond.url, atRoot.url]);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await signUp(page, `${host.url}/first`, "Fiona");
    await page.goto(`${host.url}/second/`);
    await expect(account(page)).toHaveCount(0);
    await signUp(page, `${host.url}/second`, "Sam");
    await page.getByRole("button", { name: "Use the dark theme" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.goto(`${host.url}/`);
    await expect(account(page)).toHaveCount(0);
    await signUp(page, host.url, "Abe");

    await page.goto(`${host.url}/first/shows/${show.slug}`);
    await expect(account(page)).toContainText("Fiona");
    await expect(page.locator("html")).not.toHaveAttribute("data-theme", /./);
    await expect(page.getByRole("status", { name: "Live tally: Live", exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Vote for Song 3", exact: true }).click();
    await expect(page.getByRole("button", { name: "Vote for Song 3", exact: true })).toHaveText("Voted");
    await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
    await expect(account(page)).toHaveCount(0);

    await page.goto(`${host.url}/second/account`);
    await expect(account(page)).toContainText("Sam");
    await page.goto(`${host.url}/account`);
    await expect(account(page)).toContainText("Abe");
  } finally {
    await browser.close();
  }
});
