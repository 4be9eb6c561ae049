/**
 * Trains the forecast's trees: `node scripts/train-forecast.ts DIR OUT [FOLD]`, where DIR holds shows as *.jsonl.gz.
 * Without FOLD it writes OUT/weights.ts from all artists; with FOLD (0, 1, …) it leaves the fold's artists out and
 * writes OUT/fold-N.json, which `npm run bench:forecast -- DIR --models OUT` measures them with. Seeded: the same
 * data give the same weights.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "#server/domain/demo-votes.ts";
import { readShows, showFiles } from "#tests/bench/forecast/read.ts";
import { binned } from "./train-forecast/bins.ts";
import { boost } from "./train-forecast/boost.ts";
import { FOLDS, foldsOf } from "./train-forecast/folds.ts";
import { pack } from "./train-forecast/pack.ts";
import { rowsOf } from "./train-forecast/rows.ts";
import { sourceOf } from "./train-forecast/source.ts";

const OPTIONS = { trees: 200, leaves: 31, rate: 0.1, rowShare: 0.5, featureShare: 0.4, leastHessian: 80, ridge: 10 };

const [dir, out, foldText] = process.argv.slice(2);
const fold = foldText === undefined ? null : Number(foldText);
if (dir === undefined || out === undefined || (fold !== null && !(fold >= 0 && fold < FOLDS))) {
  console.error(`Say where the shows are, where the weights go, and a fold from 0 to ${FOLDS - 1} if one is to be left out:\nnode scripts/train-forecast.ts DIR OUT [FOLD]`);
  process.exit(2);
}
const artists = showFiles(dir).map(readShows);
const folds = foldsOf(artists.map(({ name }) => name));
const seen = artists.filter(({ name }) => fold === null || folds.get(name) !== fold);
const data = binned(seen.map(({ shows }, i) => rowsOf(shows, seededRandom(1_000 + i))));
const shows = seen.reduce((sum, artist) => sum + artist.shows.length, 0);
console.log(`${seen.length} files, ${shows} shows, ${data.played.length} rows`);

const started = performance.now();
const told = (tree: number, loss: number) => {
  console.log(`tree ${tree}: loss ${loss.toFixed(5)} after ${Math.round((performance.now() - started) / 1000)} s`);
};
const weights = pack(boost(data, OPTIONS, seededRandom(7), told), data.edges);

mkdirSync(out, { recursive: true });
if (fold === null) {
  writeFileSync(join(out, "weights.ts"), sourceOf(weights, { files: seen.length, shows, trees: OPTIONS.trees }));
} else {
  const leftOut = artists.filter((one) => !seen.includes(one)).map(({ name }) => name);
  writeFileSync(join(out, `fold-${fold}.json`), JSON.stringify({ ...weights, leftOut }));
}
