import pino from "pino";
import type { Config } from "../config/config.ts";
import { UsageError, type Program } from "./program.ts";
import { createAssets } from "../http/assets.ts";
import { startServer, type RunningServer } from "../start.ts";

/** How long stopping may take in all, in ms. */
const SHUTDOWN_MS = 10_000;

/** Serves until a signal comes. */
export async function serve(program: Program, { dev, jobs }: { dev: boolean; jobs: boolean }): Promise<number> {
  const { config, files } = program;
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const pages = dev ? await devPages(program) : await builtPages(files);
  const server = await startServer({ config, files, log, now: Date.now, pages, jobs });
  greet(config, server);
  const reason = await Promise.race([nextSignal(), server.ended]);
  if (reason instanceof Error) log.fatal({ err: reason }, "Nothing can be written any more: stopping");
  else log.info({ signal: reason }, "Stopping");
  const late = setTimeout(() => process.exit(1), SHUTDOWN_MS);
  await server.close();
  await pages.close();
  clearTimeout(late);
  return reason instanceof Error ? 1 : 0;
}

async function devPages({ startDevPages }: Program) {
  if (!startDevPages) throw new UsageError("--dev works in a source tree only.");
  const pages = await startDevPages();
  return { ...pages, mode: "development" as const };
}

async function builtPages(files: Program["files"]) {
  const { build, client } = await files.loadPages();
  return { build, assets: createAssets(client), mode: "production" as const, close: async () => {} };
}

function greet({ publicUrl, databasePath }: Config, { url, setupToken }: RunningServer): void {
  console.log(`TheSet is at ${publicUrl ?? url}`);
  console.log(`The database is ${databasePath}`);
  if (setupToken === null) return;
  console.log(`To become its first admin: sign up, then enter this one-time token at ${publicUrl ?? url}/setup`);
  console.log(`  ${setupToken}`);
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, resolve);
  });
}
