/** Asks for pages in a process of its own: takes an order as a message, answers with a report, ends. */
import autocannon from "autocannon";

export interface PageOrder {
  urls: string[];
  connections: number;
  seconds: number;
  headers: Record<string, string>;
}

export interface PageReport {
  perSecond: number;
  /** ms */
  p99: number;
  /** Answers other than 200, and requests without an answer. */
  failed: number;
}

process.once("message", (order: PageOrder) => {
  void load(order).then((report) => process.send!(report, () => process.exit()));
});

async function load({ urls, connections, seconds, headers }: PageOrder): Promise<PageReport> {
  const requests = urls.map((url) => ({ path: new URL(url).pathname }));
  const common = { url: urls[0]!, requests, headers, connections };
  await autocannon({ ...common, duration: 2 });
  const result = await autocannon({ ...common, duration: seconds });
  const failed = result.non2xx + result.errors + result.timeouts;
  return { perSecond: result.requests.total / result.duration, p99: result.latency.p99, failed };
}
