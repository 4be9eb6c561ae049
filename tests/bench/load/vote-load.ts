import { percentile, spread, type Spread } from "../figures.ts";
import { Connection } from "./connection.ts";
import { voteRequests, type Side } from "./targets.ts";
import { VotePlan, type Plan } from "./vote-plan.ts";

/** What the load process is told. */
export interface LoadOrder {
  side: Side;
  /** Connections are dealt out to these servers in turn. */
  urls: string[];
  connections: number;
  /** Voting before the clock starts, in s. */
  warmUp: number;
  seconds: number;
  plan: Plan;
}

export interface LoadReport {
  /** How long the measured part took. */
  seconds: number;
  /** Votes answered 200 in the measured part. */
  counted: number;
  /** Votes answered 200 in all, the warm-up included. */
  countedInAll: number;
  /** Answers other than 200 in all, by status; "lost" for a connection that broke. */
  refused: Record<string, number>;
  /** Milliseconds from sending to the whole answer. */
  latency: Spread & { max: number };
  /** Part of one core that this process used, 0 to 1. */
  clientCpu: number;
}

/** Room for this many latencies a second; more are counted but not kept. */
const LATENCIES_A_SECOND = 100_000;
/** How long answers may take after the last vote was sent, in ms. */
const PATIENCE_MS = 15_000;

process.once("message", (order: LoadOrder) => {
  void run(order).then((report) => process.send!(report, () => process.exit(0)));
});

async function run(order: LoadOrder): Promise<LoadReport> {
  const plan = new VotePlan(order.plan);
  const requests = order.urls.map((url) => voteRequests(order.side, url));
  const latencies = new Float64Array(Math.ceil(order.seconds * LATENCIES_A_SECOND));
  const refused: Record<string, number> = {};
  let [kept, counted, countedInAll, waiting, exhausted] = [0, 0, 0, 0, false];
  let [from, until] = [Infinity, Infinity];
  const requestOf = new Map<Connection, (fan: number, song: number) => string>();
  const ended = Promise.withResolvers<void>();

  const finish = () => {
    if (waiting === 0) ended.resolve();
  };
  const next = (connection: Connection, now: number) => {
    if (now >= until || exhausted) return finish();
    if (!plan.next()) {
      exhausted = true;
      return finish();
    }
    waiting += 1;
    connection.send(requestOf.get(connection)!(plan.fan, plan.setlistSong));
  };
  const onAnswer = (connection: Connection) => {
    const now = performance.now();
    waiting -= 1;
    if (connection.status === 200) countedInAll += 1;
    else refused[connection.status] = (refused[connection.status] ?? 0) + 1;
    if (now >= from && now < until) {
      if (connection.status === 200) counted += 1;
      if (kept < latencies.length) latencies[kept++] = now - connection.sentAt;
    }
    next(connection, now);
  };
  const onLost = () => {
    waiting -= 1;
    refused["lost"] = (refused["lost"] ?? 0) + 1;
    finish();
  };
  const connections: Connection[] = [];
  for (let i = 0; i < order.connections; i += 1) {
    const target = i % order.urls.length;
    const connection = await Connection.open(order.urls[target]!, { onAnswer, onLost });
    requestOf.set(connection, requests[target]!);
    connections.push(connection);
  }
  const start = performance.now();
  from = start + order.warmUp * 1000;
  until = from + order.seconds * 1000;
  let cpu = process.cpuUsage();
  const warm = setTimeout(() => (cpu = process.cpuUsage()), order.warmUp * 1000);
  for (const connection of connections) next(connection, start);
  const late = setTimeout(ended.resolve, until - start + PATIENCE_MS);
  await ended.promise;
  clearTimeout(late);
  clearTimeout(warm);
  const used = process.cpuUsage(cpu);
  const seconds = (Math.min(performance.now(), until) - from) / 1000;
  if (exhausted) throw new Error("The stock of votes ran out: raise the number of fans");
  if (waiting > 0) refused["unanswered"] = waiting;
  connections.forEach((connection) => connection.close());
  const measured = latencies.subarray(0, kept);
  return {
    seconds,
    counted,
    countedInAll,
    refused,
    latency: { ...spread(measured), max: percentile(measured, 1) },
    clientCpu: (used.user + used.system) / 1e6 / (seconds || 1),
  };
}
