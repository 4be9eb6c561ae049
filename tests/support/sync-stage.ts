import pino from "pino";
import type { ImportTarget } from "#jobs/definitions.ts";
import { Runner } from "#jobs/runner.ts";
import type { Sources } from "#jobs/tasks/sources.ts";
import type { Write } from "#server/commands/registry.ts";
import { importJob } from "#server/commands/import-job.ts";
import type { ProvidersConfig } from "#server/config/providers.ts";
import { jobHandlers } from "#server/job-handlers.ts";
import { createSources, type SourceOptions } from "#server/sources.ts";
import { readWork } from "#server/views/jobs.ts";
import { startDirectWriter, type DirectWriter } from "./direct-writer.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "./sandbox/sandbox.ts";
import { createWorld, type ArtistSpec, type World } from "./sandbox/world.ts";
import type { TestClock } from "./clock.ts";
import type { TestDatabase } from "./test-database.ts";

export interface SyncStage extends AsyncDisposable {
  database: TestDatabase;
  clock: TestClock;
  world: World;
  sandbox: Sandbox;
  sources: Sources;
  write: Write;
  /** What the log was told from "info" on. */
  lines: Record<string, unknown>[];
  /** Another runner on the same database; with a way of its own to write it has all that another process has. */
  runner(owner?: string, through?: Write): Runner;
  /** Puts an import into the queue. */
  ask(target: ImportTarget): Promise<{ importId: number; jobId: number }>;
  /** Runs what is due until nothing is. */
  work(): Promise<void>;
}

export interface StageOptions {
  artists: ArtistSpec[] | number;
  festivals?: number;
  sandbox?: Omit<SandboxOptions, "world">;
  /** The providers that are asked; all by default. */
  only?: (keyof ProvidersConfig)[];
  patience?: SourceOptions["patience"];
  /** Requests a day that setlist.fm's key allows, as the settings say. */
  setlistsADay?: number | null;
  /** Of another stage, to be read by several; made of `artists` by default. */
  world?: World;
}

/** A database, the four providers as a sandbox, and what imports from them; waiting takes no time but moves the clock. */
export async function startSyncStage({ artists, festivals = 0, sandbox: options = {}, only, patience, setlistsADay = null, world: given }: StageOptions): Promise<SyncStage> {
  const direct: DirectWriter = await startDirectWriter();
  const { database, clock } = direct;
  const world = given ?? createWorld({ seed: "stage", now: clock.now(), artists, festivals });
  const sandbox = await startSandbox({ world, limits: { pace: null, day: null }, clock: clock.now, sleep: async (ms) => clock.advance(ms), ...options });
  const write: Write = (name, input) => direct.run(name, input);
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: "info", base: null }, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const sourcesBy = (through: Write) =>
    createSources({
      config: { sync: true, providers: pickProviders(providersOf(sandbox, setlistsADay), only) },
      reader: database.reader,
      write: through,
      log,
      now: clock.now,
      onRequest: () => {},
      patience: {
        random: () => 0.5,
        sleep: async (ms, signal) => {
          signal?.throwIfAborted();
          clock.advance(ms);
        },
        ...patience,
      },
    });
  const sources = sourcesBy(write);
  const runner = (owner = "the stage", through = write): Runner =>
    new Runner({
      write: through,
      look: (wanted, now) => readWork(database.reader, wanted, now),
      handlers: jobHandlers({ reader: database.reader, write: through, sources: through === write ? sources : sourcesBy(through), now: clock.now }),
      owner,
      log,
      now: clock.now,
      elapsed: clock.now,
      random: () => 0.5,
      memory: () => process.memoryUsage.rss(),
      repeat: () => () => {},
    });
  const stage: SyncStage = {
    database,
    clock,
    world,
    sandbox,
    sources,
    write,
    lines,
    runner,
    ask: (target) =>
      write("requestImport", {
        by: null,
        unlimited: true,
        name: "name" in target ? target.name : target.id,
        job: importJob(target),
      }),
    async work() {
      const one = runner();
      one.poll();
      await one.idle();
      await one.stop();
    },
    async [Symbol.asyncDispose]() {
      await sandbox[Symbol.asyncDispose]();
      await direct[Symbol.asyncDispose]();
    },
  };
  return stage;
}

/** The sandbox as the settings name it: asked as fast as it answers. */
export function providersOf({ bases, keys }: Sandbox, setlistsADay: number | null = null): ProvidersConfig {
  const paceMs = 0;
  return {
    musicbrainz: { baseUrl: bases.musicbrainz, contact: "tests@example.org", paceMs },
    setlistfm: { baseUrl: bases.setlistfm, key: keys.setlistfm, paceMs, daily: setlistsADay },
    ticketmaster: { baseUrl: bases.ticketmaster, key: keys.ticketmaster, affiliate: null, paceMs, daily: null },
    spotify: { baseUrl: bases.spotify, accountsUrl: bases.spotifyAccounts, clientId: keys.clientId, clientSecret: keys.clientSecret, paceMs },
  };
}

function pickProviders(all: ProvidersConfig, only?: (keyof ProvidersConfig)[]): ProvidersConfig {
  if (only === undefined) return all;
  const entries = Object.entries(all).map(([name, value]) => [name, only.includes(name as keyof ProvidersConfig) ? value : null]);
  return Object.fromEntries(entries) as ProvidersConfig;
}
