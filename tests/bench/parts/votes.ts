import { fork } from "node:child_process";
import { once } from "node:events";
import { Contenders } from "../contenders.ts";
import { figure, type Figure } from "../figures.ts";
import { Ground } from "../ground.ts";
import { inProcess } from "../load/processes.ts";
import type { LoadOrder, LoadReport } from "../load/vote-load.ts";
import type { BenchOptions } from "../options.ts";
import { perSecond, planFor, ratios, sideFigures, sizeFor, takeTurns, voteRun } from "./vote-runs.ts";

/** How many times the peer's votes/s, spread over shows and on one show. */
const BARS = { spread: 3, hot: 5 };
/** Part of the peer's p99 at 1,000 connections. */
const BAR_P99 = 0.5;

/** Votes through HTTP against the peer: spread and hot, 100 and 1,000 connections. */
export async function benchVotes(options: BenchOptions): Promise<Figure[]> {
  using ground = new Ground(options);
  await using contenders = await Contenders.stock(ground, sizeFor(options.seconds));
  const figures: Figure[] = [...contenders.missing, await clientCeiling(options.seconds)];
  for (const oneShow of [false, true]) {
    for (const connections of [100, 1_000]) figures.push(...(await compare(contenders, options, { oneShow, connections })));
  }
  return figures;
}

async function compare(
  contenders: Contenders,
  { seconds, rounds }: BenchOptions,
  { oneShow, connections }: { oneShow: boolean; connections: number },
): Promise<Figure[]> {
  const title = `${oneShow ? "one hot show" : "200 shows"}, ${connections.toLocaleString("en-GB")} connections`;
  const plan = planFor(sizeFor(seconds), { oneShow });
  const reports = await takeTurns(title, contenders.all, rounds, (contender) => voteRun(contender, { connections, seconds, plan }));
  const figures = [...reports].flatMap(([side, runs]) => sideFigures(title, side, runs));
  if (contenders.all.length === 1) return figures;
  const times = { atLeast: oneShow ? BARS.hot : BARS.spread };
  const p99 = ratios(reports, ({ latency }) => latency.p99);
  const bar = connections === 1_000 ? { bar: { atMost: BAR_P99 } } : {};
  return [
    ...figures,
    figure(`${title}, TheSet : peer`, "×", ratios(reports, perSecond), { bar: times }),
    figure(`${title}, p99 TheSet : peer`, "×", p99, bar),
  ];
}

/** Votes a second that the load process drives on its own, against a server that does nothing. */
async function clientCeiling(seconds: number): Promise<Figure> {
  const server = fork(new URL("../load/trivial-server.ts", import.meta.url));
  const [{ url }] = (await once(server, "message")) as [{ url: string }];
  const short = Math.min(3, seconds);
  const plan = planFor({ ...sizeFor(short), fans: 120_000 });
  const order: LoadOrder = { side: "theset", urls: [url], connections: 100, warmUp: 0.5, seconds: short, plan };
  const report = await inProcess<LoadOrder, LoadReport>("./vote-load.ts", order);
  server.disconnect();
  return figure("the load process alone", "votes/s", [perSecond(report)], {
    note: "100 connections against a server that answers without reading: no side can measure higher",
  });
}
