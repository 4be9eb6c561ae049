import { statSync } from "node:fs";
import { figure, type Figure } from "../figures.ts";
import { Ground } from "../ground.ts";
import type { BelowOrder, BelowReport } from "../growth/below-http.ts";
import { inProcess } from "../load/processes.ts";
import type { LoadOrder, LoadReport } from "../load/vote-load.ts";
import type { BenchOptions } from "../options.ts";
import { startBuiltServer } from "../server-process.ts";
import { stockVotes } from "../stock-votes.ts";
import { stockDatabase } from "../stock.ts";
import { perSecond, planFor, sideFigures, warmUpFor } from "./vote-runs.ts";

const SIZE = { shows: 10_000, songsPerShow: 40, fans: 100_000 };
const FEW = 20_000;
const MANY = 2_000_000;
const BATCHES = [64, 512];
const PAGES = 2_000;
/** Turns 0 and 1 are stocked. */
const PLAN = planFor(SIZE, { turn: 2 });
const BAR_COST = 1.5;
const BAR_PAGE_MS = 5;

interface Measured {
  http: LoadReport;
  below: BelowReport;
}

/** What a vote and a show page cost with 2,000,000 votes stored, against 20,000 in the same catalogue. */
export async function benchGrowth(options: BenchOptions): Promise<Figure[]> {
  using ground = new Ground(options);
  const few = ground.newFile();
  await stockDatabase(`file:${few}`, SIZE);
  const many = ground.copy(few);
  await stockVotes(`file:${few}`, SIZE, FEW);
  await stockVotes(`file:${many}`, SIZE, MANY);
  const [small, large]: [Measured[], Measured[]] = [[], []];
  for (let round = 0; round < options.rounds; round += 1) {
    console.error(`  … growth: round ${round + 1} of ${options.rounds}`);
    small.push(await measure(ground, few));
    large.push(await measure(ground, many));
  }
  return figuresOf(small, large, statSync(many).size);
}

async function measure(ground: Ground, template: string): Promise<Measured> {
  const { seconds } = ground.options;
  const file = ground.copy(template);
  const server = await startBuiltServer(`file:${file}`);
  const order: LoadOrder = {
    side: "theset",
    urls: [server.url],
    connections: 100,
    warmUp: warmUpFor(seconds),
    seconds,
    plan: PLAN,
  };
  const http = await inProcess<LoadOrder, LoadReport>("./vote-load.ts", order).finally(() => server.stop());
  ground.remove(file);
  const fresh = ground.copy(template);
  const below: BelowOrder = { file: fresh, seconds: Math.min(5, seconds), batches: BATCHES, pages: PAGES, plan: PLAN };
  const report = await inProcess<BelowOrder, BelowReport>("../growth/below-http.ts", below);
  ground.remove(fresh);
  return { http, below: report };
}

function figuresOf(small: Measured[], large: Measured[], bytes: number): Figure[] {
  const [few, many] = [FEW.toLocaleString("en-GB"), MANY.toLocaleString("en-GB")];
  const ratio = (cost: (m: Measured) => number) => large.map((m, round) => cost(m) / cost(small[round]!));
  const bar = { bar: { atMost: BAR_COST } };
  return [
    ...sideFigures(`${few} votes stored`, "theset", small.map(({ http }) => http)),
    ...sideFigures(`${many} votes stored`, "theset", large.map(({ http }) => http)),
    figure("cost of a vote through HTTP, many : few", "×", ratio(({ http }) => 1 / perSecond(http)), bar),
    ...BATCHES.flatMap((size) => {
      const cost = ({ below }: Measured) => below.vote[size]!;
      return [
        figure(`a vote in batches of ${size}, ${few} stored`, "µs", small.map(cost)),
        figure(`a vote in batches of ${size}, ${many} stored`, "µs", large.map(cost)),
        figure(`cost of a vote in batches of ${size}, many : few`, "×", ratio(cost), bar),
      ];
    }),
    figure(`show page's queries, ${few} stored, p95`, "ms", small.map(({ below }) => below.page.p95)),
    figure(`show page's queries, ${many} stored, p95`, "ms", large.map(({ below }) => below.page.p95), {
      bar: { atMost: BAR_PAGE_MS },
    }),
    figure(`the database with ${many} votes`, "MB", [bytes / 1e6]),
  ];
}
