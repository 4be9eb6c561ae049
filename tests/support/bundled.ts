import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { build, type Plugin } from "esbuild";
import { folderFiles } from "#server/files/folder-files.ts";
import type { ProgramFiles } from "#server/files/program-files.ts";

const require = createRequire(join(process.cwd(), "package.json"));

/** The driver with its add-on stays where it is installed. */
const driver: Plugin = {
  name: "driver",
  setup: (bundle) => bundle.onResolve({ filter: /^libsql/ }, ({ path }) => ({ path: require.resolve(path), external: true })),
};

const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };

/**
 * Makes one file of a script of the sources and returns its path. It starts in a tenth of the time, for
 * what is started again and again; it does the same, but must not ask where its own file is.
 */
export async function bundled(script: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "theset-bundled-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, `${basename(script, ".ts")}.mjs`);
  await build({ entryPoints: [script], outfile, bundle: true, platform: "node", format: "esm", target: "node24", banner, plugins: [driver], logLevel: "error" });
  return outfile;
}

/** The files of the source tree, with threads that start quickly. */
export async function quickFiles(): Promise<ProgramFiles> {
  const [writer, backup] = await Promise.all(["server/writer-thread.ts", "server/backup/backup-thread.ts"].map(bundled));
  return { ...folderFiles, startWriter: () => new Worker(writer!), backupThread: pathToFileURL(backup!) };
}
