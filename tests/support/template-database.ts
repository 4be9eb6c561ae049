import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openWriter } from "#db/client.ts";
import { migrate, readMigrations } from "#db/migrate.ts";
import { bundleInto } from "./bundle.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated, empty database that every test copies. */
    templateDatabase: string;
    /** What is made once for all files of a run; it goes with the run. */
    runFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "theset-template-"));
  const path = join(folder, "template.db");
  const writer = await openWriter(`file:${path}`);
  await migrate(writer.client, readMigrations(join(project.config.root, "db/migrations")));
  // One file to copy: nothing may be left in the write-ahead log.
  await writer.client.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  writer.close();
  await Promise.all(["server/writer-thread.ts", "server/backup/backup-thread.ts"].map((thread) => bundleInto(folder, thread)));
  project.provide("templateDatabase", path);
  project.provide("runFolder", folder);
  return () => rmSync(folder, { recursive: true });
}
