import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { stockDatabase, type Stock } from "../stock.ts";
import type { CrowdOrder, CrowdReport, Opened } from "./crowd.ts";
import type { Cost } from "./serve.ts";

export interface StreamOptions {
  /** Open streams of each run; every run has a server and a client process of its own. */
  streams?: number[];
  /** How long votes come, for each run. */
  seconds?: number;
  votesPerSecond?: number;
}

export interface Row {
  name: string;
  value: number;
  unit: string;
  /** What the figure must not exceed. */
  bar?: number;
}

const VOTES_OF_A_FAN = 10;
const SONGS = 40;
const WARM_UP = { streams: 500, seconds: 2 };

const BARS: Record<number, { latency?: number; memory?: number; loop?: number }> = {
  1_000: { latency: 100 },
  10_000: { latency: 250, memory: 16, loop: 20 },
};

/** Open live streams on one process with votes on their show: what a vote takes to reach them, and what they cost. */
export async function benchStreams(options: StreamOptions = {}): Promise<Row[]> {
  const { streams = [1_000, 10_000], seconds = 20, votesPerSecond = 100 } = options;
  const rows: Row[] = [];
  for (const count of streams) rows.push(...(await benchOne({ streams: count, seconds, votesPerSecond })));
  return rows;
}

async function benchOne(size: Required<Pick<CrowdOrder, "streams" | "seconds" | "votesPerSecond">>): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "theset-streams-"));
  const databaseUrl = `file:${join(folder, "bench.db")}`;
  const votes = (size.seconds + WARM_UP.seconds) * size.votesPerSecond;
  const fans = Math.ceil(votes / VOTES_OF_A_FAN) + 1;
  const stock = await stockDatabase(databaseUrl, { shows: 1, songsPerShow: SONGS, fans });
  const server = fork(new URL("./serve.ts", import.meta.url), {
    execArgv: ["--expose-gc"],
    env: { ...process.env, PORT: "0", DEMO: "0", SYNC: "0", DATABASE_URL: databaseUrl },
  });
  try {
    const { url } = (await answer(server)) as { url: string };
    const ballots = ballotsOf(stock);
    const warmUp = ballots.splice(0, WARM_UP.seconds * size.votesPerSecond);
    const order = { url, slug: stock.shows[0]!.slug, votesPerSecond: size.votesPerSecond };
    await withCrowd({ ...order, ...WARM_UP, votes: warmUp }, async (crowd) => void (await crowd.vote()));
    await sleep(500);
    return await measure(server, { ...order, ...size, votes: ballots });
  } finally {
    server.kill("SIGTERM");
    await once(server, "exit");
    rmSync(folder, { recursive: true });
  }
}

async function measure(server: ChildProcess, order: CrowdOrder): Promise<Row[]> {
  const empty = await ask(server, "settled cost");
  return withCrowd(order, async (crowd) => {
    const arriving = await ask(server, "cost");
    if (arriving.streams !== order.streams) throw new Error(`${arriving.streams} streams are open, not ${order.streams}`);
    const still = await ask(server, "settled cost");
    await sleep(200);
    await ask(server, "cost");
    const busyBefore = busySeconds();
    const start = performance.now();
    const report = await crowd.vote();
    const voting = await ask(server, "cost");
    const busy = (busySeconds() - busyBefore) / ((performance.now() - start) / 1000);
    const others = Math.max(0, busy - voting.cores - report.cores);
    if (Object.keys(report.refused).length > 0) throw new Error(`Votes were refused: ${JSON.stringify(report.refused)}`);
    return rowsOf(order.streams, { empty, arriving, still, voting, opened: crowd.opened, report, others });
  });
}

interface Measured {
  empty: Cost;
  arriving: Cost;
  still: Cost;
  voting: Cost;
  opened: Opened;
  report: CrowdReport;
  /** Cores that were busy with something else: the figures are those of a machine with so many fewer. */
  others: number;
}

/** Seconds that the machine's cores have worked since it started. */
function busySeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
}

