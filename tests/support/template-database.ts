import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openWriter } from "#db/client.ts";
import { migrate, readMigrations } from "#db/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated, empty database that every test copies. */
    templateDatabase: string;
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
  project.provide("templateDatabase", path);
  return () => rmSync(folder, { recursive: true });
}
