import { getPriority, setPriority } from "node:os";
import { percentile, spread, type Spread } from "../figures.ts";
import { Connection } from "./connection.ts";
import { get } from "./targets.ts";

export interface ProbeOrder {
  url: string;
  everyMs: number;
  seconds: number;
}

export interface ProbeReport {
  latency: Spread & { max: number };
  asked: number;
  refused: number;
  /** Whether the probe ran before other processes of the machine. */
  preferred: boolean;
}

/** Enough that a slow answer never keeps the next question back. */
const CONNECTIONS = 64;

process.once("message", (order: ProbeOrder) => {
  void run(order).then((report) => process.send!(report, () => process.exit(0)));
});

/** A visitor on another machine does not wait for a core of this one. */
function prefer(): boolean {
  try {
    setPriority(-10);
  } catch {
    return false;
  }
  return getPriority() < 0;
}

async function run({ url, everyMs, seconds }: ProbeOrder): Promise<ProbeReport> {
  const preferred = prefer();
  const latencies: number[] = [];
  let [asked, refused] = [0, 0];
  const free: Connection[] = [];
  const onAnswer = (connection: Connection) => {
    latencies.push(performance.now() - connection.sentAt);
    if (connection.status !== 200) refused += 1;
    free.push(connection);
  };
  const onLost = () => void (refused += 1);
  for (let i = 0; i < CONNECTIONS; i += 1) free.push(await Connection.open(url, { onAnswer, onLost }));
  const question = get("/healthz", new URL(url).host);
  const timer = setInterval(() => {
    const connection = free.shift();
    asked += 1;
    if (connection) connection.send(question);
    else refused += 1;
  }, everyMs);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  clearInterval(timer);
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { latency: { ...spread(latencies), max: percentile(latencies, 1) }, asked, refused, preferred };
}