function rowsOf(streams: number, { empty, arriving, still, voting, opened, report, others }: Measured): Row[] {
  const { latency, memory, loop } = BARS[streams] ?? {};
  const each = (bytes: number) => bytes / streams / 1000;
  const row = (name: string, value: number, unit: string, bar?: number): Row => ({
    name: `${streams.toLocaleString("en")} streams: ${name}`,
    value: Number(value.toPrecision(4)),
    unit,
    ...(bar !== undefined && { bar }),
  });
  return [
    row("vote to client, median", report.latency.p50, "ms"),
    row("vote to client, p99", report.latency.p99, "ms", latency),
    row("vote to client, longest", report.latency.max, "ms"),
    row("event loop while votes come, p99 (10 is a free loop)", voting.loop.p99, "ms", loop),
    row("event loop while votes come, longest", voting.loop.max, "ms"),
    row("resident memory a stream, votes coming", each(voting.rss - empty.rss), "kB", memory),
    row("resident memory a stream, quiet", each(still.rss - empty.rss), "kB"),
    row("heap and buffers a stream, quiet", each(still.heapUsed + still.external - empty.heapUsed - empty.external), "kB"),
    row("cores of the server, all threads", voting.cores, "cores"),
    row("processor time of the main thread a frame and client", (voting.mainThread * 1e6) / (report.framesPerSecond * streams), "µs"),
    row("cores of the clients", report.cores, "cores"),
    row("cores busy with something else meanwhile", others, "cores"),
    row("frames a client gets", report.framesPerSecond, "1/s"),
    row("all streams opened in", opened.seconds, "s"),
    row("event loop while they open, p99 (10 is a free loop)", arriving.loop.p99, "ms"),
    row("clients without the last vote", report.behind, "clients", 0),
    row("frames older than the one before", report.outOfOrder, "frames", 0),
  ];
}

interface Crowd {
  opened: Opened;
  vote(): Promise<CrowdReport>;
}

async function withCrowd<T>(order: CrowdOrder, work: (crowd: Crowd) => Promise<T>): Promise<T> {
  const child = fork(new URL("./crowd.ts", import.meta.url));
  const exited = once(child, "exit");
  try {
    child.send(order);
    const opened = (await answer(child)) as Opened;
    return await work({
      opened,
      vote: async () => {
        child.send("vote");
        return (await answer(child)) as CrowdReport;
      },
    });
  } finally {
    if (child.connected) child.disconnect();
    await exited;
  }
}

async function ask(server: ChildProcess, question: "cost" | "settled cost"): Promise<Cost> {
  server.send(question);
  return (await answer(server)) as Cost;
}

/** The next message of a child; rejects when it ends first. */
async function answer(child: ChildProcess): Promise<unknown> {
  const gone = new AbortController();
  const ended = once(child, "exit", { signal: gone.signal }).then(([code]) => {
    throw new Error(`A process of the benchmark ended with ${String(code)}`);
  });
  try {
    const [message] = (await Promise.race([once(child, "message", { signal: gone.signal }), ended])) as [unknown];
    return message;
  } finally {
    ended.catch(() => {});
    gone.abort();
  }
}

/** Every vote that the stock's fans have, so that no two of one fan stand together. */
function ballotsOf({ shows, tokens }: Stock): CrowdOrder["votes"] {
  const songs = shows[0]!.setlistSongIds;
  return Array.from({ length: VOTES_OF_A_FAN }, (_, vote) =>
    tokens.map((token, fan) => ({ token, setlistSongId: songs[(fan + vote) % songs.length]! })),
  ).flat();
}

function print({ name, value, unit, bar }: Row): void {
  const verdict = bar === undefined ? "" : ` (bar ${bar}${value <= bar ? "" : ", missed"})`;
  console.log(`${name}: ${value} ${unit}${verdict}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [streams, seconds] = [process.argv[2]?.split(",").map(Number), process.argv[3] && Number(process.argv[3])];
  const rows = await benchStreams({ ...(streams && { streams }), ...(seconds && { seconds }) });
  for (const row of rows) print(row);
  console.log(JSON.stringify(rows));
}
