import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { ProgramFiles } from "../files/program-files.ts";
import type { FromBackupThread } from "./backup-thread.ts";
import { BackupError, BackupStoppedError, BackupUnderWayError } from "./errors.ts";
import type { Follow } from "./follow.ts";
import type { CopyOrder } from "./make-copy.ts";
import type { Manifest } from "./manifest.ts";

/**
 * Has a thread of its own make a copy; resolves once that thread has ended. Aborting `stop` breaks it
 * off, which takes a moment. Rejects with `BackupError`.
 */
export async function copyInThread(code: ProgramFiles["backupThread"], order: CopyOrder, stop: AbortSignal, follow: Follow): Promise<Manifest> {
  if (stop.aborted) throw new BackupStoppedError();
  const worker = new Worker(code, { workerData: order, name: "backup", eval: typeof code === "string" });
  const interrupt = () => worker.postMessage("stop");
  stop.addEventListener("abort", interrupt);
  try {
    let said: Ended | null = null;
    worker.on("message", (message: FromBackupThread) => {
      if (message.type === "at") follow(message.phase, message.done, message.total);
      else said = message;
    });
    // Rejects where the thread throws beside its work.
    await once(worker, "exit");
    return answerOf(said);
  } finally {
    stop.removeEventListener("abort", interrupt);
  }
}

type Ended = Exclude<FromBackupThread, { type: "at" }>;

function answerOf(said: Ended | null): Manifest {
  if (said === null) throw new BackupError("The thread that makes backups ended before it had made one.");
  if (said.type === "made") return said.manifest;
  switch (said.why) {
    case "stopped":
      throw new BackupStoppedError();
    case "under-way":
      throw new BackupUnderWayError(said.message);
    case "backup":
      throw new BackupError(said.message);
    case "unknown":
      throw new BackupError(`The backup failed: ${said.message}`);
  }
}
