import { setTimeout as pause } from "node:timers/promises";
import { createTheSetClient } from "#server/client.ts";
import { importOutside, importsDone } from "#tests/support/outside.ts";
import { startSandboxProcess } from "#tests/support/sandbox-process.ts";
import type { ArtistSpec } from "#tests/support/sandbox/world.ts";
import { percentile, type Figure } from "../figures.ts";
import type { Ground } from "../ground.ts";
import { residentNow, watchResident } from "../resident.ts";
import { GREETING, startProcess } from "../server-process.ts";
import { stockDatabase, type Stock } from "../stock.ts";

const SIZE = { shows: 40, songsPerShow: 40, fans: 400 };
/** Between two pages, and between two votes. */
const EVERY_MS = 50;
const BEFORE_MS = 10_000;
/** Some of them for the just-in-time compiler. */
const WARM_UP = 60;
/** Lets the figures be read. */
const TOKEN = "the-token-of-the-benchmark-for-metrics";
const MOST_MS = 10 * 60_000;

/** What visitors and voters wait for in a server that imports in the same process, against the time before. */
export async function measurePages(ground: Ground, size: ArtistSpec): Promise<Figure[]> {
  const url = `file:${ground.newFile()}`;
  const stock = await stockDatabase(url, SIZE);
  await using sandbox = await startSandboxProcess({ sizes: [size], paceMs: 0 });
  const env = { ...sandbox.env, NODE_ENV: "production", PORT: "0", DEMO: "0", DATABASE_URL: url, LOG_LEVEL: "error", METRICS_TOKEN: TOKEN };
  const server = await startProcess(["build/theset.mjs", "serve"], { env, greeting: GREETING });
  try {
    const visit = new Visit(server.url, stock);
    for (let i = 0; i < WARM_UP; i += 1) await visit.once();
    const before = await visit.until(pause(BEFORE_MS));
    const idle = residentNow(server.process.pid!);
    const watch = watchResident(server.process.pid!);
    const longest = await longestCommit(server.url);
    await importOutside(url, { name: (await sandbox.artists())[0]!.name });
    const during = await visit.until(importsDone(url, MOST_MS));
    const { peak } = watch.stop();
    return [
      ...rows("a show page while nothing is imported", before.pages),
      ...rows("a show page during an import in the same process", during.pages),
      ...rows("a vote while nothing is imported", before.votes),
      ...rows("a vote during an import in the same process", during.votes),
      { name: "longest commit is shorter than", value: (await longestCommit(server.url)) * 1000, unit: "ms", note: `a bound of the metric's; before the import ${longest * 1000} ms` },
      { name: "most resident memory of the server over before", value: peak - idle, unit: "MB", note: "with pages and votes meanwhile" },
    ];
  } finally {
    await server.stop();
  }
}

function rows(name: string, times: number[]): Figure[] {
  const note = `${times.length} of them`;
  return [
    { name: `${name}, p50`, value: percentile(times, 0.5), unit: "ms", note },
    { name: `${name}, p99`, value: percentile(times, 0.99), unit: "ms" },
    { name: `${name}, longest`, value: Math.max(...times), unit: "ms" },
  ];
}

/** Fans who look at show pages and vote, at a modest rate. */
export class Visit {
  readonly #url: string;
  readonly #stock: Stock;
  #nth = 0;

  constructor(url: string, stock: Stock) {
    this.#url = url;
    this.#stock = stock;
  }

  /** Goes on until a promise settles. */
  async until(end: Promise<unknown>): Promise<{ pages: number[]; votes: number[] }> {
    const times = { pages: [] as number[], votes: [] as number[] };
    let over = false;
    const ended = end.finally(() => (over = true));
    while (!over) {
      const { page, vote } = await this.once();
      times.pages.push(page);
      times.votes.push(vote);
      await pause(EVERY_MS);
    }
    await ended;
    return times;
  }

  /** A page, rendered for this visitor, and a vote; ms for each. */
  async once(): Promise<{ page: number; vote: number }> {
    const nth = this.#nth++;
    const { shows, tokens } = this.#stock;
    const show = shows[nth % shows.length]!;
    // Each turn of all fans takes another song.
    const fan = nth % tokens.length;
    const page = await timed(async () => {
      const answer = await fetch(`${this.#url}/shows/${show.slug}?visit=${nth}`);
      if (answer.status !== 200) throw new Error(`A show page answered ${answer.status}`);
      await answer.text();
    });
    await pause(EVERY_MS);
    const client = createTheSetClient({ url: this.#url, token: tokens[fan]! });
    const vote = await timed(() => client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[Math.floor(nth / tokens.length) % 40]! }));
    return { page, vote };
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The upper bound of the slowest commit so far, s. */
async function longestCommit(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
  const counts = [...text.matchAll(/^theset_writer_commit_seconds_bucket\{[^}]*le="([^"]+)"[^}]*\} (\d+)/gm)].map(([, bound, count]) => [Number(bound === "+Inf" ? Infinity : bound), Number(count)] as const);
  const all = counts.at(-1)?.[1] ?? 0;
  return counts.find(([, count]) => count === all)?.[0] ?? Number.NaN;
}
