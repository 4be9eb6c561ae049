import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP, isIPv6 } from "node:net";
import type { RequestFacts } from "../api/context.ts";
import type { TrustedProxies } from "../config/trusted-proxies.ts";

export interface SiteOptions {
  /** The site's address as visitors see it; null to take it from each request. */
  publicUrl: string | null;
  /** The Unix socket by which requests come; null where they come over the network. */
  socket: string | null;
  /** Whose X-Forwarded-For, -Proto and -Host are believed. */
  trustProxy: TrustedProxies;
}

/** Where a request came from and how. */
export interface Origin {
  /** The client's network address. */
  address: string;
  /** Host and port that the visitor addressed. */
  host: string;
  /** Whether Secure cookies fit: everywhere but on plain-HTTP localhost. */
  secure: boolean;
  /** Whether a browser says that it came over plain HTTP from another machine. */
  plainHttp: boolean;
}

export function originOf(req: IncomingMessage, site: SiteOptions): Origin {
  const believed = isBelieved(req.socket.remoteAddress, site);
  const host = hostOf(req, site, believed);
  const from = req.headers.origin;
  return {
    address: networkOf(believed ? clientOf(req, site) : (req.socket.remoteAddress ?? "unknown")),
    host,
    secure: isSecure(req, host, site, believed),
    plainHttp: from !== undefined && from.startsWith("http:") && !isLoopback(URL.parse(from)?.host ?? ""),
  };
}

/** A connection that has ended has no address either, and is no Unix socket for that. */
function isBelieved(peer: string | undefined, { socket, trustProxy }: SiteOptions): boolean {
  return peer === undefined && socket === null ? false : trustProxy.has(peer);
}

function hostOf(req: IncomingMessage, { publicUrl }: SiteOptions, believed: boolean): string {
  if (publicUrl) return new URL(publicUrl).host;
  const forwarded = believed ? lastOf(req.headers["x-forwarded-host"]) : undefined;
  return forwarded || (req.headers.host ?? "");
}

/**
 * The last address that is none of our proxies: each added who came to it, those before are the
 * client's to invent. What is no address tells nothing of who came, nor does anything before it.
 */
function clientOf(req: IncomingMessage, { trustProxy }: SiteOptions): string {
  let client = req.socket.remoteAddress ?? "unknown";
  const chain = (req.headers["x-forwarded-for"]?.toString() ?? "").split(",").map((entry) => entry.trim());
  for (const entry of chain.filter(Boolean).reverse()) {
    const hop = withoutPort(entry);
    if (isIP(hop) === 0) break;
    client = hop;
    // Where whoever connects is believed, only the one that did is known to be a proxy.
    if (trustProxy.anyone || !trustProxy.has(hop)) break;
  }
  return client;
}

/** Some proxies add "198.51.100.1:50123" and "[2001:db8::1]:50123". */
function withoutPort(hop: string): string {
  const [, v6, v4] = /^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(hop) ?? [];
  return v6 ?? v4 ?? hop;
}

/** What limits count: an IPv4 address, or the /64 network that one IPv6 subscriber has to itself. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail = ""] = address.split("%", 1)[0]!.split("::");
  const before = head.split(":").filter(Boolean);
  const after = tail.split(":").filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  const groups = [...before, ...zeros, ...after].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""));
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** Makes a request name the host that the visitor addressed, whatever a proxy put in its place. */
export function addressTo(req: IncomingMessage, host: string): void {
  const kept: string[] = [];
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    const [name, value] = [req.rawHeaders[i]!, req.rawHeaders[i + 1]!];
    if (!/^(host|x-forwarded-host)$/i.test(name)) kept.push(name, value);
  }
  req.rawHeaders = [...kept, "Host", host];
  req.headers.host = host;
  delete req.headers["x-forwarded-host"];
}

function isSecure(req: IncomingMessage, host: string, { publicUrl }: SiteOptions, believed: boolean): boolean {
  if (publicUrl) return publicUrl.startsWith("https:") || !isLoopback(host);
  if (believed && lastOf(req.headers["x-forwarded-proto"]) === "https") return true;
  return !isLoopback(host);
}

/** The entry that our own proxy added; those before it are the client's to invent. */
function lastOf(header: string | string[] | undefined): string | undefined {
  return header?.toString().split(",").at(-1)?.trim();
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}

/**
 * Whether a state-changing request comes from the site itself. A browser says so by Sec-Fetch-Site
 * or Origin; a client that sends neither is no browser and carries no one else's cookies.
 */
export function isSameOrigin(req: IncomingMessage, { host }: Origin): boolean {
  const site = req.headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || site === "none";
  const from = req.headers.origin;
  return from === undefined || URL.parse(from)?.host === host;
}

/** Whether a request names one host at most. A second one is for whoever else reads it on the way. */
export function namesOneHost({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  return hosts <= 1;
}

/** What procedures learn of a request. */
export function factsOf(req: IncomingMessage, res: ServerResponse, origin: Origin): RequestFacts {
  return new Facts(req, res, origin, req.headers.authorization ?? null);
}

/** What pages learn of a request. Tokens are for scripts: a page belongs to whoever the cookie says. */
export function pageFactsOf(req: IncomingMessage, res: ServerResponse, origin: Origin): RequestFacts {
  return new Facts(req, res, origin, null);
}

/**
 * A class, and not a literal with a getter: V8 gives each such literal a hidden class of its own, and
 * that keeps the whole request in memory until the next full collection.
 */
class Facts implements RequestFacts {
  readonly cookie: string | null;
  readonly authorization: string | null;
  readonly secure: boolean;
  readonly address: string;
  readonly plainHttp: boolean;
  readonly #res: ServerResponse;
  #signal: AbortSignal | null = null;

  constructor(req: IncomingMessage, res: ServerResponse, origin: Origin, authorization: string | null) {
    this.cookie = req.headers.cookie ?? null;
    this.authorization = authorization;
    this.secure = origin.secure;
    this.address = origin.address;
    this.plainHttp = origin.plainHttp;
    this.#res = res;
  }

  get signal(): AbortSignal {
    return (this.#signal ??= signalOf(this.#res));
  }
}

function signalOf(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (res.closed) gone.abort();
  else res.once("close", () => gone.abort());
  return gone.signal;
}
