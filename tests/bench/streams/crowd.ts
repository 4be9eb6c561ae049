/** The load: many open streams on raw sockets and a steady trickle of votes, in a process of its own. */
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Arrivals } from "./arrivals.ts";

export interface CrowdOrder {
  url: string;
  slug: string;
  streams: number;
  seconds: number;
  votesPerSecond: number;
  votes: { token: string; setlistSongId: number }[];
}

export interface Opened {
  seconds: number;
}

export interface CrowdReport {
  votes: number;
  /** Votes that were not taken, by what came instead. */
  refused: Record<string, number>;
  /** Ms from before a vote is sent to its frame being whole, over all votes and all clients. */
  latency: { p50: number; p95: number; p99: number; max: number };
  /** Frames a second that one client got. */
  framesPerSecond: number;
  /** Clients without the last vote 5 s after it. */
  behind: number;
  outOfOrder: number;
  /** Cores that this process used. */
  cores: number;
}

/** Connections under way at one moment while the crowd arrives. */
const ARRIVING_AT_ONCE = 256;
/** Clients come from this many addresses of the loopback network. */
const ADDRESSES = 50;
const PATIENCE_MS = 5_000;

const buffer = Buffer.allocUnsafe(256 * 1024);

/** Opens one stream; resolves with its first bytes. */
function openStream({ url, slug }: CrowdOrder, client: number, arrivals: Arrivals): Promise<void> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    let answered = false;
    const socket = connect({
      host: hostname,
      port: Number(port),
      localAddress: `127.0.0.${2 + (client % ADDRESSES)}`,
      onread: {
        buffer,
        callback(length) {
          const bytes = buffer.subarray(0, length);
          arrivals.read(client, bytes, performance.now());
          if (answered) return true;
          answered = true;
          const status = bytes.toString("latin1", 9, 12);
          if (status === "200") resolve();
          else reject(new Error(`A stream was answered ${bytes.toString()}`));
          return true;
        },
      },
    });
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("A stream was closed")));
    socket.write(`GET /shows/${slug}/live HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n\r\n`);
  });
}

async function openAll(order: CrowdOrder, arrivals: Arrivals): Promise<Opened> {
  const start = performance.now();
  let next = 0;
  const arriving = async () => {
    while (next < order.streams) await openStream(order, next++, arrivals);
  };
  await Promise.all(Array.from({ length: ARRIVING_AT_ONCE }, arriving));
  return { seconds: (performance.now() - start) / 1000 };
}

function post(agent: Agent, url: string, vote: CrowdOrder["votes"][number]): Promise<{ status: number; text: string }> {
  const body = JSON.stringify({ setlistSongId: vote.setlistSongId });
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    authorization: `Bearer ${vote.token}`,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/api/trpc/votes.cast`, { agent, method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.once("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

interface Cast {
  sentAt: Map<number, number>;
  refused: Record<string, number>;
}

/** Votes at an even pace, each sent when it is due, whether those before it were answered or not. */
async function vote(order: CrowdOrder): Promise<Cast> {
  const cast: Cast = { sentAt: new Map(), refused: {} };
  const agent = new Agent({ keepAlive: true });
  const start = performance.now();
  const total = order.seconds * order.votesPerSecond;
  const answers: Promise<void>[] = [];
  for (let i = 0; i < total; i += 1) {
    const due = start + (i * 1000) / order.votesPerSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    const ballot = order.votes[i];
    if (!ballot) throw new Error("The stock of votes ran out");
    const sent = performance.now();
    answers.push(
      post(agent, order.url, ballot).then(({ status, text }) => {
        if (status === 200) cast.sentAt.set(versionIn(text), sent);
        else cast.refused[`${status} ${text}`] = (cast.refused[`${status} ${text}`] ?? 0) + 1;
      }),
    );
  }
  await Promise.all(answers);
  agent.destroy();
  return cast;
}

function versionIn(text: string): number {
  return (JSON.parse(text) as { result: { data: { tallyVersion: number } } }).result.data.tallyVersion;
}

/** How many clients still lack the version when all had their time. */
async function missing(arrivals: Arrivals, version: number): Promise<number> {
  const until = performance.now() + PATIENCE_MS;
  while (arrivals.behind(version) > 0 && performance.now() < until) await sleep(20);
  return arrivals.behind(version);
}

/** Percentiles of very many figures, in tenths of a millisecond. */
function spreadOf(latencies: Iterable<number>): CrowdReport["latency"] {
  const counts = new Float64Array(600_000);
  let total = 0;
  let max = 0;
  for (const latency of latencies) {
    const tenth = Math.min(counts.length - 1, Math.max(0, Math.round(latency * 10)));
    counts[tenth]! += 1;
    total += 1;
    if (latency > max) max = latency;
  }
  const at = (part: number) => {
    let passed = 0;
    return counts.findIndex((count) => (passed += count) >= total * part) / 10;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max };
}

async function run(order: CrowdOrder): Promise<void> {
  const arrivals = new Arrivals(order.streams, order.streams * order.seconds * 25);
  process.send!(await openAll(order, arrivals));
  await once(process, "message");
  const cpu = process.cpuUsage();
  const start = performance.now();
  const before = arrivals.frames;
  const { sentAt, refused } = await vote(order);
  const behind = await missing(arrivals, Math.max(-1, ...sentAt.keys()));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const report: CrowdReport = {
    votes: sentAt.size,
    refused,
    latency: spreadOf(arrivals.latencies((version) => sentAt.get(version))),
    framesPerSecond: (arrivals.frames - before) / seconds / order.streams,
    behind,
    outOfOrder: arrivals.outOfOrder,
    cores: (user + system) / 1e6 / seconds,
  };
  process.send!(report);
}

process.once("message", (order: CrowdOrder) => void run(order));
process.once("disconnect", () => process.exit());
