import type { Config } from "../config/config.ts";
import { openDatabase, type DatabaseOptions, type OpenDatabase } from "../database.ts";
import type { ProgramFiles } from "../files/program-files.ts";
import type { DevPages } from "../http/dev-pages.ts";
import { preflight } from "./preflight.ts";

/** What every verb gets: the settings, and what the program carries. */
export interface Program {
  config: Config;
  files: ProgramFiles;
  /** Pages from the sources, reloading as they change; absent where there are none. */
  startDevPages?: () => Promise<DevPages>;
}

/** What is known before the settings are read. */
export type Carried = Omit<Program, "config">;

/** Opens the database that there is, migrated, for one piece of work. Throws `PreflightError` where there is none. */
export function withDatabase<T>(program: Program, work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  return opened(program, { create: false }, work);
}

/** The same, and makes the database where there is none. */
export function withNewDatabase<T>(program: Program, work: (database: OpenDatabase) => Promise<T>, onKeys?: DatabaseOptions["onKeys"]): Promise<T> {
  return opened(program, { create: true, onKeys }, work);
}

interface Opening {
  create: boolean;
  /** As of `DatabaseOptions`; a line on stderr unless told otherwise. */
  onKeys?: DatabaseOptions["onKeys"];
}

async function opened<T>({ config, files }: Program, { create, onKeys = note }: Opening, work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  await preflight(config, { create, now: Date.now() });
  const database = await openDatabase({ ...config, files, now: Date.now, onCommit: () => {}, onKeys });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The command line asks for something that there is not; the message says what. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
