import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestFacts } from "../api/context.ts";
import { pageAddress } from "./base-path.ts";
import { PageCache, type Rendered } from "./page-cache.ts";
import { finishPage, type PublicPage } from "./public-page.ts";
import type { Render } from "./render-page.ts";
import { takes } from "./send-page.ts";

export interface PublicPagesOptions {
  render: Render;
  /** Epoch ms. */
  now: () => number;
  /** A clock that only runs forward, ms. */
  elapsed: () => number;
  basePath: string;
}

/** A show's page and its comparison, and their data as an open page asks for it again. */
const PUBLIC =
  /^\/shows\/[a-z0-9-]{1,200}(\.data\?_routes=routes%2Fshow|\/results(\?list=(me|forecast|last-shows)|\.data\?_routes=routes%2Fresults)?)?$/;
const MAX_BYTES = 64_000_000;
/** What keeping a page costs beside its bytes. */
const OVERHEAD_BYTES = 2_000;

/** Nobody: what is rendered from this can be shown to everyone. */
const NOBODY: RequestFacts = {
  cookie: null,
  authorization: null,
  secure: false,
  address: "",
  plainHttp: false,
  signal: new AbortController().signal,
};

/** Pages that are the same for every anonymous visitor, answered from memory. */
export class PublicPages {
  readonly #cache: PageCache<PublicPage>;
  readonly #render: Render;
  readonly #basePath: string;

  constructor({ render, now, elapsed, basePath }: PublicPagesOptions) {
    this.#render = render;
    this.#basePath = basePath;
    this.#cache = new PageCache({ render: (key) => this.#renderFor(key), now, elapsed, maxBytes: MAX_BYTES });
  }

  /** Answers a request for such a page; false where it is another or the visitor may be somebody. */
  async answer(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
    const url = req.url ?? "";
    if (!PUBLIC.test(url) || (req.method !== "GET" && req.method !== "HEAD")) return false;
    const looks = looksOfNobody(req.headers.cookie);
    if (looks === null) return false;
    send(req, res, await this.#cache.get(`${url} ${looks}`));
    return true;
  }

  tallyChanged(showId: number): void {
    this.#cache.tallyChanged(showId);
  }

  showChanged(showId: number): void {
    this.#cache.showChanged(showId);
  }

  /** Of a visitor's request only the address and those cookies reach a page that others get too. */
  async #renderFor(key: string): Promise<Rendered<PublicPage>> {
    const [url = "", ...rest] = key.split(" ");
    const cookie = rest.join(" ");
    const request = new Request(new URL(pageAddress(url, this.#basePath), "http://localhost"), cookie ? { headers: { cookie } } : {});
    const { response, responseHeaders, cspNonce: nonce, now, show } = await this.#render(request, NOBODY);
    const headers = Object.fromEntries(response.headers);
    const page = finishPage({ status: response.status, headers, html: await response.text(), nonce, now });
    const personal = response.headers.has("set-cookie") || responseHeaders.has("set-cookie");
    if (page.status !== 200 || personal || !show) return { page, keep: null };
    const closesAt = Date.parse(show.closesAt);
    const changesAt = closesAt > Date.parse(now) ? closesAt : Infinity;
    return { page, keep: { showId: show.id, changesAt, bytes: page.html.length + page.gzip.length + OVERHEAD_BYTES } };
  }
}

/** Cookies that decide how a page looks to everybody who has them, and the values there are, as the pages that set them encode them. */
const LOOKS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["theme", encoded("light", "dark")],
  ["spoilers", encoded("hidden")],
]);
/** Which shows' setlists a visitor who hides them has asked for: nobody else's page. */
const SHOWN = "played";
const SESSION = /^(__Host-|__Secure-)?theset$/;

function encoded(...values: string[]): ReadonlySet<string> {
  return new Set(values.map((value) => encodeURIComponent(btoa(JSON.stringify(value)))));
}

/** The cookies of a visitor without a session that decide how pages look, always in the same order; null for any other visitor. */
export function looksOfNobody(cookie: string | undefined): string | null {
  const looks = new Map<string, string>();
  let shown = false;
  for (const pair of cookie?.split(";") ?? []) {
    const [name = "", value = ""] = pair.trim().split("=", 2);
    if (SESSION.test(name)) return null;
    shown ||= name === SHOWN;
    const known = LOOKS.get(name);
    if (!known) continue;
    if (looks.has(name) || !known.has(value)) return null;
    looks.set(name, value);
  }
  if (shown && looks.has("spoilers")) return null;
  return [...LOOKS.keys()].flatMap((name) => (looks.has(name) ? [`${name}=${looks.get(name)}`] : [])).join("; ");
}

function send(req: IncomingMessage, res: ServerResponse, page: PublicPage): void {
  const { status, headers, etag, policy, html, gzip } = page;
  const validity = { "cache-control": "no-cache", vary: "cookie, accept-encoding", ...(etag && { etag }) };
  if (etag && matches(req.headers["if-none-match"], etag)) {
    // Without a policy: the client keeps that of the page it has, whose scripts have other hashes.
    res.writeHead(304, validity).end();
    return;
  }
  const isHtml = headers["content-type"]?.startsWith("text/html");
  const zipped = takes(req, "gzip");
  const body = zipped ? gzip : html;
  res.writeHead(status, {
    ...headers,
    ...validity,
    ...(isHtml && { "content-security-policy": policy }),
    ...(zipped && { "content-encoding": "gzip" }),
    "content-length": body.length,
  });
  res.end(req.method === "HEAD" ? undefined : body);
}

function matches(asked: string | undefined, etag: string): boolean {
  if (asked === undefined) return false;
  const plain = (tag: string) => tag.trim().replace(/^W\//, "");
  return asked.trim() === "*" || asked.split(",").some((tag) => plain(tag) === plain(etag));
}

