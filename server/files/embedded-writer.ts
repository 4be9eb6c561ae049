import { getEnvironmentData, Worker } from "node:worker_threads";
import { embeddedThread } from "./embedded-code.ts";
import { addonKey } from "./native-addon.ts";

let ahead: Worker | null = null;

/**
 * Starts the writer's thread before anybody asks for it: what Node needs for a thread takes as long as
 * the program needs to load, and both happen side by side. It ends with the program if nobody does ask.
 */
export function startWriterAhead(): void {
  ahead = newWriter();
  ahead.unref();
}

/** The thread loads the file of the add-on that this one has looked at: two files would be two SQLites, and neither's locks hold for the other. */
export function startWriter(): Worker {
  const worker = ahead ?? newWriter();
  ahead = null;
  worker.ref();
  const key = addonKey("libsql.node");
  worker.postMessage({ [key]: getEnvironmentData(key) });
  return worker;
}

function newWriter(): Worker {
  return new Worker(embeddedThread("writer-thread.js", "runWhenTold"), { name: "writer", eval: true });
}
