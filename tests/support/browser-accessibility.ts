import axe from "axe-core";
import type { Page } from "playwright";
import { expect, scriptsRun, type Open, type Site } from "./browser.ts";
import type { MakeState } from "./browser-states.ts";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const PHONE = 390;
export const DESK = 1280;
const WIDTHS = [360, PHONE, 768, DESK, 1600];

/** The rules whose answer another colour scheme can change. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** What is wrong with a page for people who cannot see it or not well, one line each; by all rules, or by some. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const options: axe.RunOptions = { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) };
  const found = await page.evaluate(async (given) => (await window.axe.run(document, given)).violations, options);
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`));
}

/** The elements that reach beyond the right edge of a page that can be scrolled sideways. */
export function beyond(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth,
    );
    return [`${scrollWidth} > ${clientWidth}`, ...wide.map((element) => element.outerHTML.slice(0, 160))];
  });
}

/** Checks a page in both colour schemes on a phone and a desk, and that no width makes it scroll sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  // A page keeps it until it is left.
  await page.evaluate(axe.source);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => beyond(page), { message: `${width} px` }).toEqual([]);
    if (width !== PHONE && width !== DESK) continue;
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const rules = colorScheme === "dark" ? OF_COLOURS : undefined;
      expect(await violations(page, rules), `${colorScheme}, ${width} px`).toEqual([]);
    }
  }
}

/** What every page has: a language, a title of its own, one main part, one first heading. */
export async function expectOriented(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page).toHaveTitle(/TheSet|^\S.+/);
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.getByRole("banner")).toHaveCount(1);
  await expect(page.getByRole("contentinfo")).toHaveCount(1);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
}

/** Visits a page in one of its states and checks all of the above. */
export async function expectNothingInTheWay(make: MakeState, { site, open }: { site: Site; open: Open }): Promise<void> {
  const state = await make(site.server);
  const page = await open({ as: state.as, reducedMotion: "reduce", viewport: { width: DESK, height: 900 } });
  const answer = await page.goto(state.path);
  expect(answer?.status()).toBe(state.status ?? 200);
  await scriptsRun(page);
  await state.act?.(page);
  await expectOriented(page);
  await expectAccessible(page);
}
