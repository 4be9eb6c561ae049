/** The server as it runs, without pages, in a process of its own that tells what it costs. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { pino } from "pino";
import { readConfig } from "#server/config/config.ts";
import { folderFiles } from "#server/files/folder-files.ts";
import { startServer } from "#server/start.ts";

export interface Cost {
  /** Bytes. */
  rss: number;
  heapUsed: number;
  external: number;
  /** Ms between two turns of a 10-ms timer, since the last question: 10 is a free loop. */
  loop: { p50: number; p99: number; max: number };
  /** Cores in use since the last question, all threads. */
  cores: number;
  /** The same of the thread that writes to the sockets. */
  mainThread: number;
  streams: number;
}

const RESOLUTION_MS = 10;

const server = await startServer({
  config: readConfig(),
  files: folderFiles,
  log: pino({ level: "error" }, pino.destination({ dest: 2, sync: true })),
  now: Date.now,
  pages: async () => ({
    build: () => Promise.reject(new Error("This server has no pages")),
    mode: "production",
    assets: (_req, _res, next) => next(),
  }),
  jobs: false,
});

const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
loop.enable();
let cpu = process.cpuUsage();
let threadCpu = process.threadCpuUsage();
let since = performance.now();

/** What was used since the last question. */
function cost(): Cost {
  const { rss, heapUsed, external } = process.memoryUsage();
  const used = process.cpuUsage(cpu);
  const thread = process.threadCpuUsage(threadCpu);
  const now = performance.now();
  const ms = (ns: number) => ns / 1e6;
  const cores = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000 / (now - since);
  const report = {
    rss,
    heapUsed,
    external,
    loop: { p50: ms(loop.percentile(50)), p99: ms(loop.percentile(99)), max: ms(loop.max) },
    cores: cores(used),
    mainThread: cores(thread),
    streams: server.liveCounts().streams,
  };
  loop.reset();
  cpu = process.cpuUsage();
  threadCpu = process.threadCpuUsage();
  since = now;
  return report;
}

process.on("message", (question: "cost" | "settled cost") => {
  if (question === "settled cost") for (let i = 0; i < 3; i += 1) globalThis.gc!();
  process.send!(cost());
});
process.once("SIGTERM", () => {
  void server.close().then(() => process.disconnect());
});
process.send!({ url: server.url });
