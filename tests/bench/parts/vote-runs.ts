import { figure, median, type Figure } from "../figures.ts";
import type { Contender, Stored } from "../contenders.ts";
import type { LoadOrder, LoadReport } from "../load/vote-load.ts";
import { inProcess } from "../load/processes.ts";
import type { Side } from "../load/targets.ts";
import type { Plan } from "../load/vote-plan.ts";
import type { StockSize } from "../stock.ts";

/** More votes a second than any side reaches: decides how many fans are stocked. */
const MOST_A_SECOND = 45_000;
const VOTES_PER_FAN = 10;

export const NAMES: Record<Side, string> = { theset: "TheSet", peer: "peer" };

/** Shows, songs and enough fans for one run of votes. */
export function sizeFor(seconds: number): StockSize {
  const fans = Math.ceil(((seconds + warmUpFor(seconds)) * MOST_A_SECOND) / VOTES_PER_FAN);
  return { shows: 200, songsPerShow: 40, fans: Math.max(10_000, fans) };
}

/** How long servers vote before the clock starts, in s. */
export function warmUpFor(seconds: number): number {
  return Math.min(3, seconds / 2);
}

export function planFor(size: StockSize, more: Partial<Plan> = {}): Plan {
  return { ...size, votesPerFan: VOTES_PER_FAN, oneShow: false, turn: 0, ...more };
}

/** One run of votes; throws when the database does not hold what was acknowledged. */
export async function voteRun(
  contender: Contender,
  order: Omit<LoadOrder, "side" | "urls" | "warmUp">,
): Promise<LoadReport> {
  const { side } = contender;
  const { result, stored } = await contender.run({}, (servers) =>
    inProcess<LoadOrder, LoadReport>("./vote-load.ts", {
      ...order,
      side,
      urls: servers.map(({ url }) => url),
      warmUp: warmUpFor(order.seconds),
    }),
  );
  checkStored(side, result, stored);
  return result;
}

/** Every acknowledged vote is stored once, and nothing is stored that was neither acknowledged nor cut off. */
export function checkStored(side: Side, report: LoadReport, { votes, tallies, held }: Stored): void {
  const cutOff = (report.refused["lost"] ?? 0) + (report.refused["unanswered"] ?? 0);
  if (report.counted === 0) throw new Error(`${NAMES[side]} counted no vote: ${JSON.stringify(report.refused)}`);
  const right = votes >= report.countedInAll && votes <= report.countedInAll + cutOff && tallies + held === votes;
  if (right) return;
  throw new Error(
    `${NAMES[side]} acknowledged ${report.countedInAll} votes (${cutOff} cut off) and holds ${votes}, its tallies ${tallies}, held back ${held}`,
  );
}

/** Lets the sides take turns: each side's reports in the order of the rounds. */
export async function takeTurns<T>(
  title: string,
  contenders: readonly Contender[],
  rounds: number,
  run: (contender: Contender) => Promise<T>,
): Promise<Map<Side, T[]>> {
  const reports = new Map<Side, T[]>(contenders.map(({ side }) => [side, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) {
      console.error(`  … ${title}: ${NAMES[contender.side]}, round ${round + 1} of ${rounds}`);
      reports.get(contender.side)!.push(await run(contender));
    }
  }
  return reports;
}

/** `ours[i] / peer[i]` of every round; empty without a peer. */
export function ratios<T>(reports: Map<Side, T[]>, value: (report: T) => number): number[] {
  const ours = reports.get("theset")!;
  const peer = reports.get("peer");
  return peer ? ours.map((report, round) => value(report) / value(peer[round]!)) : [];
}

export function perSecond(report: LoadReport): number {
  return report.counted / report.seconds;
}

/** The rows of one side. */
export function sideFigures(title: string, side: Side, reports: readonly LoadReport[]): Figure[] {
  const refused: Record<string, number> = {};
  for (const report of reports) {
    for (const [status, n] of Object.entries(report.refused)) refused[status] = (refused[status] ?? 0) + n;
  }
  const all = Object.values(refused).reduce((sum, n) => sum + n, 0);
  const told = Object.entries(refused).map(([status, n]) => `${n} × ${status}`);
  const cpu = median(reports.map(({ clientCpu }) => clientCpu));
  const name = `${title}, ${NAMES[side]}`;
  return [
    figure(name, "votes/s", reports.map(perSecond), { note: `the load process used ${cpu.toFixed(2)} of a core` }),
    ...(["p50", "p95", "p99"] as const).map((p) => figure(`${name}, ${p}`, "ms", reports.map(({ latency }) => latency[p]))),
    { name: `${name}, answers other than 200`, value: all, unit: "answers", ...(all > 0 && { note: told.join(", ") }) },
  ];
}
