import { createWriteStream, renameSync, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BackupError } from "../backup/errors.ts";
import { exportLines } from "../backup/export.ts";
import { isThere, systemCode } from "../backup/files.ts";
import { version } from "../version.ts";
import type { Output } from "./output.ts";
import type { Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";

export function addExport(verbs: Verbs): void {
  verbs
    .verb("export", {
      summary: "write everything as lines of JSON; the server may go on",
      examples: [
        ["theset export everything.ndjson", "without password hashes, sessions, tokens and keys"],
        ["theset export everything.ndjson --with-secrets", "with them: whoever has the file has them too"],
        ["theset export - | gzip > everything.ndjson.gz", "to stdout"],
      ],
    })
    .argument("<file>", "a new file; - for stdout")
    .option("--with-secrets", "with password hashes, sessions, API tokens and keys")
    .action((file: string, { withSecrets = false }: { withSecrets?: boolean }) => verbs.run((program, out) => exportTo(program, out, { file, secrets: withSecrets })));
}

async function exportTo({ config }: Program, out: Output, { file, secrets }: { file: string; secrets: boolean }): Promise<number> {
  const { databasePath, databaseUrl } = config;
  if (!isThere(databasePath)) throw new BackupError(`There is no database at ${databasePath}.`);
  if (file !== "-" && isThere(file)) throw new BackupError(`${file} is there already. Give another name, or remove it.`);
  await out.follow((follow) => writeLines(exportLines({ databaseUrl, program: version, now: Date.now, secrets, follow }), file));
  if (file === "-") return 0;
  out.say(`${file} holds everything${secrets ? "" : " but password hashes, sessions, tokens and keys"}.`);
  out.result({ file, secrets });
  return 0;
}

/** To stdout, or into a file that gets its name once it is whole. */
export async function writeLines(pieces: AsyncIterable<string>, file: string): Promise<void> {
  const lines = Readable.from(pieces, { objectMode: true });
  if (file === "-") return pipeline(lines, process.stdout, { end: false });
  const partial = `${file}.partial`;
  try {
    await pipeline(lines, createWriteStream(partial, { mode: 0o600, flush: true }));
    renameSync(partial, file);
  } catch (error) {
    const code = systemCode(error);
    if (!code?.startsWith("E")) throw error;
    throw new BackupError(code === "ENOSPC" ? `The disk of ${file} is full. Make room, or give a name on another disk.` : `${file} can't be written (${code}). Give another name, or the right to write there.`);
  } finally {
    rmSync(partial, { force: true });
  }
}
