import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { PROVIDERS, type Provider } from "#server/domain/provider-records.ts";
import { KEYS, musicBrainzAccess, setlistFmAccess, ticketmasterAccess, Tokens, type Keys } from "./access.ts";
import type { Answer, Asked } from "./answer.ts";
import { hash } from "./chance.ts";
import { answerControl, CONTROL } from "./control.ts";
import { Faults, sendBroken, spoilt } from "./faults.ts";
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
  /** For slow answers, ms. */
  sleep?: (ms: number) => Promise<unknown>;
  /** The first of five ports in a row, the last one for its control; any that are free by default. */
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
  /** Where other processes steer it; see control.ts. */
  control: string;
  keys: Keys;
  world: World;
  limits: Limiter;
  traffic: Traffic;
  tokens: Tokens;
  faults: Faults;
  /** Connections to the provider are refused until it is up again, at the same address. */
  down(provider: Provider): Promise<void>;
  up(provider: Provider): Promise<void>;
}

/** The four providers on this machine, each on a port of its own. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = new Running(options);
  await sandbox.listen();
  return sandbox;
}

class Running implements Sandbox {
  readonly bases = {} as Bases;
  control = "";
  readonly keys: Keys;
  readonly world: World;
  readonly limits: Limiter;
  readonly traffic = new Traffic();
  readonly tokens: Tokens;
  readonly faults = new Faults();
  readonly #clock: () => number;
  readonly #sleep: (ms: number) => Promise<unknown>;
  readonly #port: number;
  readonly #servers = new Map<Provider | "control", Server>();

  constructor({ world, keys, limits = {}, clock = Date.now, sleep = wait, port = 0 }: SandboxOptions) {
    this.#port = port;
    this.world = world;
    this.keys = { ...KEYS, ...keys };
    this.#clock = clock;
    this.#sleep = sleep;
    this.limits = new Limiter(clock);
    this.tokens = new Tokens(clock);
    for (const provider of PROVIDERS) {
      this.limits.set(provider, "pace" in limits || "day" in limits ? limits : ((limits as Partial<Record<Provider, Limits>>)[provider] ?? {}));
    }
  }

  async listen(): Promise<void> {
    for (const [nth, provider] of PROVIDERS.entries()) {
      const origin = await this.#open(provider, nth, (req, res) => this.#serve(provider, req, res));
      this.bases[provider] = `${origin}${BELOW[provider]}`;
      if (provider === "spotify") this.bases.spotifyAccounts = `${origin}${ACCOUNTS}`;
    }
    const origin = await this.#open("control", PROVIDERS.length, (req, res) => answerControl(this, req, res, this.#clock()));
    this.control = `${origin}${CONTROL}`;
  }

  async down(provider: Provider): Promise<void> {
    await closed(this.#servers.get(provider)!);
  }

  async up(provider: Provider): Promise<void> {
    const server = this.#servers.get(provider)!;
    if (!server.listening) await listening(server, Number(new URL(this.bases[provider]).port));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers.values()) await closed(server);
  }

  async #open(name: Provider | "control", nth: number, serve: (req: IncomingMessage, res: ServerResponse) => Promise<void>): Promise<string> {
    const server = createServer((req, res) => void serve(req, res).catch((error: unknown) => fail(res, error)));
    await listening(server, this.#port === 0 ? 0 : this.#port + nth);
    this.#servers.set(name, server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #serve(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const asked = await read(req);
    const limited = this.limits.take(provider);
    const rule = this.faults.choose(provider, asked.url.pathname);
    const entry = this.#enter(provider, asked, limited !== null, rule?.fault ?? null);
    if (rule?.fault === "slow") await this.#sleep(rule.ms ?? 1_000);
    const answer = tagged(provider, limited ?? this.#answer(provider, asked), asked);
    if (rule && sendBroken(res, rule, answer)) return this.traffic.answered(entry, null);
    this.traffic.answered(entry, send(res, (rule && spoilt(rule, answer)) ?? answer, this.#clock()));
  }

  #enter(provider: Provider, { method, url }: Asked, violation: boolean, fault: string | null): Entry {
    const shown = new URL(url);
    shown.searchParams.delete("apikey");
    const path = `${shown.pathname}${shown.search}`;
    const entry: Entry = { provider, at: this.#clock(), method, path, kind: kindOf(url.pathname), status: null, violation, fault };
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

async function listening(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
}

/** A mistake of the sandbox's own says so, so that nobody takes it for one of its faults. */
function fail(res: ServerResponse, error: unknown): void {
  console.error(error);
  if (res.headersSent) res.destroy();
  else res.writeHead(500, { "content-type": "text/plain" }).end(`The sandbox itself failed: ${String(error)}`);
}

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
