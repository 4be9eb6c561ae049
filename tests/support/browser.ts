import type { Browser, BrowserContextOptions, Page } from "playwright";
import { expect as playwrightExpect } from "playwright/test";
import { test as base } from "vitest";
import { Complaints } from "./browser-complaints.ts";
import { sessionCookie } from "./browser-session.ts";
import { launchChromium } from "./chromium.ts";
import { startTestServer, type TestFan, type TestServer } from "./test-server.ts";

/** Playwright's assertions: given a locator they wait until it is as said. */
export const expect = playwrightExpect.configure({ timeout: 10_000 });

/** Where every test starts: a Saturday afternoon. */
const START = "2026-06-13T12:00:00Z";

export interface Site {
  server: TestServer;
  browser: Browser;
}

export interface Visit extends BrowserContextOptions {
  /** Signed in as this fan; otherwise anonymous. */
  as?: TestFan;
}

/** A browser of its own (cookies, cache, no history) with one blank page. */
export type Open = (visit?: Visit) => Promise<Page>;

/**
 * Tests with a real server and a real browser, one of each for a file. `open` gives visitors, each
 * in a browser context of their own. A test fails when a page of it complains (see Complaints) or
 * the server logs an error, unless the test allows that.
 */
export const test = testOf({});

/** The same, with a site of other settings. */
export function testOf(env: Record<string, string>) {
  return base
    // Vitest reads from the pattern what a fixture needs: nothing.
    // eslint-disable-next-line no-empty-pattern
    .extend("site", { scope: "file" }, async ({}, { onCleanup }): Promise<Site> => {
      // As `npm start` serves them: React reads this when the pages are loaded.
      process.env["NODE_ENV"] = "production";
      const [server, browser] = await Promise.all([startTestServer({ pages: true, env }), launchChromium()]);
      onCleanup(async () => {
        await browser.close();
        await server[Symbol.asyncDispose]();
      });
      return { server, browser };
    })
    .extend("complaints", ({ site }, { onCleanup }) => {
      const complaints = new Complaints(site.server);
      onCleanup(() => complaints.refuse());
      return complaints;
    })
    .extend("open", async ({ site, complaints }, { onCleanup }): Promise<Open> => {
      const { server, browser } = site;
      server.clock.set(START);
      const closers: (() => Promise<void>)[] = [];
      onCleanup(async () => {
        await Promise.all(closers.map((close) => close()));
      });
      return async ({ as, ...options } = {}) => {
        const context = await browser.newContext({
          baseURL: `${server.url}/`,
          locale: "en-GB",
          timezoneId: "Europe/London",
          ...options,
        });
        closers.push(() => context.close());
        context.setDefaultTimeout(15_000);
        complaints.watch(context);
        if (as) await context.addCookies([await sessionCookie(server, as)]);
        await context.addInitScript(tellTime, server.clock.now());
        return context.newPage();
      };
    });
}

/** Runs in the browser: lets its clock start where the server's stands. */
function tellTime(now: number): void {
  const SystemDate = Date;
  const ahead = now - SystemDate.now();
  globalThis.Date = new Proxy(SystemDate, {
    construct: (target, args: [], made) =>
      Reflect.construct(target, args.length > 0 ? args : [target.now() + ahead], made) as Date,
    get: (target, name) => (name === "now" ? () => target.now() + ahead : (Reflect.get(target, name) as unknown)),
  });
}

/** Opens an address of the site, such as "/shows", and waits until its scripts have taken over. */
export async function visit(page: Page, path: string): Promise<Page> {
  await page.goto(`.${path}`);
  await scriptsRun(page);
  return page;
}

/** Waits until React has taken over the document. */
export async function scriptsRun(page: Page): Promise<void> {
  await page.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith("__react")));
}
