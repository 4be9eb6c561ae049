import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Keys } from "./sandbox/access.ts";
import type { Bases } from "./sandbox/sandbox.ts";
import type { ArtistSpec, Counts } from "./sandbox/world.ts";
import type { Figures } from "./sandbox/traffic.ts";

const script = fileURLToPath(new URL("./sandbox/serve.ts", import.meta.url));

export interface SandboxProcess extends AsyncDisposable {
  /** What the program is started with to ask it. */
  env: Record<string, string>;
  artists(): Promise<{ index: number; name: string; counts: Counts }[]>;
  traffic(): Promise<Record<Provider, Figures>>;
  /** As control.ts has it, such as "/faults" with { fault: "hang" }. */
  tell(path: string, body?: unknown): Promise<unknown>;
}

export interface SandboxProcessOptions {
  /** What the first artists have. */
  sizes?: ArtistSpec[];
  /** How many there are; as many as sizes by default. */
  artists?: number;
  festivals?: number;
  /** So many times as fast, and as many a day, as the providers allow; null for no limit. */
  pace?: number | null;
  day?: number | null;
  /** Between two requests of the program, ms; absent for each provider's own. */
  paceMs?: Record<Provider, number> | number;
}

/** The four providers in a process of their own. */
export async function startSandboxProcess(options: SandboxProcessOptions): Promise<SandboxProcess> {
  const { sizes = [], artists = sizes.length, festivals = 0, pace = null, day = null, paceMs } = options;
  const flags = { sizes: JSON.stringify(sizes), artists, festivals, pace: pace ?? "off", day: day ?? "off" };
  const child = spawn(process.execPath, [script, ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const line = once(createInterface(child.stdout), "line") as Promise<[string]>;
  const [told] = await Promise.race([line, exited.then(([code]) => Promise.reject(new Error(`The sandbox ended with ${String(code)}`)))]);
  const { bases, control, keys } = JSON.parse(told) as { bases: Bases; control: string; keys: Keys };
  const ask = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const answer = await fetch(`${control}${path}`, init);
    const body = (await answer.json()) as T;
    if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${JSON.stringify(body)}`);
    return body;
  };
  return {
    env: environmentOf(bases, keys, paceMs),
    artists: () => ask("/world"),
    traffic: () => ask("/traffic"),
    tell: (path, body) => ask(path, { method: "POST", body: JSON.stringify(body ?? {}), headers: { "content-type": "application/json" } }),
    async [Symbol.asyncDispose]() {
      process.off("exit", kill);
      child.kill("SIGTERM");
      await exited;
    },
  };
}

function environmentOf(bases: Bases, keys: Keys, paceMs: SandboxProcessOptions["paceMs"]): Record<string, string> {
  const of = (provider: Provider) => (typeof paceMs === "number" ? paceMs : paceMs?.[provider]);
  const paces = (["musicbrainz", "setlistfm", "ticketmaster", "spotify"] as const).flatMap((provider) => {
    const ms = of(provider);
    return ms === undefined ? [] : [[`${provider.toUpperCase()}_PACE_MS`, String(ms)]];
  });
  return {
    MUSICBRAINZ_URL: bases.musicbrainz,
    MUSICBRAINZ_CONTACT: "tests@example.org",
    SETLISTFM_URL: bases.setlistfm,
    SETLISTFM_API_KEY: keys.setlistfm,
    SETLISTFM_DAILY: "1000000",
    TICKETMASTER_URL: bases.ticketmaster,
    TICKETMASTER_API_KEY: keys.ticketmaster,
    TICKETMASTER_DAILY: "1000000",
    SPOTIFY_URL: bases.spotify,
    SPOTIFY_ACCOUNTS_URL: bases.spotifyAccounts,
    SPOTIFY_CLIENT_ID: keys.clientId,
    SPOTIFY_CLIENT_SECRET: keys.clientSecret,
    ...(Object.fromEntries(paces) as Record<string, string>),
  };
}

/** Requests at all providers together. */
export function requestsIn(traffic: Record<Provider, Figures>): number {
  return Object.values(traffic).reduce((sum, { requests }) => sum + requests, 0);
}
