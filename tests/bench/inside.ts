import { monitorEventLoopDelay } from "node:perf_hooks";
import { BroadcastChannel, isMainThread } from "node:worker_threads";
import type { InsideReport, LoopReport } from "./server-process.ts";

// Loaded ahead of the program under test, in its main thread and again in its writer thread.
const collect = (globalThis as { gc?: () => void }).gc;
const threads = new BroadcastChannel("bench-memory") as BroadcastChannel & { unref(): void };
threads.unref();

function heapNow(): number {
  collect?.();
  return process.memoryUsage().heapUsed;
}

function answerQuestions(): void {
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  threads.onmessage = (answer) => {
    const { heap } = (answer as { data: { heap: number } }).data;
    const heapMain = heapNow();
    const { external, rss } = process.memoryUsage();
    process.send!({ heapMain, heapWriter: heap, external, rss } satisfies InsideReport);
  };
  process.on("message", (question) => {
    if (question === "memory") return threads.postMessage({});
    const ms = (ns: number) => ns / 1e6;
    process.send!({ p50: ms(loop.percentile(50)), p99: ms(loop.percentile(99)), max: ms(loop.max) } satisfies LoopReport);
    loop.reset();
  });
  // A measured program ends as it would without the channel.
  (process.channel as { unref(): void } | undefined)?.unref();
}

if (isMainThread) answerQuestions();
else threads.onmessage = () => threads.postMessage({ heap: heapNow() });
