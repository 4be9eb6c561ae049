import { figure, median, type Figure } from "../figures.ts";
import { Ground } from "../ground.ts";
import type { MixedOrder, MixedReport } from "../load/mixed-load.ts";
import { inProcess } from "../load/processes.ts";
import type { BenchOptions } from "../options.ts";
import { askMemory, startBuiltServer, type BenchServer, type InsideReport } from "../server-process.ts";
import { stockVotes } from "../stock-votes.ts";
import { stockDatabase } from "../stock.ts";
import { planFor } from "./vote-runs.ts";

const SAMPLE_MS = 5_000;
const FIFTHS = 5;
const BAR_PERCENT = 5;
/** A second of it is six seconds of a busy site: ten minutes stand for an hour. */
const RATES = { votes: 1_000, retractions: 200, pages: 100, signedInPages: 20, streams: 20, signIns: 0.2 };
const STREAM_SECONDS = 8;
const SHOWS = 200;
const SONGS = 40;
/** Fans whose ballots are begun ahead of the load. */
const SPARE_FANS = 3_000;
/** Votes that are there before, two ballots a fan: with fewer, the writer's cache of pages still grows with the file. */
const STOCKED_TURNS = 2;
const VOTES_STOCKED_PER_FAN = STOCKED_TURNS * 10;
const MOST_STOCKED = 1_200_000;

/** Memory of the server under a long mixed load: the second fifth of the time against the last. */
export async function benchMemory(options: BenchOptions): Promise<Figure[]> {
  using ground = new Ground(options);
  const seconds = options.memorySeconds;
  const size = { shows: SHOWS, songsPerShow: SONGS, fans: Math.ceil((seconds * RATES.votes) / 10) + SPARE_FANS };
  const file = ground.newFile();
  await stockDatabase(`file:${file}`, size);
  await stockVotes(`file:${file}`, size, Math.min(MOST_STOCKED, size.fans * VOTES_STOCKED_PER_FAN));
  const server = await startBuiltServer(`file:${file}`, { inside: true });
  try {
    const order: MixedOrder = {
      url: server.url,
      seconds,
      rates: RATES,
      streamSeconds: STREAM_SECONDS,
      plan: planFor(size, { turn: STOCKED_TURNS }),
    };
    const load = inProcess<MixedOrder, MixedReport>("./mixed-load.ts", order);
    const samples = await sampleUntil(server, load, Math.min(SAMPLE_MS, (seconds * 1000) / 25));
    return figuresOf(samples, await load);
  } finally {
    await server.stop();
  }
}

async function sampleUntil(server: BenchServer, load: Promise<unknown>, everyMs: number): Promise<InsideReport[]> {
  const samples: InsideReport[] = [];
  let running = true;
  const ended = load.finally(() => (running = false)).catch(() => {});
  while (running) {
    samples.push(await askMemory(server));
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, everyMs))]);
  }
  return samples;
}

function figuresOf(samples: InsideReport[], { done, refused, heldBack, streams }: MixedReport): Figure[] {
  const length = Math.floor(samples.length / FIFTHS);
  const fifth = (n: number, bytes: (sample: InsideReport) => number) =>
    median(samples.slice((n - 1) * length, n === FIFTHS ? undefined : n * length).map(bytes)) / 1e6;
  const rows = (name: string, bytes: (sample: InsideReport) => number): Figure[] => {
    const [second, last] = [fifth(2, bytes), fifth(FIFTHS, bytes)];
    return [
      figure(`${name}, second fifth of the time`, "MB", [second]),
      figure(`${name}, last fifth`, "MB", [last]),
      figure(`${name}, growth`, "%", [(last / second - 1) * 100], { bar: { atMost: BAR_PERCENT } }),
    ];
  };
  const list = (counts: Record<string, number>) => Object.entries(counts).map(([kind, n]) => `${n} × ${kind}`).join(", ");
  const trouble = Object.values(refused).reduce((sum, n) => sum + n, 0) + heldBack + streams.refused;
  return [
    ...rows("heap in use after collection, main thread", ({ heapMain }) => heapMain),
    ...rows("heap in use after collection, writer thread", ({ heapWriter }) => heapWriter),
    ...rows("resident memory", ({ rss }) => rss),
    { name: "answers other than 200, or not asked", value: trouble, unit: "requests", note: `${list(refused) || "none refused"}, ${heldBack} held back, ${streams.refused} streams refused` },
    { name: "samples", value: samples.length, unit: "samples", note: `done: ${list(done)}, ${streams.opened} streams opened` },
  ];
}
