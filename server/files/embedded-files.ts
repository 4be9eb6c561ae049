import { getAsset, getRawAsset } from "node:sea";
import type { ServerBuild } from "@remix-run/server-runtime";
import type { Migration } from "#db/migrate.ts";
import { embeddedThread } from "./embedded-code.ts";
import { startWriter } from "./embedded-writer.ts";
import { clientFiles, type ProgramFiles } from "./program-files.ts";

/** The files inside the single executable; scripts/binary/make.mjs puts them there under these names. */
export const embeddedFiles: ProgramFiles = {
  startWriter,
  get backupThread() {
    return embeddedThread("backup-thread.js");
  },
  migrations: () => JSON.parse(getAsset("migrations.json", "utf8")) as Migration[],
  licences: () => getAsset("licences.txt", "utf8"),
  checkPages() {},
  async loadPages() {
    const names = JSON.parse(getAsset("client.json", "utf8")) as string[];
    return {
      build: (await import("theset:pages")) as unknown as ServerBuild,
      // Where they lie in the executable: nothing is copied.
      client: clientFiles(names, (name) => new Uint8Array(getRawAsset(`client/${name}`))),
    };
  },
};
