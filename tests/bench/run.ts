import type { Figure } from "./figures.ts";
import { readOptions, type BenchOptions } from "./options.ts";
import { benchBasics } from "./parts/basics.ts";
import { benchExecutable } from "./parts/executable.ts";
import { benchGrowth } from "./parts/growth.ts";
import { benchHealth } from "./parts/health.ts";
import { benchImport } from "./parts/import.ts";
import { benchLimits } from "./parts/limits.ts";
import { benchMemory } from "./parts/memory.ts";
import { runFolder } from "./parts/others.ts";
import { benchScores } from "./parts/scores.ts";
import { benchVotes } from "./parts/votes.ts";
import { describeMachine, tableOf, writeJson, type PartReport } from "./report.ts";

interface Part {
  inDefault: boolean;
  run(options: BenchOptions): Promise<Figure[]>;
}

const PARTS: Record<string, Part> = {
  basics: { inDefault: true, run: benchBasics },
  votes: { inDefault: true, run: benchVotes },
  health: { inDefault: true, run: benchHealth },
  limits: { inDefault: true, run: benchLimits },
  pages: { inDefault: true, run: (options) => runFolder("pages", "benchPages", options) },
  streams: { inDefault: true, run: (options) => runFolder("streams", "benchStreams", options) },
  growth: { inDefault: true, run: benchGrowth },
  scores: { inDefault: false, run: benchScores },
  import: { inDefault: false, run: benchImport },
  executable: { inDefault: false, run: benchExecutable },
  memory: { inDefault: false, run: benchMemory },
};

async function main(options: BenchOptions): Promise<number> {
  const machine = describeMachine(options);
  console.log(
    `${machine.cores} cores (${machine.cpu}), Node ${machine.node}, ${machine.commit}, load ${machine.loadBefore.toFixed(2)}; ` +
      `${options.seconds} s a measurement, ${options.rounds} rounds`,
  );
  machine.warnings.forEach((warning) => console.log(warning));
  const reports: PartReport[] = [];
  let failed = 0;
  for (const name of options.parts) {
    const start = performance.now();
    try {
      const figures = await PARTS[name]!.run(options);
      const report = { part: name, seconds: (performance.now() - start) / 1000, figures };
      reports.push(report);
      console.log(tableOf(report));
    } catch (error) {
      failed += 1;
      console.error(`\n${name} could not be measured:`, error);
    }
    writeJson(machine, options, reports);
  }
  console.log(`\nThe figures as JSON: ${writeJson(machine, options, reports)}`);
  return failed > 0 ? 1 : 0;
}

// What was started ends with this process, and its databases go.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

const options = readOptions(process.argv.slice(2), PARTS);
process.exitCode = options ? await main(options) : 2;
