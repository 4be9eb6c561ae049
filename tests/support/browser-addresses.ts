import type { BrowserContext, Page, Response } from "playwright";

/** What of the site's own host is not below a base path: requests, and addresses written in answers. */
export class Strays {
  readonly #base: string;
  readonly #found = new Set<string>();
  readonly #reading: Promise<void>[] = [];
  /** Answers that were looked at. */
  answers = 0;

  /** `base`: where the site begins, such as "http://127.0.0.1:3000/theset". */
  constructor(context: BrowserContext, base: string) {
    this.#base = base;
    context.on("request", (request) => this.#look(request.url(), "request"));
    context.on("response", (response) => void this.#reading.push(this.#read(response)));
  }

  /** Those of a page as it stands, with what scripts have put into it. */
  async inDocument(page: Page): Promise<void> {
    const written = await page.locator("[href], [src], [action], [formaction]").evaluateAll((elements) =>
      elements.flatMap((element) => ["href", "src", "action", "formaction"].map((name) => element.getAttribute(name) ?? "")),
    );
    for (const address of written) this.#look(address, page.url());
  }

  async found(): Promise<string[]> {
    await Promise.all(this.#reading.splice(0));
    return [...this.#found];
  }

  async #read(response: Response): Promise<void> {
    const headers = await response.headersArray();
    for (const { name, value } of headers) {
      if (/^(location|link|content-location)$/i.test(name)) this.#look(value, `${name} of ${response.url()}`);
      if (/^set-cookie$/i.test(name)) this.#look(/path=([^;]*)/i.exec(value)?.[1] ?? "", `a cookie of ${response.url()}`);
    }
    this.answers += 1;
    const type = response.headers()["content-type"] ?? "";
    // A redirect has no body, and that of a stream does not end.
    const text = /html|css|manifest/.test(`${type} ${response.url()}`) && response.ok() ? await response.text().catch(() => "") : "";
    for (const [, address = ""] of text.matchAll(WRITTEN)) this.#look(address, response.url());
  }

  #look(address: string, where: string): void {
    const url = URL.parse(address, `${this.#base}/`);
    if (!url || address === "" || !/^https?:$/.test(url.protocol)) return;
    const below = url.href.startsWith(this.#base) && /^[/?#]|^$/.test(url.href.slice(this.#base.length));
    if (!below) this.#found.add(`${address} in ${where}`);
  }
}

/** Attributes, addresses of styles, and what Remix loads. */
const WRITTEN = /(?:(?:href|src|action)=|url\(|import |from |"module":|"url":|[[,])["']?((?:https?:\/)?\/[^"')\s]+)/g;
