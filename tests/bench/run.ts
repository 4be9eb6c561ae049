import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { showPageScriptBytes } from "./client-size.ts";
import { inMs, spread } from "./figures.ts";
import { firstByteTimes, voteToViewerTimes } from "./page-times.ts";
import { startBuiltServer } from "./server-process.ts";
import { stockDatabase, type Stock } from "./stock.ts";
import type { LoadOrder, LoadReport } from "./vote-load.ts";

const SECONDS = Number(process.argv[2] ?? 10);
const CONNECTIONS = 100;

async function voteLoad(order: LoadOrder): Promise<LoadReport> {
  const child = fork(new URL("./vote-load.ts", import.meta.url));
  child.send(order);
  const [report] = (await once(child, "message")) as [LoadReport];
  return report;
}

async function withServer<T>(work: (url: string, stock: Stock) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "theset-bench-"));
  const databaseUrl = `file:${join(folder, "bench.db")}`;
  const stock = await stockDatabase(databaseUrl, { shows: 200, songsPerShow: 40, fans: 20_000 });
  const server = await startBuiltServer(databaseUrl);
  try {
    return await work(server.url, stock);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function benchVotes(title: string, oneShow: boolean): Promise<void> {
  const report = await withServer((url, stock) =>
    voteLoad({ url, connections: CONNECTIONS, seconds: SECONDS, stock, votesPerFan: 10, oneShow }),
  );
  const perSecond = Math.round(report.counted / report.seconds);
  console.log(`${title}: ${perSecond} votes/s, ${inMs(spread(report.latencies))}`);
  const refused = Object.entries(report.refused).map(([status, n]) => `${n} × ${status}`);
  if (refused.length > 0) console.log(`  not counted: ${refused.join(", ")}`);
}

console.log(`${cpus().length} cores, Node ${process.version}, ${CONNECTIONS} connections, ${SECONDS} s a figure`);
await benchVotes("Votes over HTTP, spread over 200 shows", false);
await benchVotes("Votes over HTTP, all on one show", true);
await withServer(async (url, stock) => {
  console.log(`A vote until a second viewer sees it: ${inMs(spread(await voteToViewerTimes(url, stock, 200)))}`);
  console.log(`Show page (40 songs), time to first byte: ${inMs(spread(await firstByteTimes(url, stock, 300)))}`);
});
console.log(`JavaScript of the show page, gzipped: ${(showPageScriptBytes("build") / 1000).toFixed(1)} kB`);
