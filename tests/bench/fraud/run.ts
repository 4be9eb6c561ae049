/**
 * How often honest crowds are taken for one hand, and how often attacks are found:
 * `node tests/bench/fraud/run.ts [runs]`. Seeded, so the figures are the same on every machine but for the times.
 */
import { seededRandom } from "#server/domain/demo-votes.ts";
import { findFraud, isQuarantined } from "#server/domain/fraud.ts";
import {
  attack,
  fanClub,
  honestCrowd,
  seenByJob,
  type AttackSpec,
  type CrowdSpec,
  type SimulatedFan,
} from "#tests/support/fraud-crowds.ts";

const RUNS = Number(process.argv[2] ?? 20);
const HOUR = 3_600_000;

const city: CrowdSpec = { fans: 2_000, songs: 40, young: 0.15, together: 0, within: 72 * HOUR };
const honest: Record<string, CrowdSpec> = {
  "city: 2,000 fans, each from home": city,
  "stadium: 20,000 behind one address, 30 % new, in 2 h": { ...city, fans: 20_000, young: 0.3, together: 1, within: 2 * HOUR },
  "stadium: 20,000, 70 % behind one address, 50 % new": { ...city, fans: 20_000, young: 0.5, together: 0.7, within: 2 * HOUR },
  "festival sign-up: 3,000 behind one address, all new": { ...city, fans: 3_000, young: 1, together: 1, within: 3 * HOUR },
  "university: 300 of 2,000 behind one address": { ...city, together: 0.15 },
  "opening day: 1,000 fans, all new": { ...city, fans: 1_000, young: 1, within: 12 * HOUR },
  "a third tick the ten leaders": { ...city, copyLeaders: 0.33 },
  "small ballot: 500 fans, 12 songs": { ...city, fans: 500, songs: 12 },
  "first hour: 60 fans, half new": { ...city, fans: 60, young: 0.5, within: HOUR },
  "developers: a tenth vote by script in one call": { ...city, scripted: 0.1 },
};

interface Outcome {
  cases: number;
  shownFans: number;
  heldFans: number;
  heldBots: number;
  shownBots: number;
  bots: number;
  fans: number;
  ms: number;
}

function look(fans: readonly SimulatedFan[], songs: number): Outcome {
  const { suspects, crowd } = seenByJob(fans, songs);
  const started = performance.now();
  const findings = findFraud(suspects, crowd);
  const ms = performance.now() - started;
  const bots = new Set(fans.filter((one) => one.bot).map((one) => one.userId));
  const count = { cases: findings.length, shownFans: 0, heldFans: 0, heldBots: 0, shownBots: 0 };
  for (const { userIds, score } of findings) {
    for (const userId of userIds) {
      const bot = bots.has(userId);
      if (isQuarantined(score)) count[bot ? "heldBots" : "heldFans"] += 1;
      count[bot ? "shownBots" : "shownFans"] += 1;
    }
  }
  return { ...count, bots: bots.size, fans: fans.length - bots.size, ms };
}

function total(outcomes: Outcome[], of: (one: Outcome) => number): number {
  return outcomes.reduce((sum, one) => sum + of(one), 0);
}

const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(part === 0 || part === whole ? 0 : 2)} %`;
const slowest: number[] = [];

console.log(`${RUNS} seeded runs of each\n`);
console.log("| honest crowd | runs with a case | fans shown to a moderator | fans held |\n|---|---|---|---|");
for (const [name, spec] of Object.entries(honest)) {
  const runs = Array.from({ length: RUNS }, (_, seed) => look(honestCrowd(spec, seededRandom(seed + 1)), spec.songs));
  report(name, runs);
}
const clubs: [string, number][] = [["a club of 80 copies one list of deep cuts, a third new", 0.33], ["the same, all of them new", 1]];
for (const [name, young] of clubs) {
  report(name, Array.from({ length: RUNS }, (_, seed) => {
    const random = seededRandom(seed + 1);
    return look([...honestCrowd(city, random), ...fanClub(80, young, city, random)], city.songs);
  }));
}

function report(name: string, runs: Outcome[]): void {
  slowest.push(...runs.map((one) => one.ms));
  const fans = total(runs, (one) => one.fans);
  const cases = runs.filter((one) => one.cases > 0).length;
  console.log(`| ${name} | ${cases} of ${RUNS} | ${percent(total(runs, (one) => one.shownFans), fans)} | ${percent(total(runs, (one) => one.heldFans), fans)} |`);
}

const attacks: [string, CrowdSpec][] = [
  ["city of 2,000", city],
  ["stadium of 20,000", honest["stadium: 20,000 behind one address, 30 % new, in 2 h"]!],
];
const specs: AttackSpec[] = (["one", "rotating"] as const).flatMap((network) =>
  (["identical", "near", "core"] as const).flatMap((ballots) =>
    (["regular", "jittered", "human", "one-call"] as const).map((timing) => ({ accounts: 0, network, ballots, timing })),
  ),
);
specs.push({ accounts: 0, network: "crowd", ballots: "identical", timing: "jittered" });
for (const network of ["one", "rotating"] as const) {
  for (const ballots of ["identical", "core"] as const) specs.push({ accounts: 0, network, ballots, timing: "human", patient: true });
}
specs.push({ accounts: 0, network: "rotating", ballots: "identical", timing: "regular", aged: true });
specs.push({ accounts: 0, network: "rotating", ballots: "identical", timing: "human", aged: true });

for (const [place, crowd] of attacks) {
  console.log(`\n| attack in a ${place} | ${[50, 150, 500].map((n) => `${n} accounts: held, shown, fans held`).join(" | ")} |\n|---|---|---|---|`);
  for (const spec of specs) {
    const cells = [50, 150, 500].map((accounts) => {
      const runs = Array.from({ length: Math.ceil(RUNS / 4) }, (_, seed) => {
        const random = seededRandom(seed + 101);
        const fans = honestCrowd(crowd, random);
        return look([...fans, ...attack({ ...spec, accounts }, crowd.songs, crowd.within, random)], crowd.songs);
      });
      slowest.push(...runs.map((one) => one.ms));
      const bots = total(runs, (one) => one.bots);
      const held = percent(total(runs, (one) => one.heldBots), bots);
      const shown = percent(total(runs, (one) => one.shownBots), bots);
      return `${held}, ${shown}, ${total(runs, (one) => one.heldFans)}`;
    });
    console.log(`| ${spec.aged ? "aged accounts, " : spec.patient ? "patient sign-ups, " : ""}${spec.network} network, ${spec.ballots} ballots, ${spec.timing} | ${cells.join(" | ")} |`);
  }
}
slowest.sort((a, b) => a - b);
const at = (part: number) => slowest[Math.floor((slowest.length - 1) * part)]!.toFixed(0);
console.log(`\nTime for one show on this machine: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
