import type { BrowserContext, ConsoleMessage, Request, Response } from "playwright";
import type { TestServer } from "./test-server.ts";

/**
 * Chromium says the one of every answer of 400 and above, and the answers themselves are looked at;
 * Remix says the other of a load that a newer one has overtaken.
 */
const NOISE = /^Failed to load resource|^AbortError: signal is aborted/;
/** What a page asks for on a fan's behalf may be refused; its own parts may not. */
const MAY_BE_REFUSED = new Set(["document", "fetch", "eventsource"]);

/**
 * What no page of the site may cause: errors and warnings in the console (a breach of the content
 * policy and a failed hydration are among them), uncaught errors, requests to other hosts, parts
 * that are missing, answers of 500 and above, and errors in the server's log.
 */
export class Complaints {
  readonly #server: TestServer;
  readonly #allowed: RegExp[] = [];
  #heard: string[] = [];

  constructor(server: TestServer) {
    this.#server = server;
  }

  watch(context: BrowserContext): void {
    context.on("console", (message) => this.#console(message));
    context.on("weberror", (error) => this.#hear(`uncaught: ${error.error().message}`));
    context.on("request", (request) => this.#request(request));
    context.on("response", (response) => this.#response(response));
    context.on("page", (page) => page.on("dialog", (dialog) => this.#hear(`dialog: ${dialog.message()}`)));
  }

  /** Lets complaints pass that the test brings about on purpose. */
  allow(expected: RegExp): void {
    this.#allowed.push(expected);
  }

  /** The complaints so far that say this. */
  heard(pattern: RegExp): string[] {
    this.#collect();
    return this.#heard.filter((complaint) => pattern.test(complaint));
  }

  /** Throws what has been heard and was not allowed. */
  refuse(): void {
    this.#collect();
    const refused = this.#heard.filter((complaint) => !this.#allowed.some((allowed) => allowed.test(complaint)));
    this.#heard = [];
    if (refused.length > 0) throw new Error(`The site complained:\n${refused.join("\n")}`);
  }

  #collect(): void {
    for (const line of this.#server.errors.splice(0)) this.#hear(`server log: ${line}`);
  }

  #hear(complaint: string): void {
    this.#heard.push(complaint);
  }

  #console(message: ConsoleMessage): void {
    const type = message.type();
    if ((type !== "error" && type !== "warning") || NOISE.test(message.text())) return;
    this.#hear(`console.${type}: ${message.text()} (${message.location().url})`);
  }

  #request(request: Request): void {
    const own = request.url().startsWith(`${this.#server.url}/`) || /^(data|blob|about):/.test(request.url());
    if (!own) this.#hear(`request to elsewhere: ${request.url()}`);
  }

  #response(response: Response): void {
    const status = response.status();
    const refused = status >= 400 && !MAY_BE_REFUSED.has(response.request().resourceType());
    if (status >= 500 || refused) this.#hear(`answer ${status}: ${response.url()}`);
  }
}
