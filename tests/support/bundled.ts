import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { inject } from "vitest";
import { folderFiles } from "#server/files/folder-files.ts";
import type { ProgramFiles } from "#server/files/program-files.ts";
import { bundleInto } from "./bundle.ts";

/** Makes one file of a script of the sources and returns its path: for what is started again and again, in a tenth of the time. */
export function bundled(script: string): Promise<string> {
  return bundleInto(mkdtempSync(join(inject("runFolder"), "bundled-")), script);
}

/** The thread that writes, of the sources as they are. */
export function writerThread(): string {
  return join(inject("runFolder"), "writer-thread.mjs");
}

/** The files of the source tree, with threads of the same sources that start quickly. */
export const quickFiles: ProgramFiles = {
  ...folderFiles,
  startWriter: () => new Worker(writerThread(), { name: "writer" }),
  get backupThread() {
    return pathToFileURL(join(inject("runFolder"), "backup-thread.mjs"));
  },
};
