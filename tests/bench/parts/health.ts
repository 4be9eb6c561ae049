import { Contenders, type Contender } from "../contenders.ts";
import { figure, type Figure } from "../figures.ts";
import { Ground } from "../ground.ts";
import type { ProbeOrder, ProbeReport } from "../load/health-probe.ts";
import { inProcess } from "../load/processes.ts";
import type { LoadOrder, LoadReport } from "../load/vote-load.ts";
import type { BenchOptions } from "../options.ts";
import { askLoop, type LoopReport } from "../server-process.ts";
import { checkStored, NAMES, perSecond, planFor, sizeFor, takeTurns, warmUpFor } from "./vote-runs.ts";

const EVERY_MS = 5;
const BAR_MS = 10;

interface Probed {
  idle: ProbeReport;
  loaded: ProbeReport;
  votes: LoadReport;
  /** The event loop of our main thread while votes ran; null for the peer. */
  loop: LoopReport | null;
}

/** How long `/healthz` takes while votes run flat out in the same process. */
export async function benchHealth(options: BenchOptions): Promise<Figure[]> {
  using ground = new Ground(options);
  const size = sizeFor(options.seconds + 1);
  await using contenders = await Contenders.stock(ground, size);
  const { seconds, rounds } = options;
  const reports = await takeTurns("/healthz", contenders.all, rounds, (contender) => probed(contender, seconds, planFor(size)));
  return [
    ...contenders.missing,
    ...[...reports].flatMap(([side, runs]) => {
      const title = `/healthz of ${NAMES[side]}`;
      const preferred = runs.every(({ loaded }) => loaded.preferred) ? "the probe runs before other processes" : "the probe waits for a core like everyone";
      const refused = runs.reduce((sum, { loaded }) => sum + loaded.refused, 0);
      return [
        figure(`${title}, no load, p99`, "ms", runs.map(({ idle }) => idle.latency.p99)),
        figure(`${title}, votes flat out, p50`, "ms", runs.map(({ loaded }) => loaded.latency.p50)),
        figure(`${title}, votes flat out, p99`, "ms", runs.map(({ loaded }) => loaded.latency.p99), {
          note: `${preferred}; ${refused} unanswered or refused`,
          ...(side === "theset" && { bar: { atMost: BAR_MS } }),
        }),
        ...(side === "theset"
          ? [figure("event loop of TheSet, votes flat out, p99 (10 is a free loop)", "ms", runs.map(({ loop }) => loop!.p99))]
          : []),
        figure(`${title}, votes meanwhile`, "votes/s", runs.map(({ votes }) => perSecond(votes))),
      ];
    }),
  ];
}

async function probed(contender: Contender, seconds: number, plan: LoadOrder["plan"]): Promise<Probed> {
  const { side } = contender;
  const { result, stored } = await contender.run({ inside: side === "theset" }, async ([server]) => {
    const { url } = server!;
    const ask = (forSeconds: number) =>
      inProcess<ProbeOrder, ProbeReport>("./health-probe.ts", { url, everyMs: EVERY_MS, seconds: forSeconds });
    const idle = await ask(1);
    const warmUp = warmUpFor(seconds);
    const order: LoadOrder = { side, urls: [url], connections: 100, warmUp, seconds: seconds + 1, plan };
    const load = inProcess<LoadOrder, LoadReport>("./vote-load.ts", order);
    await new Promise((resolve) => setTimeout(resolve, (warmUp + 0.5) * 1000));
    if (side === "theset") await askLoop(server!);
    const loaded = await ask(seconds - 0.5);
    const loop = side === "theset" ? await askLoop(server!) : null;
    return { idle, loaded, loop, votes: await load };
  });
  checkStored(side, result.votes, stored);
  return result;
}
