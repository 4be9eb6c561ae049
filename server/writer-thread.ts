import { getPriority, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { openWriter } from "#db/client.ts";
import { migrate, type Migration } from "#db/migrate.ts";
import type { FromThread, ToThread, WireError, WireOutcome } from "#db/writer-client.ts";
import { StorageError, Writer, WriterBusyError, type WriteOutcome } from "#db/writer.ts";
import { commandsWith, type Secrets } from "./commands/registry.ts";
import { AppError } from "./domain/errors.ts";

/** What the thread is told first. */
export interface WriterOrder {
  databaseUrl: string;
  migrations: Migration[];
  keys: Secrets;
}

const port = parentPort!;

function post(message: FromThread): void {
  port.postMessage(message);
}

function toWire(error: unknown): WireError {
  if (error instanceof AppError) return { details: error.toDetails(), message: error.message };
  if (error instanceof WriterBusyError) return toWire(busy());
  if (error instanceof StorageError) return toWire(unwritable());
  if (!(error instanceof Error)) return { message: String(error) };
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return { name: error.name, message: error.message + cause, ...(error.stack && { stack: error.stack }) };
}

function busy(): AppError {
  const message = "We are very busy right now. Try again in a moment.";
  return new AppError({ kind: "busy", reason: "busy", message, retryAfter: 2 });
}

function unwritable(): AppError {
  const message = "Nothing can be saved right now. Try again in a moment.";
  return new AppError({ kind: "busy", reason: "not_writable", message, retryAfter: 5 });
}

/** Outcomes of one commit travel as one message. */
let answered: WireOutcome[] = [];

function answer(id: number, outcome: WriteOutcome): void {
  if (answered.length === 0) {
    queueMicrotask(() => {
      post({ type: "outcomes", outcomes: answered });
      answered = [];
    });
  }
  answered.push(outcome.ok ? { id, ok: true, value: outcome.value } : { id, ok: false, error: toWire(outcome.error) });
}

function causeOf({ cause }: StorageError): string {
  for (; cause instanceof Error && cause.cause instanceof Error; cause = cause.cause);
  return cause instanceof Error ? cause.message : String(cause);
}

/** Where processors are short, answering comes before the next commit: what waits for it shares it. */
const NICENESS = 5;

async function start({ databaseUrl, migrations, keys }: WriterOrder): Promise<void> {
  // On Linux this is the thread's own priority, elsewhere it would be the whole program's. Only root may take niceness back.
  if (process.platform === "linux" && getPriority() < NICENESS) setPriority(NICENESS);
  const first = await openWriter(databaseUrl);
  const migrated = await migrate(first.client, migrations);
  first.close();
  const writer = await Writer.start({
    registry: commandsWith(keys),
    open: () => openWriter(databaseUrl),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    clock: () => performance.now(),
    schedule(run, ms) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    onCommit: (commit) => post({ type: "committed", commit }),
    onStorage: (problem) => post({ type: "storage", problem: problem && causeOf(problem) }),
  });
  port.on("message", (message: ToThread) => {
    if (message.type === "close") {
      void writer.close().then(() => port.close());
      return;
    }
    for (const { id, ...call } of message.calls) void writer.submit(call).then((outcome) => answer(id, outcome));
  });
  post({ type: "ready", migrated });
}

port.once("message", (order: WriterOrder) => {
  start(order).catch((error: unknown) => {
    post({ type: "failed", error: toWire(error) });
    port.close();
  });
});
