import { Connection } from "./connection.ts";
import { voteRequests, type Side } from "./targets.ts";

/** Votes of one fan at a time, all sent in the same instant. */
export interface VolleyOrder {
  side: Side;
  /** Connections are dealt out to these servers in turn. */
  urls: string[];
  /** The setlist songs that each fan votes for at once. */
  volleys: { fan: number; setlistSongs: number[] }[];
}

export interface VolleyReport {
  /** Votes answered 200 of each volley. */
  counted: number[];
  /** All answers by status. */
  answers: Record<string, number>;
}

process.once("message", (order: VolleyOrder) => {
  void run(order).then((report) => process.send!(report, () => process.exit(0)));
});

async function run({ side, urls, volleys }: VolleyOrder): Promise<VolleyReport> {
  const requests = urls.map((url) => voteRequests(side, url));
  const report: VolleyReport = { counted: [], answers: {} };
  let [waiting, counted, done] = [0, 0, () => {}];
  const answered = (status: string) => {
    report.answers[status] = (report.answers[status] ?? 0) + 1;
    if (status === "200") counted += 1;
    if (--waiting === 0) done();
  };
  const events = {
    onAnswer: ({ status }: Connection) => answered(String(status)),
    onLost: () => answered("lost"),
  };
  const most = Math.max(...volleys.map(({ setlistSongs }) => setlistSongs.length));
  const connections: Connection[] = [];
  for (let i = 0; i < most; i += 1) connections.push(await Connection.open(urls[i % urls.length]!, events));
  for (const { fan, setlistSongs } of volleys) {
    counted = 0;
    waiting = setlistSongs.length;
    const all = new Promise<void>((resolve) => (done = resolve));
    setlistSongs.forEach((song, i) => connections[i]!.send(requests[i % urls.length]!(fan, song)));
    await all;
    report.counted.push(counted);
  }
  connections.forEach((connection) => connection.close());
  return report;
}
