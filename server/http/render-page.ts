import { randomBytes } from "node:crypto";
import { createRequestHandler, type AppLoadContext, type ServerBuild } from "@remix-run/server-runtime";
import { createCaller, type Caller } from "../api/caller.ts";
import { createContext, type ApiDeps, type Context, type RequestFacts } from "../api/context.ts";
import { iso } from "../domain/instant.ts";
import { showsDemo } from "../views/account.ts";
import { createLinkFilePage, type LinkFilePage } from "./link-upload.ts";

/** What loaders and actions get. */
export interface LoadContext {
  api: Caller;
  actor: Context["actor"];
  /** Set-Cookie and the like that procedures ask for; added to whatever page is answered. */
  responseHeaders: Headers;
  cspNonce: string;
  /** What the page of files of links can do. */
  linkFiles: LinkFilePage;
  /** What every address of the site begins with: "" or such as "/theset". */
  basePath: string;
  /** Whether the site shows demo data. */
  demo: boolean;
  /** The server's clock at the request, as an ISO instant. */
  now: string;
  /** A loader says here which show its page is of. */
  ofShow(show: ShownShow): void;
}

export interface ShownShow {
  id: number;
  /** ISO instant. */
  closesAt: string;
}

export interface PageOptions {
  build: ServerBuild | (() => Promise<ServerBuild>);
  mode: "production" | "development";
}

export interface RenderedPage {
  response: Response;
  responseHeaders: Headers;
  cspNonce: string;
  now: string;
  /** The show that the page is of. */
  show: ShownShow | null;
}

export type Render = (request: Request, facts: RequestFacts) => Promise<RenderedPage>;

/** How long it is believed whether the site shows demo data, in ms. */
const DEMO_BELIEVED_MS = 1_000;

/** Renders pages with Remix. */
export function createRenderer(deps: ApiDeps, { build, mode, basePath }: PageOptions & { basePath: string }, elapsed: () => number): Render {
  const answer = createRequestHandler(build, mode);
  const demo = believed(() => showsDemo(deps.reader), elapsed);
  return async (request, facts) => {
    const context = await createContext(deps, facts);
    let show: ShownShow | null = null;
    const loadContext: LoadContext = {
      api: createCaller(context),
      actor: context.actor,
      responseHeaders: context.responseHeaders,
      cspNonce: randomBytes(16).toString("base64"),
      linkFiles: createLinkFilePage(deps, context.actor),
      basePath,
      demo: await demo(),
      now: iso(context.now()),
      ofShow: (shown) => void (show = shown),
    };
    const response = await answer(request, loadContext as unknown as AppLoadContext);
    const { responseHeaders, cspNonce, now } = loadContext;
    return { response, responseHeaders, cspNonce, now, show };
  };
}

function believed(ask: () => Promise<boolean>, elapsed: () => number): () => Promise<boolean> {
  let last: { answer: boolean; until: number } | null = null;
  return async () => {
    if (!last || elapsed() >= last.until) last = { answer: await ask(), until: elapsed() + DEMO_BELIEVED_MS };
    return last.answer;
  };
}
