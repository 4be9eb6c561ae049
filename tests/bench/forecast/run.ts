/**
 * How well the forecast does on real shows: `npm run bench:forecast -- DIR [--models OUT]`. DIR holds a file of shows
 * for each artist (docs/forecast.md tells their form). With --models each artist is measured by the model of
 * OUT/fold-N.json that was trained without that artist; without it, by the weights that ship with the program.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type PackedWeights, type Trees, unpack } from "#server/domain/forecast/trees.ts";
import { shippedTrees } from "#server/domain/forecast/shipped.ts";
import { readShows, showFiles } from "./read.ts";
import { report } from "./report.ts";
import { measureSpeed } from "./speed.ts";
import { type ArtistFigures, walk } from "./walk.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { models: { type: "string" } } });
const [dir] = positionals;
if (dir === undefined || !existsSync(dir)) {
  console.error("Name a folder that is there, with a file of shows for each artist: npm run bench:forecast -- DIR [--models OUT]");
  process.exit(2);
}
const modelOf = values.models === undefined ? () => shippedTrees() : heldOut(values.models);
const figures: ArtistFigures[] = [];
for (const path of showFiles(dir)) {
  const artist = readShows(path);
  const one = walk(artist, modelOf(artist.name));
  if (one === null) console.error(`${artist.name}: too few shows to measure`);
  else {
    figures.push(one);
    console.error(`${one.name}: F1 ${one.f1.forecast!.toFixed(3)}, recency ${one.f1.recency!.toFixed(3)}`);
  }
}
if (figures.length === 0) {
  console.error(`There is no file of shows with more than ten shows in ${dir}; files end in .jsonl or .jsonl.gz.`);
  process.exit(2);
}
const seen = values.models === undefined ? "the weights that ship with the program" : "for each artist a model that has not seen the artist";
console.log(report(figures, seen, measureSpeed(modelOf(figures[0]!.name))));

function heldOut(folder: string): (name: string) => Trees {
  const files = readdirSync(folder).filter((file) => /^fold-\d+\.json$/.test(file));
  const models = files.map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as PackedWeights & { leftOut: string[] });
  const ready = models.map((model) => ({ trees: unpack(model), leftOut: new Set(model.leftOut) }));
  return (name) => {
    const model = ready.find(({ leftOut }) => leftOut.has(name));
    if (model === undefined) throw new Error(`No model in ${folder} was trained without ${name}; train the folds with node scripts/train-forecast.ts.`);
    return model.trees;
  };
}
