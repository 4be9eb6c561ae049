import { Option } from "commander";
import pino from "pino";
import type { Config } from "../config/config.ts";
import type { Output } from "./output.ts";
import { UsageError, type Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";
import { withBasePath } from "../files/base-path.ts";
import { createAssets } from "../http/assets.ts";
import { startServer, type RunningServer } from "../start.ts";

/** How long stopping may take in all, in ms. */
const SHUTDOWN_MS = 10_000;

export function addServe(verbs: Verbs): void {
  verbs
    .verb("serve", {
      summary: "serve the site; the database is made and migrated at start",
      examples: [
        ["theset serve", "at http://127.0.0.1:3000, with the data in ./data"],
        ["HOST=0.0.0.0 PORT=8080 DATA_DIR=/var/lib/theset theset serve", "for other machines, with the data elsewhere"],
        ["theset serve --no-jobs", "leave the scheduled jobs to a `theset work` beside it"],
      ],
    })
    .option("--no-jobs", "leave the scheduled jobs to another process")
    .addOption(new Option("--dev", "pages from the sources, reloading as they change").hideHelp())
    .action(({ dev = false, jobs }: { dev?: boolean; jobs: boolean }) => verbs.run((program, out) => serve(program, out, { dev, jobs })));
}

/** Serves until a signal comes. */
async function serve(program: Program, out: Output, { dev, jobs }: { dev: boolean; jobs: boolean }): Promise<number> {
  const { config, files } = program;
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const pages = dev ? await devPages(program) : await builtPages(program);
  const server = await startServer({ config, files, log, now: Date.now, pages, jobs });
  greet(config, server, out);
  const reason = await Promise.race([nextSignal(), server.ended]);
  if (reason instanceof Error) log.fatal({ err: reason }, "Nothing can be written any more: stopping");
  else log.info({ signal: reason }, "Stopping");
  const late = setTimeout(() => process.exit(1), SHUTDOWN_MS);
  await server.close();
  await pages.close();
  clearTimeout(late);
  return reason instanceof Error ? 1 : 0;
}

async function devPages({ config, startDevPages }: Program) {
  if (!startDevPages) throw new UsageError("--dev works in a source tree only.");
  if (config.basePath !== "") throw new UsageError("--dev serves at / only: leave out BASE_PATH.");
  const pages = await startDevPages();
  return { ...pages, mode: "development" as const };
}

async function builtPages({ config, files }: Program) {
  const { build, client } = withBasePath(await files.loadPages(), config.basePath);
  return { build, assets: createAssets(client), mode: "production" as const, close: async () => {} };
}

function greet({ publicUrl, basePath, databasePath, dataDir }: Config, { url, setupToken }: RunningServer, out: Output): void {
  const address = publicUrl === null ? url : publicUrl.replace(/\/$/, "") + basePath;
  out.say(`TheSet is at ${address}`);
  out.say(`The database is ${databasePath}`);
  out.result({ url: address, listening: url, dataDir, database: databasePath, setupToken });
  if (setupToken === null) return;
  out.say(`To become its first admin: sign up, then enter this one-time token at ${address}/setup`);
  out.say(`  ${setupToken}`);
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, resolve);
  });
}
