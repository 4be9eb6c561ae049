import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { PROVIDERS, type Provider } from "#server/domain/provider-records.ts";
import { KEYS, musicBrainzAccess, setlistFmAccess, ticketmasterAccess, Tokens, type Keys } from "./access.ts";
import type { Answer, Asked } from "./answer.ts";
import { hash } from "./chance.ts";
import { Limiter, type Limits } from "./limits.ts";
import { answerMusicBrainz } from "./musicbrainz.ts";
import { answerSetlistFm } from "./setlistfm.ts";
import { answerSpotify } from "./spotify.ts";
import { answerTicketmaster } from "./ticketmaster.ts";
import { kindOf, Traffic, type Entry } from "./traffic.ts";
import type { World } from "./world.ts";

export interface SandboxOptions {
  world: World;
  keys?: Partial<Keys>;
  /** For all, or by provider; the real ones by default. */
  limits?: Limits | Partial<Record<Provider, Limits>>;
  clock?: () => number;
  /** The first of four ports in a row; any that are free by default. */
  port?: number;
}

/** Bases as the clients want them, without a slash at the end. */
export interface Bases extends Record<Provider, string> {
  spotifyAccounts: string;
}

const BELOW: Record<Provider, string> = { musicbrainz: "/ws/2", setlistfm: "/rest/1.0", ticketmaster: "", spotify: "/v1" };
const ACCOUNTS = "/accounts";
/** Who says by an ETag that nothing has changed. */
const TAGGED = new Set<Provider>(["musicbrainz", "spotify"]);

export interface Sandbox extends AsyncDisposable {
  bases: Bases;
  keys: Keys;
  world: World;
  limits: Limiter;
  traffic: Traffic;
  tokens: Tokens;
}

/** The four providers on this machine, each on a port of its own. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = new Running(options);
  await sandbox.listen();
  return sandbox;
}

class Running implements Sandbox {
  readonly bases = {} as Bases;
  readonly keys: Keys;
  readonly world: World;
  readonly limits: Limiter;
  readonly traffic = new Traffic();
  readonly tokens: Tokens;
  readonly #clock: () => number;
  readonly #port: number;
  readonly #servers = new Map<Provider, Server>();

  constructor({ world, keys, limits = {}, clock = Date.now, port = 0 }: SandboxOptions) {
    this.#port = port;
    this.world = world;
    this.keys = { ...KEYS, ...keys };
    this.#clock = clock;
    this.limits = new Limiter(clock);
    this.tokens = new Tokens(clock);
    for (const provider of PROVIDERS) {
      this.limits.set(provider, "pace" in limits || "day" in limits ? limits : ((limits as Partial<Record<Provider, Limits>>)[provider] ?? {}));
    }
  }

  async listen(): Promise<void> {
    for (const [nth, provider] of PROVIDERS.entries()) {
      const server = createServer((req, res) => void this.#serve(provider, req, res).catch(() => res.destroy()));
      server.listen(this.#port === 0 ? 0 : this.#port + nth, "127.0.0.1");
      await once(server, "listening");
      this.#servers.set(provider, server);
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      this.bases[provider] = `${origin}${BELOW[provider]}`;
      if (provider === "spotify") this.bases.spotifyAccounts = `${origin}${ACCOUNTS}`;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers.values()) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  async #serve(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const asked = await read(req);
    const limited = this.limits.take(provider);
    const entry = this.#enter(provider, asked, limited !== null);
    const answer = limited ?? this.#answer(provider, asked);
    this.traffic.answered(entry, send(res, tagged(provider, answer, asked), this.#clock()));
  }

  #enter(provider: Provider, { method, url }: Asked, violation: boolean): Entry {
    const shown = new URL(url);
    shown.searchParams.delete("apikey");
    const path = `${shown.pathname}${shown.search}`;
    const entry: Entry = { provider, at: this.#clock(), method, path, kind: kindOf(url.pathname), status: null, violation, fault: null };
    this.traffic.arrived(entry);
    return entry;
  }

  #answer(provider: Provider, asked: Asked): Answer {
    const { pathname } = asked.url;
    if (provider === "spotify" && pathname === `${ACCOUNTS}/api/token`) return this.tokens.give(asked, this.keys);
    const below = BELOW[provider];
    if (!pathname.startsWith(`${below}/`)) return { status: 404, json: { error: "Not Found" } };
    if (asked.method !== "GET") return { status: 405, json: { error: "Method Not Allowed" } };
    const inside = { ...asked, path: pathname.slice(below.length) };
    return this.#refusal(provider, inside) ?? answers[provider](this.world, inside);
  }

  #refusal(provider: Provider, asked: Asked): Answer | null {
    if (provider === "musicbrainz") return musicBrainzAccess(asked);
    if (provider === "setlistfm") return setlistFmAccess(asked, this.keys);
    return provider === "ticketmaster" ? ticketmasterAccess(asked, this.keys) : this.tokens.access(asked);
  }
}

const answers = { musicbrainz: answerMusicBrainz, setlistfm: answerSetlistFm, ticketmaster: answerTicketmaster, spotify: answerSpotify };

async function read(req: IncomingMessage): Promise<Asked> {
  const url = new URL(req.url ?? "/", "http://127.0.0.1");
  const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)]));
  return { method: req.method ?? "GET", url, path: url.pathname, headers, body: await text(req) };
}

/** With an ETag where the provider sends one; 304 where the asker has it. */
function tagged(provider: Provider, answer: Answer, { headers }: Asked): Answer {
  if (!TAGGED.has(provider) || answer.status !== 200) return answer;
  const body = JSON.stringify(answer.json);
  const etag = `W/"${hash(body).toString(16)}${hash(body.length, body).toString(16)}"`;
  if (headers["if-none-match"] === etag) return { status: 304, headers: { etag } };
  return { status: 200, headers: { ...answer.headers, etag }, text: body };
}

/** The status that went out. */
function send(res: ServerResponse, { status, headers = {}, json, text: body }: Answer, now: number): number {
  const payload = body ?? (json === undefined ? "" : JSON.stringify(json));
  res.writeHead(status, { "content-type": "application/json; charset=utf-8", date: new Date(now).toUTCString(), ...headers });
  res.end(payload);
  return status;
}
