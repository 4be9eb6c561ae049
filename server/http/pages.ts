import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ApiDeps, RequestFacts } from "../api/context.ts";
import type { FollowedEvent } from "../realtime/follow-outbox.ts";
import { pageAddress } from "./base-path.ts";
import { PublicPages } from "./public-pages.ts";
import { createRenderer, type PageOptions, type RenderedPage } from "./render-page.ts";
import { contentSecurityPolicy } from "./security-headers.ts";
import { isHtml, sendPage } from "./send-page.ts";

export type { LoadContext, PageOptions } from "./render-page.ts";

export interface Pages {
  /** Answers what is the same for every anonymous visitor from memory; false for any other request. */
  answerPublic: (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;
  /** Answers any page request with a rendering of its own. */
  handle: (req: IncomingMessage, res: ServerResponse, facts: RequestFacts) => Promise<void>;
  /** Takes in an event of the outbox: pages of a changed show are out of date. */
  hear: (event: Pick<FollowedEvent, "kind" | "showId">) => void;
}

/** Answers page requests with Remix. */
export function createPages(deps: ApiDeps, options: PageOptions & { basePath: string }): Pages {
  const elapsed = () => performance.now();
  const render = createRenderer(deps, options, elapsed);
  const memory = new PublicPages({ render, now: deps.now, elapsed, basePath: options.basePath });
  const dev = options.mode === "development";

  async function apologise(error: unknown, req: IncomingMessage, res: ServerResponse): Promise<void> {
    deps.onError(error, req.url);
    const body = Buffer.from("Something went wrong on our side.");
    await sendPage(req, res, { status: 500, headers: new Headers({ "content-type": "text/plain; charset=utf-8" }), body });
  }

  return {
    async answerPublic(req, res) {
      if (dev) return false;
      try {
        return await memory.answer(req, res);
      } catch (error) {
        await apologise(error, req, res);
        return true;
      }
    },
    async handle(req, res, facts) {
      req.url = pageAddress(req.url ?? "/", options.basePath);
      const answer = async (request: Request) => {
        const page = await render(request, facts);
        // Read whole: no loader defers anything, and one piece is cheaper than many.
        const body = Buffer.from(await page.response.arrayBuffer());
        await sendPage(req, res, { status: page.response.status, headers: dress(page, dev), body });
      };
      const listener = getRequestListener(
        async (request) => {
          await answer(request).catch((error: unknown) => apologise(error, req, res));
          return RESPONSE_ALREADY_SENT;
        },
        { overrideGlobalObjects: false },
      );
      await listener(req, res);
    },
    hear({ kind, showId }) {
      if (showId === null) return;
      if (kind === "tally.changed") memory.tallyChanged(showId);
      else memory.showChanged(showId);
    },
  };
}

function dress({ response, responseHeaders, cspNonce }: RenderedPage, dev: boolean): Headers {
  const headers = new Headers(response.headers);
  for (const [name, value] of responseHeaders) headers.append(name, value);
  const own = [`'nonce-${cspNonce}'`];
  if (isHtml(headers)) headers.set("content-security-policy", contentSecurityPolicy({ scripts: own, styles: own, dev }));
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-cache");
  return headers;
}
