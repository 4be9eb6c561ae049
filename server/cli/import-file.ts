import { createReadStream, statSync } from "node:fs";
import { BackupError } from "../backup/errors.ts";
import { isThere, systemCode } from "../backup/files.ts";
import { importFrom } from "../backup/import.ts";
import type { Output } from "./output.ts";
import type { Program } from "./program.ts";

/** Makes the database from an export. */
export async function importFile({ config, files }: Program, out: Output, file: string): Promise<number> {
  if (file !== "-" && !isThere(file)) throw new BackupError(`There is no file ${file}.`);
  const [from, bytes] = file === "-" ? [process.stdin] : [createReadStream(file), statSync(file).size];
  const deps = { config, known: files.migrations(), now: Date.now, bytes };
  const { header, rows } = await out.follow((follow) => importFrom({ ...deps, follow }, from)).catch((error: unknown) => {
    const code = systemCode(error);
    throw code === "EISDIR" || code === "EACCES" ? new BackupError(`${file} can't be read (${code}). Give the file that \`theset export\` wrote, and the right to read it.`) : error;
  });
  out.say(`${config.databasePath} holds what was exported at ${header.madeAt}, with ${rows["votes"] ?? 0} votes.`);
  if (!header.secrets) out.say("Passwords were not in it: `theset user reset-password` gives an account a new one.");
  out.result({ database: config.databasePath, header, rows });
  return 0;
}
