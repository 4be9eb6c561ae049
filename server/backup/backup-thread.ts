import { parentPort, workerData } from "node:worker_threads";
import { BackupError, BackupStoppedError, BackupUnderWayError } from "./errors.ts";
import { makeCopy, type CopyOrder, type CopyWorld } from "./make-copy.ts";
import type { Manifest } from "./manifest.ts";

/** What the thread says at its end, and before that how far it is. */
export type FromBackupThread =
  | { type: "at"; phase: string; done: number; total?: number }
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

/** How often the growing file is looked at, in ms. */
const LOOK_MS = 100;

const world: CopyWorld = {
  stop: stop.signal,
  follow: (phase, done, total) => port.postMessage({ type: "at", phase, done, total } satisfies FromBackupThread),
  every(call) {
    const timer = setInterval(call, LOOK_MS);
    return () => clearInterval(timer);
  },
};

makeCopy(workerData as CopyOrder, world).then(
  (manifest) => say({ type: "made", manifest }),
  (error: unknown) => say({ type: "failed", why: why(error), message: messageOf(error) }),
);
