import { BroadcastChannel, isMainThread } from "node:worker_threads";
import type { InsideReport } from "./server-process.ts";

// Loaded ahead of the program under test, in its main thread and again in its writer thread.
const collect = (globalThis as { gc?: () => void }).gc;
const threads = new BroadcastChannel("bench-memory") as BroadcastChannel & { unref(): void };
threads.unref();

function heapNow(): number {
  collect?.();
  return process.memoryUsage().heapUsed;
}

if (isMainThread) {
  process.on("message", (question) => {
    if (question !== "memory") return;
    threads.onmessage = (answer) => {
      const { data } = answer as { data: { heap?: number } };
      if (data.heap === undefined) return;
      const heapMain = heapNow();
      const { external, rss } = process.memoryUsage();
      process.send!({ heapMain, heapWriter: data.heap, external, rss } satisfies InsideReport);
    };
    threads.postMessage({});
  });
  // A measured program ends as it would without the channel.
  (process.channel as { unref(): void } | undefined)?.unref();
} else {
  threads.onmessage = () => threads.postMessage({ heap: heapNow() });
}
