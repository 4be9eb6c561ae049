import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createRequestHandler, type AppLoadContext, type ServerBuild } from "@remix-run/server-runtime";
import { createCaller, type Caller } from "../api/caller.ts";
import { createContext, type ApiDeps, type Context, type RequestFacts } from "../api/context.ts";
import { iso } from "../domain/instant.ts";
import { contentSecurityPolicy } from "./security-headers.ts";

/** What loaders and actions get. */
export interface LoadContext {
  api: Caller;
  actor: Context["actor"];
  /** Set-Cookie and the like that procedures ask for; added to whatever page is answered. */
  responseHeaders: Headers;
  cspNonce: string;
  /** Whether the site shows demo data. */
  demo: boolean;
  /** The server's clock at the request, as an ISO instant. */
  now: string;
}

export interface PageOptions {
  build: ServerBuild | (() => Promise<ServerBuild>);
  mode: "production" | "development";
}

/** Answers page requests with Remix. */
export function createPageHandler(deps: ApiDeps, { build, mode }: PageOptions) {
  const render = createRequestHandler(build, mode);
  return async (req: IncomingMessage, res: ServerResponse, facts: RequestFacts): Promise<void> => {
    const listener = getRequestListener((request) => answer(request).catch(apologise), {
      overrideGlobalObjects: false,
    });
    await listener(req, res);

    function apologise(error: unknown): Response {
      deps.onError(error, req.url);
      return new Response("Something went wrong on our side.", { status: 500 });
    }

    async function answer(request: Request): Promise<Response> {
      // Tokens are for scripts: a page belongs to whoever the cookie says.
      const context = await createContext(deps, { ...facts, authorization: null });
      const loadContext = await toLoadContext(context);
      const response = await render(request, loadContext as unknown as AppLoadContext);
      return dress(request, response, { ...loadContext, dev: mode === "development" });
    }
  };
}

async function toLoadContext(context: Context): Promise<LoadContext> {
  const api = createCaller(context);
  return {
    api,
    actor: context.actor,
    responseHeaders: context.responseHeaders,
    cspNonce: randomBytes(16).toString("base64"),
    demo: (await api.site.status()).demo,
    now: iso(context.now()),
  };
}

function dress(
  request: Request,
  response: Response,
  { responseHeaders, cspNonce, dev }: Pick<LoadContext, "responseHeaders" | "cspNonce"> & { dev: boolean },
): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of responseHeaders) headers.append(name, value);
  if (isHtml(headers)) headers.set("content-security-policy", contentSecurityPolicy(cspNonce, { dev }));
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-cache");
  const { status, statusText, body } = response;
  if (!body || !mayCompress(request, headers)) return new Response(body, { status, statusText, headers });
  headers.set("content-encoding", "gzip");
  headers.append("vary", "Accept-Encoding");
  headers.delete("content-length");
  return new Response(body.pipeThrough(new CompressionStream("gzip")), { status, statusText, headers });
}

function isHtml(headers: Headers): boolean {
  return headers.get("content-type")?.startsWith("text/html") ?? false;
}

function mayCompress(request: Request, headers: Headers): boolean {
  const takesGzip = /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");
  const isText = /^(text\/|application\/json)/.test(headers.get("content-type") ?? "");
  return takesGzip && isText && request.method !== "HEAD" && !headers.has("content-encoding");
}
