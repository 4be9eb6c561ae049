/**
 * A server process without pages, for tests that need more than one: `serve-api.ts INSTANT WRITER` takes
 * its settings from the environment, stands still at the instant, writes by the script of that path, and prints its address as
 * JSON.
 */
import { Worker } from "node:worker_threads";
import { pino } from "pino";
import { readMigrations } from "#db/migrate.ts";
import { readConfig } from "#server/config/config.ts";
import { folderFiles } from "#server/files/folder-files.ts";
import { startServer } from "#server/start.ts";

const now = Date.parse(process.argv[2] ?? "");
if (Number.isNaN(now)) throw new Error("Give the instant at which the clock stands, such as 2026-06-13T12:00:00Z.");
const writer = process.argv[3];
if (writer === undefined) throw new Error("Give the script that writes.");

const server = await startServer({
  config: readConfig(),
  files: { ...folderFiles, startWriter: () => new Worker(writer), migrations: () => readMigrations("db/migrations") },
  log: pino({ level: "error" }, pino.destination({ dest: 2, sync: true })),
  now: () => now,
  pages: async () => ({
    build: () => Promise.reject(new Error("This server has no pages")),
    mode: "production",
    assets: (_req, _res, next) => next(),
  }),
  jobs: false,
});
process.once("SIGTERM", () => void server.close());
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
