import { setImmediate } from "node:timers/promises";
import type { Logger } from "pino";
import type { Commit } from "#db/writer.ts";
import { KnownAccess } from "./auth/known-access.ts";
import { backupJob } from "./backup-job.ts";
import { openDatabase } from "./database.ts";
import type { ProgramFiles } from "./files/program-files.ts";
import { startLive, type Live } from "./live.ts";
import type { Metrics } from "./metrics.ts";
import type { RunningServer, ServedPages, SiteOptions } from "./site.ts";

export type { RunningServer, ServedPages } from "./site.ts";

export interface StartOptions extends SiteOptions {
  files: ProgramFiles;
  pages: () => Promise<ServedPages>;
}

/** Wires the program together and listens. Throws when it can't, with everything closed again. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { config, log, now } = options;
  let live: Live | null = null;
  let metrics: Metrics | null = null;
  const onCommit = (commit: Commit) => {
    live?.nudge();
    metrics?.committed(commit);
  };
  const onUpgrade = (backup: string) => log.info({ backup }, "Backed up before the upgrade");
  const onKeys = (line: string) => log.info(line);
  const opening = openDatabase({ ...config, files: options.files, now, onCommit, onStorage: storageLog(log), onUpgrade, onKeys });
  const loading = loadSite(options.pages);
  // Told below, with the database open to be closed.
  loading.catch(() => {});
  const known = new KnownAccess(options);
  const backup = backupJob(options);
  const database = await opening;
  try {
    if (config.demo) await database.write("seedDemo", { onlyIfFresh: true });
    await database.write("advanceShows", undefined);
    live = await startLive({ ...options, reader: database.reader, streams: config.streams, known });
    const { createMetrics, openSite, pages } = await loading;
    metrics = createMetrics(database, live, backup);
    return await openSite(options, { database, live, known, metrics, backup, pages });
  } catch (error) {
    live?.close();
    await database.close();
    throw error;
  }
}

/** Loads what answers requests, which takes long, while the writer's thread, just started, opens the database. */
async function loadSite(loadPages: StartOptions["pages"]) {
  await setImmediate();
  return { ...(await import("./site.ts")), pages: await loadPages() };
}

function storageLog(log: Logger): (problem: string | null) => void {
  return (problem) =>
    problem === null ? log.info("The database can be written again") : log.error({ problem }, "The database cannot be written");
}
