import { Agent, request } from "node:http";
import type { Stock } from "./stock.ts";

/** What the load process is told. */
export interface LoadOrder {
  url: string;
  connections: number;
  seconds: number;
  stock: Stock;
  /** Votes of each fan, all on one show. */
  votesPerFan: number;
  /** Whether everyone votes on the first show. */
  oneShow: boolean;
}

export interface LoadReport {
  seconds: number;
  counted: number;
  /** Answers that were not a counted vote, by status. */
  refused: Record<string, number>;
  latencies: number[];
}

process.once("message", (order: LoadOrder) => {
  void run(order).then((report) => process.send!(report, () => process.disconnect()));
});

async function run(order: LoadOrder): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const report: LoadReport = { seconds: 0, counted: 0, refused: {}, latencies: [] };
  const votes = votesOf(order);
  const start = performance.now();
  const until = start + order.seconds * 1000;
  const connection = async () => {
    while (performance.now() < until) {
      const next = votes.next();
      if (next.done) throw new Error("The stock of votes ran out: raise the number of fans");
      const sent = performance.now();
      const status = await post(agent, order.url, next.value);
      report.latencies.push(performance.now() - sent);
      if (status === 200) report.counted += 1;
      else report.refused[status] = (report.refused[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: order.connections }, connection));
  report.seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return report;
}

interface Ballot {
  token: string;
  setlistSongId: number;
}

function* votesOf({ stock, votesPerFan, oneShow }: LoadOrder): Generator<Ballot> {
  for (let vote = 0; vote < votesPerFan; vote += 1) {
    for (const [fan, token] of stock.tokens.entries()) {
      const show = stock.shows[oneShow ? 0 : fan % stock.shows.length]!;
      yield { token, setlistSongId: show.setlistSongIds[(fan + vote) % show.setlistSongIds.length]! };
    }
  }
}

function post(agent: Agent, url: string, { token, setlistSongId }: Ballot): Promise<number> {
  const body = JSON.stringify({ setlistSongId });
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/api/trpc/votes.cast`,
      {
        agent,
        method: "POST",
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          authorization: `Bearer ${token}`,
        },
      },
      (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode ?? 0));
      },
    );
    sent.once("error", reject);
    sent.end(body);
  });
}
