import type { Locator, Page } from "playwright";
import { expect, visit } from "./browser.ts";

/** A show page as its reader sees it: what to look at and what to click, by its words. */
export class ShowView {
  readonly page: Page;
  readonly #slug: string;

  constructor(page: Page, slug: string) {
    this.page = page;
    this.#slug = slug;
  }

  /** Opens the page and waits until its tally is live. */
  static async open(page: Page, { slug }: { slug: string }): Promise<ShowView> {
    const view = new ShowView(page, slug);
    await visit(page, view.path);
    await expect(view.live).toBeVisible();
    return view;
  }

  get path(): string {
    return `/shows/${this.#slug}`;
  }

  /** The words of the live connection, "Live" and no other. */
  get live(): Locator {
    return this.connection("Live");
  }

  connection(words: string): Locator {
    return this.page.getByRole("status", { name: `Live tally: ${words}`, exact: true });
  }

  row(title: string): Locator {
    return this.page.locator("ol > li").filter({ has: this.page.getByText(title, { exact: true }) });
  }

  /** The titles of the ballot, first place first. */
  get titles(): Locator {
    return this.page.locator("ol > li [dir=auto]");
  }

  button(title: string): Locator {
    return this.page.getByRole("button", { name: `Vote for ${title}`, exact: true });
  }

  /** What a script-driven refusal is told by. */
  get toast(): Locator {
    return this.page.getByRole("region", { name: /Notifications/ }).getByRole("listitem");
  }

  /** Waits until a click on the same button is no longer taken for the second half of the last one. */
  async pause(): Promise<void> {
    const until = (await this.page.evaluate(() => performance.now())) + 400;
    await this.page.waitForFunction((then) => performance.now() > then, until);
  }

  async expectVotes(title: string, votes: number): Promise<void> {
    const words = new RegExp(`^${votes} ${votes === 1 ? "vote" : "votes"}\\b`);
    await expect(this.row(title).getByText(words)).toBeVisible();
  }

  /** Whether the fan's own vote is on a song, for the eye and for assistive technology. */
  async expectMine(title: string, mine: boolean): Promise<void> {
    await expect(this.button(title)).toHaveAttribute("aria-pressed", String(mine));
    await expect(this.button(title)).toHaveText(mine ? "Voted" : "Vote");
  }

  async expectLeft(votes: number): Promise<void> {
    await expect(this.page.getByText(`${votes} of 10 votes left`).filter({ visible: true })).toBeVisible();
  }
}
