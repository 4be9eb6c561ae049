import { Option } from "commander";
import pino from "pino";
import type { Config } from "../config/config.ts";
import type { Output } from "./output.ts";
import { UsageError, type Program } from "./program.ts";
import { preflight } from "./preflight.ts";
import { Stopping } from "./stopping.ts";
import type { Verbs } from "./verbs.ts";
import { withBasePath } from "../files/base-path.ts";
import { startServer, type RunningServer, type ServedPages } from "../start.ts";

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

/** How long open connections are told that they end, in ms: a proxy's next request is on its way by then. */
const GOODBYE_MS = 150;

/** Serves until a signal comes. */
async function serve(program: Program, out: Output, { dev, jobs }: { dev: boolean; jobs: boolean }): Promise<number> {
  const { config, files } = program;
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const stopping = new Stopping();
  if (!dev) files.checkPages();
  await preflight(config, { create: true, now: Date.now() });
  const devPages = dev ? await startDevPages(program) : null;
  const pages = async () => devPages ?? (await builtPages(program));
  const server = await startServer({ config, files, log, now: Date.now, pages, jobs });
  greet(config, server, out);
  const reason = await Promise.race([stopping.asked, server.ended]);
  if (reason instanceof Error) log.fatal({ err: reason }, "Nothing can be written any more: stopping");
  else log.info({ signal: reason }, "Stopping");
  stopping.withinTime();
  await server.close({ goodbyeMs: GOODBYE_MS });
  await devPages?.close();
  stopping.done();
  return reason instanceof Error ? 1 : 0;
}

async function startDevPages({ config, startDevPages }: Program) {
  if (!startDevPages) throw new UsageError("--dev works in a source tree only.");
  if (config.basePath !== "") throw new UsageError("--dev serves at / only: leave out BASE_PATH.");
  const pages = await startDevPages();
  return { ...pages, mode: "development" as const };
}

async function builtPages({ config, files }: Program): Promise<ServedPages> {
  const { createAssets } = await import("../http/assets.ts");
  const { build, client } = withBasePath(await files.loadPages(), config.basePath);
  return { build, assets: createAssets(client), mode: "production" };
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
