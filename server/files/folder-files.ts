import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/server-runtime";
import { readMigrations } from "#db/migrate.ts";
import { clientFiles, type ProgramFiles } from "./program-files.ts";

/** In development and tests the sources run as they are, otherwise from the build folder. */
const fromSources = import.meta.url.endsWith(".ts");
const root = fileURLToPath(new URL(fromSources ? "../../" : "../", import.meta.url));

/** The files of a source tree, or of the build folder in it. */
export const folderFiles: ProgramFiles = {
  writerThread: pathToFileURL(join(root, fromSources ? "server/writer-thread.ts" : "build/writer-thread.mjs")),
  backupThread: pathToFileURL(join(root, fromSources ? "server/backup/backup-thread.ts" : "build/backup-thread.mjs")),
  migrations: () => readMigrations(join(root, "db/migrations")),
  async loadPages() {
    const entry = pathToFileURL(join(root, "build/server/index.js")).href;
    const client = join(root, "build/client");
    const names = readdirSync(client, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(client.length + 1).replaceAll(sep, "/"));
    return {
      build: (await import(/* @vite-ignore */ entry)) as ServerBuild,
      client: clientFiles(names, (name) => readFileSync(join(client, name))),
    };
  },
};
