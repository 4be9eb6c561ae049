import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { AUTOMATIC_FROM, REVIEW_FROM } from "#server/domain/matching/evidence.ts";
import { lostPairs, measureBlocks } from "./blocks.ts";
import { figuresFrom, foldsFrom, shown, withoutCommonest, type Scored } from "./figures.ts";
import { readTable, type Row } from "./pairs.ts";
import { artistNames, artistRecords, shopTracks, songTitles, venues } from "./score-tables.ts";

const HELP = `npm run bench:matching -- DIR [--errors]

  DIR       a folder with tables of labelled pairs, separated by tabs: artist_pairs.tsv (name_a, platform_a,
            name_b, platform_b, same), song_title_pairs.tsv (title_a, title_b, same), itunes_amazon_tracks.tsv,
            venue_name_pairs.tsv. What is missing is said and left out.
  --errors  lists the pairs on the wrong side of a threshold`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { errors: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
const [folder] = positionals;

const PARTS: [title: string, file: string, score: (rows: Row[]) => Scored[]][] = [
  ["Artists, by name alone", "artist_pairs.tsv", artistNames],
  ["Artists, as records of their providers", "artist_pairs.tsv", artistRecords],
  ["Song titles", "song_title_pairs.tsv", songTitles],
  ["Tracks of two shops (labelled as recordings)", "itunes_amazon_tracks.tsv", shopTracks],
  ["Venues (same ones, and ones of two towns)", "venue_name_pairs.tsv", venues],
];

function listErrors(pairs: Scored[]): void {
  const line = (what: string, { a, b, confidence, why }: Scored) => console.log(`  ${what}  ${confidence.toFixed(2)}  ${JSON.stringify(a)}  ${JSON.stringify(b)}  (${why})`);
  for (const pair of pairs.filter(({ same, confidence }) => !same && confidence >= AUTOMATIC_FROM)) line("joined wrongly   ", pair);
  for (const pair of pairs.filter(({ same, confidence }) => !same && confidence >= REVIEW_FROM && confidence < AUTOMATIC_FROM)) line("reviewed for none", pair);
  for (const pair of pairs.filter(({ same, confidence }) => same && confidence < REVIEW_FROM)) line("missed           ", pair);
}

function report(title: string, pairs: Scored[], ms: number): void {
  const folds = foldsFrom(pairs, REVIEW_FROM).map((f1) => f1.toFixed(3));
  console.log(`\n${title}: ${pairs.length} pairs, ${pairs.filter(({ same }) => same).length} of them the same, ${((ms * 1_000) / pairs.length).toFixed(0)} µs a pair`);
  console.log(`  from ${REVIEW_FROM.toFixed(2)} (review)     ${shown(figuresFrom(pairs, REVIEW_FROM))}`);
  console.log(`  from ${AUTOMATIC_FROM.toFixed(2)} (automatic)  ${shown(figuresFrom(pairs, AUTOMATIC_FROM))}`);
  console.log(`  fifths by name         F1 ${folds.join("  ")}`);
  console.log(`  without commonest name F1 ${figuresFrom(withoutCommonest(pairs), REVIEW_FROM).f1.toFixed(4)}`);
  if (values.errors) listErrors(pairs);
}

function reportBlocks(pairs: Scored[]): void {
  const { names, meanCompared, worstCompared, found, of } = measureBlocks(pairs, REVIEW_FROM);
  console.log(`\nBlocks: ${names} names; one is compared with ${meanCompared.toFixed(1)} others in the mean, ${worstCompared} at worst; ${found} of ${of} pairs worth a review share a key`);
  if (values.errors) for (const { a, b, why } of lostPairs(pairs, REVIEW_FROM)) console.log(`  share no key  ${JSON.stringify(a)}  ${JSON.stringify(b)}  (${why})`);
}

if (values.help || folder === undefined || !existsSync(folder)) {
  if (folder !== undefined) console.error(`There is no folder "${folder}".\n`);
  console.error(HELP);
  process.exit(values.help ? 0 : 2);
}
for (const [title, file, score] of PARTS) {
  const rows = readTable(folder, file);
  if (!rows) {
    console.log(`\n${title}: left out, there is no ${file} in ${folder}`);
    continue;
  }
  const started = performance.now();
  const pairs = score(rows);
  report(title, pairs, performance.now() - started);
  if (score === artistNames) reportBlocks(pairs);
}
