import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { ServerBuild } from "@remix-run/server-runtime";
import { readMigrations } from "#db/migrate.ts";
import { clientFiles, type ProgramFiles } from "./program-files.ts";

/** In development and tests the sources run as they are, otherwise from the build folder. */
const fromSources = import.meta.url.endsWith(".ts");
const root = fileURLToPath(new URL(fromSources ? "../../" : "../", import.meta.url));
const server = join(root, "build/server/index.js");
const client = join(root, "build/client");

/** The pages are not there; the message says what to do. */
export class NoBuildError extends Error {
  override readonly name = "NoBuildError";

  constructor(missing: string) {
    super(`The pages are not built: there is no ${missing}. Run \`npm run build\` in ${root}, then start again.`);
  }
}

/** The files of a source tree, or of the build folder in it. */
export const folderFiles: ProgramFiles = {
  startWriter: () => new Worker(join(root, fromSources ? "server/writer-thread.ts" : "build/writer-thread.mjs"), { name: "writer" }),
  backupThread: pathToFileURL(join(root, fromSources ? "server/backup/backup-thread.ts" : "build/backup-thread.mjs")),
  migrations: () => readMigrations(join(root, "db/migrations")),
  checkPages() {
    for (const path of [server, client]) if (!existsSync(path)) throw new NoBuildError(path);
  },
  async loadPages() {
    const entry = pathToFileURL(server).href;
    const names = readdirSync(client, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(client.length + 1).replaceAll(sep, "/"));
    return {
      build: (await import(/* @vite-ignore */ entry)) as ServerBuild,
      client: clientFiles(names, (name) => readFileSync(join(client, name))),
    };
  },
};
