import { parentPort, workerData } from "node:worker_threads";
import { BackupError, BackupStoppedError, BackupUnderWayError } from "./errors.ts";
import { makeCopy, type CopyOrder } from "./make-copy.ts";
import type { Manifest } from "./manifest.ts";

/** What the thread says at its end. */
export type FromBackupThread =
  | { type: "made"; manifest: Manifest }
  | { type: "failed"; why: "stopped" | "under-way" | "backup" | "unknown"; message: string };

const port = parentPort!;
const stop = new AbortController();
// The only thing that is ever said to this thread.
port.on("message", () => stop.abort());

function say(message: FromBackupThread): void {
  port.postMessage(message);
  port.close();
}

function why(error: unknown): "stopped" | "under-way" | "backup" | "unknown" {
  if (error instanceof BackupStoppedError) return "stopped";
  if (error instanceof BackupUnderWayError) return "under-way";
  return error instanceof BackupError ? "backup" : "unknown";
}

makeCopy(workerData as CopyOrder, stop.signal).then(
  (manifest) => say({ type: "made", manifest }),
  (error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    say({ type: "failed", why: why(error), message: (error instanceof Error ? error.message : String(error)) + cause });
  },
);
