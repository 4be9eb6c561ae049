import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestFacts } from "../api/context.ts";
import { answerJson, refuse } from "./answer.ts";
import { answerOutside, belowBase } from "./base-path.ts";
import { readBody } from "./body.ts";
import type { LeanHandler } from "./lean-calls.ts";
import { refuseMethod, type AskedLinkFile } from "./link-files.ts";
import { API_PATH } from "./procedures.ts";
import { refuseUnread } from "./refuse-unread.ts";
import { addressTo, factsOf, isSameOrigin, namesOneHost, originOf, pageFactsOf, type Origin, type SiteOptions } from "./request-facts.ts";
import { setSecurityHeaders } from "./security-headers.ts";

type Handler = (req: IncomingMessage, res: ServerResponse, facts: RequestFacts) => Promise<void>;

export interface ListenerOptions {
  /** `basePath`: what every address begins with; all that answers sees what follows it. */
  site: SiteOptions & { basePath: string };
  assets(req: IncomingMessage, res: ServerResponse, next: () => void): void;
  procedures: Handler;
  /** A shorter way for the calls that it knows. */
  lean?: LeanHandler;
  pages: Handler;
  /** Answers pages that are the same for every anonymous visitor; false for any other request. */
  publicPages(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  /** The stream of a show by its slug. */
  live(req: IncomingMessage, res: ServerResponse, show: { slug: string; address: string }): Promise<void>;
  /** The stream of an import by its id. */
  importProgress(req: IncomingMessage, res: ServerResponse, asked: { id: number; facts: RequestFacts }): Promise<void>;
  /** Files of links, read and sent. */
  linkFiles(req: IncomingMessage, res: ServerResponse, asked: AskedLinkFile): Promise<void>;
  metrics: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** Null when the process can serve, else why not. */
  readiness: () => Promise<string | null>;
  onError: (error: unknown, path: string) => void;
}

/** Whoever watches the process asks it directly, and need not know where the site begins. */
const HEALTH_PATH = /^\/(healthz|readyz)(\?|$)/;
const LIVE_PATH = /^\/shows\/([a-z0-9-]{1,200})\/live$/;
const IMPORT_PATH = /^\/imports\/([1-9]\d{0,14})\/progress$/;
const LINKS_PATH = /^\/moderation\/links\.(csv|json)$/;
/** The page whose form sends a file, which is read as it comes and has a limit of its own. */
const LINKS_PAGE = "/moderation/links";

/** The one listener: health, live streams, procedures, assets and pages. */
export function createListener(options: ListenerOptions) {
  return (req: IncomingMessage, res: ServerResponse): void => {
    const origin = originOf(req, options.site);
    const oneHost = namesOneHost(req);
    const below = belowBase(req.url ?? "/", options.site.basePath);
    const outside = below === null && !HEALTH_PATH.test(req.url ?? "/");
    if (below !== null) req.url = below;
    const lean = oneHost && !outside ? options.lean?.(req, res, origin) : null;
    (lean ?? dispatch(req, res, { origin, oneHost, outside }, options)).catch((error: unknown) => {
      options.onError(error, req.url ?? "");
      if (res.headersSent) return res.destroy();
      setSecurityHeaders(res, origin);
      refuse(res, 500, { reason: "internal", message: "Something went wrong on our side." });
    });
  };
}

interface Seen {
  origin: Origin;
  oneHost: boolean;
  /** Whether it asks for what is not below the base path. */
  outside: boolean;
}

async function dispatch(
  req: IncomingMessage,
  res: ServerResponse,
  { origin, oneHost, outside }: Seen,
  options: ListenerOptions,
): Promise<void> {
  setSecurityHeaders(res, origin);
  if (!oneHost) {
    return refuse(res, 400, { reason: "bad_request", message: "A request names one host." });
  }
  if (origin.host !== req.headers.host) addressTo(req, origin.host);
  if (outside) return answerOutside(req, res, options.site.basePath);
  const path = (req.url ?? "/").split("?", 1)[0]!;
  if (path === "/healthz") return answerJson(res, 200, { status: "ok" });
  if (path === "/metrics") return options.metrics(req, res);
  if (path === "/readyz") return answerReadiness(res, options);
  const slug = LIVE_PATH.exec(path)?.[1];
  if (slug !== undefined && req.method === "GET") {
    return options.live(req, res, { slug, address: origin.address });
  }
  const importId = IMPORT_PATH.exec(path)?.[1];
  if (importId !== undefined && req.method === "GET") {
    return options.importProgress(req, res, { id: Number(importId), facts: factsOf(req, res, origin) });
  }
  const format = LINKS_PATH.exec(path)?.[1] as AskedLinkFile["format"] | undefined;
  if (format !== undefined) return linkFile(req, res, { origin, format }, options);
  if (await options.publicPages(req, res)) return;
  if (!isReading(req) && !(await acceptBody(req, res, { origin, streams: path === LINKS_PAGE && isUpload(req) }))) return;
  if (path === API_PATH || path.startsWith(`${API_PATH}/`)) {
    return options.procedures(req, res, factsOf(req, res, origin));
  }
  req.url = decodable(req.url ?? "/");
  await new Promise<void>((next) => options.assets(req, res, next));
  await options.pages(req, res, pageFactsOf(req, res, origin));
}

/** An address whose percent signs make no sense is taken as it is written, and leads to the page "not found". */
function decodable(url: string): string {
  const [path = "", ...search] = url.split("?");
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return [path.replaceAll("%", "%25"), ...search].join("?");
  }
}

function isReading(req: IncomingMessage): boolean {
  return req.method === "GET" || req.method === "HEAD";
}

async function answerReadiness(res: ServerResponse, { readiness, onError }: ListenerOptions): Promise<void> {
  const problem = await readiness().catch((error: unknown) => {
    onError(error, "/readyz");
    return "The database cannot be read.";
  });
  answerJson(res, problem === null ? 200 : 503, problem === null ? { status: "ready" } : { status: "not_ready", problem });
}

function isUpload({ method, headers }: IncomingMessage): boolean {
  return method === "POST" && /^multipart\/form-data\s*;/i.test(headers["content-type"] ?? "");
}

async function linkFile(req: IncomingMessage, res: ServerResponse, { origin, format }: { origin: Origin; format: AskedLinkFile["format"] }, options: ListenerOptions): Promise<void> {
  if (!isReading(req) && req.method !== "POST") return refuseMethod(res);
  if (!isReading(req) && !acceptOrigin(req, res, origin)) return;
  await options.linkFiles(req, res, { format, facts: factsOf(req, res, origin) });
}

/** Lets a state-changing request of the site itself through, or answers why not. */
function acceptOrigin(req: IncomingMessage, res: ServerResponse, origin: Origin): boolean {
  if (isSameOrigin(req, origin)) return true;
  const message = "This request came from another site and was not carried out.";
  refuseUnread(req, res, { status: 403, reason: "cross_origin", message });
  return false;
}

/** Lets a state-changing request through with its body read, unless that streams, or answers why not. */
async function acceptBody(req: IncomingMessage, res: ServerResponse, { origin, streams }: { origin: Origin; streams: boolean }): Promise<boolean> {
  if (!acceptOrigin(req, res, origin)) return false;
  if (streams) return true;
  const body = await readBody(req).catch(() => null);
  // The client broke off: there is nobody to answer.
  if (body === null) return false;
  if (body === "too_large") {
    refuseUnread(req, res, { status: 413, reason: "too_large", message: "At most 64 kB." });
    return false;
  }
  // Where the adapter looks for a body that has been read already.
  Object.assign(req, { rawBody: body });
  return true;
}
