/**
 * Every fault in turn: `run.ts [--times N] [--seconds N] [--only WORD] [--json FILE]`. `times` is how often the
 * program is killed (200 unless said otherwise); the other counts go with it.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { jumpTheClock } from "./clock.ts";
import { toTable, type Figure } from "./figure.ts";
import { fillDisk } from "./full-disk.ts";
import { overfill } from "./full-queue.ts";
import { holdTheLock } from "./held-lock.ts";
import { killImports } from "./import-kills.ts";
import { killAgainAndAgain } from "./kill.ts";
import { losePower } from "./power-loss.ts";
import { diskErrors, failDisk } from "./refused-writes.ts";
import { besiege, descriptorLimit, idle, slowHttp, slowReaders } from "./siege.ts";
import { stopUnderLoad } from "./stop.ts";

const { values } = parseArgs({
  options: {
    times: { type: "string", default: "200" },
    seconds: { type: "string", default: "20" },
    only: { type: "string", default: "" },
    json: { type: "string" },
  },
});
const times = Number(values.times);
const seconds = Number(values.seconds);
const share = (n: number) => Math.max(1, Math.round((n * times) / 200));

const sieges = [descriptorLimit(200), idle(5_000), slowReaders(1_000)].concat(
  (["headers", "body", "read"] as const).map((mode) => slowHttp(mode, 1_000)),
);
const faults: Record<string, () => Promise<Figure | null>> = {
  kill: () => killAgainAndAgain({ times }),
  import: () => killImports({ times: share(20), artist: { recordings: 12_000, works: 900, albums: 150, upcomingShows: 40, pastShows: 2_400 } }),
  power: () => losePower({ seconds, points: share(400) }),
  errors: () => failDisk(diskErrors, undefined, share(5)),
  disk: () => fillDisk({ times: share(10) }),
  lock: () => holdTheLock({ times: share(5), seconds: 10 }),
  queue: () => overfill({ votes: 12_000 }),
  stop: () => stopUnderLoad({ times: share(50) }),
  clock: jumpTheClock,
  ...Object.fromEntries(sieges.map((siege) => [`siege ${siege.name}`, () => besiege(siege, seconds)])),
};

const figures: Figure[] = [];
let skipped = 0;
for (const [name, fault] of Object.entries(faults)) {
  if (!name.includes(values.only)) continue;
  const figure = await fault();
  if (figure === null) {
    skipped += 1;
    console.log(`SKIPPED ${name}: only root may mount a disk of its own`);
    continue;
  }
  figures.push(figure);
  const verdict = figure.problems.length === 0 ? "survived" : "FAILED";
  console.log(`${verdict} ${figure.fault}: tried ${figure.tried}, survived ${figure.survived}, lost ${figure.lost}; ${figure.measured.join("; ")}`);
  for (const problem of figure.problems) console.log(`  ${problem}`);
}
console.log(`\n${cpus().length} cores, Node ${process.version}\n\n${toTable(figures)}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
const failed = figures.filter((figure) => figure.problems.length > 0).length;
console.log(`\n${figures.length - failed} faults survived, ${failed} not, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
