import { createServer } from "node:http";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { createApiDeps } from "./api-deps.ts";
import type { KnownAccess } from "./auth/known-access.ts";
import { createToken } from "./auth/tokens.ts";
import type { Background, BackgroundOptions } from "./background.ts";
import type { BackupJob } from "./backup-job.ts";
import { roomProblem } from "./backup/room.ts";
import type { Config } from "./config/config.ts";
import type { OpenDatabase } from "./database.ts";
import { createLeanHandler } from "./http/lean-calls.ts";
import { descriptorLimit } from "./http/descriptors.ts";
import { createListener } from "./http/listener.ts";
import { createImportStream } from "./http/live-imports.ts";
import { createLinkFiles } from "./http/link-files.ts";
import { createLiveHandler } from "./http/live.ts";
import { createMetricsHandler } from "./http/metrics.ts";
import { createPages, type PageOptions } from "./http/pages.ts";
import { createProcedureHandler } from "./http/procedures.ts";
import { listen } from "./listen.ts";
import type { Live } from "./live.ts";
import { Metrics } from "./metrics.ts";
import { startTraffic, type RunningTraffic } from "./traffic.ts";
import { lastEventSeq } from "./views/live-tally.ts";

/** How long requests under way may take once the server is told to stop, in ms. */
const DRAIN_MS = 8_000;

/** Descriptors kept free for the database, assets and the runtime when connections take all others. */
const RESERVED_DESCRIPTORS = 100;

export interface SiteOptions {
  config: Config;
  log: Logger;
  /** Epoch ms. */
  now: () => number;
  /** Whether this process runs the scheduled jobs. */
  jobs: boolean;
  /** Bytes left where a folder is; asks the file system unless given. */
  freeBytes?: (folder: string) => Promise<number>;
}

/** What renders pages, and what answers for the files that they name. */
export type ServedPages = PageOptions & { assets: Parameters<typeof createListener>[0]["assets"] };

export interface RunningServer {
  /** The address to open, such as http://127.0.0.1:3000, or unix:/run/theset.sock. */
  url: string;
  /** The one-time token for the first admin; null unless it was made at this start. */
  setupToken: string | null;
  write: OpenDatabase["write"];
  /** Resolves with the reason when nothing can be written any more. */
  ended: Promise<Error>;
  /** Live streams open now, and how many of them hear of a show. */
  liveCounts(): { streams: number; subscribers: number };
  /**
   * Stops taking requests, finishes those under way, and closes everything. For `goodbyeMs` before,
   * answers end their connections: a client that has sent its next request already loses none.
   */
  close(options?: { goodbyeMs?: number }): Promise<void>;
}

interface Parts {
  database: OpenDatabase;
  live: Live;
  known: KnownAccess;
  metrics: Metrics;
  pages: ServedPages;
  backup: BackupJob;
}

/** What the program counts of itself. */
export function createMetrics(database: OpenDatabase, { hub, slots, streams }: Live, { backups }: BackupJob): Metrics {
  return new Metrics({
    waitingCalls: () => database.waiting(),
    openStreams: () => slots.taken,
    framesSent: () => hub.framesSent,
    lastFanOutMs: () => hub.lastFanOutMs,
    cutOff: () => streams.cutOff,
    lastBackup: () => backups.latest(),
    failedBackups: () => backups.failures,
  });
}

/** Puts together what answers requests, and listens. */
export async function openSite(options: SiteOptions, { database, live, known, metrics, backup, pages }: Parts): Promise<RunningServer> {
  const { config, log, now } = options;
  const { reader } = database;
  let background: Promise<Background> | null = null;
  const askedProviders = async () => (await background)?.sources.states() ?? null;
  const deps = createApiDeps({ reader, write: database.write, now, log, hub: live.hub, imports: live.imports, slots: live.slots, known, askedProviders, basePath: config.basePath });
  const { write } = deps;
  const procedures = createProcedureHandler(deps);
  const sitePages = createPages(deps, { ...pages, basePath: config.basePath });
  live.onEvent(sitePages.hear);
  let stopping = false;
  const traffic = startTraffic({ write: database.write, now, log });
  const listener = createListener({
    site: config,
    assets: pages.assets,
    ...traffic.counted({
      procedures: procedures.handle,
      lean: createLeanHandler(deps),
      pages: sitePages.handle,
      publicPages: sitePages.answerPublic,
      live: createLiveHandler(reader, live),
    }),
    importProgress: createImportStream(deps, live.streams),
    linkFiles: createLinkFiles(deps),
    metrics: createMetricsHandler({ token: config.metricsToken, text: () => metrics.text() }),
    readiness: async () => {
      if (stopping) return "The server is stopping.";
      await lastEventSeq(reader);
      return (await database.writeProblem()) ?? roomProblem(dirname(config.databasePath), options.freeBytes);
    },
    onError: (error, path) => log.error({ err: error, path }, "A request failed"),
  });
  const server = createServer(listener);
  // A client that sends a byte now and then does not hold a connection for long.
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  const descriptors = await descriptorLimit();
  if (descriptors !== null) server.maxConnections = Math.max(16, descriptors - RESERVED_DESCRIPTORS);
  const address = await listen(server, config).catch(stoppedFirst(traffic));
  background = options.jobs
    ? startJobs({
        config,
        reader,
        write,
        log,
        now,
        waiting: () => database.waiting(),
        onRequest: (figures) => metrics.asked(figures),
        ...(backup.scheduled && { backup: backup.scheduled }),
      })
    : null;
  return {
    url: address.startsWith("unix:") ? address : address + config.basePath,
    // After listening: a start that fails must not use up the one token there is.
    setupToken: await makeSetupToken(write),
    write,
    ended: database.ended,
    liveCounts: () => ({ streams: live.slots.taken, subscribers: live.hub.subscribers }),
    async close({ goodbyeMs = 0 } = {}) {
      stopping = true;
      const jobsEnded = background?.then((jobs) => jobs.stop());
      const backupsEnded = backup.backups.stop();
      // A connection that always has a next request would otherwise stay until it is cut in the middle of one.
      server.prependListener("request", (_req, res) => void (res.shouldKeepAlive = false));
      live.slots.close();
      await sleep(goodbyeMs);
      const closed = new Promise((resolve) => server.close(resolve));
      // Open streams end last: one that a browser opens again at once finds nobody listening.
      live.close();
      procedures.closeStreams();
      server.closeIdleConnections();
      const patience = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearTimeout(patience);
      await Promise.all([backupsEnded, jobsEnded, traffic.stop()]);
      await database.close();
    },
  };
}

/** What counts would otherwise keep a program alive that could not listen. */
function stoppedFirst(traffic: RunningTraffic): (error: unknown) => Promise<never> {
  return async (error) => {
    await traffic.stop();
    throw error;
  };
}

async function makeSetupToken(write: OpenDatabase["write"]): Promise<string | null> {
  const { token, tokenHash } = createToken();
  return (await write("issueSetupToken", { tokenHash })) ? token : null;
}

/** After listening: what asks providers takes a while to load, and nobody waits for it. */
async function startJobs(options: BackgroundOptions): Promise<Background> {
  const { startBackground } = await import("./background.ts");
  return startBackground(options);
}
