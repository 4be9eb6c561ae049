import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { openReader } from "#db/client.ts";
import { WriterClient, type WireError } from "#db/writer-client.ts";
import type { Commit } from "#db/writer.ts";
import { backUpBeforeUpgrade } from "./backup/before-upgrade.ts";
import type { Commands, Write } from "./commands/registry.ts";
import type { BackupConfig } from "./config/config.ts";
import { AppError, type AppErrorDetails } from "./domain/errors.ts";
import type { ProgramFiles } from "./files/program-files.ts";
import { holdsKey, keysAtStart } from "./keys-at-start.ts";
import { version } from "./version.ts";
import type { Reader } from "./views/reader.ts";
import type { WriterOrder } from "./writer-thread.ts";

export interface OpenDatabase {
  reader: Reader;
  write: Write;
  /**
   * Null when writes go through, else why not. While the disk is at fault each call tries a write,
   * so that its end is noticed although nobody else comes any more.
   */
  writeProblem(): Promise<string | null>;
  /** Calls that wait for their commit now. */
  waiting(): number;
  /** Resolves with the reason when nothing can be written any more. */
  ended: Promise<Error>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  databaseUrl: string;
  databasePath: string;
  files: Pick<ProgramFiles, "startWriter" | "backupThread" | "migrations">;
  /** Where the backup goes that is made before an upgrade. */
  backup: BackupConfig;
  /** Epoch ms. */
  now: () => number;
  onCommit: (commit: Commit) => void;
  /** Hears what the driver says when the file can't be written any more, and null when it can again. */
  onStorage?: (problem: string | null) => void;
  /** Hears where the backup is that was made before an upgrade. */
  onUpgrade?: (backup: string) => void;
  /** Hears what whoever runs the program should know of its keys. */
  onKeys?: (line: string) => void;
}

/** About a second's work of the writer on two cores. */
const MAX_WAITING = 10_000;
const UNWRITABLE = "The database cannot be written.";

/** Opens the database, migrated, after a backup where that is an upgrade: a reader here and the writer in its thread. Makes the program's keys where there are none. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  mkdirSync(dirname(options.databasePath), { recursive: true });
  const { databaseUrl, databasePath, backup, files } = options;
  const keys = await keysAtStart(options);
  const made = await backUpBeforeUpgrade({ config: { databaseUrl, backup }, files, program: version, now: options.now }, databasePath);
  if (made !== null) options.onUpgrade?.(made);
  const worker = files.startWriter();
  worker.postMessage({ databaseUrl, migrations: files.migrations(), keys } satisfies WriterOrder);
  const { now, onCommit } = options;
  let broken = false;
  const onStorage = (problem: string | null) => {
    broken = problem !== null;
    options.onStorage?.(problem);
  };
  const writer = await WriterClient.connect<Commands>({
    worker,
    now,
    revive,
    onCommit,
    onStorage,
    maxWaiting: MAX_WAITING,
    refusal: overloaded,
  });
  const connection = await openReader(databaseUrl);
  const close = async () => {
    await writer.close();
    connection.close();
  };
  try {
    // A secret beside what is hashed under it hides little.
    if (await holdsKey(connection.db)) await writer.run("dropStoredKey", undefined);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    reader: connection.db,
    write: (name, input) => writer.run(name, input),
    async writeProblem() {
      if (writer.failure !== null) return UNWRITABLE;
      if (!broken) return null;
      return writer.run("probeStorage", undefined).then(() => null, () => UNWRITABLE);
    },
    waiting: () => writer.depth,
    ended: writer.ended,
    close,
  };
}

function overloaded(): AppError {
  const message = "We are very busy right now. Try again in a moment.";
  return new AppError({ kind: "busy", reason: "busy", message, retryAfter: 1 });
}

function revive({ details, name, message, stack }: WireError): Error {
  if (details) return new AppError(details as AppErrorDetails);
  return Object.assign(new Error(message), { name: name ?? "Error", ...(stack && { stack }) });
}
