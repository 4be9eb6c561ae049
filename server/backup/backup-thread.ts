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

/** The driver's words where Drizzle has put those of its statement around them. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.startsWith("Failed query") && error.cause instanceof Error ? error.cause.message : error.message;
}

makeCopy(workerData as CopyOrder, stop.signal).then(
  (manifest) => say({ type: "made", manifest }),
  (error: unknown) => say({ type: "failed", why: why(error), message: messageOf(error) }),
);
